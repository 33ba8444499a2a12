import { randomBytes } from 'node:crypto'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'

/**
 * Makes a person's secret address, and ends the one that they had; in the caller's transaction. Only here is it to be seen. Null if
 * there is no such person, or no more.
 */
export const makeFeed = async (
  db: Database,
  person: string,
  now: number,
): Promise<string | null> => {
  // Holds the person: of two who renew it at once, one address is left.
  const { numUpdatedRows } = await db
    .updateTable('person')
    .set((e) => ({ name: e.ref('name') }))
    .where('id', '=', person)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return null
  const token = randomBytes(24).toString('base64url')
  await endFeed(db, person)
  await db
    .insertInto('calendar_feed')
    .values({ hash: sha256(token), person, made_at: now })
    .execute()
  return token
}

export const endFeed = async (db: Database, person: string): Promise<void> => {
  await db.deleteFrom('calendar_feed').where('person', '=', person).execute()
}

/** When the person's address was made; null = they have none. */
export const feedMadeAt = async (db: Database, person: string): Promise<number | null> => {
  const row = await db
    .selectFrom('calendar_feed')
    .select('made_at')
    .where('person', '=', person)
    .executeTakeFirst()
  return row?.made_at ?? null
}

/** Whose address this is; null if it is nobody's, has been renewed, or its person erased. */
export const personOfFeed = async (db: Database, token: string): Promise<string | null> => {
  const row = await db
    .selectFrom('calendar_feed')
    .innerJoin('person', 'person.id', 'calendar_feed.person')
    .select('person.id')
    .where('hash', '=', sha256(token))
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}
