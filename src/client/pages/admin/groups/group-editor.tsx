import { useEffect, useId, useState } from 'preact/hooks'
import { usualWishes } from '../../../../shared/domain/group-proposal.ts'
import {
  type CohortGroups,
  type GroupMember,
  stays,
} from '../../../../shared/domain/working-group.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { local, strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { Outcome } from '../failure.tsx'
import { DoorList } from './door-list.tsx'
import {
  asApplied,
  changesOf,
  type Draft,
  draftOf,
  freeName,
  isUnchanged,
  place,
  propose,
  rename,
  unseated,
} from './draft.ts'
import { type CardProps, GroupCard, NobodysCard } from './group-card.tsx'
import { GroupChanges } from './group-changes.tsx'
import { countGroups, countPeople, nameOfAreas, sayMissed, sayWhen } from './group-words.ts'
import { focusMoved } from './move-person.tsx'
import { lookAtGroup } from './wishes.ts'

/** Makes, looks over and saves the groups of one gathering. Nothing is sent before it is saved. */
export const GroupEditor = ({
  all,
  gathering,
  again,
}: {
  all: CohortGroups
  gathering: CohortGroups['gatherings'][number]
  again(): Promise<void>
}) => {
  const t = strings('adminGroups')
  const ask = useAsk()
  /** The drafts since what is stored: the last one is shown, and undoing drops it. */
  const [drafts, setDrafts] = useState<readonly Draft[]>([])
  const [wanted, setWanted] = useState(usualWishes.wanted)
  const [keep, setKeep] = useState(true)
  const [told, setTold] = useState('')
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<Asked<unknown> | null>(null)
  const { people } = all
  const stored = all.groups.filter(
    ({ kind, stop }) => kind === 'service-area' && stop === gathering.stop,
  )
  // A group without people that nobody has written in or may write in is none.
  const draft = drafts.at(-1) ?? draftOf(stored, people).filter(isThere(stored))
  const wishes = { ...usualWishes, wanted }
  const changes = changesOf(stored, draft, people)
  const isChanged = !isUnchanged(changes)
  const loose = unseated(draft, people)

  const change = (next: Draft, said = ''): void => {
    setDrafts([...drafts, next])
    setTold(said)
    setResult(null)
  }
  const undo = (): void => {
    setDrafts(drafts.slice(0, -1))
    setTold(t('undone'))
    setResult(null)
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    setTold('')
    const body = { groups: asApplied(draft) }
    const path = paths.gatheringGroups(all.cohort.id, gathering.stop)
    const asked = await ask(path, { method: 'PUT', body })
    if (asked.ok) {
      await again()
      setDrafts([])
    }
    setResult(asked)
    setBusy(false)
  }
  useUnsaved(isChanged)

  const cards: CardProps = {
    draft,
    everybody: people,
    wishes,
    written: new Set(stored.filter((group) => group.written).map(({ id }) => id)),
    tables: new Set(stored.filter((group) => group.hasTable).map(({ id }) => id)),
    move: (person, to) => {
      const name = draft.find(({ key }) => key === to)?.name
      change(
        place(draft, person.id, to),
        name
          ? t('movedTo', { name: person.name, group: name })
          : t('movedOut', { name: person.name }),
      )
      focusMoved(person.id)
    },
    rename: (key, name) => change(rename(draft, key, name)),
  }

  if (people.length === 0) return <p class="note admin-note">{t('nobodyToPlace')}</p>
  return (
    <>
      {draft.length === 0 && <p>{t('emptyHint', { people: countPeople(people.length) })}</p>}
      <form
        class="group-tools no-print"
        onSubmit={(event) => {
          event.preventDefault()
          const next = propose({ people, wishes, draft, keep, nameOf: nameOfAreas })
          change(next, t('proposed', { groups: countGroups(next.length) }))
        }}
      >
        <Wanted value={wanted} change={setWanted} />
        {draft.length > 0 && (
          <label class="group-keep">
            <input
              type="checkbox"
              checked={keep}
              onChange={(event) => setKeep(event.currentTarget.checked)}
            />
            <span>{t('keep')}</span>
          </label>
        )}
        <div class="row">
          <button type="submit" class={draft.length === 0 ? 'btn' : 'btn line'}>
            {t('propose')}
          </button>
          {stored.length > 0 && (
            <button type="button" class="btn line" onClick={() => window.print()}>
              <Icon name="print" />
              {t('print')}
            </button>
          )}
        </div>
      </form>

      <p role="status" class="sr">
        {told}
      </p>
      {draft.length > 0 && (
        <p class="group-sum">
          {t('peopleInGroups', {
            people: countPeople(people.length - loose.length),
            groups: countGroups(draft.length),
          })}{' '}
          {loose.length > 0 && t('withoutGroupCount', { people: countPeople(loose.length) })}
        </p>
      )}
      <NotAsWished draft={draft} cards={cards} />
      {(drafts.length > 0 || isChanged) && (
        <section class="note group-save" aria-label={t('notSaved')}>
          {isChanged && <GroupChanges changes={changes} everybody={people} />}
          {!isChanged && <p>{t('noChanges')}</p>}
          <div class="row">
            {isChanged && (
              <button type="button" class="btn" disabled={busy} onClick={() => void save()}>
                {t('use')}
              </button>
            )}
            {drafts.length > 0 && (
              <>
                <button type="button" class="btn line" disabled={busy} onClick={undo}>
                  {t('undo')}
                </button>
                <button
                  type="button"
                  class="txt-btn"
                  disabled={busy}
                  onClick={() => {
                    setDrafts([])
                    setResult(null)
                    setTold(t('discarded'))
                  }}
                >
                  {t('discard')}
                </button>
              </>
            )}
          </div>
        </section>
      )}
      <Outcome result={result} />

      <div class="group-cards">
        {loose.length > 0 && draft.length > 0 && <NobodysCard people={loose} {...cards} />}
        {draft.map((group) => (
          <GroupCard key={group.key} group={group} {...cards} />
        ))}
      </div>
      {draft.length > 0 && (
        <button
          type="button"
          class="btn line after-rows"
          onClick={() => {
            const name = freeName(t('group'), new Set(draft.map((one) => one.name)), false)
            change([...draft, { key: `new-${crypto.randomUUID()}`, name, people: [] }])
          }}
        >
          <Icon name="plus" />
          {t('newGroup')}
        </button>
      )}
      <DoorList
        title={local(gathering.title)}
        when={sayWhen(gathering)}
        draft={draft}
        everybody={people}
      />
    </>
  )
}

const isThere =
  (stored: CohortGroups['groups']) =>
  (group: Draft[number]): boolean =>
    group.people.length > 0 || stored.some((one) => one.id === group.key && stays(one))

const Wanted = ({ value, change }: { value: number; change(value: number): void }) => {
  const t = strings('adminGroups')
  const id = useId()
  const { min, max } = usualWishes
  return (
    <div class="entry">
      <label for={id}>{t('wanted')}</label>
      <select
        id={id}
        class="area one"
        value={String(value)}
        onChange={(event) => change(Number(event.currentTarget.value))}
      >
        {Array.from({ length: max - min + 1 }, (_, index) => String(min + index)).map((count) => (
          <option key={count} value={count}>
            {count}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Everybody who sits otherwise than wished, and why. */
const NotAsWished = ({ draft, cards }: { draft: Draft; cards: CardProps }) => {
  const t = strings('adminGroups')
  const { everybody, wishes } = cards
  const rows = draft.flatMap((group) => {
    const people: GroupMember[] = everybody.filter(({ id }) => group.people.includes(id))
    return lookAtGroup(people, everybody, wishes).missed.map((missed) => ({ group, missed }))
  })
  if (rows.length === 0) return null
  return (
    <details class="group-missed">
      <summary>{t('notAsWished', { people: countPeople(rows.length) })}</summary>
      <ul class="plain-list">
        {rows.map(({ group, missed }) => (
          <li key={missed.person.id}>
            <b>{missed.person.name}</b>, {group.name}. {sayMissed(missed)}.
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The browser asks before what is not saved goes away. */
const useUnsaved = (isUnsaved: boolean): void => {
  useEffect(() => {
    if (!isUnsaved) return
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isUnsaved])
}
