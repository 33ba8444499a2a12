import * as v from 'valibot'
import { type Me, meSchema } from '../../shared/domain/person.ts'
import { groupScope, personScope } from '../../shared/words/scope.ts'
import type { Database } from '../store/schema.ts'

/** Who this person is and where their words belong; null if there is no such person, or no more. */
export const readMe = async (db: Database, id: string): Promise<Me | null> => {
  const person = await db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .innerJoin('network', 'network.id', 'programme_run.network')
    .leftJoin('municipality', 'municipality.number', 'person.municipality')
    .where('person.id', '=', id)
    .where('erased_at', 'is', null)
    .select(['person.id', 'person.name', 'role', 'audience', 'cohort', 'run', 'link'])
    .select([
      'municipality.number',
      'municipality.name as place',
      'size',
      'cohort.name as cohortName',
      'network.name as networkName',
    ])
    .executeTakeFirst()
  if (!person) return null
  const scopes = await db
    .selectFrom('membership')
    .select('scope')
    .where('person', '=', id)
    .execute()
  const held = new Set(scopes.map((row) => row.scope))
  const groups = await db
    .selectFrom('working_group')
    .select(['id', 'name', 'kind', 'stop'])
    .where('cohort', '=', person.cohort)
    .orderBy('kind') // leadership before service-area: what a group writes at home is the leaders'
    .orderBy('name')
    .execute()
  const stops = await db
    .selectFrom('cohort_stop')
    .select(['stop', 'starts', 'ends', 'place', 'drawing'])
    .where('cohort', '=', person.cohort)
    .execute()
  const ownStops = await db
    .selectFrom('municipality_stop')
    .select(['stop', 'starts', 'ends', 'place', 'drawing'])
    .where('cohort', '=', person.cohort)
    .where('municipality', '=', person.number)
    .execute()
  const isOwn = new Set(ownStops.map(({ stop }) => stop))
  const meets = await db
    .selectFrom('resource_person')
    .innerJoin('municipality', 'municipality.number', 'resource_person.municipality')
    .select(['municipality.name as municipality', 'audience'])
    .where('person', '=', id)
    .executeTakeFirst()
  const roles = await db.selectFrom('person_role').select('role').where('person', '=', id).execute()
  const audiences = await db
    .selectFrom('person_audience')
    .select('audience')
    .where('person', '=', id)
    .execute()
  const own = personScope(person.id, person.run)
  return v.parse(meSchema, {
    principal: person.id,
    name: person.name,
    role: person.role,
    roles: [...new Set([person.role, ...roles.map(({ role }) => role)])],
    audience: person.audience,
    moreAudiences: audiences.map(({ audience }) => audience),
    municipality: person.number
      ? { number: person.number, name: person.place, size: person.size }
      : null,
    personScope: held.has(own) ? own : null,
    groups: groups
      .map(({ id: group, ...told }) => ({ scope: groupScope(group), ...told }))
      .filter((group) => held.has(group.scope)),
    run: person.run,
    network: person.networkName,
    cohort: {
      id: person.cohort,
      name: person.cohortName,
      stops: [...stops.filter(({ stop }) => !isOwn.has(stop)), ...ownStops],
    },
    anonymous: person.link !== null,
    resourceFor: meets ?? null,
  })
}

/** The package version that this person's cohort follows. */
export const packageOf = (
  db: Database,
  person: string,
): Promise<{ hash: string; outline: string } | undefined> =>
  db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('package_version', (join) =>
      join
        .onRef('package_version.id', '=', 'cohort.package')
        .onRef('package_version.version', '=', 'cohort.version'),
    )
    .where('person.id', '=', person)
    .select(['hash', 'outline'])
    .executeTakeFirst()
