import type { NewPerson, PersonChange } from '../../shared/domain/people.ts'
import type { Store } from '../store/store.ts'
import type { Place } from '../words/membership.ts'
import { type MoveDeps, moveMembers } from '../words/move-members.ts'
import { recordAct } from './acts.ts'
import { isLastAdministrator } from './administrators.ts'
import {
  changePerson,
  findLeadershipGroup,
  holdNetwork,
  leadershipPlaces,
  makePerson,
  type PersonState,
} from './make-person.ts'
import { type KnownCohort, type KnownNetwork, readNetwork } from './people-file/read-network.ts'
import { readSeats, takesPart } from './seats.ts'

type Db = Parameters<Parameters<Store['write']>[0]>[0]
interface By {
  network: string
  by: string
}
export type PersonFailure =
  | 'not-found'
  | 'address-taken'
  | 'over-capacity'
  | 'last-administrator'
  | 'bad-request'
/** After the commit the caller does `tellEntered`. */
export type WrittenPerson = { id: string; entered: Place[] } | PersonFailure

/** Adds one person by hand, in the caller's transaction, with a scope of their own and a place in their leadership group. */
export const addPerson = async (
  db: Db,
  deps: MoveDeps,
  { network, by }: By,
  person: NewPerson,
): Promise<WrittenPerson> => {
  if (!(await holdNetwork(db, network))) return 'not-found'
  const known = await readNetwork(db, network)
  const cohort = known.cohorts.find(({ id }) => id === person.cohort)
  if (!cohort) return 'not-found'
  const wrong = mistakeIn(known, cohort, person)
  if (wrong) return wrong
  if (known.people.some(({ email }) => email === person.email)) return 'address-taken'
  if (takesPart(leaderOf(person), cohort.tracks)) {
    const seats = await readSeats(db, cohort.id)
    if (seats && seats.taken >= seats.capacity) return 'over-capacity'
  }
  const id = await makePerson(db, person, cohort.run)
  await writeStaff(db, known, id, person)
  await recordAct(db, { network, by, act: 'person.added', subject: id }, deps.now())
  const entered = await seat(db, deps, known, cohort, { id, before: null, after: person })
  return { id, entered }
}

/** Changes one; whoever gets another municipality moves to its leadership group, and no word is lost. */
export const rewritePerson = async (
  db: Db,
  deps: MoveDeps,
  { network, by }: By,
  id: string,
  change: PersonChange,
): Promise<WrittenPerson> => {
  if (!(await holdNetwork(db, network))) return 'not-found'
  const known = await readNetwork(db, network)
  const before = known.people.find((person) => person.id === id)
  const cohort = known.cohorts.find((one) => one.id === before?.cohort)
  if (!before || !cohort) return 'not-found'
  const wrong = mistakeIn(known, cohort, change)
  if (wrong) return wrong
  if (!change.roles.includes('administrator') && (await isLastAdministrator(db, id))) {
    return 'last-administrator'
  }
  const [took, takes] = [before, change].map((one) => takesPart(leaderOf(one), cohort.tracks))
  if (takes && !took) {
    const seats = await readSeats(db, cohort.id)
    if (seats && seats.taken >= seats.capacity) return 'over-capacity'
  }
  const state: PersonState = { ...change, email: before.email ?? '', cohort: before.cohort }
  await changePerson(db, before, state)
  await writeStaff(db, known, id, change)
  await recordAct(db, { network, by, act: 'person.changed', subject: id }, deps.now())
  const entered = await seat(db, deps, known, cohort, { id, before, after: change })
  return { id, entered }
}

type Placed = Pick<PersonState, 'roles' | 'audiences' | 'municipality'>
const leaderOf = ({ roles, audiences }: Placed) => ({ roles, audience: audiences[0] ?? null })

/** What is named but is not there. */
const mistakeIn = (
  known: KnownNetwork,
  cohort: KnownCohort,
  { municipality, audiences, facilitates }: PersonChange,
): 'bad-request' | 'not-found' | null => {
  const isThere =
    municipality === null || known.municipalities.some(({ number }) => number === municipality)
  const areHis = audiences.every((id) => cohort.audiences.some((one) => one.id === id))
  if (!isThere || !areHis || new Set(audiences).size < audiences.length) return 'bad-request'
  return facilitates.every((id) => known.cohorts.some((one) => one.id === id)) ? null : 'not-found'
}

/** Whose facilitator they are; nobody's without the role. */
const writeStaff = async (
  db: Db,
  known: KnownNetwork,
  person: string,
  { roles, facilitates }: Pick<PersonChange, 'roles' | 'facilitates'>,
): Promise<void> => {
  const all = known.cohorts.map(({ id }) => id)
  await db
    .deleteFrom('cohort_staff')
    .where('person', '=', person)
    .where('cohort', 'in', all)
    .execute()
  const cohorts = roles.includes('facilitator') ? [...new Set(facilitates)] : []
  if (cohorts.length === 0) return
  await db
    .insertInto('cohort_staff')
    .values(cohorts.map((cohort) => ({ cohort, person })))
    .execute()
}

/** Into the leadership group of their municipality, out of the one before. Where they were moved by hand they stay. */
const seat = async (
  db: Db,
  deps: MoveDeps,
  known: KnownNetwork,
  cohort: KnownCohort,
  { id, before, after }: { id: string; before: Placed | null; after: Placed },
): Promise<Place[]> => {
  const placeOf = (one: Placed | null): string | null =>
    one && takesPart(leaderOf(one), cohort.tracks) ? one.municipality : null
  const [from, to] = [placeOf(before), placeOf(after)]
  if (from === to) return []
  const municipality = known.municipalities.find(({ number }) => number === to)
  const scope = municipality && (await findLeadershipGroup(db, cohort.id, municipality))
  const places = before ? await leadershipPlaces(db, cohort.id, id) : []
  const leave = places.filter((place) => place.scope !== scope)
  const enter = scope ? [{ scope, person: id }] : []
  await moveMembers(db, deps, { leave, enter })
  return enter
}
