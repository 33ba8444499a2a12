import type { Clock } from '../storage/clock.ts'
import type { Sync } from '../sync/start-sync.ts'

/**
 * The sync is loaded after the first paint. What is asked of it before is done when it is there; without it, words are written
 * and kept all the same, and loading is tried again.
 */
export const createLaterSync = (load: () => Promise<() => Sync>, clock: Clock): Sync => {
  let sync: Sync | null = null
  let loading: Promise<void> | null = null
  let retry: unknown = null
  let stopped = false
  let failures = 0

  const begin = (): Promise<void> => {
    if (sync !== null || stopped) return Promise.resolve()
    clock.clearTimeout(retry)
    loading ??= load()
      .then(
        (start) => {
          if (!stopped) sync = start()
        },
        () => {
          failures++
          retry = clock.setTimeout(begin, Math.min(longestRetryMs, 1000 * 2 ** failures))
        },
      )
      .finally(() => {
        loading = null
      })
    return loading
  }

  // It syncs as soon as it is there: only a demand that waits for the end is passed on.
  void begin()
  return {
    soon: (scope, written) => sync?.soon(scope, written),
    now: () => {
      if (sync) sync.now()
      else void begin()
    },
    demand: async () => {
      await begin()
      await sync?.demand()
    },
    isAnswerStored: () => sync?.isAnswerStored() ?? true,
    stop: () => {
      stopped = true
      clock.clearTimeout(retry)
      sync?.stop()
    },
  }
}

const longestRetryMs = 60_000
