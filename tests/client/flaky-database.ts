import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { DatabaseFactory } from '../../src/client/storage/database-schema.ts'

/** An IndexedDB that can fail as browsers' do. */
export interface FlakyDatabase extends DatabaseFactory {
  /** Throws on every new transaction, and on opening. */
  broken: boolean
  /** Throws on the next transactions that write, so many times. */
  failingWrites: number
  /** Every write to such a table throws: its transaction must abort as a whole. */
  failingTables: Set<string>
  /** Transactions that write do not complete before `release`. */
  hold(): { release(): void }
  /** Writing transactions begun. */
  writes: number
  onTransaction(mode: string | undefined, options: IDBTransactionOptions | undefined): void
  /** Fails every connection that is open now, as WebKit does after a suspension. */
  dropConnections(): void
}

export const createFlakyDatabase = (indexedDB = new IDBFactory()): FlakyDatabase => {
  let connections = new Set<IDBDatabase>()
  const dropped = new WeakSet<IDBDatabase>()
  let held: Promise<void> | null = null
  const open = (...settings: Parameters<IDBFactory['open']>): IDBOpenDBRequest => {
    if (flaky.broken) throw new DOMException('Internal error opening', 'UnknownError')
    const request = indexedDB.open(...settings)
    request.addEventListener('success', () => wrap(request.result))
    return request
  }
  const wrap = (connection: IDBDatabase): void => {
    connections.add(connection)
    const begin = connection.transaction.bind(connection)
    connection.transaction = (stores, mode, options) => {
      if (flaky.broken || dropped.has(connection))
        throw new DOMException('The connection is closing', 'InvalidStateError')
      flaky.onTransaction(mode, options)
      if (mode === 'readwrite') {
        flaky.writes++
        if (flaky.failingWrites > 0) {
          flaky.failingWrites--
          throw new DOMException('Attempt to write failed', 'UnknownError')
        }
      }
      const transaction = begin(stores, mode, options)
      const storeOf = transaction.objectStore.bind(transaction)
      transaction.objectStore = (name) => {
        const store = storeOf(name)
        if (flaky.failingTables.has(name))
          store.put = store.add = () => {
            throw new DOMException('The quota has been exceeded', 'QuotaExceededError')
          }
        return store
      }
      if (mode === 'readwrite' && held !== null) {
        transaction.commit = () => undefined
        keepAlive(transaction, held)
      }
      return transaction
    }
  }
  const flaky: FlakyDatabase = {
    indexedDB: new Proxy(indexedDB, {
      get: (target, name) => {
        if (name === 'open') return open
        const value = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    }),
    IDBKeyRange,
    broken: false,
    failingWrites: 0,
    failingTables: new Set(),
    writes: 0,
    onTransaction: () => undefined,
    hold: () => {
      let release = (): void => undefined
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      held = released
      return {
        release: () => {
          held = null
          release()
        },
      }
    },
    dropConnections: () => {
      for (const connection of connections) dropped.add(connection)
      connections = new Set()
    },
  }
  return flaky
}

/** Asks for one thing after the other until released: a transaction with requests does not complete. */
const keepAlive = (transaction: IDBTransaction, until: Promise<void>): void => {
  let released = false
  void until.then(() => {
    released = true
  })
  const store = transaction.objectStore(transaction.objectStoreNames[0] as string)
  const ask = (): void => {
    if (!released) store.count().onsuccess = ask
  }
  ask()
}
