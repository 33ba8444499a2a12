import * as v from 'valibot'
import { roleSchema } from '../../../shared/domain/person.ts'
import type { Audience } from '../../../shared/domain/programme.ts'
import { serviceAreaSchema } from '../../../shared/domain/service-area.ts'
import { tabletPrefix } from '../../../shared/domain/tablet-id.ts'
import type { Database, Tables } from '../../store/schema.ts'
import type { PersonState } from '../make-person.ts'
import { readProgrammeOf } from '../programme-of.ts'

export interface KnownCohort {
  id: string
  name: string
  run: string
  capacity: number
  audiences: Audience[]
  /** Audiences with a line of their own. */
  tracks: string[]
}
export interface KnownPerson extends Omit<PersonState, 'email'> {
  id: string
  email: string | null
}
/** What a file is compared with. */
export interface KnownNetwork {
  municipalities: Tables['municipality'][]
  cohorts: KnownCohort[]
  /** Everybody who is here by name. */
  people: KnownPerson[]
}

export const readNetwork = async (db: Database, network: string): Promise<KnownNetwork> => {
  const rows = await db
    .selectFrom('cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['cohort.id', 'cohort.name', 'run', 'capacity', 'package', 'version'])
    .where('network', '=', network)
    .orderBy('cohort.id')
    .execute()
  const cohorts: KnownCohort[] = []
  for (const { package: id, version, ...cohort } of rows) {
    cohorts.push({ ...cohort, ...(await readProgrammeOf(db, { package: id, version })) })
  }
  return {
    municipalities: await db.selectFrom('municipality').selectAll().orderBy('number').execute(),
    cohorts,
    people: await readPeople(db, network),
  }
}

const readPeople = async (db: Database, network: string): Promise<KnownPerson[]> => {
  const ofNetwork = db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .where('network', '=', network)
    .where('erased_at', 'is', null)
    .where('link', 'is', null)
    .where('person.id', 'not like', `${tabletPrefix}%`)
  const people = await ofNetwork
    .select(['person.id', 'person.name', 'email', 'municipality', 'audience', 'role'])
    .select(['service_area', 'cohort'])
    .orderBy('person.id')
    .execute()
  const roles = await ofNetwork
    .innerJoin('person_role', 'person_role.person', 'person.id')
    .select(['person', 'person_role.role as more'])
    .orderBy('more')
    .execute()
  const audiences = await ofNetwork
    .innerJoin('person_audience', 'person_audience.person', 'person.id')
    .select(['person', 'person_audience.audience as more'])
    .orderBy('more')
    .execute()
  const [moreRoles, moreAudiences] = [
    Map.groupBy(roles, ({ person }) => person),
    Map.groupBy(audiences, ({ person }) => person),
  ]
  const moreOf = (all: typeof moreRoles, id: string): string[] =>
    (all.get(id) ?? []).map(({ more }) => more)
  return people.map(({ service_area, role, audience, ...person }) => ({
    ...person,
    roles: v.parse(v.array(roleSchema), [role, ...moreOf(moreRoles, person.id)]),
    audiences: [...(audience === null ? [] : [audience]), ...moreOf(moreAudiences, person.id)],
    serviceArea: v.is(serviceAreaSchema, service_area) ? service_area : null,
  }))
}
