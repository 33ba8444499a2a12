import * as v from 'valibot'
import { roleSchema } from '../../shared/domain/person.ts'
import type { Actor } from '../../shared/domain/policy.ts'
import type { Database } from '../store/schema.ts'

/** Whoever asks, with all roles and where they belong; null if there is no such person, or no more. */
export const readActor = async (db: Database, id: string): Promise<Actor | null> => {
  const person = await db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['role', 'cohort', 'network'])
    .where('person.id', '=', id)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!person) return null
  const roles = await db.selectFrom('person_role').select('role').where('person', '=', id).execute()
  const cohorts = await db
    .selectFrom('cohort_staff')
    .select('cohort')
    .where('person', '=', id)
    .execute()
  const scopes = await db
    .selectFrom('membership')
    .select('scope')
    .where('person', '=', id)
    .where('scope', 'like', 'g:%')
    .execute()
  const staffed = cohorts.map(({ cohort }) => cohort)
  return {
    person: id,
    roles: v.parse(v.array(roleSchema), [person.role, ...roles.map(({ role }) => role)]),
    network: person.network,
    cohorts: [person.cohort, ...staffed],
    facilitates: person.role === 'facilitator' ? [person.cohort, ...staffed] : staffed,
    groups: scopes.map(({ scope }) => scope.slice(2)),
  }
}
