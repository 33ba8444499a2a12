import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitsLimits,
  type Groupable,
  type GroupWishes,
  type ProposedGroup,
  proposeGroups,
  usualWishes,
} from '../../../src/shared/domain/group-proposal.ts'
import { type ServiceArea, serviceAreas } from '../../../src/shared/domain/service-area.ts'

type Size = 'S' | 'M' | 'L'
const sizeOf = (municipality: number): Size => (['S', 'M', 'L'] as const)[municipality % 3] ?? 'S'

/** So many people of one area, from municipalities of their own. */
const people = (serviceArea: ServiceArea | null, size: Size | null, count: number): Groupable[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${serviceArea}-${size}-${String(index).padStart(2, '0')}`,
    serviceArea,
    municipality: `${serviceArea}-${size}-${index}`,
    size,
  }))
const countsOf = (groups: readonly ProposedGroup[]): number[] =>
  groups.map((group) => group.people.length)
const shapeOf = (groups: readonly ProposedGroup[]): string[] =>
  groups.map(({ areas, sizes, people: ids }) => `${areas} ${sizes.join('')} ${ids.length}`)

const somebody: fc.Arbitrary<Omit<Groupable, 'id'>> = fc
  .record({
    serviceArea: fc.option(fc.constantFrom(...serviceAreas), { freq: 8 }),
    place: fc.option(fc.integer({ min: 0, max: 14 }), { freq: 12 }),
  })
  .map(({ serviceArea, place }) => ({
    serviceArea,
    municipality: place === null ? null : String(place),
    size: place === null ? null : sizeOf(place),
  }))
const anybody = fc
  .array(somebody, { maxLength: 60 })
  .map((all) => all.map((one, index) => ({ id: `p${index}`, ...one })))
const anyWishes: fc.Arbitrary<GroupWishes> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.nat(4), fc.nat(4))
  .map(([min, a, b]) => ({ min, wanted: min + a, max: min + a + b }))

const placesOf = (all: readonly Groupable[]) => {
  const byId = new Map(all.map((person) => [person.id, person]))
  return (group: ProposedGroup): Groupable[] => group.people.flatMap((id) => byId.get(id) ?? [])
}

describe('proposing groups', () => {
  it('seats people by service area, and municipalities of one size together', () => {
    const groups = proposeGroups([
      ...people('teknisk', 'S', 6),
      ...people('teknisk', 'L', 6),
      ...people('kultur', 'M', 5),
    ])
    expect(shapeOf(groups)).toEqual(['kultur M 5', 'teknisk S 6', 'teknisk L 6'])
  })

  it('gives the odd one to the group where the cut then falls between two sizes', () => {
    expect(
      shapeOf(proposeGroups([...people('kultur', 'S', 6), ...people('kultur', 'M', 7)])),
    ).toEqual(['kultur S 6', 'kultur M 7'])
    expect(
      shapeOf(proposeGroups([...people('kultur', 'S', 7), ...people('kultur', 'M', 6)])),
    ).toEqual(['kultur S 7', 'kultur M 6'])
  })

  it('joins too few of a size with the size beside it, before any other area', () => {
    const groups = proposeGroups([
      ...people('kultur', 'S', 2),
      ...people('kultur', 'M', 4),
      ...people('kultur', 'L', 6),
      ...people('samfunnsutvikling', 'S', 6),
    ])
    expect(shapeOf(groups)).toEqual(['kultur SM 6', 'kultur L 6', 'samfunnsutvikling S 6'])
  })

  it('joins too few of an area with the next area, and the last with the one before', () => {
    expect(
      shapeOf(
        proposeGroups([...people('kultur', 'S', 2), ...people('samfunnsutvikling', 'S', 10)]),
      ),
    ).toEqual(['kultur,samfunnsutvikling S 6', 'kultur,samfunnsutvikling S 6'])
    expect(
      shapeOf(proposeGroups([...people('teknisk', 'S', 4), ...people('stab-og-stotte', 'S', 1)])),
    ).toEqual(['teknisk,stab-og-stotte S 5'])
  })

  it('spreads the people of a municipality', () => {
    const from = (municipality: string, count: number): Groupable[] =>
      people('oppvekst', 'L', count).map((one) => ({
        ...one,
        id: `${municipality}-${one.id}`,
        municipality,
      }))
    const all = [
      ...from('Bergen', 7),
      ...from('Alver', 2),
      ...from('Askøy', 2),
      ...from('Øygarden', 1),
    ]
    const of = placesOf(all)
    const groups = proposeGroups(all)
    expect(countsOf(groups)).toEqual([6, 6])
    const bergen = groups.map((g) => of(g).filter((p) => p.municipality === 'Bergen').length)
    expect(bergen.sort()).toEqual([3, 4])
    for (const group of groups)
      expect(of(group).filter((p) => p.municipality === 'Alver')).toHaveLength(1)
  })

  it('puts those without an area where there is room, by their size', () => {
    const groups = proposeGroups([
      ...people('oppvekst', 'S', 7),
      ...people('teknisk', 'M', 7),
      ...people(null, 'M', 1),
      ...people(null, null, 1),
    ])
    expect(shapeOf(groups)).toEqual(['oppvekst S 8', 'teknisk M 8'])
    expect(groups[1]?.people).toContain('null-M-00')
  })

  it('puts those without an area away from their own municipality', () => {
    const [guest] = people(null, 'M', 1)
    const [neighbour] = people('teknisk', 'M', 6)
    if (!guest || !neighbour) throw new Error('nobody')
    const groups = proposeGroups([
      ...people('oppvekst', 'S', 7),
      ...people('teknisk', 'M', 6),
      { ...guest, municipality: neighbour.municipality },
    ])
    expect(shapeOf(groups)).toEqual(['oppvekst SM 8', 'teknisk M 6'])
  })

  it('makes groups by size alone as long as nobody has an area', () => {
    expect(shapeOf(proposeGroups([...people(null, 'S', 6), ...people(null, 'L', 6)]))).toEqual([
      ' S 6',
      ' L 6',
    ])
  })

  it('opens a further group rather than one that is too large', () => {
    expect(countsOf(proposeGroups([...people('kultur', 'S', 8), ...people(null, 'S', 1)]))).toEqual(
      [5, 4],
    )
  })

  it('keeps narrow limits: one without an area goes where a further group can be filled', () => {
    const narrow = { min: 5, wanted: 6, max: 6 }
    const groups = proposeGroups(
      [...people('oppvekst', 'S', 6), ...people('teknisk', 'S', 24), ...people(null, 'S', 1)],
      narrow,
    )
    expect(shapeOf(groups).slice(0, 2)).toEqual(['oppvekst S 6', 'teknisk S 5'])
    expect(countsOf(groups)).toEqual([6, 5, 5, 5, 5, 5])
    const mixed = proposeGroups(
      [...people('oppvekst', 'S', 6), ...people('teknisk', 'S', 6), ...people(null, 'S', 3)],
      narrow,
    )
    expect(countsOf(mixed)).toEqual([5, 5, 5])
  })

  it('makes no group of nobody, and one of fewer than wanted', () => {
    expect(proposeGroups([])).toEqual([])
    expect(countsOf(proposeGroups(people('kultur', 'S', 3)))).toEqual([3])
  })

  it('seats everybody exactly once, within the limits wherever so many people can be', () => {
    fc.assert(
      fc.property(anybody, anyWishes, (all, wishes) => {
        const groups = proposeGroups(all, wishes)
        const seated = groups.flatMap((group) => group.people)
        expect(seated.sort()).toEqual(all.map(({ id }) => id).sort())
        expect(groups.every((group) => group.people.length > 0)).toBe(true)
        if (!fitsLimits(all.length, wishes)) return
        for (const count of countsOf(groups)) {
          expect(count).toBeGreaterThanOrEqual(wishes.min)
          expect(count).toBeLessThanOrEqual(wishes.max)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('answers the same in whatever order people come', () => {
    fc.assert(
      fc.property(
        anybody.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          expect(proposeGroups(shuffled)).toEqual(proposeGroups(all))
        },
      ),
    )
  })

  it('makes the groups of an area alike, by one person at most', () => {
    fc.assert(
      fc.property(anybody, (all) => {
        // Whoever has no size is a guest wherever there is room, perhaps in another area's group.
        const hosts = all.filter(({ size }) => size !== null)
        const areaById = new Map(hosts.map(({ id, serviceArea }) => [id, serviceArea]))
        const groups = proposeGroups(all)
        for (const area of serviceAreas) {
          const counts = countsOf(
            groups.filter(({ people: ids }) => ids.some((id) => areaById.get(id) === area)),
          )
          if (counts.length > 0)
            expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('seats no more of a municipality together than must be, where one size fills the area', () => {
    const oneSize = fc
      .array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 50 })
      .map((places) =>
        places.map(
          (place, index): Groupable => ({
            id: `p${index}`,
            serviceArea: 'teknisk',
            municipality: String(place),
            size: 'M',
          }),
        ),
      )
    fc.assert(
      fc.property(oneSize, (all) => {
        const groups = proposeGroups(all)
        const of = placesOf(all)
        for (const municipality of new Set(all.map((one) => one.municipality))) {
          const count = all.filter((one) => one.municipality === municipality).length
          for (const group of groups) {
            const here = of(group).filter((one) => one.municipality === municipality)
            expect(here.length).toBeLessThanOrEqual(Math.ceil(count / groups.length))
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  it('cuts one line by size: no group comes back to a size that one before has left', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 4, maxLength: 50 }),
        (places) => {
          const all = places.map(
            (place, index): Groupable => ({
              id: `p${index}`,
              serviceArea: 'teknisk',
              municipality: String(place),
              size: sizeOf(place),
            }),
          )
          const order = proposeGroups(all).flatMap(({ sizes }) => sizes)
          // A line that is cut: sizes never go back.
          const indices = order.map((size) => 'SML'.indexOf(size))
          expect(indices).toEqual([...indices].sort())
        },
      ),
    )
  })

  it('leaves the groups of other areas as they are when somebody comes', () => {
    const enough = fc
      .tuple(
        fc.integer({ min: 4, max: 20 }),
        fc.integer({ min: 4, max: 20 }),
        fc.constantFrom<Size>('S', 'M', 'L'),
      )
      .map(([a, b, size]) => ({
        before: [...people('oppvekst', size, a), ...people('teknisk', size, b)],
        newcomer: { ...people('oppvekst', 'S', 1)[0], id: 'ny' } as Groupable,
      }))
    fc.assert(
      fc.property(enough, ({ before, newcomer }) => {
        const teknisk = (groups: ProposedGroup[]) =>
          groups.filter(({ areas }) => areas.includes('teknisk'))
        expect(teknisk(proposeGroups([...before, newcomer]))).toEqual(
          teknisk(proposeGroups(before)),
        )
      }),
    )
  })
})

describe('proposing groups where there are some already', () => {
  const before = [...people('oppvekst', 'S', 12), ...people('teknisk', 'M', 6)]
  const earlier = proposeGroups(before).map((group) => group.people)

  it('moves nobody: a newcomer sits with their area where there is room', () => {
    const newcomer: Groupable = {
      id: 'ny',
      serviceArea: 'teknisk',
      municipality: 'ny',
      size: 'L',
    }
    const groups = proposeGroups([newcomer, ...before], usualWishes, earlier)
    expect(groups.map((group) => group.people)).toEqual([
      ...earlier.slice(0, 2),
      [...(earlier[2] ?? []), 'ny'].sort(),
    ])
  })

  it('proposes anew when a group has become too small, or nobody has room', () => {
    const gone = new Set(earlier[2]?.slice(0, 3))
    const left = before.filter(({ id }) => !gone.has(id))
    expect(proposeGroups(left, usualWishes, earlier)).toEqual(proposeGroups(left))
    const many = [...before, ...people('kultur', 'S', 8)]
    expect(proposeGroups(many, usualWishes, earlier)).toEqual(proposeGroups(many))
  })

  it('moves nobody for whoever leaves, while there are enough', () => {
    const left = before.filter(({ id }) => id !== earlier[0]?.[0])
    const groups = proposeGroups(left, usualWishes, earlier)
    expect(groups.map((group) => group.people)).toEqual([earlier[0]?.slice(1), ...earlier.slice(1)])
  })

  it('seats everybody exactly once, whatever the groups were', () => {
    fc.assert(
      fc.property(anybody, fc.array(fc.array(fc.nat(70), { maxLength: 9 })), (all, was) => {
        const groups = proposeGroups(
          all,
          usualWishes,
          was.map((group) => group.map((n) => `p${n}`)),
        )
        expect(groups.flatMap((group) => group.people).sort()).toEqual(
          all.map(({ id }) => id).sort(),
        )
      }),
    )
  })
})
