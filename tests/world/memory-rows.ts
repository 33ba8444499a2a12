import {
  type Range,
  type TableName,
  tableNames,
  type WordsTables,
} from '../../src/client/storage/words-database.ts'

// The rows of a database in memory, by table and key, and how IndexedDB orders them.

export type Key = string | number
export type Row = object
export type Rows = Record<TableName, Map<Key, Row>>
/** Numbers given so far. */
export type Sequences = Partial<Record<TableName, number>>
export interface Change {
  table: TableName
  key: Key
  before: Row | undefined
  after: Row | undefined
}
type RowIn<Name extends TableName> = Awaited<ReturnType<WordsTables[Name]['getAll']>>[number]
export type RowOf = { [Name in TableName]: RowIn<Name> }

export const keyNames = {
  docs: 'id',
  updates: 'n',
  outbox: 'n',
  held: 'n',
  scopes: 'id',
  meta: 'key',
} as const
export const numbersItself = (table: TableName): boolean =>
  table === 'updates' || table === 'outbox'

export const emptyRows = (): Rows =>
  Object.fromEntries(tableNames.map((name) => [name, new Map()])) as unknown as Rows

export const undo = (rows: Rows, changes: readonly Change[]): void => {
  for (const { table, key, before } of changes.toReversed()) {
    if (before === undefined) rows[table].delete(key)
    else rows[table].set(key, before)
  }
}

export const isWithin = (key: Key, { from, to }: Range<Key>): boolean =>
  (from === undefined || compareKeys(key, from) >= 0) &&
  (to === undefined || compareKeys(key, to) <= 0)

export const compareKeys = (a: Key, b: Key): number => (a < b ? -1 : a > b ? 1 : 0)

export const domError = (name: string, message: string): DOMException =>
  new DOMException(message, name)
