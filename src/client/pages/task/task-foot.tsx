import type { OutlineItem } from '../../../shared/domain/outline.ts'
import type { Answering } from '../../components/fields/answering.ts'
import { strings } from '../../i18n/i18n.ts'
import { DoneButton, NextLink } from '../item/item-foot.tsx'
import { HandIn } from './hand-in.tsx'
import { PendingState } from './pending-state.tsx'

/** The end of a task: what is not sent yet, and the way on. */
export const TaskFoot = ({
  item,
  group = null,
}: {
  item: OutlineItem
  /** Where a group writes together: what it can hand in. */
  group?: Answering | null
}) => (
  <footer class="send">
    <div class="wrap">
      <PendingState />
      {group && <HandIn answering={group} />}
      <DoneButton item={item} label={strings('task')('finish')} />
      <NextLink item={item} />
    </div>
  </footer>
)
