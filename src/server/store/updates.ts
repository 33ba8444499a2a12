// Accepted words, and what is known of them already. Every function takes the caller's transaction, which holds the scope's row.
import type { Transaction } from 'kysely'
import { listChunks, prepared, rowChunks } from './prepared.ts'
import type { Tables } from './schema.ts'

type Db = Transaction<Tables>

export interface NewUpdate {
  doc: string
  hash: string
  bytes: Uint8Array
  person: string
  device: string
  writtenAt: number
  receivedAt: number
}

/** Which of these hashes the scope has, in updates or in the archive, each with its number. */
export const knownUpdates = async (
  db: Db,
  scope: string,
  hashes: readonly string[],
): Promise<Map<string, number>> => {
  const known = new Map<string, number>()
  for (const list of listChunks(hashes)) {
    for (const { hash, seq } of await selectKnown(db, { scope, list }, list.length))
      known.set(hash, seq)
  }
  return known
}

/** Which of these hashes are held for this person. */
export const knownHeld = async (
  db: Db,
  scope: string,
  person: string,
  hashes: readonly string[],
): Promise<Set<string>> => {
  const known = new Set<string>()
  for (const list of listChunks(hashes)) {
    const rows = await selectHeld(db, { scope, person, list }, list.length)
    for (const { hash } of rows) known.add(hash)
  }
  return known
}

/** Bytes of each document: its snapshot and the updates that are not in it. A document without any is missing. */
export const documentSizes = async (
  db: Db,
  scope: string,
  docs: readonly string[],
): Promise<Map<string, number>> =>
  sumSizes(docs, (list) => selectSizes(db, { scope, list }, list.length))

/** Bytes of each document that are held for this person. */
export const heldSizes = async (
  db: Db,
  scope: string,
  person: string,
  docs: readonly string[],
): Promise<Map<string, number>> =>
  sumSizes(docs, (list) => selectHeldSizes(db, { scope, person, list }, list.length))

/** Inserts with the numbers from `first` on; the head is the caller's to raise. */
export const insertUpdates = async (
  db: Db,
  scope: string,
  first: number,
  updates: readonly NewUpdate[],
): Promise<void> => {
  let seq = first
  for (const rows of rowChunks(updates)) {
    await insertRows(db, { scope, first: seq, rows }, rows.length)
    seq += rows.length
  }
}

export const insertHeld = async (
  db: Db,
  scope: string,
  updates: readonly NewUpdate[],
): Promise<void> => {
  for (const rows of rowChunks(updates)) {
    await insertHeldRows(db, { scope, rows }, rows.length)
  }
}

interface Listed {
  scope: string
  list: readonly string[]
}
interface ListedOf extends Listed {
  person: string
}
type SlotOf<V> = <T>(read: (values: V) => T) => T
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const listSlots = <V extends Listed>(slot: SlotOf<V>, count: number): string[] =>
  upTo(count).map((index) => slot((values) => values.list[index] ?? ''))

const selectKnown = prepared<Listed, { hash: string; seq: number }>((db, slot, count) => {
  const rowsOf = (table: 'update' | 'archive') =>
    db
      .selectFrom(table)
      .select(['hash', 'seq'])
      .where(
        'scope',
        '=',
        slot((asked) => asked.scope),
      )
      .where('hash', 'in', listSlots(slot, count))
  return rowsOf('update').unionAll(rowsOf('archive'))
})

const selectHeld = prepared<ListedOf, { hash: string }>((db, slot, count) =>
  db
    .selectFrom('held')
    .select('hash')
    .where(
      'scope',
      '=',
      slot((asked) => asked.scope),
    )
    .where(
      'person',
      '=',
      slot((asked) => asked.person),
    )
    .where('hash', 'in', listSlots(slot, count)),
)

interface DocumentSize {
  doc: string
  bytes: number
}

const sumSizes = async (
  docs: readonly string[],
  select: (list: readonly string[]) => Promise<DocumentSize[]>,
): Promise<Map<string, number>> => {
  const sizes = new Map<string, number>()
  for (const list of listChunks(docs)) {
    for (const { doc, bytes } of await select(list)) sizes.set(doc, bytes)
  }
  return sizes
}

const selectSizes = prepared<Listed, DocumentSize>((db, slot, count) => {
  const rowsOf = (table: 'update' | 'document') =>
    db
      .selectFrom(table)
      .select(['doc', 'size'])
      .where(
        'scope',
        '=',
        slot((asked) => asked.scope),
      )
      .where('doc', 'in', listSlots(slot, count))
  return db
    .selectFrom(rowsOf('update').unionAll(rowsOf('document')).as('part'))
    .select((e) => ['doc', e.fn.sum<number>('size').as('bytes')])
    .groupBy('doc')
})

const selectHeldSizes = prepared<ListedOf, DocumentSize>((db, slot, count) =>
  db
    .selectFrom('held')
    .select((e) => ['doc', e.fn.sum<number>('size').as('bytes')])
    .where(
      'scope',
      '=',
      slot((asked) => asked.scope),
    )
    .where(
      'person',
      '=',
      slot((asked) => asked.person),
    )
    .where('doc', 'in', listSlots(slot, count))
    .groupBy('doc'),
)

interface Rows {
  scope: string
  rows: readonly NewUpdate[]
}
const rowSlots = (slot: SlotOf<Rows>, index: number) => {
  const of = <T>(read: (update: NewUpdate) => T): T =>
    slot(({ rows }) => read(rows[index] as NewUpdate))
  return {
    scope: slot((values) => values.scope),
    doc: of((update) => update.doc),
    hash: of((update) => update.hash),
    bytes: of((update) => update.bytes),
    size: of((update) => update.bytes.length),
    person: of((update) => update.person),
    device: of((update) => update.device),
    written_at: of((update) => update.writtenAt),
    received_at: of((update) => update.receivedAt),
  }
}

const insertRows = prepared<Rows & { first: number }, never>(
  (db, slot, count) =>
    db.insertInto('update').values(
      upTo(count).map((index) => ({
        seq: slot(({ first }) => first + index),
        ...rowSlots(slot as SlotOf<Rows>, index),
      })),
    ) as never,
)

const insertHeldRows = prepared<Rows, never>(
  (db, slot, count) =>
    db.insertInto('held').values(upTo(count).map((index) => rowSlots(slot, index))) as never,
)
