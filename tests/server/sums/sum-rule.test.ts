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
      expect(sum.persons).toBe(5)
      expect(Object.fromEntries(sum.counts.map((c) => [c.id, [c.bound, c.count]]))).toEqual(told)
    }
  })

  it.each([
    [5, 5],
    [9, 5],
    [10, 10],
    [77, 75],
  ])('of %i people says at least %i', (count, persons) => {
    expect(sumOf(scale, Array(count).fill(['2'])).persons).toBe(persons)
  })
})
