import type { Clock } from './clock.ts'

/** One change that is not in the database yet. */
export interface BufferedWrite {
  update: Uint8Array
  keys: string[]
  writtenAt: number
}

export interface WriteBuffer {
  add(write: BufferedWrite): void
  /** If anything is in no transaction, begins one for all, at once; resolves when every transaction has ended, well or badly. */
  flush(): Promise<void>
  /** In the order written, those in a running transaction too. */
  entries(): BufferedWrite[]
  /** The last transaction failed and what it held is still here. */
  failing(): boolean
  stop(): void
  /** Forgets what is in no transaction yet: its words are not wanted any more. */
  discard(): void
}

interface BufferParts {
  clock: Clock
  /** Called before each flush: fields hand in what they hold. */
  beforeFlush(): void
  /** Stores the writes in one transaction; resolves at its completion. */
  write(batch: BufferedWrite[]): Promise<void>
  failed(): void
  changed(): void
}

export const quietMs = 300
export const longestMs = 1000
const longestRetryMs = 30_000

export const createWriteBuffer = (parts: BufferParts): WriteBuffer => {
  const { clock } = parts
  const entries = new Set<BufferedWrite>()
  const inTransaction = new Set<BufferedWrite>()
  const transactions = new Set<Promise<void>>()
  let failures = 0
  let quiet: unknown = null
  let latest: unknown = null
  let retry: unknown = null

  const add = (write: BufferedWrite): void => {
    entries.add(write)
    clock.clearTimeout(quiet)
    quiet = clock.setTimeout(flush, quietMs)
    latest ??= clock.setTimeout(flush, longestMs)
    parts.changed()
  }

  const flush = async (): Promise<void> => {
    parts.beforeFlush()
    stopTimers()
    const hasNew = [...entries].some((write) => !inTransaction.has(write))
    if (hasNew) {
      // With all that a running transaction holds: should that one fail, nobody could read what builds upon it. Stored twice does
      // no harm.
      const transaction = store([...entries])
      transactions.add(transaction)
      void transaction.then(() => transactions.delete(transaction))
    }
    await Promise.all(transactions)
  }

  const store = async (batch: BufferedWrite[]): Promise<void> => {
    for (const write of batch) inTransaction.add(write)
    try {
      await parts.write(batch)
      // Only now, at the transaction's completion, and only what it held.
      for (const write of batch) entries.delete(write)
      failures = 0
    } catch {
      failures++
    }
    for (const write of batch) inTransaction.delete(write)
    if (failures > 0) {
      clock.clearTimeout(retry)
      retry = clock.setTimeout(flush, Math.min(longestRetryMs, 1000 * 2 ** failures))
      parts.failed()
    }
    parts.changed()
  }

  const stopTimers = (): void => {
    for (const timer of [quiet, latest, retry]) clock.clearTimeout(timer)
    quiet = latest = retry = null
  }

  return {
    add,
    flush,
    entries: () => [...entries],
    failing: () => failures > 0 && entries.size > 0,
    stop: stopTimers,
    discard: () => {
      stopTimers()
      for (const write of entries) if (!inTransaction.has(write)) entries.delete(write)
    },
  }
}
