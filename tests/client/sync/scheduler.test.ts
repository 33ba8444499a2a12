import { beforeEach, describe, expect, test } from 'vitest'
import { backOffMs, longestBackOffMs } from '../../../src/client/sync/back-off.ts'
import type { Outcome } from '../../../src/client/sync/outcome.ts'
import { createScheduler, type Scheduler } from '../../../src/client/sync/scheduler.ts'
import { createManualClock, type ManualClock } from '../manual-clock.ts'

let clock: ManualClock
let running: ((outcome: Outcome) => void)[]
let syncs: number
let asked: boolean[]
let ended: Outcome[]
let scheduler: Scheduler

beforeEach(() => {
  clock = createManualClock()
  running = []
  syncs = 0
  asked = []
  ended = []
  scheduler = createScheduler({
    clock,
    random: () => 0.5,
    sync: (all) => {
      syncs++
      asked.push(all)
      return new Promise((resolve) => running.push(resolve))
    },
    ended: (outcome) => ended.push(outcome),
  })
})

const end = async (outcome: Outcome): Promise<void> => {
  running.shift()?.(outcome)
  await new Promise((resolve) => setImmediate(resolve))
}

describe('the scheduler', () => {
  test('runs one sync at a time and one more for all who asked meanwhile', async () => {
    void scheduler.demand()
    const one = scheduler.demand()
    const two = scheduler.demand()
    scheduler.now()
    expect(syncs).toBe(1)
    await end({ kind: 'done' })
    expect(syncs).toBe(2)
    await end({ kind: 'done' })
    await Promise.all([one, two])
    expect(syncs).toBe(2)
  })

  test('many flushes make one sync', async () => {
    for (let flush = 0; flush < 5; flush++) {
      scheduler.soon()
      clock.advance(300)
    }
    clock.advance(500)
    expect(syncs).toBe(1)
  })

  test('a flush while others listen is sent at once, and after a failure waits for its turn', async () => {
    scheduler.soon(true)
    expect(syncs).toBe(1)
    scheduler.soon(true)
    expect(syncs).toBe(1)
    await end({ kind: 'done' })
    expect(syncs).toBe(2)
    await end({ kind: 'offline' })
    scheduler.soon(true)
    expect(syncs).toBe(2)
  })

  test('what is sent at once asks for nothing else, and puts no poll off', async () => {
    void scheduler.demand()
    await end({ kind: 'done' })
    for (let second = 0; second < 59; second++) {
      clock.advance(1000)
      scheduler.soon(true)
      await end({ kind: 'done' })
    }
    expect(asked).toEqual([true, ...Array(59).fill(false)])
    clock.advance(1000)
    expect(asked.at(-1)).toBe(true)
    // Who demands everything meanwhile gets everything.
    scheduler.soon(true)
    void scheduler.demand()
    await end({ kind: 'done' })
    await end({ kind: 'done' })
    expect(asked.slice(-2)).toEqual([false, true])
  })

  test('a flush during a sync is sent two seconds after it', async () => {
    void scheduler.demand()
    scheduler.soon()
    await end({ kind: 'done' })
    clock.advance(1999)
    expect(syncs).toBe(1)
    clock.advance(1)
    expect(syncs).toBe(2)
  })

  test('backs off further after each failure, and not for a flush', async () => {
    void scheduler.demand()
    const waits: number[] = []
    for (let failure = 0; failure < 12; failure++) {
      await end({ kind: 'offline' })
      scheduler.soon()
      const [wait = 0] = clock.waiting()
      waits.push(wait)
      clock.advance(wait)
    }
    expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 8000])
    expect(waits.at(-1)).toBe(longestBackOffMs / 2)
    await end({ kind: 'done' })
    expect(clock.waiting()).toEqual([60_000])
  })

  test('tries at once when the network is back, back-off or not', async () => {
    void scheduler.demand()
    await end({ kind: 'offline' })
    scheduler.now()
    expect(syncs).toBe(2)
  })

  test('respects Retry-After, unless somebody asks by hand', async () => {
    void scheduler.demand()
    await end({ kind: 'wait', ms: 30_000 })
    scheduler.now()
    scheduler.soon()
    clock.advance(29_999)
    expect(syncs).toBe(1)
    clock.advance(1 + 500)
    expect(syncs).toBe(2)
    await end({ kind: 'wait', ms: 30_000 })
    void scheduler.demand()
    expect(syncs).toBe(3)
  })

  test('pauses when signed out until the page is looked at', async () => {
    void scheduler.demand()
    await end({ kind: 'signed-out' })
    scheduler.soon()
    expect(clock.waiting()).toEqual([])
    scheduler.now()
    expect(syncs).toBe(2)
  })

  test('a clock that is set back silences nothing', async () => {
    const day = 24 * 60 * 60_000
    void scheduler.demand()
    await end({ kind: 'wait', ms: 5000 })
    clock.setBack(day)
    void scheduler.demand()
    await end({ kind: 'done' })
    scheduler.now()
    expect(syncs).toBe(3)
    await end({ kind: 'done' })
    clock.setBack(day)
    scheduler.soon(true)
    await end({ kind: 'done' })
    expect(Math.max(...clock.waiting())).toBeLessThanOrEqual(60_000)
  })

  test('when stopped plans nothing more', async () => {
    void scheduler.demand()
    scheduler.stop()
    await end({ kind: 'done' })
    await scheduler.demand()
    expect(syncs).toBe(1)
    expect(clock.waiting()).toEqual([])
    expect(ended).toEqual([])
  })
})

test('full jitter spreads from nothing to the whole', () => {
  expect(backOffMs(3, () => 0)).toBe(0)
  expect(backOffMs(3, () => 0.999)).toBeCloseTo(7992)
  expect(backOffMs(500, () => 1)).toBe(longestBackOffMs)
})
