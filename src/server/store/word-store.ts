import type { Transaction } from 'kysely'
import type { Database, Tables } from './schema.ts'

export interface NewUpdate {
  doc: string
  hash: string
  bytes: Uint8Array
  person: string
  device: string
  writtenAt: number
  receivedAt: number
}
export interface StoredUpdate {
  seq: number
  doc: string
  bytes: Uint8Array
}
export interface ScopeRow {
  id: string
  epoch: number
  head: number
  status: 'ok' | 'gone'
}

/** The durable words. Every function takes the caller's transaction first. */
export const wordStore = {
  isMember: async (db: Transaction<Tables>, scope: string, person: string): Promise<boolean> =>
    (await db
      .selectFrom('membership')
      .select('scope')
      .where('scope', '=', scope)
      .where('person', '=', person)
      .executeTakeFirst()) !== undefined,

  /** The scope's row, made at first sight with a random epoch. */
  scope: async (db: Transaction<Tables>, id: string, newEpoch: () => number): Promise<ScopeRow> => {
    await db
      .insertInto('scope')
      .values({ id, epoch: newEpoch(), head: 0, status: 'ok' })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    return db.selectFrom('scope').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  },

  knownHashes: async (
    db: Transaction<Tables>,
    scope: string,
    hashes: string[],
  ): Promise<Set<string>> => {
    if (hashes.length === 0) return new Set()
    const rows = await db
      .selectFrom('update')
      .select('hash')
      .where('scope', '=', scope)
      .where('hash', 'in', hashes)
      .execute()
    return new Set(rows.map((row) => row.hash))
  },

  /** Bytes of all updates of one document. */
  documentSize: async (db: Transaction<Tables>, scope: string, doc: string): Promise<number> => {
    const row = await db
      .selectFrom('update')
      .select((e) => e.fn.coalesce(e.fn.sum<number>('size'), e.val(0)).as('size'))
      .where('scope', '=', scope)
      .where('doc', '=', doc)
      .executeTakeFirstOrThrow()
    return Number(row.size)
  },

  /** Raises the head under the scope's row lock, then inserts: numbers come without a gap, in the order of commit. */
  append: async (
    db: Transaction<Tables>,
    scope: string,
    updates: readonly NewUpdate[],
  ): Promise<number> => {
    const { head } = await db
      .updateTable('scope')
      .set((e) => ({ head: e('head', '+', updates.length) }))
      .where('id', '=', scope)
      .returning('head')
      .executeTakeFirstOrThrow()
    const first = Number(head) - updates.length + 1
    for (const [index, update] of updates.entries()) {
      await db
        .insertInto('update')
        .values({
          scope,
          seq: first + index,
          doc: update.doc,
          hash: update.hash,
          bytes: update.bytes,
          size: update.bytes.length,
          person: update.person,
          device: update.device,
          written_at: update.writtenAt,
          received_at: update.receivedAt,
        })
        .execute()
    }
    return Number(head)
  },

  /** Updates after `cursor` in the order of seq, at least one, until `budget` bytes are reached. */
  after: async (
    db: Transaction<Tables>,
    scope: string,
    cursor: number,
    budget: number,
  ): Promise<StoredUpdate[]> => {
    const sizes = await db
      .selectFrom('update')
      .select(['seq', 'size'])
      .where('scope', '=', scope)
      .where('seq', '>', cursor)
      .orderBy('seq')
      .limit(1000)
      .execute()
    let bytes = 0
    let last = cursor
    for (const row of sizes) {
      bytes += row.size
      if (last > cursor && bytes > budget) break
      last = row.seq
    }
    return db
      .selectFrom('update')
      .select(['seq', 'doc', 'bytes'])
      .where('scope', '=', scope)
      .where('seq', '>', cursor)
      .where('seq', '<=', last)
      .orderBy('seq')
      .execute()
  },
}

export type WordStore = typeof wordStore
export type { Database }
