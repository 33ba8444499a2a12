import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fewestTold,
  type MunicipalityCount,
  toldOf,
  toldPersons,
} from '../../../src/shared/domain/readiness.ts'

const municipalities = fc
  .array(
    fc.record({
      size: fc.constantFrom('S', 'M', 'L', null),
      of: fc.integer({ min: 0, max: 12 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    list.map(
      ({ size, of, share }, index): MunicipalityCount => ({
        municipality: `k${index}`,
        size,
        of,
        ready: Math.round(of * share),
      }),
    ),
  )

test('nothing is told of fewer than five, and what is told may be two counts at least', () => {
  fc.assert(
    fc.property(municipalities, (all) => {
      const { byMunicipality, rest } = toldPersons(all)
      for (const { of, band } of [...byMunicipality.values(), ...rest]) {
        expect(of).toBeGreaterThanOrEqual(fewestTold)
        const counts = Array.from({ length: of + 1 }, (_, ready) => ready)
        const alike = counts.filter((ready) => toldOf(ready, of)?.band === band)
        expect(alike.length).toBeGreaterThanOrEqual(2)
      }
    }),
  )
})

test('from nobody to all, what is told changes once with five people, and twice with more', () => {
  for (let of = fewestTold; of <= 60; of++) {
    const bands = Array.from({ length: of + 1 }, (_, ready) => toldOf(ready, of)?.band)
    const changes = bands.filter((band, ready) => ready > 0 && band !== bands[ready - 1])
    expect([of, changes]).toEqual([of, of === 5 ? ['many'] : ['many', 'most']])
    expect(bands[0]).toBe('few')
  }
})

test('all and all but one look the same, and so do one and nobody', () => {
  for (const of of [5, 6, 7, 40]) {
    expect(toldOf(of, of)).toEqual(toldOf(of - 1, of))
    expect(toldOf(0, of)).toEqual(toldOf(1, of))
  }
  expect(toldOf(4, 4)).toBeNull()
})

test('the bands are: fewer than half, half or more, and all or all but one', () => {
  const bands = (of: number) =>
    Array.from({ length: of + 1 }, (_, ready) => toldOf(ready, of)?.band).join(' ')
  expect(bands(5)).toBe('few few few many many many')
  expect(bands(6)).toBe('few few few many many most most')
  expect(bands(7)).toBe('few few few few many many most most')
})

test('a municipality of five and more stands alone, and in no sum besides', () => {
  fc.assert(
    fc.property(municipalities, (all) => {
      const { byMunicipality, rest } = toldPersons(all)
      for (const { municipality, of } of all) expect(byMunicipality.has(municipality)).toBe(of >= 5)
      const small = all.filter(({ of }) => of < 5).reduce((sum, { of }) => sum + of, 0)
      expect(rest.reduce((sum, { of }) => sum + of, 0)).toBeLessThanOrEqual(small)
    }),
  )
})

test('small municipalities are summed by size class, and mixed where that is too few', () => {
  const small = (
    size: 'S' | 'M',
    of: number,
    ready: number,
    municipality: string,
  ): MunicipalityCount => ({ size, of, ready, municipality })
  expect(toldPersons([small('S', 3, 2, 'a'), small('S', 4, 1, 'b')]).rest).toEqual([
    { size: 'S', of: 7, band: 'few' },
  ])
  expect(toldPersons([small('S', 3, 3, 'a'), small('M', 3, 3, 'b')]).rest).toEqual([
    { size: null, of: 6, band: 'most' },
  ])
  expect(toldPersons([small('S', 2, 2, 'a')]).rest).toEqual([])
})
