import { expect, test } from 'vitest'
import { createLaterSync } from '../../../src/client/state/later-sync.ts'
import type { Sync } from '../../../src/client/sync/start-sync.ts'
import { createManualClock } from '../manual-clock.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))
const fakeSync = () => {
  const calls: string[] = []
  const sync: Sync = {
    soon: (scope) => calls.push(`soon ${scope}`),
    now: () => calls.push('now'),
    demand: async () => {
      calls.push('demand')
    },
    isAnswerStored: () => true,
    stop: () => calls.push('stop'),
  }
  return { calls, sync }
}

test('a demand before the code is there waits for it and for the sync', async () => {
  const { calls, sync } = fakeSync()
  let arrive = (_: () => Sync): void => undefined
  const later = createLaterSync(
    () => new Promise((resolve) => (arrive = resolve)),
    createManualClock(),
  )
  let ended = false
  const demanded = later.demand().then(() => {
    ended = true
  })
  later.soon('u:kari:haust') // in the outbox, and the sync's start sends that
  await settled()
  expect(ended).toBe(false)
  arrive(() => sync)
  await demanded
  later.soon('g:gruppe')
  later.now()
  expect(calls).toEqual(['demand', 'soon g:gruppe', 'now'])
})

test('code that cannot be loaded is asked for again, by the clock and by whoever wants to send', async () => {
  const { calls, sync } = fakeSync()
  const clock = createManualClock()
  let asked = 0
  const later = createLaterSync(async () => {
    if (++asked < 4) throw new TypeError('Failed to fetch dynamically imported module')
    return () => sync
  }, clock)
  await settled()
  expect([asked, clock.waiting()]).toEqual([1, [2000]])
  clock.advance(2000)
  await settled()
  expect(asked).toBe(2)
  await later.demand() // does not hang, and does not throw
  expect(asked).toBe(3)
  later.now()
  await settled()
  expect(asked).toBe(4)
  await later.demand()
  expect(calls).toEqual(['demand'])
  expect(clock.waiting()).toEqual([])
})

test('stopped before the code is there, it never begins', async () => {
  const { calls, sync } = fakeSync()
  let arrive = (_: () => Sync): void => undefined
  const clock = createManualClock()
  const later = createLaterSync(() => new Promise((resolve) => (arrive = resolve)), clock)
  later.stop()
  arrive(() => sync)
  await settled()
  await later.demand()
  expect(calls).toEqual([])
  expect(clock.waiting()).toEqual([])
})
