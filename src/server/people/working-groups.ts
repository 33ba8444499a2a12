import { randomUUID } from 'node:crypto'
import { matchGroups } from '../../shared/domain/match-groups.ts'
import {
  type AppliedGroups,
  type GroupList,
  type Move,
  stays,
} from '../../shared/domain/working-group.ts'
import { groupScope } from '../../shared/words/scope.ts'
import { hasCards } from '../cards/has-cards.ts'
import { documentStore } from '../store/document-store.ts'
import type { Store } from '../store/store.ts'
import type { Place } from '../words/membership.ts'
import { type MoveDeps, moveMembers } from '../words/move-members.ts'
import { recordAct } from './acts.ts'
import { holdNetwork } from './make-person.ts'
import { listGroups } from './read-groups.ts'

type Db = Parameters<Parameters<Store['write']>[0]>[0]
type Group = GroupList['groups'][number]

/** Whose act it is, and where: the route has asked the policy about it. */
export interface GroupAct {
  network: string
  by: string | null
  cohort: string
}

/**
 * Makes the service-area groups of a gathering what the administrator wants, in the caller's transaction. Groups go on where their
 * people do; one in which somebody has written, or whose table a tablet may be at, never goes away, even if everybody leaves it. After
 * the commit the caller does `tellEntered`.
 */
export const applyGroups = async (
  db: Db,
  deps: MoveDeps,
  { network, by, cohort, stop }: GroupAct & { stop: string },
  wanted: AppliedGroups['groups'],
): Promise<{ entered: Place[] } | 'not-found' | 'person-twice'> => {
  if (!(await holdNetwork(db, network))) return 'not-found'
  const failure = await checkPeople(db, cohort, wanted)
  if (failure) return failure
  const earlier = await holdGroups(db, deps, cohort, stop)
  const matched = matchGroups(
    await withThoseWhoLeft(db, earlier),
    wanted.map(({ people }) => people),
  )
  const moves: { leave: Place[]; enter: Place[] } = { leave: [], enter: [] }
  const done = { made: 0, renamed: 0, removed: 0, emptied: 0 }
  for (const [index, { name, people }] of wanted.entries()) {
    const known = earlier.find(({ id }) => id === matched[index])
    const id = known?.id ?? randomUUID()
    const here = known?.people ?? []
    if (!known) {
      await db
        .insertInto('working_group')
        .values({ id, name, cohort, municipality: null, kind: 'service-area', stop })
        .execute()
      done.made++
    } else if (known.name !== name) {
      await db.updateTable('working_group').set({ name }).where('id', '=', id).execute()
      done.renamed++
    }
    const scope = groupScope(id)
    const enter = people.filter((person) => !here.some((one) => one.id === person))
    // A tablet that lies with the group stays there.
    const leave = here.filter((one) => one.role !== 'group-tablet' && !people.includes(one.id))
    moves.enter.push(...enter.map((person) => ({ scope, person })))
    moves.leave.push(...leave.map((one) => ({ scope, person: one.id })))
  }
  for (const group of earlier.filter(({ id }) => !matched.includes(id))) {
    const scope = groupScope(group.id)
    // Tablets stay, and so does a group that somebody has made a table's link of since it was looked at.
    const people = group.people.filter(({ role }) => role !== 'group-tablet')
    moves.leave.push(...people.map(({ id: person }) => ({ scope, person })))
    const isKept = group.written || (await hasCards(db, group.id))
    const { numDeletedRows } = isKept
      ? { numDeletedRows: 0n }
      : await db
          .deleteFrom('working_group')
          .where('id', '=', group.id)
          .where('table_generation', '=', 0)
          .executeTakeFirstOrThrow()
    if (numDeletedRows > 0n) done.removed++
    else if (people.length > 0) done.emptied++
  }
  const detail = { stop, ...done, entered: moves.enter.length, left: moves.leave.length }
  if (Object.values({ ...detail, stop: 0 }).every((count) => count === 0)) return { entered: [] }
  await recordAct(db, { network, by, act: 'group.proposed', subject: cohort, detail }, deps.now())
  await moveMembers(db, deps, moves)
  return { entered: moves.enter }
}

/** A person from one group of the cohort to another, in the caller's transaction, who does `tellEntered` after the commit. */
export const movePerson = async (
  db: Db,
  deps: MoveDeps,
  { network, by, cohort }: GroupAct,
  { person, from, to }: Move,
): Promise<{ entered: Place[] } | 'not-found' | 'sits-elsewhere'> => {
  if (!(await holdNetwork(db, network))) return 'not-found'
  const { groups, people } = await listGroups(db, cohort)
  const [left, entered] = [from, to].map((id) => groups.find((group) => group.id === id))
  const isIn = (group: Group): boolean => group.people.some(({ id }) => id === person)
  if ((from !== null && !(left && isIn(left))) || (to !== null && !entered)) return 'not-found'
  if (entered && !people.some(({ id }) => id === person)) return 'not-found'
  const seats = groups.filter(
    ({ id, kind, stop }) =>
      kind === 'service-area' && entered?.kind === kind && stop === entered.stop && id !== from,
  )
  if (seats.some(isIn)) return 'sits-elsewhere'
  const moves = {
    leave: from === null ? [] : [{ scope: groupScope(from), person }],
    enter: to === null ? [] : [{ scope: groupScope(to), person }],
  }
  const detail = { from, to }
  await recordAct(db, { network, by, act: 'group.moved', subject: person, detail }, deps.now())
  await moveMembers(db, deps, moves)
  return { entered: moves.enter }
}

/** Gives a group another name, in the caller's transaction. False if the cohort has no such group. */
export const renameGroup = async (
  db: Db,
  { now }: Pick<MoveDeps, 'now'>,
  { network, by, cohort }: GroupAct,
  { id, name }: { id: string; name: string },
): Promise<boolean> => {
  const group = await db
    .selectFrom('working_group')
    .select('name')
    .where('id', '=', id)
    .where('cohort', '=', cohort)
    .executeTakeFirst()
  if (!group) return false
  if (group.name === name) return true
  await db.updateTable('working_group').set({ name }).where('id', '=', id).execute()
  await recordAct(db, { network, by, act: 'group.renamed', subject: id }, now())
  return true
}

const checkPeople = async (
  db: Db,
  cohort: string,
  wanted: AppliedGroups['groups'],
): Promise<'not-found' | 'person-twice' | null> => {
  const ids = wanted.flatMap(({ people }) => people)
  if (new Set(ids).size < ids.length) return 'person-twice'
  const known = new Set((await listGroups(db, cohort)).people.map(({ id }) => id))
  return ids.every((id) => known.has(id)) ? null : 'not-found'
}

/** Locked before anybody looks whether something is written there: what is pushed now waits. `written` = it stays. */
const holdGroups = async (
  db: Db,
  deps: MoveDeps,
  cohort: string,
  stop: string,
): Promise<Group[]> => {
  const ofStop = async () =>
    (await listGroups(db, cohort)).groups.filter(
      (group) => group.kind === 'service-area' && group.stop === stop,
    )
  const scopes = (await ofStop()).map(({ id }) => groupScope(id))
  for (const scope of scopes.sort()) await documentStore.lockOrMake(db, scope, deps.newEpoch)
  return (await ofStop()).map((group) => ({ ...group, written: stays(group) }))
}

/** So that a group that everybody was moved out of goes on when they come back. */
const withThoseWhoLeft = async (db: Db, groups: readonly Group[]) => {
  const all: { id: string; people: string[]; written: boolean }[] = []
  for (const { id, people, written } of groups) {
    const here = people.filter(({ role }) => role !== 'group-tablet').map((one) => one.id)
    const isLeft = written && here.length === 0
    all.push({ id, written, people: isLeft ? await whoLeft(db, groupScope(id)) : here })
  }
  return all
}

const whoLeft = async (db: Db, scope: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('former_member')
    .select('person')
    .where('scope', '=', scope)
    .execute()
  return rows.map(({ person }) => person)
}
