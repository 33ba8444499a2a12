import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crossingStops } from '../../../src/client/components/chart/crossing-stops.ts'

const legs = (...minutes: number[]) => minutes.map((one) => ({ minutes: one, label: `${one} min` }))

describe('the lane of a journey', () => {
  it('has a stop behind each item, spread by time, and the rest of the time before the quay', () => {
    const { stops, quays, labels } = crossingStops(legs(9, 12, 21), 3, 390)
    const [first, second, third] = stops.map(({ x }) => x)
    expect(stops).toHaveLength(3)
    expect(labels.map(({ text }) => text)).toEqual(['9 min', '12 min', '21 min'])
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan((first ?? 0) - quays[0])
    expect(quays[1] - (third ?? 0)).toBeLessThan((first ?? 0) - quays[0])
  })

  it('ends the last item at the quay when there is no time to spare', () => {
    expect(crossingStops(legs(20, 25), 0, 390).stops).toHaveLength(1)
    expect(crossingStops([], 45, 390)).toMatchObject({ stops: [], labels: [] })
    expect(crossingStops([], 0, 390).stops).toEqual([])
  })

  it('says the number alone where there is no room for its word', () => {
    const said = crossingStops(legs(3, 3, 3, 3, 3, 60), 0, 390).labels.map(({ text }) => text)
    expect(said).toEqual(['3', '3', '3', '3', '3', '60 min'])
  })

  it('says once what the figures are where no leg has room for it', () => {
    const said = (...of: number[]) =>
      crossingStops(legs(...of), 35, 390).labels.map(({ text }) => text)
    expect(said(2, 2, 2, 2, 2)).toEqual(['2', '2', '2', '2', '2 min'])
  })

  it('never lets two stops touch, nor two figures, however many there are', () => {
    const minutes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 25 })
    fc.assert(
      fc.property(minutes, fc.nat(200), fc.integer({ min: 320, max: 1280 }), (of, spare, width) => {
        const { quays, stops, labels } = crossingStops(legs(...of), spare, width)
        const all = [{ x: quays[0], r: 0 }, ...stops, { x: quays[1], r: 0 }]
        all.slice(1).forEach((stop, index) => {
          const before = all[index]
          if (!before) return
          expect(stop.x - before.x).toBeGreaterThan(stop.r + before.r)
        })
        const halves = labels.map(({ x, text }) => ({ x, half: text.length * 3.7 }))
        halves.slice(1).forEach(({ x, half }, index) => {
          const before = halves[index]
          if (before) expect(x - before.x).toBeGreaterThanOrEqual(half + before.half)
        })
      }),
    )
  })
})
