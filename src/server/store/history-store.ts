import type { Database } from './schema.ts'

export interface Change {
  seq: number
  bytes: Uint8Array
  person: string
  /** Null if there is no such person, '' if the name has been erased. */
  name: string | null
  writtenAt: number
  receivedAt: number
}

/** Every accepted update of a document, in a snapshot or not. What moves between the two tables meanwhile stands in one of them. */
export const historyStore = {
  /** Numbers and sizes of the next `limit` updates after `after`. */
  sizes: (
    db: Database,
    scope: string,
    doc: string,
    after: number,
    limit: number,
  ): Promise<{ seq: number; size: number }[]> =>
    db
      .selectFrom('archive')
      .select(['seq', 'size'])
      .where('scope', '=', scope)
      .where('doc', '=', doc)
      .where('seq', '>', after)
      .unionAll(
        db
          .selectFrom('update')
          .select(['seq', 'size'])
          .where('scope', '=', scope)
          .where('doc', '=', doc)
          .where('seq', '>', after),
      )
      .orderBy('seq')
      .limit(limit)
      .execute(),

  /** How many all of it has. */
  bytes: async (db: Database, scope: string, doc: string): Promise<number> => {
    const of = (table: 'archive' | 'update') =>
      db.selectFrom(table).select('size').where('scope', '=', scope).where('doc', '=', doc)
    const { sum } = await db
      .selectFrom(of('archive').unionAll(of('update')).as('change'))
      .select((e) => e.fn.sum('size').as('sum'))
      .executeTakeFirstOrThrow()
    return Number(sum ?? 0)
  },

  /** The updates after `after` up to `last`, in the order of their numbers. */
  changes: (
    db: Database,
    scope: string,
    doc: string,
    after: number,
    last: number,
  ): Promise<Change[]> => {
    const of = (table: 'archive' | 'update') =>
      db
        .selectFrom(table)
        .select(['seq', 'bytes', 'person', 'written_at as writtenAt', 'received_at as receivedAt'])
        .where('scope', '=', scope)
        .where('doc', '=', doc)
        .where('seq', '>', after)
        .where('seq', '<=', last)
    return db
      .selectFrom(of('archive').unionAll(of('update')).as('change'))
      .leftJoin('person', 'person.id', 'change.person')
      .select(['seq', 'bytes', 'change.person', 'person.name', 'writtenAt', 'receivedAt'])
      .orderBy('seq')
      .execute()
  },
}
