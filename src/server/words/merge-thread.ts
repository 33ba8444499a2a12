import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { Digest } from '../../shared/words/compare.ts'
import type { Compared, HandedInWords, Merged, Merging, NotBuilt, ReadWords } from './merging.ts'

export interface MergeJob {
  /** All updates, one behind the other. */
  bytes: Uint8Array
  lengths: number[]
  /** Compare them with this, or else merge them, or read their words: as they are, or as they were handed in. */
  to: Digest | 'merge' | 'read' | 'handed-in'
}

interface ThreadParts {
  /** Told once of bytes that took too long or too much memory. */
  tooMuch: (updates: number, bytes: number) => void
  /** The time of one job. */
  limitMs: number
  memoryMb?: number
}

/** A document as large as one may be, of letters that were all typed apart, takes less than half of it. */
const defaultMemoryMb = 512
/** What a thread says once it has loaded its code, which takes its time on a busy machine. */
export const readyMessage = 'ready'
/** Who comes after so many others is told to come back. */
const mostWaiting = 50
/** A busy machine may have been slow once. */
const mostTries = 2
const mostRemembered = 1000

/**
 * Merges outside the server's thread, for so long and no longer. A thread begins with its first job, and another one after each
 * that had to be ended. Comparing has one of its own: a device that waits does not wait for
 * the compaction, nor for who takes out all they have written.
 */
export const createMergeThreads = ({
  tooMuch,
  limitMs,
  memoryMb = defaultMemoryMb,
}: ThreadParts): Merging & { close(): Promise<void> } => {
  const slow = createSlowBytes()
  let isClosed = false
  const ended = (job: MergeJob): NotBuilt => {
    if (!isClosed && slow.note(job)) tooMuch(job.lengths.length, job.bytes.length)
    return { kind: 'busy' }
  }
  const [mergeLane, compareLane] = [createLane(limitMs, memoryMb), createLane(limitMs, memoryMb)]

  const run = async <Result>(lane: Lane, job: MergeJob): Promise<Result | NotBuilt> => {
    if (isClosed || lane.waiting() >= mostWaiting) return { kind: 'busy' }
    if (slow.tries(job) >= mostTries) return { kind: 'unfit' }
    return ((await lane.run(job)) as Result | null) ?? ended(job)
  }

  return {
    merge: (updates) => run<Merged>(mergeLane, jobOf(updates, 'merge')),
    compare: (updates, theirs) => run<Compared>(compareLane, jobOf(updates, theirs)),
    read: (updates) => run<ReadWords>(mergeLane, jobOf(updates, 'read')),
    readHandedIn: (updates) => run<HandedInWords>(mergeLane, jobOf(updates, 'handed-in')),
    close: async () => {
      isClosed = true
      await Promise.all([mergeLane.close(), compareLane.close()])
    },
  }
}

const jobOf = (updates: readonly Uint8Array[], to: MergeJob['to']): MergeJob => {
  const lengths = updates.map((update) => update.length)
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (const update of updates) {
    bytes.set(update, at)
    at += update.length
  }
  return { bytes, lengths, to }
}

interface Lane {
  /** Null if it took too long or too much memory. */
  run(job: MergeJob): Promise<unknown>
  waiting(): number
  close(): Promise<void>
}

/** One thread at most, and one job at a time. */
const createLane = (limitMs: number, memoryMb: number): Lane => {
  let worker: Worker | null = null
  let isReady = false
  let current: {
    begin(): void
    resolve(result: unknown): void
    reject(error: Error): void
  } | null = null
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let isClosed = false

  const open = (): Worker => {
    const opened = new Worker(new URL('./merge-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    })
    isReady = false
    opened.on('message', (message: unknown) => {
      if (message !== readyMessage) return current?.resolve(message)
      isReady = true
      current?.begin()
    })
    let failure: Error | null = null
    opened.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') failure = error
    })
    opened.on('exit', () => {
      worker = null
      if (failure) current?.reject(failure)
      else current?.resolve(null)
    })
    opened.unref()
    return opened
  }

  const attempt = (job: MergeJob): Promise<unknown> => {
    if (isClosed) return Promise.resolve(null)
    worker ??= open()
    const thread = worker
    let timer: NodeJS.Timeout | undefined
    const done = new Promise((resolve, reject) => {
      const mine = {
        begin: () => {
          // A turn later: after a pause of this thread, the result may be here already.
          timer = setTimeout(() => setImmediate(giveUp), limitMs)
        },
        resolve,
        reject,
      }
      const giveUp = (): void => {
        if (current === mine) void thread.terminate()
      }
      current = mine
      if (isReady) mine.begin()
      thread.postMessage(job)
    })
    return done.finally(() => {
      current = null
      clearTimeout(timer)
    })
  }

  return {
    run: (job) => {
      waiting++
      const turn = last.then(() => attempt(job)).finally(() => waiting--)
      last = turn.catch(() => undefined)
      return turn
    },
    waiting: () => waiting,
    close: async () => {
      isClosed = true
      await worker?.terminate()
    },
  }
}

/** Which bytes have been too much, and how often. In this process alone: the next one tries again. */
const createSlowBytes = () => {
  const triesByHash = new Map<string, number>()
  const lengths = new Set<number>()
  const hashOf = ({ bytes, lengths }: MergeJob): string =>
    createHash('sha256').update(bytes).update(lengths.join()).digest('base64')
  return {
    tries: (job: MergeJob): number =>
      lengths.has(job.bytes.length) ? (triesByHash.get(hashOf(job)) ?? 0) : 0,
    /** True the first time. */
    note: (job: MergeJob): boolean => {
      const hash = hashOf(job)
      const before = triesByHash.get(hash) ?? 0
      triesByHash.set(hash, before + 1)
      lengths.add(job.bytes.length)
      const [oldest] = triesByHash.keys()
      if (triesByHash.size > mostRemembered && oldest) triesByHash.delete(oldest)
      return before === 0
    },
  }
}
