import * as v from 'valibot'
import { expect, test } from 'vitest'
import { certificateStandingSchema } from '../../../src/shared/domain/certificate.ts'
import {
  certificateStanding,
  hoursOf,
  type StandingInput,
} from '../../../src/shared/domain/certificate-standing.ts'
import type { OutlineItem } from '../../../src/shared/domain/outline.ts'
import type { CertificateRule } from '../../../src/shared/domain/programme.ts'
import { item, outlineOf, text } from './sample-outline.ts'

const rule: CertificateRule = { requiredShare: 0.8, passed: ['g1', 'g2'] }
const ability = (id: string) =>
  ({ id, area: 'a', kind: 'evne', title: text(id), text: text(id) }) as const

const items = [
  item('a', { minutes: 40, abilities: ['smidig'] }),
  item('b', { minutes: 40, stop: 'mid', abilities: ['datadrive'] }),
  item('c', { minutes: 20, stop: 'g1' }), // inside the gathering's hours
  item('deep', { minutes: 500, depth: 'fordjuping' }),
  item('hr', { minutes: 500, audiences: ['hr'] }),
]
const held = [
  { stop: 'g1', starts: '2026-11-04', ends: '2026-11-05' },
  { stop: 'g2', starts: '2026-12-02', ends: null },
]
const standing = (
  done: readonly string[],
  more: Partial<StandingInput> = {},
  { its = items, of = rule as CertificateRule | null } = {},
) => {
  const outline = outlineOf(its as OutlineItem[])
  outline.framework.abilities = [ability('datadrive'), ability('smidig'), ability('anna')]
  const result = certificateStanding({
    outline: { ...outline, ...(of && { certificate: of }) },
    progress: Object.fromEntries(done.map((id) => [id, { done: true }])),
    audience: 'leiargruppe',
    stops: held,
    today: '2026-12-03',
    ...more,
  })
  return result && v.parse(certificateStandingSchema, result)
}

test('four fifths of the required minutes are enough, and a minute less is not', () => {
  expect(standing(['a', 'b'])).toMatchObject({
    met: true,
    doneMinutes: 80,
    requiredMinutes: 100,
    missingMinutes: 0,
  })
  const its = items.map((one) => (one.id === 'b' ? { ...one, minutes: 39 } : one))
  const more = [...its, item('d', { minutes: 1 })]
  expect(standing(['a', 'b'], {}, { its: more })).toMatchObject({ met: false, missingMinutes: 1 })
  expect(standing(['a', 'b', 'd'], {}, { its: more })?.met).toBe(true)
})

test('neither deepening nor what others are to do counts, done or not', () => {
  expect(standing(['a', 'deep', 'hr'])).toMatchObject({ met: false, doneMinutes: 40 })
  expect(standing(['a', 'b', 'c'])?.requiredMinutes).toBe(100)
  const both = standing(['a', 'b', 'c'], { moreAudiences: ['hr'] })
  expect(both).toMatchObject({ met: false, requiredMinutes: 600 })
})

test('what is marked as not done, and items that are gone, count for nothing', () => {
  const progress = { a: { done: true }, b: { done: false }, gone: { done: true } }
  expect(standing([], { progress })).toMatchObject({ doneMinutes: 40, met: false })
})

test('a gathering is over the day after its last day', () => {
  const on = (today: string) => standing(['a', 'b'], { today })?.missingStops.map(({ id }) => id)
  expect(on('2026-11-05')).toEqual(['g1', 'g2'])
  expect(on('2026-11-06')).toEqual(['g2'])
  expect(on('2026-12-02')).toEqual(['g2'])
  expect(on('2026-12-03')).toEqual([])
  expect(standing(['a', 'b'], { today: '2026-12-02' })?.met).toBe(false)
})

test('one that has no day, or was cancelled, was not held', () => {
  const [g1, g2] = held
  for (const stops of [[g1], [g1, { ...g2, starts: null }], [g1, { ...g2, cancelled: true }]]) {
    const of = standing(['a', 'b'], { stops: stops as StandingInput['stops'] })
    expect(of).toMatchObject({ met: false, missingStops: [{ id: 'g2' }], gatheringMinutes: 450 })
  }
})

test('hours are own time that is done and gatherings that were held; items inside them add nothing', () => {
  const of = standing(['a', 'b', 'c'])
  expect(of).toMatchObject({ doneMinutes: 100, ownMinutes: 80, gatheringMinutes: 900 })
  const withHome = [...held, { stop: 'start', starts: '2026-10-20', ends: '2026-10-20' }]
  expect(standing(['a', 'b', 'c'], { stops: withHome })?.gatheringMinutes).toBe(960)
})

test('a module stands when its share is done, an ability when a done item trains it', () => {
  const of = standing(['a', 'b'])
  expect(of?.modules.map(({ id }) => id)).toEqual(['m'])
  expect(of?.abilities.map(({ id }) => id)).toEqual(['datadrive', 'smidig'])
  const half = standing(['a'])
  expect(half?.modules).toEqual([])
  expect(half?.abilities.map(({ id }) => id)).toEqual(['smidig'])
})

test('politicians have their track, and no gathering of the line', () => {
  const of = (done: string[], audience = 'folkevalde') => standing(done, { audience })
  expect(of(['f1', 'f2'])).toMatchObject({
    met: true,
    requiredMinutes: 40,
    ownMinutes: 40,
    gatheringMinutes: 0,
    missingStops: [],
    modules: [{ id: 'folkevalde' }],
  })
  expect(of(['f1'])).toMatchObject({ met: false, missingMinutes: 12 })
  expect(of(['a', 'b', 'c'])?.doneMinutes).toBe(0)
})

test('who meets nothing, and a programme without a rule, has no certificate', () => {
  expect(standing([], {}, { its: [] })).toMatchObject({ met: false, requiredMinutes: 0 })
  expect(standing(['a', 'b'], {}, { of: null })).toBeNull()
})

test('hours are never rounded up', () => {
  expect([0, 29, 30, 59, 60, 1979, 1980].map(hoursOf)).toEqual([0, 0, 0.5, 0.5, 1, 32.5, 33])
})
