import type { Database } from '../store/schema.ts'

/** Whether a group has shared something: then it stays, for the card says whose it is. */
export const hasCards = async (db: Database, group: string): Promise<boolean> =>
  (await db
    .selectFrom('shared_card')
    .select('id')
    .where('working_group', '=', group)
    .executeTakeFirst()) !== undefined
