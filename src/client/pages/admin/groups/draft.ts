// Who is to sit where at a gathering, before it is saved. A draft is a list of groups; whoever is in none of them has no seat.
import { type GroupWishes, proposeGroups } from '../../../../shared/domain/group-proposal.ts'
import { matchGroups } from '../../../../shared/domain/match-groups.ts'
import type { ServiceArea } from '../../../../shared/domain/service-area.ts'
import {
  type AppliedGroups,
  type GroupMember,
  type ListedGroup,
  stays,
} from '../../../../shared/domain/working-group.ts'

export interface DraftGroup {
  /** Of this page alone: it stays while the name and the people change. */
  key: string
  name: string
  /** Ids. */
  people: readonly string[]
}
export type Draft = readonly DraftGroup[]

/** The stored groups of a gathering; a tablet that lies with one is no person to place. */
export const draftOf = (
  stored: readonly ListedGroup[],
  people: readonly GroupMember[],
): DraftGroup[] => {
  const known = new Set(people.map(({ id }) => id))
  return stored.map((group) => ({
    key: group.id,
    name: group.name,
    people: group.people.map(({ id }) => id).filter((id) => known.has(id)),
  }))
}

export interface Proposing {
  people: readonly GroupMember[]
  wishes: GroupWishes
  /** What stands now. With `keep`, nobody who has a seat moves, if that can be. */
  draft: Draft
  keep: boolean
  nameOf(areas: readonly ServiceArea[]): string
}

/** A proposal for everybody. A group that goes on where its people do keeps its name. */
export const propose = ({ people, wishes, draft, keep, nameOf }: Proposing): DraftGroup[] => {
  const seated = draft.filter((group) => group.people.length > 0)
  const groupable = people.map(({ id, serviceArea, municipality }) => ({
    id,
    serviceArea,
    municipality: municipality?.number ?? null,
    size: municipality?.size ?? null,
  }))
  const earlier = keep ? seated.map((group) => group.people) : []
  const proposed = proposeGroups(groupable, wishes, earlier)
  const matched = matchGroups(
    seated.map((group) => ({ id: group.key, people: group.people, written: false })),
    proposed.map((group) => group.people),
  )
  const taken = new Set<string>()
  for (const [index, key] of matched.entries()) {
    const name = draft.find((group) => group.key === key)?.name
    if (proposed[index] && name !== undefined) taken.add(name)
  }
  const bases = proposed.map(({ areas }) => nameOf(areas))
  return proposed.map((group, index) => {
    const before = draft.find(({ key }) => key === matched[index])
    if (before) return { ...before, people: group.people }
    const base = bases[index] ?? ''
    const isAlone = bases.filter((one) => one === base).length === 1
    const name = freeName(base, taken, isAlone)
    taken.add(name)
    return { key: `new-${group.people[0] ?? index}`, name, people: group.people }
  })
}

/** `Oppvekst`, or `Oppvekst 2` where there are several. */
export const freeName = (base: string, taken: ReadonlySet<string>, isAlone: boolean): string => {
  if (isAlone && !taken.has(base)) return base
  let number = 1
  while (taken.has(`${base} ${number}`)) number++
  return `${base} ${number}`
}

/** Somebody into a group, or to no seat at all (null). */
export const place = (draft: Draft, person: string, key: string | null): DraftGroup[] =>
  draft.map((group) => {
    const others = group.people.filter((id) => id !== person)
    if (group.key === key) return { ...group, people: [...others, person] }
    return others.length === group.people.length ? group : { ...group, people: others }
  })

export const rename = (draft: Draft, key: string, name: string): DraftGroup[] =>
  draft.map((group) => (group.key === key ? { ...group, name } : group))

export const unseated = (draft: Draft, people: readonly GroupMember[]): GroupMember[] => {
  const seated = new Set(draft.flatMap((group) => group.people))
  return people.filter(({ id }) => !seated.has(id))
}

/** What is sent: a group with nobody in it is none. */
export const asApplied = (draft: Draft): AppliedGroups['groups'] =>
  draft
    .filter((group) => group.people.length > 0)
    .map(({ name, people }) => ({ name: name.trim(), people: [...people] }))

export interface Changes {
  /** Who comes from where to where, by the names of groups; null = none. */
  moves: { person: string; from: ListedGroup | null; to: DraftGroup | null }[]
  /** Names of those that are new, and of those that are no more. */
  made: string[]
  removed: string[]
  renamed: { from: string; to: string }[]
  /** Stored groups in which something is written, and that somebody leaves or enters. */
  written: ListedGroup[]
}

/** What saving would do. Groups are followed as the server follows them: a group goes on where most of its people do. */
export const changesOf = (
  stored: readonly ListedGroup[],
  draft: Draft,
  people: readonly GroupMember[],
): Changes => {
  const wanted = draft.filter((group) => group.people.length > 0)
  const before = stored.map((group) => ({
    id: group.id,
    written: stays(group),
    people: group.people.filter(({ role }) => role !== 'group-tablet').map(({ id }) => id),
  }))
  const matched = matchGroups(
    before,
    wanted.map((group) => group.people),
  )
  const goesOn = (group: ListedGroup): DraftGroup | undefined =>
    wanted.find((_, index) => matched[index] === group.id)
  const moves: Changes['moves'] = []
  for (const { id: person } of people) {
    const from = stored.find((group) => group.people.some(({ id }) => id === person)) ?? null
    const to = wanted.find((group) => group.people.includes(person)) ?? null
    // A group that does not go on is left, wherever one goes.
    if (from ? goesOn(from) !== to : to) moves.push({ person, from, to })
  }
  const kept = stored.flatMap((group) => {
    const after = goesOn(group)
    return after ? [{ group, after }] : []
  })
  const gone = stored.filter((group) => !goesOn(group))
  return {
    moves,
    made: wanted.filter((_, index) => matched[index] === null).map(({ name }) => name),
    // One that is empty already is no loss to anybody.
    removed: gone
      .filter((group) => !stays(group) && group.people.length > 0)
      .map(({ name }) => name),
    renamed: kept
      .filter(({ group, after }) => group.name !== after.name.trim())
      .map(({ group, after }) => ({ from: group.name, to: after.name.trim() })),
    written: stored.filter(
      (group) =>
        group.written &&
        moves.some(({ from, to }) => from === group || (to !== null && to === goesOn(group))),
    ),
  }
}

export const isUnchanged = ({ moves, made, removed, renamed }: Changes): boolean =>
  moves.length + made.length + removed.length + renamed.length === 0
