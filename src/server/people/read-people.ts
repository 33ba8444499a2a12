import type { PeopleList } from '../../shared/domain/people.ts'
import type { Database } from '../store/schema.ts'
import { invitationStates } from './invitation-state.ts'
import { readNetwork } from './people-file/read-network.ts'

export interface PeopleAsked {
  network: string
  /** Null = all of the network's. */
  cohorts: readonly string[] | null
  /** Addresses are for who invites. */
  withAddresses: boolean
}

/** Everybody who is here by name, in the order of their names. `mail` is the caller's to say. */
export const readPeople = async (
  db: Database,
  { network, cohorts: only, withAddresses }: PeopleAsked,
  now: number,
): Promise<Omit<PeopleList, 'mail'>> => {
  const known = await readNetwork(db, network)
  const cohorts = known.cohorts.filter(({ id }) => only === null || only.includes(id))
  const isSeen = new Set(cohorts.map(({ id }) => id))
  const people = known.people.filter(({ cohort }) => isSeen.has(cohort))
  const staff = await db
    .selectFrom('cohort_staff')
    .selectAll()
    .where('cohort', 'in', ['', ...isSeen])
    .execute()
  const facilitates = Map.groupBy(staff, ({ person }) => person)
  const invitations = await invitationsOf(
    db,
    people.map(({ id }) => id),
    now,
  )
  const audiences = new Map(cohorts.flatMap((one) => one.audiences.map((each) => [each.id, each])))
  return {
    people: people
      .map(({ email, ...person }) => ({
        ...person,
        audiences: [...person.audiences],
        roles: [...person.roles],
        email: withAddresses ? email : null,
        facilitates: (facilitates.get(person.id) ?? []).map(({ cohort }) => cohort),
        invitation: invitations.get(person.id) ?? { progress: 'none' as const, at: null },
      }))
      .sort((a, b) => a.name.localeCompare(b.name, 'nb')),
    cohorts: cohorts
      .map(({ id, name }) => ({ id, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'nb', { numeric: true })),
    municipalities: known.municipalities.map(({ number, name }) => ({ number, name })),
    audiences: [...audiences.values()].map(({ id, title }) => ({ id, title })),
  }
}

/** PostgreSQL takes a limited number of values in one question. */
const part = 1000

const invitationsOf = async (db: Database, ids: readonly string[], now: number) => {
  const states: [string, Pick<PeopleList['people'][number]['invitation'], 'progress' | 'at'>][] = []
  for (let from = 0; from < ids.length; from += part) {
    const found = await invitationStates(db, ids.slice(from, from + part), now)
    for (const [id, { progress, at }] of found) states.push([id, { progress, at }])
  }
  return new Map(states)
}
