import type { ExpressionBuilder, Transaction } from 'kysely'
import type { Database, Tables, UpdateTable } from './schema.ts'

export type HeldRow = Omit<UpdateTable, 'seq'>
/** Where a row stands among all that is held for somebody. */
export type HeldPlace = Pick<HeldRow, 'received_at' | 'written_at' | 'hash'>

/** Who may read and write a scope, who once did, and what they wrote after that. */
export const membershipStore = {
  isMember: async (db: Database, scope: string, person: string): Promise<boolean> =>
    (await db
      .selectFrom('membership')
      .select('scope')
      .where('scope', '=', scope)
      .where('person', '=', person)
      .executeTakeFirst()) !== undefined,

  /** The run of the person's cohort; undefined if there is no such person. */
  runOf: async (db: Database, person: string): Promise<string | undefined> =>
    (
      await db
        .selectFrom('person')
        .innerJoin('cohort', 'cohort.id', 'person.cohort')
        .select('run')
        .where('person.id', '=', person)
        .executeTakeFirst()
    )?.run,

  /** False if the person was no member. */
  remove: async (db: Transaction<Tables>, scope: string, person: string): Promise<boolean> => {
    const { numDeletedRows } = await db
      .deleteFrom('membership')
      .where('scope', '=', scope)
      .where('person', '=', person)
      .executeTakeFirstOrThrow()
    return numDeletedRows > 0n
  },

  add: async (db: Transaction<Tables>, scope: string, person: string): Promise<void> => {
    await db
      .insertInto('membership')
      .values({ scope, person })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  },

  addFormer: async (
    db: Transaction<Tables>,
    row: { scope: string; person: string; left_seq: number; left_at: number },
  ): Promise<void> => {
    const { left_seq, left_at } = row
    await db
      .insertInto('former_member')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['scope', 'person']).doUpdateSet({ left_seq, left_at }),
      )
      .execute()
  },

  removeFormer: async (db: Transaction<Tables>, scope: string, person: string): Promise<void> => {
    await db
      .deleteFrom('former_member')
      .where('scope', '=', scope)
      .where('person', '=', person)
      .execute()
  },

  /** The scope's head when the person left it; 0 for who has not. */
  leftSeq: async (db: Database, scope: string, person: string): Promise<number> =>
    (
      await db
        .selectFrom('former_member')
        .select('left_seq')
        .where('scope', '=', scope)
        .where('person', '=', person)
        .executeTakeFirst()
    )?.left_seq ?? 0,

  /** A person's held words of one scope, in the order they came. */
  held: (db: Database, person: string, scope: string): Promise<HeldRow[]> =>
    heldOf(db, person, null).selectAll().where('scope', '=', scope).execute(),

  /** The same of one document. */
  heldIn: async (
    db: Database,
    person: string,
    scope: string,
    doc: string,
  ): Promise<Uint8Array[]> => {
    const rows = await heldOf(db, person, null)
      .select('bytes')
      .where('scope', '=', scope)
      .where('doc', '=', doc)
      .execute()
    return rows.map(({ bytes }) => bytes)
  },

  /** Where those of all scopes stand, the next `limit` after a place. */
  heldPlaces: (
    db: Database,
    person: string,
    after: HeldPlace | null,
    limit: number,
  ): Promise<(HeldPlace & { size: number })[]> =>
    heldOf(db, person, after)
      .select(['received_at', 'written_at', 'hash', 'size'])
      .limit(limit)
      .execute(),

  /** Those after a place, up to another one. */
  heldBetween: (
    db: Database,
    person: string,
    after: HeldPlace | null,
    last: HeldPlace,
  ): Promise<HeldRow[]> =>
    heldOf(db, person, after)
      .selectAll()
      .where((e) => e(orderOf(e), '<=', placeOf(e, last)))
      .execute(),

  removeHeld: async (db: Transaction<Tables>, scope: string, person: string): Promise<void> => {
    await db.deleteFrom('held').where('scope', '=', scope).where('person', '=', person).execute()
  },

  /** Who has written in the scope, and from which devices. */
  writersIn: (db: Database, scope: string): Promise<{ person: string; device: string }[]> => {
    const of = (table: 'update' | 'archive') =>
      db.selectFrom(table).select(['person', 'device']).where('scope', '=', scope)
    return of('update').union(of('archive')).execute()
  },
}

/** In the order they came. */
const heldOf = (db: Database, person: string, after: HeldPlace | null) => {
  const all = db.selectFrom('held').where('person', '=', person)
  return (after === null ? all : all.where((e) => e(orderOf(e), '>', placeOf(e, after))))
    .orderBy('received_at')
    .orderBy('written_at')
    .orderBy('hash')
}

type Held = ExpressionBuilder<Tables, 'held'>
const orderOf = (e: Held) => e.refTuple('received_at', 'written_at', 'hash')
const placeOf = (e: Held, { received_at, written_at, hash }: HeldPlace) =>
  e.tuple(received_at, written_at, hash)
