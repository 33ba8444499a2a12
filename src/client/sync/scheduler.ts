import type { Clock } from '../storage/clock.ts'
import { backOffMs } from './back-off.ts'
import type { Outcome } from './outcome.ts'

export interface Scheduler {
  /** Something was written: in two seconds, unless a back-off runs. */
  soon(): void
  /** The page was opened or looked at again, the network is back: at once, but not before the server's Retry-After. */
  now(): void
  /** Somebody asks for it: at once. Resolves when this sync, or the one that was running and one more, has ended. */
  demand(): Promise<void>
  stop(): void
}

interface SchedulerParts {
  clock: Clock
  random: () => number
  sync(): Promise<Outcome>
  ended(outcome: Outcome): void
}

export const afterWriteMs = 2000
export const pollMs = 60_000

/** One sync at a time, and always a next one planned: after a minute if all is well, else after the back-off. */
export const createScheduler = ({ clock, random, sync, ended }: SchedulerParts): Scheduler => {
  let running: Promise<void> | null = null
  let again: Promise<void> | null = null
  let timer: unknown = null
  let plannedAt = Number.POSITIVE_INFINITY
  let failures = 0
  let notBefore = 0
  let paused = false
  let stopped = false

  const plan = (ms: number): void => {
    clock.clearTimeout(timer)
    if (stopped) return
    plannedAt = clock.now() + ms
    timer = clock.setTimeout(() => void demand(), ms)
  }

  const demand = (): Promise<void> => {
    if (stopped) return Promise.resolve()
    if (running === null) {
      running = once().finally(() => {
        running = null
      })
      return running
    }
    // What was written since the running one began may not be in it.
    again ??= running.then(() => {
      again = null
      return demand()
    })
    return again
  }

  const once = async (): Promise<void> => {
    clock.clearTimeout(timer)
    plannedAt = Number.POSITIVE_INFINITY
    const outcome = await sync()
    if (stopped) return
    failures = isFailure(outcome) ? failures + 1 : 0
    // Signed out: only somebody who returns or asks tries again, since nothing else can have changed.
    paused = outcome.kind === 'signed-out'
    if (outcome.kind === 'wait') notBefore = clock.now() + outcome.ms
    if (outcome.kind === 'wait') plan(outcome.ms + random() * 1000)
    else if (outcome.kind === 'busy') plan(afterWriteMs)
    else if (isFailure(outcome)) plan(backOffMs(failures, random))
    else if (!paused) plan(pollMs)
    ended(outcome)
  }

  return {
    soon: () => {
      if (paused || failures > 0 || clock.now() < notBefore) return
      if (running !== null) void running.then(() => planSooner(afterWriteMs))
      else planSooner(afterWriteMs)
    },
    now: () => {
      if (clock.now() >= notBefore) void demand()
    },
    demand,
    stop: () => {
      stopped = true
      clock.clearTimeout(timer)
    },
  }

  function planSooner(ms: number): void {
    if (paused || failures > 0 || clock.now() < notBefore) return
    if (clock.now() + ms < plannedAt) plan(ms)
  }
}

const isFailure = ({ kind }: Outcome): boolean =>
  kind === 'offline' || kind === 'refused' || kind === 'broken'
