import type { PeoplePreview } from '../../../shared/domain/people-file.ts'
import type { Store } from '../../store/store.ts'
import type { Place } from '../../words/membership.ts'
import { type MoveDeps, moveMembers } from '../../words/move-members.ts'
import { recordAct } from '../acts.ts'
import {
  changePerson,
  findLeadershipGroup,
  holdNetwork,
  leadershipPlaces,
  makePerson,
  type PersonState,
} from '../make-person.ts'
import { takesPart } from '../seats.ts'
import { type PeoplePlan, type PlannedPerson, planPeople } from './plan-people.ts'
import type { KnownCohort } from './read-network.ts'

type Db = Parameters<Parameters<Store['write']>[0]>[0]

export interface PeopleImport {
  network: string
  /** The administrator. */
  by: string | null
  bytes: Uint8Array
}

/**
 * Stores a file of people in the caller's transaction: all of it, or nothing if there is one problem. The same file again changes
 * nothing. A participant is let into the leadership group of their municipality; whoever gets another municipality moves, and no
 * word is lost. After the commit the caller does `tellEntered`. null if there is no such network.
 */
export const importPeople = async (
  db: Db,
  deps: MoveDeps,
  { network, by, bytes }: PeopleImport,
): Promise<{ preview: PeoplePreview; entered: Place[] } | null> => {
  if (!(await holdNetwork(db, network))) return null
  const plan = await planPeople(db, { network, bytes })
  const { counts } = plan.preview
  if (counts.problems > 0) return { preview: plan.preview, entered: [] }
  const preview = { ...plan.preview, imported: true }
  if (counts.new + counts.changed === 0) return { preview, entered: [] }

  const moves: { leave: Place[]; enter: Place[] } = { leave: [], enter: [] }
  for (const person of plan.people) await store(db, plan, person, moves)
  const detail = { new: counts.new, changed: counts.changed, same: counts.same }
  await recordAct(db, { network, by, act: 'person.imported', subject: null, detail }, deps.now())
  await moveMembers(db, deps, moves)
  return { preview, entered: moves.enter }
}

const store = async (
  db: Db,
  { network }: PeoplePlan,
  { known, state, changes }: PlannedPerson,
  moves: { leave: Place[]; enter: Place[] },
): Promise<void> => {
  const cohort = network.cohorts.find(({ id }) => id === state.cohort)
  if (!cohort) throw new Error('a plan without problems names a cohort')
  if (known !== null && changes.length === 0) return
  if (known) await changePerson(db, known, state)
  const person = known?.id ?? (await makePerson(db, state, cohort.run))

  // Where somebody has been moved by hand they stay, as long as this does not change.
  const [before, after] = [known && leaderOf(known, cohort), leaderOf(state, cohort)]
  if (before === after) return
  const municipality = network.municipalities.find(({ number }) => number === after)
  const scope = municipality && (await findLeadershipGroup(db, cohort.id, municipality))
  const places = known ? await leadershipPlaces(db, cohort.id, person) : []
  moves.leave.push(...places.filter((place) => place.scope !== scope))
  if (scope) moves.enter.push({ scope, person })
}

/** The municipality in whose leadership group somebody belongs. */
const leaderOf = (
  { roles, audiences, municipality }: Omit<PersonState, 'email'>,
  { tracks }: KnownCohort,
): string | null =>
  takesPart({ roles, audience: audiences[0] ?? null }, tracks) ? municipality : null
