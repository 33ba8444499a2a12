import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueItems } from '../../../src/shared/domain/due.ts'
import { type Journey, packJourney } from '../../../src/shared/domain/journey.ts'
import { isGroupTask, type Line, type LineItem, makeLine } from '../../../src/shared/domain/line.ts'
import type { OutlineItem } from '../../../src/shared/domain/outline.ts'
import type { CohortStop } from '../../../src/shared/domain/person.ts'
import { film, groupTask, item, outlineOf } from './sample-outline.ts'

const dates = (stop: string, starts: string, ends: string | null): CohortStop => ({
  stop,
  starts,
  ends,
  place: null,
  drawing: null,
})
const stops = [
  dates('start', '2026-11-09', '2026-11-09'),
  dates('pre', '2026-11-10', null),
  dates('g1', '2026-12-09', '2026-12-10'),
  dates('mid', '2026-12-11', null),
  dates('g2', '2027-02-03', '2027-02-04'),
  dates('end', '2027-03-11', '2027-03-11'),
]
const days = ['2026-11-01', '2026-12-01', '2026-12-09', '2026-12-12', '2027-02-10', '2027-04-01']

const lineOf = (
  items: OutlineItem[],
  more: { today?: string; begun?: string[]; done?: string[]; stops?: CohortStop[] } = {},
): Line =>
  makeLine({
    outline: outlineOf(items),
    stops: more.stops ?? stops,
    audience: 'leiargruppe',
    progress: Object.fromEntries((more.done ?? []).map((id) => [id, { furthest: 1, done: true }])),
    written: new Set(more.begun),
    today: more.today ?? '2026-12-01',
  })
const ids = (items: readonly LineItem[]): string[] => items.map(({ item: { id } }) => id)
const packed = (line: Line, minutes: number, withGroup = false): string[] =>
  ids(packJourney({ line, minutes, withGroup }).items)
const leftOf = ({ left }: Journey): string[] =>
  left.map(({ entry, reason }) => `${entry.item.id}: ${reason}`)

describe('packing a journey', () => {
  it('takes what is due before deepening, in the order of travel, and says what is left of the time', () => {
    const line = lineOf([
      item('deep', { depth: 'fordjuping', minutes: 5 }),
      film('film', 9),
      item('article', { minutes: 12 }),
      film('podcast', 21),
    ])
    const journey = packJourney({ line, minutes: 45, withGroup: false })
    expect(ids(journey.items)).toEqual(['film', 'article', 'podcast'])
    expect(journey).toMatchObject({ used: 42, spare: 3 })
    expect(leftOf(journey)).toEqual(['deep: no-room'])
    expect(packed(line, 47)).toEqual(['film', 'article', 'podcast', 'deep'])
  })

  it('takes what is begun first, with the minutes that are left of it', () => {
    const line = makeLine({
      outline: outlineOf([film('a', 10), film('b', 20), film('c', 10)]),
      stops,
      audience: 'leiargruppe',
      progress: { b: { furthest: 15 * 60, done: false } },
      today: '2026-12-01',
    })
    const journey = packJourney({ line, minutes: 16, withGroup: false })
    expect(ids(journey.items)).toEqual(['b', 'a'])
    expect(journey).toMatchObject({ used: 15, spare: 1 })
  })

  it('puts what is begun before its like alone: nothing begun overtakes something more urgent', () => {
    const line = lineOf(
      [film('due', 10), item('deep', { depth: 'fordjuping' }), item('mid', { stop: 'mid' })],
      { today: '2026-12-01', begun: ['deep', 'mid'] },
    )
    expect(packed(line, 10)).toEqual(['due'])
  })

  it('leaves nothing urgent at home to fill the time with something that is less so', () => {
    const line = lineOf([film('long', 40), film('a', 21), film('b', 12), film('c', 9)])
    expect(packed(line, 45)).toEqual(['long'])
    expect(packed(line, 42)).toEqual(['long'])
    expect(packed(line, 39)).toEqual(['a', 'b'])
  })

  it('goes past what is too long to the next that fits, and cuts nothing in half', () => {
    const line = lineOf([film('a', 20), film('long', 50), film('c', 9)])
    const journey = packJourney({ line, minutes: 30, withGroup: false })
    expect(ids(journey.items)).toEqual(['a', 'c'])
    expect(leftOf(journey)).toEqual(['long: no-room'])
  })

  it('leaves the group task to the group, and takes it when the group travels', () => {
    const line = lineOf([groupTask('together', 'pre'), film('film', 9)])
    const alone = packJourney({ line, minutes: 300, withGroup: false })
    expect(ids(alone.items)).toEqual(['film'])
    expect(alone.left).toMatchObject([{ reason: 'together', due: true, opens: null }])
    expect(packed(line, 300, true)).toEqual(['together', 'film'])
  })

  it('says when the rest opens, and forgets the sheets of a gathering that is over', () => {
    const items = [groupTask('sheet', 'g1'), film('between', 9, { stop: 'mid' })]
    const before = packJourney({ line: lineOf(items), minutes: 300, withGroup: false })
    expect(before.left).toMatchObject([
      { entry: { item: { id: 'sheet' } }, reason: 'later', opens: '2026-12-09', due: false },
      { entry: { item: { id: 'between' } }, reason: 'later', opens: '2026-12-11', due: false },
    ])
    const line = lineOf(items, { today: '2026-12-12' })
    const after = packJourney({ line, minutes: 300, withGroup: true })
    expect(ids(after.items)).toEqual(['between'])
    expect(after.left).toEqual([])
  })

  it('leaves what lies inside the hours of a gathering to the gathering', () => {
    const line = lineOf([item('there', { stop: 'g1' }), film('film', 9)], { today: '2026-12-09' })
    expect(leftOf(packJourney({ line, minutes: 300, withGroup: false }))).toEqual([
      'there: together',
    ])
  })

  it('has nothing to take when all is done, and nothing for no time', () => {
    const all = lineOf([film('film', 9)], { done: ['film'] })
    expect(packJourney({ line: all, minutes: 60, withGroup: false })).toEqual({
      items: [],
      used: 0,
      spare: 60,
      left: [],
    })
    for (const minutes of [0, -5, Number.NaN]) {
      expect(packed(lineOf([film('film', 9)]), minutes)).toEqual([])
    }
  })

  it('packs the films of a politician before the meeting', () => {
    const line = makeLine({
      outline: outlineOf([]),
      stops: [dates('folkevalde', '2027-01-28', null)],
      audience: 'folkevalde',
      progress: { f1: { furthest: 600, done: false } },
      today: '2026-12-01',
    })
    expect(packed(line, 30)).toEqual(['f1', 'f2'])
    expect(packed(line, 29)).toEqual(['f1'])
  })
})

describe('what is due before people next meet', () => {
  it('is what a journey of just so many minutes takes', () => {
    fc.assert(
      fc.property(anyLine, fc.boolean(), (line, withGroup) => {
        const due = dueItems(line, withGroup)
        const minutes = due.reduce((sum, { left }) => sum + left, 0)
        expect(new Set(packed(line, minutes, withGroup))).toEqual(new Set(ids(due)))
      }),
    )
  })

  it('is nothing without dates', () => {
    expect(dueItems(lineOf([film('film', 9)], { stops: [] }), true)).toEqual([])
  })
})

// ── For any line

const anyItem = fc.record({
  stop: fc.constantFrom('start', 'pre', 'pre', 'g1', 'mid', 'g2', 'end'),
  depth: fc.constantFrom('required' as const, 'required' as const, 'fordjuping' as const),
  minutes: fc.integer({ min: 1, max: 60 }),
  kind: fc.constantFrom('film', 'article', 'group'),
  progress: fc.constantFrom('none', 'none', 'begun', 'done'),
  seen: fc.integer({ min: 1, max: 99 }),
})

const anyLine = fc
  .record({
    drawn: fc.array(anyItem, { maxLength: 9 }),
    today: fc.constantFrom(...days),
    dated: fc.constantFrom(true, true, true, false),
  })
  .map(({ drawn, today, dated }) => {
    const items = drawn.map(({ stop, depth, minutes, kind }, index) =>
      kind === 'film'
        ? film(`i${index}`, minutes, { stop, depth })
        : kind === 'group'
          ? { ...groupTask(`i${index}`, stop), depth, minutes }
          : item(`i${index}`, { stop, depth, minutes }),
    )
    const progress = drawn.flatMap((one, index) =>
      one.progress === 'none'
        ? []
        : [
            [
              `i${index}`,
              {
                furthest: (one.minutes * 60 * one.seen) / 100,
                done: one.progress === 'done',
              },
            ] as const,
          ],
    )
    return makeLine({
      outline: outlineOf(items),
      stops: dated ? stops : [],
      audience: 'leiargruppe',
      progress: Object.fromEntries(progress),
      today,
    })
  })
const anyMinutes = fc.integer({ min: 0, max: 400 })
const journeys = { line: anyLine, minutes: anyMinutes, withGroup: fc.boolean() }
const sum = (items: readonly LineItem[]): number => items.reduce((all, { left }) => all + left, 0)

/** How urgent an item is, told from the line alone: 0 is the most. */
const rank = (line: Line, { item: one, begun }: LineItem): number => {
  const at = line.stops.findIndex(({ items }) => items.some(({ item: { id } }) => id === one.id))
  const isDue = one.depth === 'required' && at < (line.ahead?.stop ?? 0)
  const place = isDue ? 0 : one.depth === 'required' ? 1 : 2
  const travel = line.stops
    .flatMap(({ items }) => items)
    .findIndex(({ item: { id } }) => id === one.id)
  return place * 2000 + (begun ? 0 : 1000) + travel
}

describe('any journey', () => {
  const always = (
    holds: (journey: Journey, input: { line: Line; minutes: number; withGroup: boolean }) => void,
  ): void => {
    fc.assert(
      fc.property(fc.record(journeys), (input) => holds(packJourney(input), input)),
      {
        numRuns: 400,
      },
    )
  }

  it('fits in the time', () => {
    always((journey, { minutes }) => {
      expect(journey.used).toBe(sum(journey.items))
      expect(journey.used + journey.spare).toBe(minutes)
      expect(journey.spare).toBeGreaterThanOrEqual(0)
    })
  })

  it('takes or leaves each item once and whole, with all the minutes it has left', () => {
    always((journey, { line }) => {
      const all = line.stops
        .filter(({ kind, state }) => kind === 'own' || state !== 'done')
        .flatMap(({ items }) => items.filter(({ state }) => state !== 'done'))
      const met = [...journey.items, ...journey.left.map(({ entry }) => entry)]
      expect(met).toHaveLength(all.length)
      expect(new Set(met)).toEqual(new Set(all))
    })
  })

  it('is in the order of urgency, and so is what is left', () => {
    always((journey, { line }) => {
      for (const list of [journey.items, journey.left.map(({ entry }) => entry)]) {
        const ranks = list.map((one) => rank(line, one))
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
      }
    })
  })

  it('is the best of all sets that fit, the more urgent first: tried against every one of them', () => {
    always((journey, { line, minutes }) => {
      const could = [
        ...journey.items,
        ...journey.left.flatMap(({ entry, reason }) => (reason === 'no-room' ? [entry] : [])),
      ].toSorted((a, b) => rank(line, a) - rank(line, b))
      let best = -1
      for (let set = 0; set < 2 ** could.length; set++) {
        // The most urgent item is the highest bit.
        const chosen = could.filter((_, index) => set & (1 << (could.length - 1 - index)))
        if (sum(chosen) <= minutes) best = Math.max(best, set)
      }
      const taken = could.reduce((bits, one) => bits * 2 + (journey.items.includes(one) ? 1 : 0), 0)
      expect(taken).toBe(best)
    })
  })

  it('takes nothing that the group does together unless the group travels, and nothing that is not open', () => {
    always((journey, { line, withGroup }) => {
      const taken = new Set(journey.items)
      for (const stop of line.stops) {
        for (const entry of stop.items) {
          if (stop.opens !== null) expect(taken.has(entry)).toBe(false)
          if (!withGroup && (isGroupTask(entry.item) || stop.kind !== 'own')) {
            expect(taken.has(entry)).toBe(false)
          }
        }
      }
      for (const { reason, opens } of journey.left) expect(reason === 'later').toBe(opens !== null)
    })
  })

  it('is the same for the same line, and leaves the line as it was', () => {
    always((journey, input) => {
      const before = structuredClone(input)
      expect(packJourney(input)).toEqual(journey)
      expect(input).toEqual(before)
    })
  })

  it('keeps what a shorter one took wherever that fits beside the rest', () => {
    always((shorter, input) => {
      for (const more of [1, 7, 30, 120]) {
        const longer = packJourney({ ...input, minutes: input.minutes + more })
        for (const dropped of shorter.items.filter((one) => !longer.items.includes(one))) {
          expect(dropped.left).toBeGreaterThan(longer.spare)
        }
      }
    })
  })
})
