import { sql, type Transaction } from 'kysely'
import type { Database, Tables } from './schema.ts'

export type ScopeRow = Tables['scope']

/** What a document is made of: its snapshot, if there is one, and the updates after it. */
export interface DocumentParts {
  /** 0 = there is no snapshot. */
  snapshotSeq: number
  /** The newest update's number; 0 = there is no such document. */
  seq: number
  /** How many updates are in no snapshot yet. */
  updates: number
  bytes: Uint8Array[]
}

/** Documents and the scopes that they are in. */
export const documentStore = {
  /** Without a lock; undefined if nothing was ever written there. */
  scope: (db: Database, id: string): Promise<ScopeRow | undefined> =>
    db.selectFrom('scope').selectAll().where('id', '=', id).executeTakeFirst(),

  /**
   * Holds the scope until the transaction ends: nobody else writes there. The write that changes nothing is what locks a row on
   * both databases. Who needs several scopes takes them in the order of their ids.
   */
  lock: (db: Transaction<Tables>, id: string): Promise<ScopeRow | undefined> =>
    db
      .updateTable('scope')
      .set((e) => ({ head: e.ref('head') }))
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst(),

  /** The same for a scope that may not be there yet. */
  lockOrMake: async (
    db: Transaction<Tables>,
    id: string,
    newEpoch: () => number,
  ): Promise<ScopeRow> => {
    await db
      .insertInto('scope')
      .values({ id, epoch: newEpoch(), head: 0, status: 'ok' })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    const row = await documentStore.lock(db, id)
    if (!row) throw new Error('the scope has gone while it was made')
    return row
  },

  /** In one statement, so that a compaction in between takes nothing away. */
  parts: async (db: Database, scope: string, doc: string): Promise<DocumentParts> => {
    const rows = await db
      .selectFrom('document')
      .select(['snapshot_seq as seq', 'snapshot as bytes', sql<number>`1`.as('whole')])
      .where('scope', '=', scope)
      .where('doc', '=', doc)
      .unionAll(
        db
          .selectFrom('update')
          .select(['seq', 'bytes', sql<number>`0`.as('whole')])
          .where('scope', '=', scope)
          .where('doc', '=', doc),
      )
      .orderBy('seq')
      .execute()
    const snapshot = rows.find(({ whole }) => whole === 1)
    return {
      snapshotSeq: snapshot?.seq ?? 0,
      seq: rows.at(-1)?.seq ?? 0,
      updates: rows.length - (snapshot ? 1 : 0),
      bytes: rows.map(({ bytes }) => bytes),
    }
  },

  /** Every document of a scope, those in which somebody has only held words too. */
  docs: async (db: Database, scope: string): Promise<string[]> => {
    const of = (table: 'update' | 'document' | 'held') =>
      db.selectFrom(table).select('doc').where('scope', '=', scope)
    const rows = await of('update').union(of('document')).union(of('held')).orderBy('doc').execute()
    return rows.map(({ doc }) => doc)
  },

  /** Every scope that may still change. */
  scopes: (db: Database): Promise<Pick<ScopeRow, 'id' | 'epoch' | 'head'>[]> =>
    db.selectFrom('scope').select(['id', 'epoch', 'head']).where('status', '=', 'ok').execute(),

  /** Documents of a scope with more than so many updates, or more than one and so many bytes, in no snapshot yet. */
  worthCompacting: (
    db: Database,
    scope: string,
    { updates, bytes }: { updates: number; bytes: number },
  ): Promise<{ doc: string; seq: number; receivedAt: number }[]> =>
    db
      .selectFrom('update')
      .select((e) => ['doc', e.fn.max('seq').as('seq'), e.fn.max('received_at').as('receivedAt')])
      .where('scope', '=', scope)
      .groupBy('doc')
      .having((e) =>
        e.or([
          e(e.fn.countAll(), '>', updates),
          e.and([e(e.fn.countAll(), '>', 1), e(e.fn.sum('size'), '>', bytes)]),
        ]),
      )
      .orderBy('doc')
      .execute(),

  /** Moves a document's updates up to `seq` into the archive, as they are; returns how many. */
  archive: async (
    db: Transaction<Tables>,
    scope: string,
    doc: string,
    seq: number,
  ): Promise<number> => {
    await db
      .insertInto('archive')
      .columns(updateColumns)
      .expression((e) =>
        e
          .selectFrom('update')
          .select(updateColumns)
          .where('scope', '=', scope)
          .where('doc', '=', doc)
          .where('seq', '<=', seq),
      )
      .execute()
    const { numDeletedRows } = await db
      .deleteFrom('update')
      .where('scope', '=', scope)
      .where('doc', '=', doc)
      .where('seq', '<=', seq)
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  },

  putSnapshot: async (
    db: Transaction<Tables>,
    {
      scope,
      doc,
      snapshot,
      seq,
    }: { scope: string; doc: string; snapshot: Uint8Array; seq: number },
  ): Promise<void> => {
    const values = { snapshot, snapshot_seq: seq, size: snapshot.length }
    await db
      .insertInto('document')
      .values({ scope, doc, ...values })
      .onConflict((conflict) => conflict.columns(['scope', 'doc']).doUpdateSet(values))
      .execute()
  },
}

const updateColumns = [
  'scope',
  'seq',
  'doc',
  'hash',
  'bytes',
  'size',
  'person',
  'device',
  'written_at',
  'received_at',
] as const
