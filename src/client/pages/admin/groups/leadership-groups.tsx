import { useState } from 'preact/hooks'
import type {
  CohortGroups,
  GroupMember,
  ListedGroup,
} from '../../../../shared/domain/working-group.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { compareText } from '../../../i18n/format.ts'
import { strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { sayFailure } from '../failure.tsx'
import { countPeople, sayFrom } from './group-words.ts'
import { focusMoved, MovePerson } from './move-person.tsx'
import { RenameGroup } from './rename-group.tsx'

/** The leadership groups of a cohort, one a municipality. What is done here is done at once. */
export const LeadershipGroups = ({ all, again }: { all: CohortGroups; again(): Promise<void> }) => {
  const t = strings('adminGroups')
  const ask = useAsk()
  const [told, setTold] = useState('')
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const groups = all.groups
    .filter(({ kind }) => kind === 'leadership')
    .toSorted((a, b) => compareText(a.name, b.name))
  const move = async (person: GroupMember, from: string, to: string | null): Promise<void> => {
    setTold('')
    const asked = await ask(paths.groupMoves(all.cohort.id), {
      method: 'POST',
      body: { person: person.id, from, to },
    })
    setFailed(asked.ok ? null : asked)
    if (!asked.ok) return
    await again()
    const group = groups.find(({ id }) => id === to)?.name
    setTold(
      group ? t('movedTo', { name: person.name, group }) : t('movedOut', { name: person.name }),
    )
    focusMoved(person.id)
  }
  return (
    <section class="group-part">
      <h2>{t('leadership')}</h2>
      {groups.length === 0 && <p class="mute">{t('noLeadership')}</p>}
      <div role="status">{told && <p class="state sent">{told}</p>}</div>
      {failed?.ok === false && (
        <p class="note err" role="alert">
          {sayFailure(failed)}
        </p>
      )}
      <ul class="group-rows">
        {groups.map((group) => (
          <Leadership
            key={group.id}
            group={group}
            groups={groups.map(({ id, name }) => ({ key: id, name }))}
            again={again}
            move={(person, to) => void move(person, group.id, to)}
          />
        ))}
      </ul>
    </section>
  )
}

const Leadership = ({
  group,
  groups,
  again,
  move,
}: {
  group: ListedGroup
  groups: readonly { key: string; name: string }[]
  again(): Promise<void>
  move(person: GroupMember, to: string | null): void
}) => {
  const t = strings('adminGroups')
  const [renames, setRenames] = useState(false)
  const people = group.people.filter(({ role }) => role !== 'group-tablet')
  const hasTablet = people.length < group.people.length
  return (
    <li>
      <details>
        <summary>
          <b>{group.name}</b>
          <span class="meta">
            {[
              countPeople(people.length),
              t(group.written ? 'begun' : 'notBegun'),
              hasTablet && t('hasTablet'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </summary>
        {group.written && <p class="hint">{t('leadershipWritten')}</p>}
        <ul>
          {people.map((person) => (
            <li key={person.id} class="seat">
              <div>
                <b>{person.name}</b>
                <span class="meta">{sayFrom(person)}</span>
              </div>
              <MovePerson
                person={person}
                groups={groups}
                current={group.id}
                move={(to) => move(person, to)}
              />
            </li>
          ))}
        </ul>
        {renames ? (
          <RenameGroup
            group={group}
            close={async (changed) => {
              setRenames(false)
              if (changed) await again()
            }}
          />
        ) : (
          <button
            type="button"
            class="txt-btn"
            aria-label={t('renameWhich', { name: group.name })}
            onClick={() => setRenames(true)}
          >
            {t('rename')}
          </button>
        )}
      </details>
    </li>
  )
}
