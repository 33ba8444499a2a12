import { Dexie } from 'dexie'
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

/** The browser's IndexedDB, or another one in its place. */
export interface DatabaseFactory {
  indexedDB: IDBFactory
  IDBKeyRange: typeof IDBKeyRange
}

/**
 * The words in IndexedDB. Dexie opens the database and brings it from version to version; the transactions are IndexedDB's own,
 * since a flush that waits for nothing but the disk is what typing feels (a third of the time through Dexie's tables).
 */
export const dexieWords = (principal: string, factory: DatabaseFactory): WordsDatabase => {
  const dexie = openDexie(principal, factory)
  const { IDBKeyRange } = factory
  let closed = false

  const begin = <T>(
    mode: Parameters<WordsDatabase['transaction']>[0],
    names: readonly TableName[],
    work: (tables: WordsTransaction) => Promise<T>,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      const isRelaxed = mode === 'relaxed'
      const transaction = dexie.backendDB().transaction(
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
        work(tablesOf(transaction, names, IDBKeyRange)).then((value) => {
          result = { value }
        }, fail)
      } catch (error) {
        fail(error)
      }
    })

  return {
    transaction: async (mode, names, work) => {
      if (closed) throw new DOMException('the database is closed', 'InvalidStateError')
      if (!dexie.isOpen()) await dexie.open()
      return begin(mode, names, work)
    },
    close: () => {
      closed = true
      dexie.close()
    },
    delete: () => dexie.delete(),
  }
}

/** Changes are additive: a new version adds tables and fields, never takes or renames any. */
export const openDexie = (principal: string, factory: DatabaseFactory): Dexie => {
  const dexie = new Dexie(databaseName(principal), {
    ...factory,
    chromeTransactionDurability: 'strict',
  })
  dexie.version(1).stores({
    docs: 'id, scope',
    updates: '++n, doc, scope',
    outbox: '++n, scope',
    scopes: 'id',
    meta: 'key',
  })
  // A document's id begins with its scope: an index on that would cost a write for each row, and find nothing more.
  dexie.version(2).stores({ docs: 'id', updates: '++n, doc', outbox: '++n', held: 'n' })
  return dexie
}

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
