import type { Clock } from '../storage/clock.ts'
import { backOffMs } from './back-off.ts'
import type { RunSync, Written } from './engine.ts'
import type { Outcome } from './outcome.ts'

export interface Scheduler {
  /** Something was written: in two seconds, at once if others `listen`, unless a back-off runs. */
  soon(listen?: boolean, written?: Written): void
  /** The page was opened or looked at again, the network is back: at once, but not before the server's Retry-After. */
  now(): void
  /** Somebody asks for it: at once. Resolves when this sync, or the one that was running and one more, has ended. */
  demand(): Promise<void>
  stop(): void
}

interface SchedulerParts {
  clock: Clock
  random: () => number
  /** `all` = ask for everything; else only send what waits, with what its scopes answer. */
  sync: RunSync
  ended(outcome: Outcome): void
}

export const afterWriteMs = 2000
export const pollMs = 60_000

/** One sync at a time, and always a next one planned: after a minute if all is well, else after the back-off. */
export const createScheduler = ({ clock, random, sync, ended }: SchedulerParts): Scheduler => {
  let running: Promise<void> | null = null
  let again: { all: boolean; done: Promise<void> } | null = null
  let timer: unknown = null
  let plannedAt = Number.POSITIVE_INFINITY
  let failures = 0
  let notBefore = 0
  let paused = false
  let stopped = false
  /** When everything is to be asked for next, if nothing is written. */
  let pollAt = 0

  const plan = (ms: number): void => {
    clock.clearTimeout(timer)
    if (stopped) return
    plannedAt = clock.now() + ms
    timer = clock.setTimeout(() => void demand(), ms)
  }

  const run = (all: boolean, written?: Written): Promise<void> => {
    if (stopped) return Promise.resolve()
    if (running === null) {
      running = once(all, written).finally(() => {
        running = null
      })
      return running
    }
    // What was written since the running one began may not be in it.
    if (again === null) {
      const next = { all, done: Promise.resolve() }
      next.done = running.then(() => {
        again = null
        return run(next.all)
      })
      again = next
    }
    again.all ||= all
    return again.done
  }
  const demand = (): Promise<void> => run(true)

  const once = async (all: boolean, written?: Written): Promise<void> => {
    clock.clearTimeout(timer)
    plannedAt = Number.POSITIVE_INFINITY
    const outcome = await sync(all, written)
    if (stopped) return
    if (all && outcome.kind === 'done') pollAt = clock.now() + pollMs
    failures = isFailure(outcome) ? failures + 1 : 0
    // Signed out: only somebody who returns or asks tries again, since nothing else can have changed.
    paused = outcome.kind === 'signed-out'
    // A clock that is set back must not silence what a clock has said before.
    notBefore = outcome.kind === 'wait' ? clock.now() + outcome.ms : 0
    if (outcome.kind === 'wait') plan(outcome.ms + random() * 1000)
    else if (outcome.kind === 'busy') plan(afterWriteMs)
    else if (isFailure(outcome)) plan(backOffMs(failures, random))
    else if (!paused) plan(Math.min(pollMs, Math.max(0, pollAt - clock.now())))
    ended(outcome)
  }

  return {
    soon: (listen = false, written) => {
      if (isResting()) return
      const go = (): void => {
        if (listen && !isResting()) void run(false, written)
        else planSooner(afterWriteMs)
      }
      if (running !== null) void running.then(go)
      else go()
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

  function isResting(): boolean {
    return paused || failures > 0 || clock.now() < notBefore
  }

  function planSooner(ms: number): void {
    if (!isResting() && clock.now() + ms < plannedAt) plan(ms)
  }
}

const isFailure = ({ kind }: Outcome): boolean =>
  kind === 'offline' || kind === 'refused' || kind === 'broken'
