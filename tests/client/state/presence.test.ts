import { expect, test } from 'vitest'
import { createPresence, settleMs } from '../../../src/client/state/presence.ts'
import type { LiveDeps } from '../../../src/client/sync/live-deps.ts'
import type { Locks } from '../../../src/client/sync/one-tab.ts'
import type { PresenceReport } from '../../../src/shared/protocol/event-frames.ts'
import { eventually } from '../device.ts'
import { createManualClock } from '../manual-clock.ts'

const sheet = 'g:leiargruppa-stord/arbeidsark'
const hr = { label: 'HR-leiar', role: 'hr' }
const deps = { principal: 'kari', device: 'mine' } as LiveDeps
const never = () => () => undefined

const newPresence = (locks: Locks | null = { request: () => new Promise(() => {}) } as never) => {
  const reports: PresenceReport[] = []
  const clock = createManualClock()
  const { presence, startLive } = createPresence({
    fetch: async (_url, init) => {
      reports.push(JSON.parse(String(init.body)))
      return new Response(null, { status: 204 })
    },
    clock,
    random: () => 0.5,
    events: { onLeave: never, onReturn: never, onOnline: never },
    isVisible: () => true,
    locks,
    openChannel: () => null,
  })
  return { presence, startLive, reports, clock }
}
const docs = (reports: PresenceReport[]) => reports.map(({ doc, role }) => [doc, role])

test('a document that was opened before the connection’s code was there is told of', async () => {
  const { presence, startLive, reports } = newPresence()
  presence.enter(sheet, hr)
  const live = startLive?.(deps)
  await eventually(() => expect(docs(reports)).toEqual([[sheet, 'hr']]))
  live?.stop()
  await eventually(() => expect(docs(reports).at(-1)).toEqual([null, 'hr']))
})

test('another writer at the same tablet takes over, and nobody has left in between', async () => {
  const { presence, startLive, reports } = newPresence()
  const leave = presence.enter(sheet, hr)
  startLive?.(deps)
  await eventually(() => expect(reports).toHaveLength(1))
  leave()
  const leaveNext = presence.enter(sheet, { label: 'IKT-leiar', role: 'it' })
  await eventually(() => expect(reports).toHaveLength(2))
  leaveNext()
  await eventually(() => expect(reports).toHaveLength(3))
  expect(docs(reports)).toEqual([
    [sheet, 'hr'],
    [sheet, 'it'],
    [null, 'it'],
  ])
})

test('a browser without locks has no live connection, and its pages work', () => {
  const { presence, startLive } = newPresence(null)
  expect(startLive).toBeNull()
  presence.enter(sheet, hr)()
  expect(presence.present.value).toEqual({})
})

test('nothing is begun before home has come, unless a sheet is opened', async () => {
  let asked = 0
  const locks = { request: () => new Promise(() => void asked++) } as never
  const { startLive, clock } = newPresence(locks)
  startLive?.(deps)
  clock.advance(settleMs - 1)
  await new Promise((resolve) => setTimeout(resolve))
  expect(asked).toBe(0)
  clock.advance(1)
  await eventually(() => expect(asked).toBe(1))
  const other = newPresence(locks)
  other.startLive?.(deps)
  other.presence.enter(sheet, hr)
  await eventually(() => expect(asked).toBe(2))
  other.clock.advance(settleMs)
  await eventually(() => expect(other.reports).not.toEqual([]))
  expect(asked).toBe(2)
})

test('one that is stopped before its code is there begins nothing', async () => {
  const { presence, startLive, reports } = newPresence()
  presence.enter(sheet, hr)
  startLive?.(deps).stop()
  startLive?.(deps)
  await eventually(() => expect(reports).toHaveLength(1))
  expect(docs(reports)).toEqual([[sheet, 'hr']])
})
