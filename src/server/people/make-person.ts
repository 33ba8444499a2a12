import { randomUUID } from 'node:crypto'
import type { Role } from '../../shared/domain/person.ts'
import type { ServiceArea } from '../../shared/domain/service-area.ts'
import { groupScope, personScope } from '../../shared/words/scope.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Place } from '../words/membership.ts'

type Db = Parameters<Parameters<Store['write']>[0]>[0]

/** What is known of somebody who is here by name. The first role and the first audience are what the page shows. */
export interface PersonState {
  name: string
  /** In small letters. */
  email: string
  municipality: string | null
  audiences: readonly string[]
  roles: readonly Role[]
  serviceArea: ServiceArea | null
  cohort: string
}

/** A new person with a scope of their own; returns the id. Their leadership group is a matter of `findLeadershipGroup`. */
export const makePerson = async (db: Db, state: PersonState, run: string): Promise<string> => {
  const id = randomUUID()
  await db
    .insertInto('person')
    .values({ id, cohort: state.cohort, email: state.email, ...columnsOf(state) })
    .execute()
  await writeMore(db, id, state)
  if (isFacilitator(state)) await facilitateOwn(db, id, state)
  await db
    .insertInto('membership')
    .values({ scope: personScope(id, run), person: id })
    .execute()
  return id
}

/** Neither address nor cohort change; who was a facilitator before keeps the cohorts that they had. */
export const changePerson = async (
  db: Db,
  { id, roles }: { id: string } & Pick<PersonState, 'roles'>,
  state: PersonState,
): Promise<void> => {
  await db.updateTable('person').set(columnsOf(state)).where('id', '=', id).execute()
  for (const table of ['person_role', 'person_audience', 'cohort_staff'] as const) {
    const rows = db.deleteFrom(table).where('person', '=', id)
    if (table === 'cohort_staff' && isFacilitator(state)) continue
    await rows.execute()
  }
  await writeMore(db, id, state)
  if (isFacilitator(state) && !isFacilitator({ roles })) await facilitateOwn(db, id, state)
}

const isFacilitator = ({ roles }: Pick<PersonState, 'roles'>): boolean =>
  roles.includes('facilitator')

const facilitateOwn = async (db: Db, person: string, { cohort }: PersonState): Promise<void> => {
  await db
    .insertInto('cohort_staff')
    .values({ cohort, person })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const columnsOf = ({ name, roles, audiences, municipality, serviceArea }: PersonState) => ({
  name,
  role: roles[0] ?? 'participant',
  audience: audiences[0] ?? null,
  municipality,
  service_area: serviceArea,
})

const writeMore = async (db: Db, person: string, state: PersonState): Promise<void> => {
  const { roles, audiences } = state
  const moreRoles = roles.slice(1).map((role) => ({ person, role }))
  if (moreRoles.length > 0) await db.insertInto('person_role').values(moreRoles).execute()
  const moreAudiences = audiences.slice(1).map((audience) => ({ person, audience }))
  if (moreAudiences.length > 0)
    await db.insertInto('person_audience').values(moreAudiences).execute()
}

/** The scope of a municipality's leadership group in a cohort, which is made if there is none. */
export const findLeadershipGroup = async (
  db: Db,
  cohort: string,
  municipality: { number: string; name: string },
): Promise<string> => {
  const group = await db
    .selectFrom('working_group')
    .select('id')
    .where('cohort', '=', cohort)
    .where('municipality', '=', municipality.number)
    .where('kind', '=', 'leadership')
    .orderBy('name')
    .orderBy('id')
    .executeTakeFirst()
  if (group) return groupScope(group.id)
  const id = randomUUID()
  const name = `Leiargruppa, ${municipality.name}`
  await db
    .insertInto('working_group')
    .values({ id, name, cohort, municipality: municipality.number, kind: 'leadership' })
    .execute()
  return groupScope(id)
}

/** The leadership groups of a cohort that somebody is in. */
export const leadershipPlaces = async (
  db: Database,
  cohort: string,
  person: string,
): Promise<Place[]> => {
  const groups = await db
    .selectFrom('working_group')
    .select('id')
    .where('cohort', '=', cohort)
    .where('kind', '=', 'leadership')
    .execute()
  const scopes = new Set(groups.map(({ id }) => groupScope(id)))
  const rows = await db
    .selectFrom('membership')
    .select(['scope', 'person'])
    .where('person', '=', person)
    .execute()
  return rows.filter(({ scope }) => scopes.has(scope))
}

/**
 * Holds a network until the transaction ends: who takes seats or gives addresses waits for each other. The write that changes nothing
 * is what locks on both databases. False if there is no such network.
 */
export const holdNetwork = async (db: Db, network: string): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('network')
    .set((e) => ({ name: e.ref('name') }))
    .where('id', '=', network)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
