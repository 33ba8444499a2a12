import { useState } from 'preact/hooks'
import type { GroupWishes } from '../../../../shared/domain/group-proposal.ts'
import type { GroupMember } from '../../../../shared/domain/working-group.ts'
import { strings } from '../../../i18n/i18n.ts'
import type { Draft, DraftGroup } from './draft.ts'
import { countPeople, sayFrom, sayMakeUp, sayMissed } from './group-words.ts'
import { MovePerson } from './move-person.tsx'
import { lookAtGroup } from './wishes.ts'

export interface CardProps {
  draft: Draft
  everybody: readonly GroupMember[]
  wishes: GroupWishes
  /** Keys of groups in which something is written. */
  written: ReadonlySet<string>
  /** Keys of groups whose table a tablet may be at. */
  tables: ReadonlySet<string>
  move(person: GroupMember, to: string | null): void
  rename(key: string, name: string): void
}

/** One group of the draft: what it is called, how it is made up, and who sits there. */
export const GroupCard = ({ group, ...props }: { group: DraftGroup } & CardProps) => {
  const { everybody, wishes, written, tables, move, rename } = props
  const t = strings('adminGroups')
  const drop = useDrop(props, group.key)
  const people = everybody.filter(({ id }) => group.people.includes(id))
  const sight = lookAtGroup(people, everybody, wishes)
  const { min, max } = wishes
  const isOff = people.length < min || people.length > max
  return (
    <section class={`group-card${drop.over ? ' over' : ''}`} {...drop.handlers}>
      <h3 class="sr">{group.name}</h3>
      <input
        class="area one group-name"
        type="text"
        aria-label={t('groupName')}
        maxLength={120}
        value={group.name}
        onChange={(event) => {
          const name = event.currentTarget.value.trim()
          if (name === '') event.currentTarget.value = group.name
          else rename(group.key, name)
        }}
      />
      <p class="meta">
        {[sayMakeUp(sight.areas, sight.sizes), countPeople(people.length)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {isOff && people.length > 0 && (
        <p class="group-told">{t(people.length < min ? 'tooFew' : 'tooMany', { min, max })}</p>
      )}
      {written.has(group.key) && <p class="group-told">{t('writtenHere')}</p>}
      {!written.has(group.key) && tables.has(group.key) && (
        <p class="group-told">{t('tableHere')}</p>
      )}
      {people.length === 0 && <p class="mute">{t('emptyGroup')}</p>}
      <ul>
        {people.map((person) => {
          const missed = sight.missed.find((one) => one.person === person)
          return (
            <Seat
              key={person.id}
              person={person}
              current={group.key}
              draft={props.draft}
              move={move}
              told={missed ? sayMissed(missed) : null}
            />
          )
        })}
      </ul>
    </section>
  )
}

/** Who has no seat yet. */
export const NobodysCard = ({
  people,
  ...props
}: { people: readonly GroupMember[] } & CardProps) => {
  const t = strings('adminGroups')
  const drop = useDrop(props, null)
  return (
    <section class={`group-card loose${drop.over ? ' over' : ''}`} {...drop.handlers}>
      <h3>{t('withoutGroup')}</h3>
      <p class="meta">{countPeople(people.length)}</p>
      <ul>
        {people.map((person) => (
          <Seat
            key={person.id}
            person={person}
            current={null}
            draft={props.draft}
            move={props.move}
            told={null}
          />
        ))}
      </ul>
    </section>
  )
}

const Seat = ({
  person,
  current,
  draft,
  move,
  told,
}: {
  person: GroupMember
  current: string | null
  draft: Draft
  move: CardProps['move']
  told: string | null
}) => (
  <li
    class="seat"
    draggable
    onDragStart={(event) => event.dataTransfer?.setData(dragType, person.id)}
  >
    <div>
      <b>{person.name}</b>
      <span class="meta">{sayFrom(person)}</span>
      {told && <span class="group-told">{told}</span>}
    </div>
    <MovePerson person={person} groups={draft} current={current} move={(to) => move(person, to)} />
  </li>
)

/** Of this page alone: a file or a link that is let go here moves nobody. */
const dragType = 'application/x-loft-person'

const useDrop = ({ everybody, move }: CardProps, key: string | null) => {
  const [over, setOver] = useState(false)
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer?.types.includes(dragType)) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false)
        const id = event.dataTransfer?.getData(dragType)
        const person = everybody.find((one) => one.id === id)
        if (!person) return
        event.preventDefault()
        move(person, key)
      },
    },
  }
}
