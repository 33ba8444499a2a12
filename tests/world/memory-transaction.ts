import type {
  TableName,
  WordsDatabase,
  WordsTransaction,
} from '../../src/client/storage/words-database.ts'
import { type Change, domError, type Rows, type Sequences, undo } from './memory-rows.ts'
import { tablesOf } from './memory-tables.ts'

export type Mode = Parameters<WordsDatabase['transaction']>[0]

/** What befalls one transaction. `hang` = WebKit after a suspension: it never ends while its connection is open. */
export type Fault = 'abort' | 'quota' | 'refuse' | 'hang'

export interface Transaction {
  readonly connection: { dead: boolean }
  readonly mode: Mode
  readonly names: readonly TableName[]
  readonly changes: Change[]
  readonly started: boolean
  readonly hanging: boolean
  /** It waits for something else than its own requests: a browser would have ended it. */
  isIdle(): boolean
  start(): void
  abort(reason: DOMException): void
  /** Its page is gone, and nobody hears of it: on the disk if all of it was asked for and luck has it, else not. */
  endDead(isKept: boolean): void
}

interface TransactionParts<T> {
  connection: { dead: boolean }
  mode: Mode
  names: readonly TableName[]
  fault: Fault | null
  rows(): Rows
  sequences(): Sequences
  work(tables: WordsTransaction): Promise<T>
  /** Calls back when the bytes are on the disk. */
  written(done: () => void): void
  committed(transaction: Transaction): void
  ended(transaction: Transaction): void
  resolve(value: T): void
  reject(error: unknown): void
}

/** One transaction of IndexedDB: begun by `start`, all or nothing, and complete when it has nothing more to do. */
export const createTransaction = <T>(parts: TransactionParts<T>): [Transaction, () => void] => {
  const { connection, mode, names, fault } = parts
  const writes = mode !== 'readonly'
  const changes: Change[] = []
  let state: 'waiting' | 'started' | 'completing' | 'ended' = 'waiting'
  let result: { value: T } | null = null
  let failure: unknown = null
  let open = 0
  let sealed = false
  let before: Sequences = {}
  const waiting: (() => void)[] = []

  const complete = (): void => {
    if (state === 'ended') return
    state = 'ended'
    if (changes.length > 0) parts.committed(transaction)
    if (!connection.dead && result) parts.resolve(result.value)
    parts.ended(transaction)
  }

  const abort = (reason: DOMException): void => {
    if (state === 'ended') return
    const hasStarted = state !== 'waiting'
    state = 'ended'
    undo(parts.rows(), changes)
    // The numbers that it gave are taken back, as the specification says.
    if (hasStarted && writes) for (const name of names) parts.sequences()[name] = before[name] ?? 0
    for (const request of waiting.splice(0)) request()
    if (!connection.dead) parts.reject(failure ?? reason)
    parts.ended(transaction)
  }

  const tryComplete = (): void => {
    if (state !== 'started' || open > 0 || result === null || fault === 'hang') return
    state = 'completing'
    if (fault === 'abort') abort(domError('AbortError', 'aborted'))
    else if (writes) parts.written(complete)
    else complete()
  }

  const perform = <R>(
    run: () => R,
    done: (value: R) => void,
    failed: (error: unknown) => void,
  ): void => {
    if (state === 'ended') {
      failed(domError('AbortError', 'the transaction has ended'))
      return
    }
    open++
    let value: R
    try {
      value = run()
    } catch (error) {
      failure ??= error
      open--
      failed(error)
      abort(domError('AbortError', 'a request failed'))
      return
    }
    queueMicrotask(() => {
      open--
      if (state === 'ended') return failed(domError('AbortError', 'aborted'))
      if (connection.dead) return
      done(value)
      // What follows upon this request is asked for in the microtasks after it.
      queueMicrotask(tryComplete)
    })
  }

  const request = <R>(run: () => R): Promise<R> => {
    const asked = new Promise<R>((done, failed) => {
      if (state === 'ended' || sealed)
        return failed(domError('TransactionInactiveError', 'the transaction has ended'))
      if (state === 'waiting') waiting.push(() => perform(run, done, failed))
      else perform(run, done, failed)
    })
    // The transaction tells of its failure; that nobody asks this request is no error.
    asked.catch(() => undefined)
    return asked
  }

  const transaction: Transaction = {
    connection,
    mode,
    names,
    changes,
    get started() {
      return state !== 'waiting'
    },
    hanging: fault === 'hang',
    isIdle: () => state === 'started' && open === 0 && result === null,
    start: () => {
      state = 'started'
      before = { ...parts.sequences() }
      for (const one of waiting.splice(0)) one()
      tryComplete()
    },
    abort,
    endDead: (isKept) => {
      const isAsked = (result !== null || sealed) && state !== 'waiting'
      if (isAsked && isKept) complete()
      else abort(domError('AbortError', 'the page is gone'))
    },
  }

  const run = (): void => {
    const fail = (error: unknown): void => {
      failure ??= error
      abort(domError('AbortError', 'the work failed'))
    }
    const tables = tablesOf({
      names,
      writes,
      isFull: fault === 'quota',
      rows: parts.rows,
      sequences: parts.sequences,
      changes,
      request,
      commit: () => {
        sealed = true
      },
    })
    try {
      parts.work(tables).then((value) => {
        result = { value }
        tryComplete()
      }, fail)
    } catch (error) {
      fail(error)
    }
  }
  return [transaction, run]
}
