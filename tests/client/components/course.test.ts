import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  acrossStanding,
  course,
  islands,
  spread,
} from '../../../src/client/components/chart/course.ts'
import { acrossAt } from '../../../src/client/components/chart/lane.ts'
import { seedOf } from '../../../src/client/components/chart/noise.ts'
import { bayAt, shore, water } from '../../../src/client/components/chart/shore.ts'

const half = 28

describe('the ferry', () => {
  it('never covers a stop, however short the leg and whatever the share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 400 }),
        fc.integer({ min: -40, max: 40 }),
        fc.integer({ min: 6, max: 13 }),
        fc.integer({ min: 6, max: 13 }),
        fc.double({ min: 0.25, max: 0.75, noNaN: true }),
        (length, across, r1, r2, share) => {
          const from = { a: 0, c: 60, r: r1 }
          const to = { a: length, c: 60 + across, r: r2 }
          const { ferry } = course([from, to], { after: 0, share }, { full: 0.95, travelled: 0 })
          if (!ferry) throw new Error('no ferry')
          const reach = half * ferry.scale
          const bow = Math.hypot(to.a - ferry.at.a, to.c - ferry.at.c) - reach - r2
          const stern = Math.hypot(ferry.at.a - from.a, ferry.at.c - from.c) - reach - r1
          expect(Math.min(bow, stern)).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  it('lies before the first stop until that is passed', () => {
    const { ferry, done } = course(
      [
        { a: 100, c: 50, r: 20 },
        { a: 200, c: 60, r: 20 },
      ],
      { after: -1, share: 0.25 },
      { full: 1, travelled: 0 },
    )
    expect(ferry?.at.a).toBeLessThan(100 - 20 - half)
    expect(done).toEqual([])
  })

  it('has the whole lane behind it when it has arrived', () => {
    const points = [0, 200, 400].map((a) => ({ a, c: 50, r: 12 }))
    const way = course(points, { after: 1, share: 0.75, arrived: true }, { full: 1, travelled: 0 })
    expect(way.left).toEqual([])
    expect(way.done).toHaveLength(2)
  })
})

describe('stops along and across', () => {
  it('spreads a lying fjord by time from edge to edge, no leg under the least', () => {
    const x = spread([1, 4, 0, 9, 2], 74, 1158, 128)
    expect(x[0]).toBe(74)
    expect(x.at(-1)).toBeCloseTo(1158)
    const legs = x.slice(1).map((at, index) => at - (x[index] ?? 0))
    expect(Math.min(...legs)).toBeCloseTo(128)
    expect(Math.max(...legs)).toBe(legs[3])
  })

  it('shares a page that is too narrow for the least among all legs', () => {
    expect(spread([1, 1, 1], 0, 200, 128)).toEqual([0, 100, 200])
  })

  it('puts gatherings outermost and begins the rhythm again behind them', () => {
    const kinds = ['home', 'own', 'gathering', 'own', 'gathering', 'home'] as const
    const x = acrossStanding(kinds, -8, 100)
    expect(x[2]).toBe(x[4])
    expect(x[3]).toBe(x[5])
    expect(x[3]).toBeLessThan(50)
  })
})

describe('the coast', () => {
  it('is the same for the same programme, and another for another', () => {
    const draw = (id: string): string => {
      const seed = seedOf(id)
      const near = shore({ seed, base: 104 })
      const far = shore({ seed: seed + 50, base: -8 })
      return water({ from: 0, to: 200, near, far, lying: false })
    }
    expect(draw('vestland')).toBe(draw('vestland'))
    expect(draw('vestland')).not.toBe(draw('bergen'))
  })

  it('comes to the end of every quay', () => {
    for (const seed of [1, 7, 99, 4711]) {
      const plain = shore({ seed, base: 104 })
      const near = shore({ seed, base: 104, bays: [bayAt(plain, 300, 114, 62)] })
      expect(near(300)).toBeCloseTo(114)
    }
  })

  it('keeps islands off the lane and off the shores', () => {
    const points = [60, 160, 300, 520].map((a, index) => ({ a, c: index % 2 ? 40 : 66 }))
    for (const seed of [1, 7, 99, 4711]) {
      const near = shore({ seed, base: 104 })
      const far = shore({ seed: seed + 50, base: -8 })
      for (const { a, c, size } of islands(points, near, far, seed)) {
        expect(Math.abs(acrossAt(points, a) - c)).toBeGreaterThan(size + 8)
        expect(near(a) - c).toBeGreaterThan(size)
        expect(c - far(a)).toBeGreaterThan(size)
      }
    }
  })
})
