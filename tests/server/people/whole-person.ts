import type { Database } from '../../../src/server/store/schema.ts'

/** What stands in every column that could tell of a person, each with a mark of its own. */
export const marksOf = (who: string) => ({
  name: `Namnet ${who} Ærleg`,
  email: `${who.toLowerCase()}@kommune.example`,
  area: `Omraadet-${who}`,
  issuer: `https://inn.example/${who}`,
  subject: `emne-${who}`,
  report: `Meldinga frå ${who}`,
  certificate: `beviset-${who}`,
  device: `Eininga ${who}`,
  waiting: `Ventande ${who}`,
  contact: `Kontakten ${who}`,
  phone: `55 ${who}`,
  detail: `ting-${who}`,
})
export type Marks = ReturnType<typeof marksOf>

interface Filled {
  person: string
  /** An administrator who has done something about them. */
  by: string
  marks: Marks
  now: number
}

const network = 'vestland'
const cohort = 'vestland-1-kull-1'

/** Rows about a demonstration person in every table that has such rows, words left out. */
export const fillPerson = async (
  db: Database,
  { person, by, marks, now }: Filled,
): Promise<void> => {
  const { email } = marks
  await db
    .updateTable('person')
    .set({ name: marks.name, email, service_area: marks.area })
    .where('id', '=', person)
    .execute()
  await db.insertInto('person_role').values({ person, role: 'editor' }).execute()
  await db.insertInto('person_audience').values({ person, audience: 'hr' }).execute()
  await db.insertInto('cohort_staff').values({ person, cohort }).execute()
  await db
    .insertInto('resource_person')
    .values({ person, municipality: '4647', audience: 'folkevalde' })
    .execute()
  await db
    .insertInto('counted_person')
    .values({ cohort, municipality: '4614', item: `film-${person}`, field: 'val', person })
    .execute()
  await db
    .insertInto('invitation')
    .values([
      {
        ...{ hash: `inv-${person}`, person, made_by: by, made_at: now, expires_at: now + 9 },
        ...{ used_at: now + 1, mail: 'sent', mail_at: now + 2 },
      },
      {
        ...{ hash: `inv-av-${person}`, person: by, made_by: person, made_at: now },
        ...{ expires_at: now + 9, used_at: null, mail: 'none', mail_at: null },
      },
    ])
    .execute()
  await db
    .insertInto('oidc_flow')
    .values({
      ...{ state: `st-${person}`, provider: 'entra', browser: 'b', nonce: 'n', verifier: 'v' },
      ...{ invitation: `inv-${person}`, expires_at: now + 9 },
    })
    .execute()
  await db
    .insertInto('identity')
    .values({ issuer: marks.issuer, subject: marks.subject, person, bound_at: now })
    .execute()
  await db
    .insertInto('calendar_feed')
    .values({ hash: `kal-${person}`, person, made_at: now })
    .execute()
  await db
    .insertInto('certificate')
    .values({
      ...{ code: `kode-${person}`, person, run: 'vestland-1', issued_at: now },
      body: JSON.stringify({ name: marks.certificate }),
    })
    .execute()
  await db
    .insertInto('content_report')
    .values({
      ...{ id: `melding-${person}`, network, person, package: 'base', version: '1.0.0' },
      ...{ item: 'base.strategi.visjon', language: 'nn', body: marks.report },
      ...{ sent_at: now, closed_at: null },
    })
    .execute()
  await db
    .insertInto('waiting_person')
    .values({
      ...{ id: `vent-${person}`, cohort, municipality: '4614', name: marks.waiting },
      // As somebody has typed it.
      ...{ email: email.toUpperCase(), audience: 'hr', service_area: null, asked_at: now },
    })
    .execute()
  await db
    .insertInto('contact_person')
    .values({
      ...{ id: `kontakt-${person}`, network, municipality: null, name: marks.contact },
      ...{ task: 'svarar', email, phone: marks.phone },
    })
    .execute()
  await db
    .insertInto('administrative_act')
    .values([
      {
        ...{ id: `av-${person}`, network, at: now, by_person: person, act: 'group.moved' },
        ...{ subject: 'gruppe', detail: JSON.stringify({ what: marks.detail }) },
      },
      {
        ...{ id: `om-${person}`, network, at: now, by_person: by, act: 'person.changed' },
        ...{ subject: person, detail: '{}' },
      },
      {
        ...{ id: `i-${person}`, network, at: now, by_person: by, act: 'group.moved' },
        ...{ subject: 'gruppe', detail: JSON.stringify({ person, people: 1 }) },
      },
    ])
    .execute()
  await db
    .insertInto('session')
    .values({
      ...{ hash: `okt-${person}`, person, created_at: now, expires_at: now + 80 * 86_400_000 },
      label: marks.device,
    })
    .execute()
}
