import { randomUUID } from 'node:crypto'
import type { Store } from '../../../src/server/store/store.ts'

export interface InvitedNetwork {
  id: string
  cohort: string
  administrator: string
  /** A participant, with this address or none. */
  person(email?: string | null): Promise<string>
}

/** A network with a cohort and its administrator. */
export const invitedNetwork = async ({ db }: Store, name = 'Vestland'): Promise<InvitedNetwork> => {
  const [id, run, cohort] = [randomUUID(), randomUUID(), randomUUID()]
  await db.insertInto('network').values({ id, name, created_at: 0 }).execute()
  await db
    .insertInto('programme_run')
    .values({
      id: run,
      network: id,
      name: `Kompetanseløft ${name}`,
      ends_on: null,
      keep_months: null,
    })
    .execute()
  await db
    .insertInto('cohort')
    .values({ id: cohort, run, name: 'Kull 1', package: 'base', version: '1.0.0' })
    .execute()
  const add = async (title: string, role: string, email: string | null): Promise<string> => {
    const person = randomUUID()
    await db
      .insertInto('person')
      .values({ id: person, name: `${title}, ${name}`, role, cohort, email })
      .execute()
    return person
  }
  return {
    id,
    cohort,
    administrator: await add('Administrator', 'administrator', null),
    person: (email = `${randomUUID()}@kommune.example`) =>
      add('Kommunedirektør', 'participant', email),
  }
}

/** As an erasure leaves them. */
export const erase = ({ db }: Store, person: string, at: number) =>
  db.updateTable('person').set({ name: '', erased_at: at }).where('id', '=', person).execute()
