import type { Role } from '../../shared/domain/person.ts'
import { groupScope, personScope } from '../../shared/words/scope.ts'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'
import { seedGatherings } from './demonstration-gatherings.ts'
import { seedMunicipalities } from './municipalities.ts'
import { peopleByLink } from './municipality-link.ts'
import { normalise } from './sessions.ts'

export const demoNetwork = 'vestland'
const run = 'vestland-1'
const cohort = 'vestland-1-kull-1'

interface DemoPerson {
  code: string
  id: string
  name: string
  role: Role
  audience: string | null
  municipality: string | null
  groups: string[]
  own: boolean
  /** Printed at start: the link leads to a page made for this person. */
  printed: boolean
}

/** The link of Stord's politicians, printed at start. */
export const demoLink = { token: 'demo-folkevalde-stord', name: 'Folkevalde, Stord' }

/** Roles, never invented people. */
export const demoPeople: readonly DemoPerson[] = [
  {
    code: 'demo-deltakar-stord',
    id: 'deltakar-stord',
    name: 'Kommunedirektør, Stord',
    role: 'participant',
    audience: 'leiargruppe',
    municipality: '4614',
    groups: ['leiargruppa-stord'],
    own: true,
    printed: true,
  },
  {
    code: 'demo-deltakar-sunnfjord',
    id: 'deltakar-sunnfjord',
    name: 'HR-leiar, Sunnfjord',
    role: 'participant',
    audience: 'hr',
    municipality: '4647',
    groups: ['leiargruppa-sunnfjord'],
    own: true,
    printed: true,
  },
  {
    code: 'demo-politikar-stord',
    id: 'politikar-stord',
    name: 'Folkevald, Stord',
    role: 'participant',
    audience: 'folkevalde',
    municipality: '4614',
    groups: [],
    own: true,
    printed: true,
  },
  {
    code: 'demo-ressursperson-stord',
    id: 'ressursperson-stord',
    name: 'Ressursperson, Stord',
    role: 'participant',
    audience: 'leiargruppe',
    municipality: '4614',
    groups: [],
    own: true,
    printed: true,
  },
  {
    code: 'demo-gruppe-stord',
    id: 'gruppe-stord',
    name: 'Leiargruppa, Stord',
    role: 'group-tablet',
    audience: null,
    municipality: '4614',
    groups: ['leiargruppa-stord'],
    own: false,
    printed: true,
  },
  {
    code: 'demo-fasilitator',
    id: 'fasilitator',
    name: 'Fasilitator, Vestland',
    role: 'facilitator',
    audience: null,
    municipality: null,
    groups: [],
    own: true,
    printed: false,
  },
  {
    code: 'demo-administrator',
    id: 'administrator',
    name: 'Administrator, Vestland',
    role: 'administrator',
    audience: null,
    municipality: null,
    groups: [],
    own: true,
    printed: true,
  },
  {
    code: 'demo-redaktor',
    id: 'redaktor',
    name: 'Redaktør, Vestland',
    role: 'editor',
    audience: null,
    municipality: null,
    groups: [],
    own: true,
    printed: false,
  },
]

const groups = [
  { id: 'leiargruppa-stord', name: 'Leiargruppa, Stord', municipality: '4614' },
  { id: 'leiargruppa-sunnfjord', name: 'Leiargruppa, Sunnfjord', municipality: '4647' },
]

/** Weeks and weekday (1 = Monday) of a stop, counted from the week of the first start. */
interface DemoStop {
  stop: string
  week: number
  weekday: number
  days: number
  place: string | null
  drawing: string | null
}
const stopDates: readonly DemoStop[] = [
  { stop: 'oppstart', week: -2, weekday: 1, days: 1, place: null, drawing: null },
  { stop: 'forarbeid', week: -2, weekday: 2, days: 0, place: null, drawing: null },
  { stop: 'samling-1', week: 2, weekday: 3, days: 2, place: 'Førde', drawing: 'forde' },
  { stop: 'mellomarbeid', week: 2, weekday: 5, days: 0, place: null, drawing: null },
  { stop: 'samling-2', week: 10, weekday: 3, days: 2, place: 'Stord', drawing: 'stord' },
  { stop: 'lokal-halvdag', week: 13, weekday: 3, days: 1, place: null, drawing: null },
  { stop: 'etterarbeid', week: 13, weekday: 4, days: 0, place: null, drawing: null },
  { stop: 'avslutting', week: 15, weekday: 4, days: 1, place: 'Teams', drawing: null },
]
/** The meeting of Stord's politicians: called as their track. */
const meeting = {
  stop: 'folkevalde',
  week: 9,
  weekday: 4,
  days: 1,
  place: 'i kommunestyresalen',
  drawing: null,
}

/**
 * The demonstration cohort and its people. Dates are relative to the first start and stay: a second call changes
 * nothing but the package version that the cohort follows.
 */
export const seedDemonstration = (
  db: Database,
  programme: { id: string; version: string },
  now: number,
): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const skip = <T extends { doNothing: () => unknown }>(
      conflict: T,
    ): ReturnType<T['doNothing']> => conflict.doNothing() as ReturnType<T['doNothing']>
    await seedMunicipalities(tx)
    await tx
      .insertInto('network')
      .values({ id: demoNetwork, name: 'Vestland', created_at: now })
      .onConflict(skip)
      .execute()
    await tx
      .insertInto('programme_run')
      .values({
        id: run,
        network: demoNetwork,
        name: 'Kompetanseløft Vestland',
        ends_on: null,
        keep_months: null,
      })
      .onConflict(skip)
      .execute()
    await tx
      .insertInto('cohort')
      .values({
        id: cohort,
        run,
        name: 'Kull 1',
        package: programme.id,
        version: programme.version,
      })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ version: programme.version }))
      .execute()
    await tx
      .insertInto('cohort_stop')
      .values(stopDates.map((stop) => ({ cohort, ...datesOf(stop, now) })))
      .onConflict(skip)
      .execute()
    await seedGatherings(tx, cohort, now)
    await tx
      .insertInto('municipality_stop')
      .values({ cohort, municipality: '4614', ...datesOf(meeting, now) })
      .onConflict(skip)
      .execute()
    await tx
      .insertInto('municipality_link')
      .values({
        hash: sha256(demoLink.token),
        cohort,
        municipality: '4614',
        audience: 'folkevalde',
        expires_at: null,
        closed_at: null,
        people_left: peopleByLink,
        demo: 1,
      })
      .onConflict(skip)
      .execute()
    await tx
      .insertInto('working_group')
      .values(groups.map((group) => ({ ...group, cohort })))
      .onConflict(skip)
      .execute()
    for (const person of demoPeople) {
      const { id, name, role, audience, municipality } = person
      await tx
        .insertInto('person')
        .values({ id, name, role, audience, municipality, cohort })
        .onConflict(skip)
        .execute()
      const { erased_at } = await tx
        .selectFrom('person')
        .select('erased_at')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      if (erased_at !== null) continue
      const scopes = [
        ...(person.own ? [personScope(id, run)] : []),
        ...person.groups.map((group) => groupScope(group)),
      ]
      for (const scope of scopes) {
        await tx.insertInto('membership').values({ scope, person: id }).onConflict(skip).execute()
      }
      await tx
        .insertInto('sign_in_code')
        .values({
          hash: sha256(normalise(person.code)),
          person: id,
          expires_at: null,
          uses_left: null,
          demo: 1,
        })
        .onConflict(skip)
        .execute()
    }
    await tx
      .insertInto('resource_person')
      .columns(['person', 'municipality', 'audience'])
      .expression((e) =>
        e
          .selectFrom('person')
          .select(['id', e.val('4614').as('municipality'), e.val('folkevalde').as('audience')])
          .where('id', '=', 'ressursperson-stord')
          .where('erased_at', 'is', null),
      )
      .onConflict(skip)
      .execute()
  })

/** Ends the sessions, codes and tables of demonstration people: where the demonstration is off, nobody is one of them any more. */
export const endDemonstration = (db: Database): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const tables = tx.selectFrom('working_group').select('id').where('cohort', '=', cohort)
    const links = tx.selectFrom('municipality_link').select('hash').where('demo', '=', 1)
    const people = tx
      .selectFrom('sign_in_code')
      .select('person')
      .where('demo', '=', 1)
      .union(tx.selectFrom('person').select('id as person').where('link', 'in', links))
      .union(tx.selectFrom('tablet').select('person').where('working_group', 'in', tables))
    await tx.deleteFrom('session').where('person', 'in', people).execute()
    await tx
      .updateTable('working_group')
      .set((e) => ({ table_generation: e('table_generation', '+', 1) }))
      .where('cohort', '=', cohort)
      .execute()
    await tx.deleteFrom('sign_in_code').where('demo', '=', 1).execute()
    await tx.deleteFrom('municipality_link').where('demo', '=', 1).execute()
  })

const datesOf = (stop: DemoStop, now: number) => {
  const today = new Date(now)
  const monday = today.getDate() - ((today.getDay() + 6) % 7)
  const starts = new Date(
    today.getFullYear(),
    today.getMonth(),
    monday + stop.week * 7 + stop.weekday - 1,
  )
  const ends = new Date(starts)
  ends.setDate(starts.getDate() + Math.max(0, stop.days - 1))
  return {
    stop: stop.stop,
    starts: isoDay(starts),
    ends: stop.days > 0 ? isoDay(ends) : null,
    place: stop.place,
    drawing: stop.drawing,
  }
}

const isoDay = (day: Date): string =>
  `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`
