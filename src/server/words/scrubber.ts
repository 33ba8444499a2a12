import type { Timers } from '../live/live.ts'
import { type ErasureDeps, scrub } from './erase.ts'

/** Takes the bytes of those who erase themselves out of the database's files, some time after. */
export interface Scrubber {
  /** Somebody has been erased. */
  wanted(): void
  stop(): Promise<void>
}

interface ScrubberDeps extends Pick<ErasureDeps, 'store' | 'ledger' | 'now'> {
  timers: Timers
  failed(error: unknown): void
}

const minute = 60_000
/** Others who erase themselves at the same meeting are taken along. */
const waitMs = 10 * minute
/** It holds up whoever writes meanwhile, so nobody may ask for it all day. */
const leastMs = 24 * 60 * minute
/** After one that failed. */
const againMs = 60 * minute

/** One at a time. What fails is tried again; what does not come to it before the server ends is done at the next start (`applyLedger`). */
export const createScrubber = (deps: ScrubberDeps): Scrubber => {
  let lastAt = Number.NEGATIVE_INFINITY
  let timer: unknown = null
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  const runIn = (ms: number): void => {
    if (timer !== null) deps.timers.clearTimeout(timer)
    timer = deps.timers.setTimeout(run, ms)
  }
  const run = (): void => {
    timer = null
    const before = lastAt
    lastAt = deps.now()
    running = scrub(deps).catch((error) => {
      deps.failed(error)
      lastAt = before
      if (!stopped) runIn(againMs)
    })
  }
  return {
    wanted: () => {
      if (timer === null) runIn(Math.max(waitMs, lastAt + leastMs - deps.now()))
    },
    stop: async () => {
      stopped = true
      if (timer !== null) deps.timers.clearTimeout(timer)
      await running
    },
  }
}
