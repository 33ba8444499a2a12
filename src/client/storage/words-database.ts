import type { ScopeStatus } from '../../shared/protocol/frames.ts'
import type { PlainDocument } from '../../shared/words/plain.ts'

/** A document's words as plain data, written in the same transaction as its updates. */
export interface DocumentRow {
  /** `<scope>/<task>`: everything of a scope stands together. */
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
  /** Updates of many documents, and `update` is empty: packed-updates.ts. */
  pack?: { doc: string; update: Uint8Array }[]
}
/**
 * An update without an acknowledgement. It repeats the bytes: a flush can then ask for all its writes at once, which a page
 * that is being closed needs, and folding `updates` leaves what is unsent alone.
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
/** What the lists need to know of an unsent update. */
export type OutboxMark = Pick<OutboxRow, 'n' | 'doc' | 'keys' | 'writtenAt'>
/** Words that the server keeps for their author alone: sent, and not shared. `n` is that of the outbox row it was. */
export type HeldRow = Omit<OutboxRow, 'update'>
export interface ScopeRow {
  id: string
  version: 1
  /** Null before the first answer. */
  epoch: number | null
  cursor: number
  status: ScopeStatus
  /**
   * Device and server are to be compared: the server has forgotten something, or something is missing here that a document
   * builds upon.
   */
  heal?: 'forgotten' | 'incomplete'
}
export const newScopeRow = (id: string): ScopeRow => ({
  id,
  version: 1,
  epoch: null,
  cursor: 0,
  status: 'ok',
})

export interface MetaRow {
  /** `born` names this very database: another value, and the browser has thrown the old one away. */
  key: 'device' | 'sentAt' | 'born'
  version: 1
  value: string | number
}

/** Both ends belong to it; one that is absent is open. */
export interface Range<Key> {
  from?: Key
  to?: Key
}

/** One table within a transaction. Requests are done in the order in which they were made. */
export interface Table<Row, Key, New = Row> {
  get(key: Key): Promise<Row | undefined>
  getMany(keys: readonly Key[]): Promise<(Row | undefined)[]>
  /** In the order of their keys. */
  getAll(range?: Range<Key>, limit?: number): Promise<Row[]>
  keys(range?: Range<Key>): Promise<Key[]>
  count(): Promise<number>
  /** Rejects, and the transaction ends, where the key is taken. */
  add(row: New): Promise<Key>
  addMany(rows: readonly New[]): Promise<unknown>
  put(row: Row): Promise<unknown>
  putMany(rows: readonly Row[]): Promise<unknown>
  delete(range: Range<Key>): Promise<unknown>
}

export interface UpdatesTable extends Table<UpdateRow, number, Omit<UpdateRow, 'n'>> {
  /** In the order of their documents, then of their numbers. */
  ofDocuments(range: Range<string>): Promise<UpdateRow[]>
  numbersOfDocuments(range: Range<string>): Promise<number[]>
  /** The number of the newest update of all documents; 0 if there is none. */
  newest(): Promise<number>
}

export interface WordsTables {
  docs: Table<DocumentRow, string>
  updates: UpdatesTable
  outbox: Table<OutboxRow, number, Omit<OutboxRow, 'n'>>
  held: Table<HeldRow, number>
  scopes: Table<ScopeRow, string>
  meta: Table<MetaRow, string>
}
export type TableName = keyof WordsTables

/** The tables of one transaction. */
export interface WordsTransaction extends WordsTables {
  /** Nothing more will be asked for: it completes without another turn of this page, if all that was asked for can be done. */
  commit(): void
}

export const tableNames = ['docs', 'updates', 'outbox', 'held', 'scopes', 'meta'] as const

/** One principal's words on this device. Opens at first use. */
export interface WordsDatabase {
  /**
   * Begins `work` at once, in the same task, if the database is open. Resolves when everything is on the disk; rejects, and
   * nothing has happened, if `work` throws or a write fails. `work` awaits nothing but its own requests. `relaxed` = writes
   * that a power failure may undo, together with all later ones that are relaxed: for what the server has, which comes again
   * with the cursor that is undone with it.
   */
  transaction<T>(
    mode: 'readonly' | 'readwrite' | 'relaxed',
    tables: readonly TableName[],
    work: (tables: WordsTransaction) => Promise<T>,
  ): Promise<T>
  /** For good: what is asked of it later is refused. Open again under somebody's late use, nobody would ever close it. */
  close(): void
  /** Deletes the database and everything in it. */
  delete(): Promise<void>
}

export const databaseName = (principal: string): string => `loft-words:${principal}`

/** The keys of everything in a scope, by document id. */
export const ofScope = (scope: string): Range<string> => ({
  from: `${scope}/`,
  to: `${scope}/\uffff`,
})
/** Where a scope's packs stand among its documents' ids; no id begins so. */
export const packOf = (scope: string): string => `pack:${scope}`
export const allPacks: Range<string> = { from: 'pack:', to: 'pack:\uffff' }
export const only = <Key>(key: Key): Range<Key> => ({ from: key, to: key })
