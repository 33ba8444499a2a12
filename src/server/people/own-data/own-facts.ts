import type { OwnFacts } from '../../../shared/domain/own-data.ts'
import { isGroupScope } from '../../../shared/words/scope.ts'
import type { Database } from '../../store/schema.ts'
import { givenAndTold, iso, isoOrNull, parsed, waysIn } from './own-rows.ts'

/** All that the server has of a person but their words; null if there is no such person, or no more. */
export const readOwnFacts = async (
  db: Database,
  id: string,
  now: number,
): Promise<OwnFacts | null> => {
  const person = await db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .innerJoin('network', 'network.id', 'programme_run.network')
    .leftJoin('municipality', 'municipality.number', 'person.municipality')
    .where('person.id', '=', id)
    .where('erased_at', 'is', null)
    .select(['person.id', 'person.name', 'email', 'service_area', 'role', 'audience', 'link'])
    .select(['municipality.number', 'municipality.name as place'])
    .select(['network.id as networkId', 'network.name as network'])
    .select(['programme_run.name as run', 'cohort.name as cohort'])
    .executeTakeFirst()
  if (!person) return null
  const more = {
    roles: await db.selectFrom('person_role').select('role').where('person', '=', id).execute(),
    audiences: await db
      .selectFrom('person_audience')
      .select('audience')
      .where('person', '=', id)
      .execute(),
  }
  const detailed = await aboutThem(db, id, person)
  return {
    person: {
      id,
      name: person.name,
      anonymous: person.link !== null,
      email: person.email,
      municipality: person.number ? { number: person.number, name: person.place ?? '' } : null,
      serviceArea: person.service_area,
      roles: [...new Set([person.role, ...more.roles.map(({ role }) => role)])],
      audiences: [
        ...(person.audience === null ? [] : [person.audience]),
        ...more.audiences.map(({ audience }) => audience),
      ],
      network: person.network,
      run: person.run,
      cohort: person.cohort,
      groups: await groupsOf(db, id),
      ...(await placesOf(db, id)),
    },
    ...(await waysIn(db, id, now)),
    ...(await givenAndTold(db, id)),
    ...detailed,
  }
}

const groupsOf = async (db: Database, id: string): Promise<OwnFacts['person']['groups']> => {
  const memberships = db
    .selectFrom('membership')
    .select((e) => ['scope', e.val<number | null>(null).as('left_at')])
    .where('person', '=', id)
    .execute()
  const former = db
    .selectFrom('former_member')
    .select(['scope', 'left_at'])
    .where('person', '=', id)
    .execute()
  const rows = [...(await memberships), ...(await former)].filter(({ scope }) =>
    isGroupScope(scope),
  )
  const groups: OwnFacts['person']['groups'] = []
  for (const { scope, left_at } of rows) {
    const group = scope.slice(2)
    const named = await db
      .selectFrom('working_group')
      .select('name')
      .where('id', '=', group)
      .executeTakeFirst()
    groups.push({ id: group, name: named?.name ?? null, leftAt: isoOrNull(left_at) })
  }
  return groups
}

/** Which cohorts they are a facilitator of, and whom they meet as a resource person. */
const placesOf = async (
  db: Database,
  id: string,
): Promise<Pick<OwnFacts['person'], 'worksWith' | 'resourceFor'>> => {
  const staff = await db
    .selectFrom('cohort_staff')
    .innerJoin('cohort', 'cohort.id', 'cohort_staff.cohort')
    .select('cohort.name')
    .where('person', '=', id)
    .execute()
  const resource = await db
    .selectFrom('resource_person')
    .innerJoin('municipality', 'municipality.number', 'resource_person.municipality')
    .select(['municipality.name', 'audience'])
    .where('person', '=', id)
    .execute()
  return {
    worksWith: staff.map(({ name }) => name),
    resourceFor: resource.map(({ name, audience }) => ({ municipality: name, audience })),
  }
}

const aboutThem = async (
  db: Database,
  id: string,
  { email, networkId }: { email: string | null; networkId: string },
): Promise<Pick<OwnFacts, 'countedIn' | 'waitingLists' | 'contacts' | 'acts' | 'actsAbout'>> => {
  const acts = (column: 'by_person' | 'subject') =>
    db
      .selectFrom('administrative_act')
      .select(['at', 'act', 'subject', 'detail'])
      .where(column, '=', id)
      .orderBy('at')
      .execute()
  const waiting = await db
    .selectFrom('waiting_person')
    .innerJoin('cohort', 'cohort.id', 'waiting_person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['cohort.name as cohort', 'waiting_person.name', 'audience'])
    .select(['service_area', 'asked_at'])
    .where('network', '=', networkId)
    .where((e) => e(e.fn('lower', ['email']), '=', email))
    .execute()
  const contacts = await db
    .selectFrom('contact_person')
    .select(['name', 'task', 'phone'])
    .where('network', '=', networkId)
    .where((e) => e(e.fn('lower', ['email']), '=', email))
    .execute()
  return {
    countedIn: await db
      .selectFrom('counted_person')
      .select(['item', 'field'])
      .where('person', '=', id)
      .orderBy('item')
      .orderBy('field')
      .execute(),
    waitingLists: waiting.map(({ service_area, asked_at, ...row }) => ({
      ...row,
      serviceArea: service_area,
      askedAt: iso(asked_at),
    })),
    contacts,
    acts: (await acts('by_person')).map(({ at, act, subject, detail }) => ({
      at: iso(at),
      act,
      subject,
      detail: parsed(detail),
    })),
    actsAbout: (await acts('subject')).map(({ at, act, detail }) => ({
      at: iso(at),
      act,
      detail: parsed(detail),
    })),
  }
}
