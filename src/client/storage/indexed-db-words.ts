import type { DatabaseFactory, Schema } from './database-schema.ts'
import { connectTo } from './open-database.ts'
import {
  databaseName,
  type Range,
  type Table,
  type TableName,
  tableNames,
  type UpdateRow,
  type UpdatesTable,
  type WordsDatabase,
  type WordsTransaction,
} from './words-database.ts'

/**
 * The words in IndexedDB. The transactions are its own: a first reading waits for nothing but the disk, and so does a flush,
 * which is what typing feels.
 */
export const indexedDbWords = (principal: string, factory: DatabaseFactory): WordsDatabase => {
  const connection = connectTo(factory, wordsSchema(principal))

  const begin = <T>(
    opened: IDBDatabase,
    mode: Parameters<WordsDatabase['transaction']>[0],
    names: readonly TableName[],
    work: (tables: WordsTransaction) => Promise<T>,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      const isRelaxed = mode === 'relaxed'
      const transaction = opened.transaction(
        [...names],
        isRelaxed ? 'readwrite' : mode,
        // Relaxed, Chromium's default, says "complete" before the bytes are on the disk.
        { durability: isRelaxed ? 'relaxed' : 'strict' },
      )
      let result: { value: T } | null = null
      let failure: unknown = null
      transaction.oncomplete = () => {
        if (result) resolve(result.value)
        else reject(failure ?? new Error('the transaction ended before its work'))
      }
      transaction.onabort = () => reject(failure ?? transaction.error)
      const fail = (error: unknown): void => {
        failure ??= error
        try {
          transaction.abort()
        } catch {
          reject(failure) // it has ended already
        }
      }
      try {
        work(tablesOf(transaction, names, factory.IDBKeyRange)).then((value) => {
          result = { value }
        }, fail)
      } catch (error) {
        fail(error)
      }
    })

  return {
    transaction: async (mode, names, work) =>
      begin(connection.current() ?? (await connection.opened()), mode, names, work),
    close: connection.close,
    delete: connection.delete,
  }
}

const wordsSchema = (principal: string): Schema => ({
  name: databaseName(principal),
  versions: [
    {
      docs: 'id, scope',
      updates: '++n, doc, scope',
      outbox: '++n, scope',
      scopes: 'id',
      meta: 'key',
    },
    // A document's id begins with its scope: an index on that would cost a write for each row, and find nothing more.
    { docs: 'id', updates: '++n, doc', outbox: '++n', held: 'n' },
  ],
})

const tablesOf = (
  transaction: IDBTransaction,
  names: readonly TableName[],
  KeyRange: typeof IDBKeyRange,
): WordsTransaction => {
  let isBroken = false
  const ask = <T>(make: () => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      try {
        const request = make()
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      } catch (error) {
        isBroken = true
        reject(error)
      }
    })

  /** Requests are done in order: the last one's end is that of all, and one that fails ends the transaction. */
  const askAll = <Row>(rows: readonly Row[], make: (row: Row) => IDBRequest): Promise<unknown> => {
    const last = rows.at(-1)
    if (last === undefined) return Promise.resolve()
    return ask(() => {
      for (const row of rows.slice(0, -1)) make(row)
      return make(last)
    })
  }

  const rangeOf = ({ from, to }: Range<IDBValidKey> = {}): IDBKeyRange | null => {
    if (from === undefined) return to === undefined ? null : KeyRange.upperBound(to)
    return to === undefined ? KeyRange.lowerBound(from) : KeyRange.bound(from, to)
  }

  const tableOf = (name: TableName): Table<object, IDBValidKey> => {
    const store = transaction.objectStore(name)
    return {
      get: (key) => ask(() => store.get(key)),
      getMany: (keys) => Promise.all(keys.map((key) => ask(() => store.get(key)))),
      getAll: (range, limit) => ask(() => store.getAll(rangeOf(range), limit)),
      keys: (range) => ask(() => store.getAllKeys(rangeOf(range))),
      count: () => ask(() => store.count()),
      add: (row) => ask(() => store.add(row)),
      addMany: (rows) => askAll(rows, (row) => store.add(row)),
      put: (row) => askAll([row], (one) => store.put(one)),
      putMany: (rows) => askAll(rows, (row) => store.put(row)),
      delete: (range) =>
        ask(() => {
          const keys = rangeOf(range)
          return keys === null ? store.clear() : store.delete(keys)
        }),
    }
  }

  const updatesOf = (): UpdatesTable => {
    const store = transaction.objectStore('updates')
    const byDocument = store.index('doc')
    return {
      ...(tableOf('updates') as UpdatesTable),
      ofDocuments: (range) => ask<UpdateRow[]>(() => byDocument.getAll(rangeOf(range))),
      numbersOfDocuments: (range) =>
        ask(() => byDocument.getAllKeys(rangeOf(range)) as IDBRequest<number[]>),
      newest: async () => {
        const cursor = await ask(() => store.openKeyCursor(null, 'prev'))
        return (cursor?.primaryKey as number | undefined) ?? 0
      },
    }
  }

  const tables: Partial<Record<keyof WordsTransaction, unknown>> = {
    commit: () => {
      // With a request that could not even be made, all the others would be stored without it.
      if (!isBroken) transaction.commit?.() // Safari has it since 15
    },
  }
  for (const name of tableNames)
    if (names.includes(name)) tables[name] = name === 'updates' ? updatesOf() : tableOf(name)
  return tables as unknown as WordsTransaction
}
