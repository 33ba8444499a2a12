import { lazy } from 'preact-iso'
import { isGroupTask, type LineItem } from '../../../shared/domain/line.ts'
import { planItemOf } from '../../../shared/domain/plan.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { ItemRow } from '../../components/item-row.tsx'
import { formatClock, formatDate, formatMinutes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { StoredDocument } from '../../state/words.ts'
import { stopTitle } from '../home/stop-words.ts'
import { dayOf, hasWords, useLine } from '../home/use-line.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { groupsFor, type OwnGroup, sheetOf } from '../task/use-group.ts'

const TableSection = lazy(() => import('../table/open-table.ts').then((m) => m.openTableSection()))

/** What a group writes together, stop by stop. */
export const GroupPage = () => {
  const { me } = useServices()
  const t = strings('group')
  return (
    <>
      <TopBar current="group" />
      <main id="content" class="wrap p-group">
        {me.groups.length === 0 ? (
          <>
            <h1 class="sr">{strings('common')('group')}</h1>
            <EmptyState drawing="table" title={t('groupNone')} text={t('groupNoneText')}>
              <a class="btn line" href={links.line}>
                {strings('common')('toLine')}
              </a>
            </EmptyState>
          </>
        ) : (
          <>
            {me.groups.map((group) => (
              <GroupTasks key={group.scope} group={group} />
            ))}
            {me.groups.map((group) => (
              <TableSection key={group.scope} group={group} />
            ))}
          </>
        )}
      </main>
    </>
  )
}

const GroupTasks = ({ group }: { group: OwnGroup }) => {
  const { words, outline } = useServices()
  const line = useLine()
  const documents = words.documents.value.filter(({ scope }) => scope === group.scope)
  const legs = line.stops.flatMap((stop) => {
    const tasks = stop.items.filter(
      ({ item }) => isGroupTask(item) && groupsFor([group], item).length > 0,
    )
    return tasks.length > 0 ? [{ stop, tasks }] : []
  })
  return (
    <>
      <h1>{group.name}</h1>
      <p class="lede">
        {strings('group')(group.kind === 'service-area' ? 'tableLede' : 'groupLede')}
      </p>
      <a class="offer" href={`#table-${group.scope.slice(2)}`}>
        <Icon name="group" />
        <span>
          <b>{strings('table')('title')}</b>
          <span class="mute s2">{strings('table')('short')}</span>
        </span>
        <Icon name="downc" small />
      </a>
      {group.kind !== 'service-area' && planItemOf(outline) && (
        <a class="offer" href={`${links.plan}?gruppe=${encodeURIComponent(group.scope)}`}>
          <Icon name="task" />
          <span>
            <b>{strings('group')('toPlan')}</b>
            <span class="mute s2">{strings('group')('toPlanText')}</span>
          </span>
          <Icon name="next" small />
        </a>
      )}
      <a class="offer" href={links.shared}>
        <Icon name="group" />
        <span>
          <b>{strings('cards')('shared')}</b>
          <span class="mute s2">{strings('cards')('lede')}</span>
        </span>
        <Icon name="next" small />
      </a>
      {legs.length === 0 && <p class="mute">{strings('group')('noTasks')}</p>}
      {legs.map(({ stop, tasks }) => (
        <section key={stop.id}>
          <h2 class="h-s">{stopTitle(stop)}</h2>
          <ol class="items">
            {tasks.map((task) => (
              <GroupTask
                key={task.item.id}
                task={task}
                group={group}
                document={documents.find(({ task: id }) => id === task.item.id)}
              />
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

const GroupTask = ({
  task: { item, state },
  group,
  document,
}: {
  task: LineItem
  group: OwnGroup
  document: StoredDocument | undefined
}) => {
  const { now } = useServices()
  const t = strings('group')
  // One finishes an item once: that is said of the leaders' sheet.
  const isDone = state === 'done' && group.kind !== 'service-area'
  const written = document && hasWords(document.plain)
  const changed = document ? new Date(document.changedAt) : null
  const today = changed !== null && dayOf(changed) === dayOf(new Date(now.value))
  const when = changed && (today ? formatClock(changed.getTime()) : formatDate(changed))
  return (
    <ItemRow
      href={sheetOf(item, group)}
      icon="group"
      title={local(item.title)}
      figure={formatMinutes(item.minutes)}
    >
      <span>
        {isDone
          ? strings('home')('done')
          : written && when
            ? t('lastWritten', { when })
            : t('notBegun')}
      </span>
      {document?.unsent && <span class="unsent-mark">{t('unsent')}</span>}
    </ItemRow>
  )
}
