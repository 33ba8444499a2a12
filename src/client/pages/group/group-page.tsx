import { isGroupTask, type LineItem } from '../../../shared/domain/line.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ItemRow } from '../../components/item-row.tsx'
import { formatClock, formatDate, formatMinutes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { StoredDocument } from '../../state/words.ts'
import { stopTitle } from '../home/stop-words.ts'
import { dayOf, hasWords, useLine } from '../home/use-line.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'

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
          me.groups.map((group) => <GroupTasks key={group.scope} group={group} />)
        )}
      </main>
    </>
  )
}

const GroupTasks = ({ group }: { group: { scope: string; name: string } }) => {
  const { words } = useServices()
  const line = useLine()
  const documents = words.documents.value.filter(({ scope }) => scope === group.scope)
  const legs = line.stops.flatMap((stop) => {
    const tasks = stop.items.filter(({ item }) => isGroupTask(item))
    return tasks.length > 0 ? [{ stop, tasks }] : []
  })
  return (
    <>
      <h1>{group.name}</h1>
      <p class="lede">{strings('group')('groupLede')}</p>
      {legs.map(({ stop, tasks }) => (
        <section key={stop.id}>
          <h2 class="h-s">{stopTitle(stop)}</h2>
          <ol class="items">
            {tasks.map((task) => (
              <GroupTask
                key={task.item.id}
                task={task}
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
  document,
}: {
  task: LineItem
  document: StoredDocument | undefined
}) => {
  const { now } = useServices()
  const t = strings('group')
  const written = document && hasWords(document.plain)
  const changed = document ? new Date(document.changedAt) : null
  const today = changed !== null && dayOf(changed) === dayOf(new Date(now.value))
  const when = changed && (today ? formatClock(changed.getTime()) : formatDate(changed))
  return (
    <ItemRow
      href={links.item(item.path)}
      icon="group"
      title={local(item.title)}
      figure={formatMinutes(item.minutes)}
    >
      <span>
        {state === 'done'
          ? strings('home')('done')
          : written && when
            ? t('lastWritten', { when })
            : t('notBegun')}
      </span>
      {document?.unsent && <span class="unsent-mark">{t('unsent')}</span>}
    </ItemRow>
  )
}
