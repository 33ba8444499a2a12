import type {
  TableName,
  WordsDatabase,
  WordsTransaction,
} from '../../src/client/storage/words-database.ts'
import {
  type Change,
  compareKeys,
  domError,
  emptyRows,
  type RowOf,
  type Sequences,
  undo,
} from './memory-rows.ts'
import { createTransaction, type Fault, type Mode, type Transaction } from './memory-transaction.ts'

// IndexedDB as the words see it, in memory, with what its specification promises and no more: transactions that touch the same
// table wait for each other when one of them writes; a transaction is all or nothing; what was reported complete survives a
// crash, if it was strict; a page that dies hears nothing more. All of it is done in microtasks, so that a world needs no real
// time. Faults are injected where browsers have them.

/** One principal's database on one device: what outlives a page. */
export interface Disk {
  connect(): Connection
  /** Asked once for each transaction that writes. */
  nextFault: () => Fault | null
  /** ms that a transaction's bytes are on their way to the disk; 0 = done at once. Asked for each that writes. */
  latency: () => number
  /** Does `run` after so many ms. */
  later: (ms: number, run: () => void) => void
  /** Called at each completion, with what was written. */
  committed: (changes: readonly Change[]) => void
  /** The device loses its power: each unfinished transaction is on the disk or is not. */
  crash(isKept: () => boolean): void
  /** All connections fail from now on, as WebKit's do. */
  dropConnections(): void
  /** The browser throws everything away, under the open pages too. */
  evict(): void
  /** What is complete, in the order of the keys. */
  rows<Name extends TableName>(name: Name): RowOf[Name][]
  /** A transaction that waits for something else than its own requests; a browser would have ended it. Null if there is none. */
  idle(): string | null
}
export interface Connection extends WordsDatabase {
  /** The page is gone: nothing is heard any more; what it had begun is kept or lost. */
  kill(isKept: () => boolean): void
}

/** What a strict transaction reports complete is on the disk. */
const strict = true

export const createDisk = (): Disk => {
  let tables = emptyRows()
  let sequences: Sequences = {}
  let queue: Transaction[] = []
  let connections = new Set<{ dead: boolean; lost: boolean; isOpen: boolean }>()
  /** Completed and relaxed: a crash may undo them, the newest first. */
  let tail: (readonly Change[])[] = []

  const startWhatMay = (): void => {
    for (const [index, transaction] of queue.entries()) {
      if (transaction.started) continue
      if (!queue.slice(0, index).some((earlier) => overlap(earlier, transaction)))
        transaction.start()
    }
  }
  const abortAll = (which: (transaction: Transaction) => boolean): void => {
    for (const transaction of queue.filter(which))
      transaction.abort(domError('AbortError', 'the connection was lost'))
  }
  const empty = (): void => {
    tables = emptyRows()
    sequences = {}
    tail = []
  }
  const loseConnections = (): void => {
    for (const connection of connections) connection.lost = true
    connections = new Set()
    abortAll(() => true)
  }

  const begin = <T>(
    connection: { dead: boolean },
    mode: Mode,
    names: readonly TableName[],
    work: (tables: WordsTransaction) => Promise<T>,
  ): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const fault = mode === 'readonly' ? null : disk.nextFault()
      if (fault === 'refuse') throw domError('UnknownError', 'Attempt to open a transaction failed')
      const [transaction, run] = createTransaction<T>({
        connection,
        mode,
        names,
        fault,
        rows: () => tables,
        sequences: () => sequences,
        work,
        written: (done) => {
          const ms = disk.latency()
          if (ms > 0) disk.later(ms, done)
          else done()
        },
        committed: ({ changes }) => {
          disk.committed(changes)
          // The log is written in order: a strict transaction takes all before it to the disk.
          if (mode === 'readwrite' && strict) tail = []
          else tail.push(changes)
        },
        ended: (one) => {
          queue = queue.filter((other) => other !== one)
          startWhatMay()
        },
        resolve,
        reject,
      })
      queue.push(transaction)
      startWhatMay()
      run()
    })

  const connect = (): Connection => {
    const connection = { dead: false, lost: false, isOpen: false, isClosed: false }
    connections.add(connection)
    return {
      transaction: async (mode, names, work) => {
        if (connection.dead) return new Promise(() => undefined)
        if (connection.lost) throw domError('InvalidStateError', 'The connection is closing')
        if (!connection.isOpen && !connection.isClosed) {
          await null
          connection.isOpen = true
        }
        if (connection.isClosed) throw domError('InvalidStateError', 'the database is closed')
        return begin(connection, mode, names, work)
      },
      close: () => {
        connection.isClosed = true
        abortAll((one) => one.connection === connection && one.hanging)
      },
      delete: async () => {
        abortAll(() => true)
        empty()
        for (const one of connections) one.isOpen = false
      },
      kill: (isKept) => {
        connection.dead = true
        connections.delete(connection)
        for (const one of queue.filter((other) => other.connection === connection))
          one.endDead(isKept())
      },
    }
  }

  const disk: Disk = {
    nextFault: () => null,
    latency: () => 0,
    later: (_ms, run) => run(),
    committed: () => undefined,
    connect,
    crash: (isKept) => {
      for (const connection of connections) connection.dead = true
      connections = new Set()
      for (const transaction of [...queue]) {
        transaction.connection.dead = true
        transaction.endDead(isKept())
      }
      while (tail.length > 0 && !isKept()) undo(tables, tail.pop() ?? [])
      tail = []
    },
    dropConnections: loseConnections,
    evict: () => {
      loseConnections()
      empty()
    },
    rows: (name) => {
      const rows = new Map(tables[name])
      for (const { table, key, before } of queue.flatMap((one) => one.changes).reverse()) {
        if (table !== name) continue
        if (before === undefined) rows.delete(key)
        else rows.set(key, before)
      }
      return [...rows].sort(([a], [b]) => compareKeys(a, b)).map(([, row]) => row) as never[]
    },
    idle: () => {
      const idle = queue.find((one) => one.isIdle())
      return idle ? `a transaction over ${idle.names.join(', ')} waits for others` : null
    },
  }
  return disk
}

const overlap = (a: Transaction, b: Transaction): boolean =>
  (a.mode !== 'readonly' || b.mode !== 'readonly') && a.names.some((name) => b.names.includes(name))
