import { documentStore } from '../store/document-store.ts'
import type { Store } from '../store/store.ts'
import { compactDocument } from './compact.ts'
import type { Merging } from './merging.ts'

export interface CompactorParts {
  store: Store
  merging: Merging
  /** ms since 1970. */
  now: () => number
  /** Told of a round that failed; the next one tries again. */
  onError?: (error: unknown) => void
  limits?: Partial<CompactorLimits>
}
export interface CompactorLimits {
  /** More updates than this, or more bytes in several, are worth a snapshot. */
  updates: number
  bytes: number
  /** A document that somebody writes in is left alone. */
  quietMs: number
  /** Documents in one round: each is read whole, and written under its scope's lock. */
  perRound: number
}

export interface Compactor {
  /** Returns how many documents were compacted. */
  round(): Promise<number>
  start(everyMs: number): void
  /** Resolves when the round under way has ended. */
  stop(): Promise<void>
}

const defaults: CompactorLimits = { updates: 40, bytes: 64 * 1024, quietMs: 10_000, perRound: 10 }

/** Compacts what has grown, a little at a time and never in a request. Any number of nodes may do so on one database. */
export const createCompactor = ({
  store,
  merging,
  now,
  onError = () => undefined,
  limits,
}: CompactorParts): Compactor => {
  const { updates, bytes, quietMs, perRound } = { ...defaults, ...limits }
  // Hints of this process alone, so that a quiet scope or a broken document is not read again in every round.
  const doneAt = new Map<string, string>()
  const brokenAt = new Map<string, number>()

  const round = async (): Promise<number> => {
    let [tried, compacted] = [0, 0]
    for (const scope of await documentStore.scopes(store.db)) {
      const state = `${scope.epoch}:${scope.head}`
      if (doneAt.get(scope.id) === state) continue
      let left = 0
      for (const found of await documentStore.worthCompacting(store.db, scope.id, {
        updates,
        bytes,
      })) {
        if (brokenAt.get(found.doc) === found.seq) continue
        if (tried >= perRound) return compacted
        if (found.receivedAt > now() - quietMs) {
          left++
          continue
        }
        tried++
        const outcome = await compactDocument(store, scope.id, found.doc, merging)
        if (outcome === 'compacted') compacted++
        if (outcome === 'broken' || outcome === 'busy') brokenAt.set(found.doc, found.seq)
        else brokenAt.delete(found.doc)
        // Requests get a turn between two documents.
        await new Promise((done) => setImmediate(done))
      }
      if (left === 0) doneAt.set(scope.id, state)
    }
    return compacted
  }

  let timer: NodeJS.Timeout | null = null
  let underWay: Promise<unknown> = Promise.resolve()
  let stopped = false
  const startAfter = (everyMs: number): void => {
    if (stopped) return
    timer = setTimeout(() => {
      underWay = round()
        .catch(onError)
        .finally(() => startAfter(everyMs))
    }, everyMs)
    timer.unref()
  }
  return {
    round,
    start: startAfter,
    stop: async () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await underWay
    },
  }
}
