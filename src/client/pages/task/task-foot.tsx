import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { strings } from '../../i18n/i18n.ts'
import { DoneButton, NextLink } from '../item/item-foot.tsx'
import { PendingState } from './pending-state.tsx'

/** The end of a task: what is not sent yet, and the way on. */
export const TaskFoot = ({ item }: { item: OutlineItem }) => (
  <footer class="send">
    <div class="wrap">
      <PendingState />
      <DoneButton item={item} label={strings('task')('finish')} />
      <NextLink item={item} />
    </div>
  </footer>
)
