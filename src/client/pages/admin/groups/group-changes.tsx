import type { GroupMember } from '../../../../shared/domain/working-group.ts'
import { strings } from '../../../i18n/i18n.ts'
import type { Changes } from './draft.ts'
import { countGroups, countPeople, listOf } from './group-words.ts'

/** What saving would do, in words. */
export const GroupChanges = ({
  changes,
  everybody,
}: {
  changes: Changes
  everybody: readonly GroupMember[]
}) => {
  const t = strings('adminGroups')
  const { moves, made, removed, renamed, written } = changes
  const nameOf = (id: string): string => everybody.find((one) => one.id === id)?.name ?? ''
  const moved = moves.filter(({ from }) => from !== null).length
  const seated = moves.filter(({ from }) => from === null).length
  const figures = [
    made.length > 0 && t('changesMade', { groups: countGroups(made.length) }),
    removed.length > 0 && t('changesRemoved', { groups: countGroups(removed.length) }),
    renamed.length > 0 && t('changesRenamed', { groups: countGroups(renamed.length) }),
    seated > 0 && t('changesSeated', { people: countPeople(seated) }),
    moved > 0 && t('changesMoved', { people: countPeople(moved) }),
  ].filter((text) => text !== false)
  return (
    <>
      <p>
        <b>{t('notSaved')}</b> {listOf(figures)}.
      </p>
      {written.length > 0 && (
        <p class="note">{t('writtenMoves', { groups: listOf(written.map(({ name }) => name)) })}</p>
      )}
      {moved + removed.length + renamed.length > 0 && (
        <details>
          <summary>{t('showChanges')}</summary>
          <ul class="plain-list">
            {moves
              .filter(({ from }) => from !== null)
              .map(({ person, from, to }) => (
                <li key={person}>
                  {t('moveFromTo', {
                    name: nameOf(person),
                    from: from?.name ?? '',
                    to: to?.name ?? t('noGroupInside'),
                  })}
                </li>
              ))}
            {renamed.map(({ from, to }) => (
              <li key={`${from} ${to}`}>{t('renamedFromTo', { from, to })}</li>
            ))}
            {removed.map((name) => (
              <li key={name}>{t('goesAway', { name })}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
