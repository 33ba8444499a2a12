import { Dexie, type Table } from 'dexie'
import type { ScopeStatus } from '../../shared/protocol/frames.ts'
import type { PlainDocument } from '../../shared/words/plain.ts'

/** A document's words as plain data, written in the same transaction as its updates. */
export interface DocumentRow {
  id: string
  version: 1
  scope: string
  task: string
  plain: PlainDocument
  changedAt: number
}
/** Every Yjs update (format V1) that this device has made or received. */
export interface UpdateRow {
  /** Given by the database, in the order of the transactions. */
  n: number
  version: 1
  doc: string
  scope: string
  update: Uint8Array
  own: boolean
  writtenAt: number
  keys: string[]
}
/**
 * An update without an acknowledgement. It repeats the bytes: a flush can then ask for all its writes at once, which a page
 * that is being closed needs, and a later compaction of `updates` leaves what is unsent alone.
 */
export interface OutboxRow {
  n: number
  version: 1
  doc: string
  scope: string
  update: Uint8Array
  writtenAt: number
  /** The roots and scalars touched, `f/…` and `s/…`. */
  keys: string[]
}
export interface ScopeRow {
  id: string
  version: 1
  /** Null before the first answer. */
  epoch: number | null
  cursor: number
  status: ScopeStatus
}
export interface MetaRow {
  /** `born` names this very database: another value, and the browser has thrown the old one away. */
  key: 'device' | 'sentAt' | 'born'
  version: 1
  value: string | number
}

export type WordsDatabase = Dexie & {
  docs: Table<DocumentRow, string>
  updates: Table<UpdateRow, number, Omit<UpdateRow, 'n'>>
  outbox: Table<OutboxRow, number, Omit<OutboxRow, 'n'>>
  scopes: Table<ScopeRow, string>
  meta: Table<MetaRow, string>
}

/** The browser's IndexedDB, or another one in its place. */
export interface DatabaseFactory {
  indexedDB: IDBFactory
  IDBKeyRange: typeof IDBKeyRange
}

export const databaseName = (principal: string): string => `loft-words:${principal}`

/** Opens at first use. */
export const createWordsDatabase = (principal: string, factory: DatabaseFactory): WordsDatabase => {
  const database = new Dexie(databaseName(principal), {
    ...factory,
    // Relaxed, Chromium's default, says "complete" before the bytes are on the disk.
    chromeTransactionDurability: 'strict',
  }) as WordsDatabase
  // Changes are additive: a new version adds tables and fields, never takes or renames any.
  database.version(1).stores({
    docs: 'id, scope',
    updates: '++n, doc, scope',
    outbox: '++n, scope',
    scopes: 'id',
    meta: 'key',
  })
  return database
}
