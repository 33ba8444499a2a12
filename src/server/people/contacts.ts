import { randomUUID } from 'node:crypto'
import type { AllContacts, Contact, ContactBody } from '../../shared/domain/contact.ts'
import type { Database } from '../store/schema.ts'
import { recordAct } from './acts.ts'
import type { By } from './cohorts.ts'

/** Whom somebody can ask: the network's, then those of their own municipality. */
export const contactsFor = async (
  db: Database,
  network: string,
  person: string,
): Promise<Contact[]> => {
  const row = await db
    .selectFrom('person')
    .select('municipality')
    .where('id', '=', person)
    .executeTakeFirst()
  const all = await readContacts(db, network)
  return all.filter(
    ({ municipality }) => !municipality || municipality.number === row?.municipality,
  )
}

export const readAllContacts = async (db: Database, network: string): Promise<AllContacts> => ({
  contacts: await readContacts(db, network),
  municipalities: await db
    .selectFrom('municipality')
    .select(['number', 'name'])
    .orderBy('name')
    .execute(),
})

export const addContact = async (
  db: Database,
  { network, by }: By,
  contact: ContactBody,
  now: number,
): Promise<{ id: string } | null> => {
  if (!(await isMunicipality(db, contact.municipality))) return null
  const id = randomUUID()
  await db
    .insertInto('contact_person')
    .values({ id, network, ...contact })
    .execute()
  const detail = { municipality: contact.municipality }
  await recordAct(db, { network, by, act: 'contact.added', subject: id, detail }, now)
  return { id }
}

/** False if there is no such contact, or municipality. */
export const changeContact = async (
  db: Database,
  { network, by }: By,
  id: string,
  contact: ContactBody,
  now: number,
): Promise<boolean> => {
  if (!(await isMunicipality(db, contact.municipality))) return false
  const { numUpdatedRows } = await db
    .updateTable('contact_person')
    .set(contact)
    .where('id', '=', id)
    .where('network', '=', network)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await recordAct(db, { network, by, act: 'contact.changed', subject: id }, now)
  return true
}

export const removeContact = async (
  db: Database,
  { network, by }: By,
  id: string,
  now: number,
): Promise<boolean> => {
  const row = await db
    .deleteFrom('contact_person')
    .where('id', '=', id)
    .where('network', '=', network)
    .returning('municipality')
    .executeTakeFirst()
  if (!row) return false
  const detail = { municipality: row.municipality }
  await recordAct(db, { network, by, act: 'contact.removed', subject: id, detail }, now)
  return true
}

const readContacts = async (db: Database, network: string): Promise<Contact[]> => {
  const rows = await db
    .selectFrom('contact_person')
    .leftJoin('municipality', 'municipality.number', 'contact_person.municipality')
    .select(['id', 'contact_person.name', 'task', 'email', 'phone', 'number'])
    .select('municipality.name as place')
    .where('network', '=', network)
    .orderBy('contact_person.name')
    .orderBy('id')
    .execute()
  const contacts = rows.map(({ number, place, ...row }) => ({
    ...row,
    municipality: number === null || place === null ? null : { number, name: place },
  }))
  return [
    ...contacts.filter(({ municipality }) => !municipality),
    ...contacts.filter(({ municipality }) => municipality),
  ]
}

const isMunicipality = async (db: Database, number: string | null): Promise<boolean> =>
  number === null ||
  (await db
    .selectFrom('municipality')
    .select('number')
    .where('number', '=', number)
    .executeTakeFirst()) !== undefined
