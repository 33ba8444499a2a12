import { describe, expect, it } from 'vitest'
import {
  chosenIn,
  isSummed,
  isTimeToCount,
  type SummedField,
  sumOf,
} from '../../../src/server/sums/sum-rule.ts'
import type { Field } from '../../../src/shared/domain/field.ts'

const label = { nn: 'x', nb: 'x' }
const options = ['a', 'b', 'c'].map((id) => ({ id, label }))
const common = { id: 'val', sees: 'aggregate' as const, label }
const single: SummedField = { ...common, kind: 'single', options }
const multiple: SummedField = { ...common, kind: 'multiple', options }
const scale: SummedField = {
  ...common,
  kind: 'scale',
  scale: { min: 1, max: 5, low: label, high: label },
}
const people = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `p${from + index}`)

/** How many answer, from five, and how many of them choose each of three options. */
const waysToAnswer = function* (
  kind: SummedField['kind'],
  most: number,
): Generator<[number, [number, number, number]]> {
  for (let people = 5; people <= most; people++) {
    for (let a = 0; a <= people; a++) {
      for (let b = 0; b <= people; b++) {
        for (let c = 0; c <= people; c++) {
          const all = a + b + c
          if (kind === 'multiple' ? all >= people : all === people) yield [people, [a, b, c]]
        }
      }
    }
  }
}

/** Somebody's answer after the other: each has one at least. */
const answersOf = (people: number, counts: readonly number[]): string[][] => {
  const answers: string[][] = Array.from({ length: people }, () => [])
  let next = 0
  counts.forEach((count, at) => {
    for (let one = 0; one < count; one++) answers[next++ % people]?.push(options[at]?.id ?? '')
  })
  return answers
}

describe('which fields are summed', () => {
  it.each([
    [single, true],
    [multiple, true],
    [scale, true],
    [{ ...common, kind: 'longtext' }, false],
    [{ ...common, kind: 'text' }, false],
    [{ ...common, kind: 'ranking', options }, false],
    [{ ...single, sees: 'me' }, false],
    [{ ...single, sees: 'facilitator' }, false],
  ] as [Field, boolean][])('%o', (field, summed) => expect(isSummed(field)).toBe(summed))
})

describe('what counts as an answer', () => {
  it.each([
    [single, 'b', ['b']],
    [single, 'd', null],
    [single, ['b'], null],
    [single, null, null],
    [single, '', null],
    [single, undefined, null],
    [single, true, null],
    [multiple, ['a', 'c'], ['a', 'c']],
    [multiple, ['a', 'a', 'free text'], ['a']],
    [multiple, [], null],
    [multiple, 'a', null],
    [scale, 3, ['3']],
    [scale, '3', ['3']],
    [scale, 0, null],
    [scale, 6, null],
    [scale, 2.5, null],
  ] as const)('%o', (field, value, chosen) =>
    expect(chosenIn(field, value as never)).toEqual(chosen),
  )
})

describe('when it is counted', () => {
  it('is at five who answer', () => {
    expect(isTimeToCount(people(4), new Set())).toBe(false)
    expect(isTimeToCount(people(5), new Set())).toBe(true)
  })

  it('is again at five who were in no count before, whoever has gone', () => {
    const counted = new Set(people(7))
    expect(isTimeToCount(people(11), counted)).toBe(false)
    expect(isTimeToCount(people(12), counted)).toBe(true)
    // Three have gone and four have come: the difference would be about few.
    expect(isTimeToCount(people(8, 3), counted)).toBe(false)
    expect(isTimeToCount(people(9, 3), counted)).toBe(true)
  })
})

describe('what is told', () => {
  it('counts people by what they chose', () => {
    const answers = [['a'], ['a'], ['a'], ['b'], ['b'], ['c'], ['c']]
    expect(sumOf(single, answers)).toEqual({
      persons: 5,
      counts: [
        { id: 'a', count: 3, bound: null },
        { id: 'b', count: 2, bound: null },
        { id: 'c', count: 2, bound: null },
      ],
    })
  })

  it('never says all or nobody, nor one more or less than that', () => {
    const all = sumOf(multiple, Array(6).fill(['a', 'b']))
    const nearly = sumOf(multiple, [['b', 'c'], ...Array(5).fill(['a', 'b'])])
    const told = { a: ['atLeast', 5], b: ['atLeast', 5], c: ['atMost', 1] }
    for (const sum of [all, nearly]) {
      expect(sum?.persons).toBe(5)
      expect(Object.fromEntries(sum?.counts.map((c) => [c.id, [c.bound, c.count]]) ?? [])).toEqual(
        told,
      )
    }
  })

  it.each([single, multiple])('leaves open whether it is one or nobody, $kind', (field) => {
    // Every way in which up to 14 people can answer three options, by what is told of it.
    const heard = new Map<string, number[][]>()
    for (const [people, counts] of waysToAnswer(field.kind, 14)) {
      const told = JSON.stringify(sumOf(field, answersOf(people, counts)))
      heard.set(told, [...(heard.get(told) ?? []), [people, ...counts]])
    }
    for (const [told, ways] of heard) {
      const sum = JSON.parse(told) as ReturnType<typeof sumOf>
      // Near the longest there are ways that were not tried.
      if (!sum || ways.some(([people]) => (people ?? 0) > 10)) continue
      sum.counts.forEach(({ bound }, at) => {
        const possible = new Set(ways.map(([people = 0, ...counts]) => people - (counts[at] ?? 0)))
        const chosen = new Set(ways.map((way) => way[at + 1]))
        if (bound === 'atMost') expect([...chosen].sort(), told).toEqual([0, 1])
        if (bound === 'atLeast') expect([...possible].sort(), told).toEqual([0, 1])
      })
    }
  })

  it('waits for one more where the sum would tell that somebody stands alone', () => {
    expect(sumOf(single, [['a'], ['a'], ['b'], ['b'], ['c']])).toBeNull()
    expect(sumOf(single, [['a'], ['a'], ['b'], ['b'], ['b'], ['c']])?.persons).toBe(5)
    expect(sumOf(scale, [['1'], ['2'], ['3'], ['4'], ['5']])).toBeNull()
  })

  it.each([
    [5, 5],
    [9, 5],
    [10, 10],
    [77, 75],
  ])('of %i people says at least %i', (count, persons) => {
    expect(sumOf(scale, Array(count).fill(['2']))?.persons).toBe(persons)
  })
})
