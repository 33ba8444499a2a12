import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { planFieldOf } from '../../../shared/domain/plan.ts'
import type { Answering } from '../../components/fields/answering.ts'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { DoneButton, NextLink } from '../item/item-foot.tsx'
import { ReportError } from '../item/report-error.tsx'
import { links } from '../links.ts'
import { HandIn } from './hand-in.tsx'
import { PendingState } from './pending-state.tsx'
import { SheetFiles } from './sheet-files.tsx'
import type { OwnGroup } from './use-group.ts'

/** The end of a task: what is not sent yet, and the way on. */
export const TaskFoot = ({
  item,
  group = null,
  of,
}: {
  item: OutlineItem
  /** Where a group writes together: what it can hand in. */
  group?: Answering | null
  of?: OwnGroup | undefined
}) => (
  <footer class="send">
    <div class="wrap">
      <PendingState />
      {group && <HandIn answering={group} />}
      {of && planFieldOf(item.fields) && (
        <a class="btn line" href={links.planOf(of.scope)}>
          <Icon name="task" />
          {strings('plan')('followUp')}
        </a>
      )}
      {group && of && <SheetFiles group={of} task={item.id} />}
      <DoneButton item={item} label={strings('task')('finish')} />
      <NextLink item={item} />
      <ReportError item={item} />
    </div>
  </footer>
)
