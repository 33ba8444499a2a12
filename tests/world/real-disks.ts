import { IDBFactory } from 'fake-indexeddb'
import { indexedDbWords } from '../../src/client/storage/indexed-db-words.ts'
import { databaseName } from '../../src/client/storage/words-database.ts'
import { createFlakyDatabase } from '../client/flaky-database.ts'
import type { Connection, Disk } from './memory-database.ts'
import type { RowOf } from './memory-rows.ts'

// The production database over fake-indexeddb, for a share of the seeds: does the one in memory promise what IndexedDB does?
// It takes real turns of the event loop, so that a world on it waits, and is slow.

const principal = 'tavla'

export interface RealDisks {
  createDisk(): Disk
  /** Until no transaction is under way on any of them. */
  idle(): Promise<void>
}

export const createRealDisks = (): RealDisks => {
  let underWay = 0
  const createDisk = (): Disk => {
    const factory = new IDBFactory()
    const flaky = createFlakyDatabase(factory)
    const disk: Disk = {
      nextFault: () => null,
      latency: () => 0,
      later: (_ms, run) => run(),
      committed: () => undefined,
      connect: () => {
        const words = indexedDbWords(principal, flaky)
        let dead = false
        const counted = async <T>(work: Promise<T>): Promise<T> => {
          underWay++
          try {
            return await work
          } finally {
            underWay--
            if (dead) await new Promise(() => undefined)
          }
        }
        const connection: Connection = {
          transaction: (mode, names, work) => {
            if (dead) return new Promise(() => undefined)
            return counted(words.transaction(mode, names, work))
          },
          close: words.close,
          delete: () => counted(words.delete()),
          kill: () => {
            dead = true
            words.close()
          },
        }
        return connection
      },
      crash: () => undefined,
      dropConnections: flaky.dropConnections,
      evict: () => {
        flaky.dropConnections()
        databasesOf(factory).delete(databaseName(principal))
      },
      rows: <Name extends keyof RowOf>(name: Name) => {
        const store = databasesOf(factory).get(databaseName(principal))?.rawObjectStores.get(name)
        return [...(store?.records.values() ?? [])].map((record) => record.value as RowOf[Name])
      },
      idle: () => null,
    }
    flaky.onTransaction = (mode) => {
      // All faults are one here: the transaction cannot be had.
      if (mode === 'readwrite' && disk.nextFault() !== null)
        throw new DOMException('Attempt to open a transaction failed', 'UnknownError')
    }
    return disk
  }
  return {
    createDisk,
    idle: async () => {
      while (underWay > 0) await new Promise<void>((done) => setImmediate(done))
    },
  }
}

/** What fake-indexeddb holds, looked at from behind. */
interface Databases {
  get(name: string): { rawObjectStores: Map<string, RawStore> } | undefined
  delete(name: string): boolean
}
interface RawStore {
  records: { values(): Iterable<{ value: unknown }> }
}
const databasesOf = (factory: IDBFactory): Databases =>
  (factory as unknown as { _databases: Databases })._databases
