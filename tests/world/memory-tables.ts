import type {
  Range,
  Table,
  TableName,
  UpdateRow,
  UpdatesTable,
  WordsTransaction,
} from '../../src/client/storage/words-database.ts'
import {
  type Change,
  compareKeys,
  domError,
  isWithin,
  type Key,
  keyNames,
  numbersItself,
  type Row,
  type Rows,
  type Sequences,
} from './memory-rows.ts'

interface TableParts {
  names: readonly TableName[]
  writes: boolean
  /** The disk's full: nothing more can be written. */
  isFull: boolean
  rows(): Rows
  sequences(): Sequences
  changes: Change[]
  /** Does it when the transaction has come so far; resolves with what it returns. */
  request<T>(run: () => T): Promise<T>
  commit(): void
}

/** The tables of one transaction. */
export const tablesOf = (parts: TableParts): WordsTransaction => {
  const { names, request } = parts

  const change = (table: TableName, key: Key, after: Row | undefined): void => {
    if (!parts.writes) throw domError('ReadOnlyError', 'the transaction only reads')
    if (parts.isFull && after !== undefined)
      throw domError('QuotaExceededError', 'the quota has been exceeded')
    const rows = parts.rows()[table]
    parts.changes.push({ table, key, before: rows.get(key), after })
    if (after === undefined) rows.delete(key)
    else rows.set(key, after)
  }

  const keyFor = (table: TableName, row: Row): Key => {
    const given = (row as Record<string, Key | undefined>)[keyNames[table]]
    const sequences = parts.sequences()
    const last = sequences[table] ?? 0
    if (given === undefined && !numbersItself(table))
      throw domError('DataError', `${table} needs a key`)
    const key = given ?? last + 1
    if (numbersItself(table) && typeof key === 'number') sequences[table] = Math.max(last, key)
    return key
  }

  const write = (table: TableName, row: Row, isNew: boolean): Key => {
    const key = keyFor(table, row)
    if (isNew && parts.rows()[table].has(key)) throw domError('ConstraintError', 'the key is taken')
    change(table, key, { ...row, [keyNames[table]]: key })
    return key
  }

  const keysIn = (table: TableName, range: Range<Key> = {}): Key[] =>
    [...parts.rows()[table].keys()].filter((key) => isWithin(key, range)).sort(compareKeys)
  const copyOf = (table: TableName, key: Key): Row | undefined => {
    const row = parts.rows()[table].get(key)
    return row === undefined ? undefined : { ...row }
  }

  const tableOf = (name: TableName): Table<Row, Key> => ({
    get: (key) => request(() => copyOf(name, key)),
    getMany: (keys) => request(() => keys.map((key) => copyOf(name, key))),
    getAll: (range, limit) =>
      request(() =>
        keysIn(name, range)
          .slice(0, limit)
          .map((key) => copyOf(name, key) as Row),
      ),
    keys: (range) => request(() => keysIn(name, range)),
    count: () => request(() => parts.rows()[name].size),
    add: (row) => request(() => write(name, row, true)),
    addMany: (rows) =>
      request(() => {
        for (const row of rows) write(name, row, true)
      }),
    put: (row) =>
      request(() => {
        write(name, row, false)
      }),
    putMany: (rows) =>
      request(() => {
        for (const row of rows) write(name, row, false)
      }),
    delete: (range) =>
      request(() => {
        for (const key of keysIn(name, range)) change(name, key, undefined)
      }),
  })

  const ofDocuments = (range: Range<string>): UpdateRow[] =>
    ([...parts.rows().updates.values()] as UpdateRow[])
      .filter((row) => isWithin(row.doc, range))
      .sort((a, b) => compareKeys(a.doc, b.doc) || a.n - b.n)
  const updatesTable = (): UpdatesTable => ({
    ...(tableOf('updates') as unknown as UpdatesTable),
    ofDocuments: (range) => request(() => ofDocuments(range).map((row) => ({ ...row }))),
    numbersOfDocuments: (range) => request(() => ofDocuments(range).map((row) => row.n)),
    newest: () => request(() => (keysIn('updates').at(-1) as number | undefined) ?? 0),
  })

  const tables: Partial<Record<keyof WordsTransaction, unknown>> = { commit: parts.commit }
  for (const name of names) tables[name] = name === 'updates' ? updatesTable() : tableOf(name)
  return tables as unknown as WordsTransaction
}
