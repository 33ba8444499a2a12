import * as v from 'valibot'
import { type Role, roleSchema } from '../../shared/domain/person.ts'
import { serviceAreaSchema } from '../../shared/domain/service-area.ts'
import type { GroupList, GroupMember } from '../../shared/domain/working-group.ts'
import { groupScope } from '../../shared/words/scope.ts'
import { documentStore } from '../store/document-store.ts'
import type { Database } from '../store/schema.ts'
import { readProgrammeOf } from './programme-of.ts'
import { takesPart } from './seats.ts'

/** All groups of a cohort with their people, and whom groups may be made of. Empty if there is no such cohort. */
export const listGroups = async (db: Database, cohort: string): Promise<GroupList> => {
  const groups = await db
    .selectFrom('working_group')
    .select(['id', 'name', 'kind', 'municipality', 'stop', 'table_generation'])
    .where('cohort', '=', cohort)
    .orderBy('name')
    .orderBy('id')
    .execute()
  const scopes = groups.map(({ id }) => groupScope(id))
  const members =
    scopes.length === 0
      ? []
      : await selectPeople(db)
          .innerJoin('membership', 'membership.person', 'person.id')
          .select('scope')
          .where('scope', 'in', scopes)
          .execute()
  const listed: GroupList['groups'] = []
  for (const { table_generation: generation, ...group } of groups) {
    const scope = groupScope(group.id)
    listed.push({
      ...group,
      written: (await documentStore.docs(db, scope)).length > 0,
      hasTable: generation > 0,
      people: members.filter((member) => member.scope === scope).map(asMember),
    })
  }
  return { groups: listed, people: await participants(db, cohort) }
}

const participants = async (db: Database, cohort: string): Promise<GroupMember[]> => {
  const row = await db
    .selectFrom('cohort')
    .select(['package', 'version'])
    .where('id', '=', cohort)
    .executeTakeFirst()
  if (!row) return []
  const { tracks } = await readProgrammeOf(db, row)
  const people = await selectPeople(db)
    .select('audience')
    .where('cohort', '=', cohort)
    .where('link', 'is', null)
    .execute()
  const more = await db
    .selectFrom('person_role')
    .innerJoin('person', 'person.id', 'person_role.person')
    .select(['person', 'person_role.role as role'])
    .where('cohort', '=', cohort)
    .execute()
  const rolesOf = (id: string): Role[] =>
    more.filter(({ person }) => person === id).map(({ role }) => v.parse(roleSchema, role))
  return people.flatMap((person) => {
    const member = asMember(person)
    const roles = [member.role, ...rolesOf(member.id)]
    return takesPart({ roles, audience: person.audience }, tracks) ? member : []
  })
}

const selectPeople = (db: Database) =>
  db
    .selectFrom('person')
    .leftJoin('municipality', 'municipality.number', 'person.municipality')
    .select(['person.id', 'person.name', 'person.role', 'service_area'])
    .select(['municipality.number', 'municipality.name as place', 'size'])
    .where('erased_at', 'is', null)
    .orderBy('person.name')
    .orderBy('person.id')

type Row = Awaited<ReturnType<ReturnType<typeof selectPeople>['execute']>>[number]

const asMember = ({ id, name, role, service_area, number, place, size }: Row): GroupMember => ({
  id,
  name,
  role: v.parse(roleSchema, role),
  municipality: number && place && size ? { number, name: place, size } : null,
  serviceArea: v.is(serviceAreaSchema, service_area) ? service_area : null,
})
