import { expect, test } from 'vitest'
import {
  fetchStopCalendar,
  noteSeen,
  readGatherings,
  seenKey,
  storedGatherings,
} from '../../../src/client/state/gatherings.ts'
import { gatheringsKey } from '../../../src/client/state/keep-gatherings.ts'
import type { Gathering } from '../../../src/shared/domain/gathering.ts'

const gathering = { stop: 'samling-1', sequence: 3 } as Gathering
const answer = { gatherings: [] }
const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

const setUp = () => {
  const kept = new Map<string, string>()
  const world = { answer: (): Response => json(answer), now: 1000, isFull: false }
  const deps = {
    fetch: (async () => world.answer()) as unknown as typeof fetch,
    principal: 'deltakar',
    storage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (world.isFull) throw new DOMException('full', 'QuotaExceededError')
        kept.set(key, value)
      },
      removeItem: (key: string) => void kept.delete(key),
    },
    now: { peek: () => world.now },
  }
  return { kept, world, deps }
}

test('what is said of the gatherings comes from the server, and without it as it was then', async () => {
  const { world, deps } = setUp()
  expect(storedGatherings(deps)).toEqual({ kind: 'none' })
  expect(await readGatherings(deps)).toEqual({ kind: 'fresh', ...answer, at: 1000 })
  world.now = 9000
  for (const broken of [
    (): Response => {
      throw new TypeError('no network')
    },
    () => new Response('<html>portal</html>'),
    () => json({ gatherings: [{ stop: 'av ei anna utgåve' }] }),
    () => json({ code: 'not-signed-in' }, 401),
  ]) {
    world.answer = broken
    expect(await readGatherings(deps)).toEqual({ kind: 'stored', ...answer, at: 1000 })
  }
})

test('what is stored and cannot be read is nothing, and a full device still shows what came', async () => {
  const { kept, world, deps } = setUp()
  kept.set(gatheringsKey('deltakar'), '{"at":1}')
  expect(storedGatherings(deps)).toEqual({ kind: 'none' })
  world.isFull = true
  expect(await readGatherings(deps)).toMatchObject({ kind: 'fresh' })
})

test('a change is told to whoever has seen an earlier version, once', () => {
  const { kept, deps } = setUp()
  expect(noteSeen(deps, gathering)).toBe(false)
  expect(noteSeen(deps, gathering)).toBe(false)
  expect(noteSeen(deps, { ...gathering, sequence: 4 })).toBe(true)
  expect(noteSeen(deps, { ...gathering, sequence: 4 })).toBe(false)
  kept.set(seenKey('deltakar'), 'not JSON')
  expect(noteSeen(deps, { ...gathering, sequence: 5 })).toBe(false)
})

test('a calendar file that did not come is no file', async () => {
  const { world, deps } = setUp()
  world.answer = () => new Response('BEGIN:VCALENDAR')
  expect(await (await fetchStopCalendar(deps, 'samling-1', 'nn'))?.text()).toBe('BEGIN:VCALENDAR')
  world.answer = () => json({ code: 'not-found' }, 404)
  expect(await fetchStopCalendar(deps, 'samling-1', 'nn')).toBeNull()
  world.answer = () => {
    throw new TypeError('no network')
  }
  expect(await fetchStopCalendar(deps, 'samling-1', 'nn')).toBeNull()
})
