import { lazy } from 'preact-iso'
import { isGroupTask } from '../../../shared/domain/line.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { isVote } from '../../../shared/domain/vote.ts'
import { WhoSees } from '../../components/fields/field-foot.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { useDayLine } from '../day/use-day-line.ts'
import { ItemMeta } from '../item/item-meta.tsx'
import { ItemTextView } from '../item/item-text.tsx'
import { sectionOf } from '../item/travel.ts'
import { useItemText } from '../item/use-item-text.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { Thread } from '../thread/thread.tsx'
import { FieldList, fieldsFor } from './field-list.tsx'
import { GroupSheet } from './group-sheet.tsx'
import { TaskFoot } from './task-foot.tsx'
import { useAnswers } from './use-answers.ts'
import { useGroup } from './use-group.ts'

const VoteResult = lazy(() => import('../vote/open-result.ts').then((m) => m.openVoteResult()))

/** A task: one's own questions under each other, a group's one at a time. Each group's sheet is a page of its own. */
export const TaskPage = ({ item }: { item: OutlineItem }) => (
  <Task key={useGroup(item).group?.scope} item={item} />
)

const Task = ({ item }: { item: OutlineItem }) => {
  const { outline, me } = useServices()
  const text = useItemText(item)
  const answers = useAnswers(item, false)
  const DayLine = useDayLine()
  const { group } = useGroup(item)
  const section = sectionOf(outline, item)
  const fields = fieldsFor(item, me)
  const title = local(item.title)
  useTitle(title)
  const top = (
    <TopBar
      back={{
        href: section?.href ?? links.line,
        label: section ? local(section.title) : strings('common')('line'),
      }}
    />
  )
  if (isGroupTask(item)) {
    return (
      <>
        {top}
        <GroupSheet item={item} fields={fields} answers={answers} text={text} section={section} />
      </>
    )
  }
  const sees = new Set(fields.map((field) => field.sees))
  const [only] = sees.size === 1 ? sees : []
  return (
    <>
      {top}
      <main id="content" class="task">
        <div class="wrap task-body">
          <h1>{title}</h1>
          <ItemMeta item={item} section={section}>
            {only && <WhoSees sees={only} />}
          </ItemMeta>
          {DayLine && <DayLine here={item.path} />}
          <div class="art task-text">
            <ItemTextView state={text} lede={false} />
          </div>
          {item.phase === 'etterarbeid' && group && <Thread item={item} group={group} use={null} />}
          <FieldList item={item} fields={fields} answers={answers} />
          {isVote(item) && <VoteResult item={item} />}
        </div>
        <TaskFoot item={item} />
      </main>
    </>
  )
}
