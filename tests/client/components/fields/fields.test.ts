import { expect, test } from 'vitest'
import { answerText, isSameAnswer } from '../../../../src/client/components/fields/answer-text.ts'
import { combinedSaving } from '../../../../src/client/components/fields/combined-saving.ts'
import { initialsOf } from '../../../../src/client/components/fields/initials.ts'
import {
  isTicked,
  movedBy,
  rankedIds,
  toggled,
} from '../../../../src/client/components/fields/ranking.ts'
import { placesFor, shownRows } from '../../../../src/client/components/fields/table-rows.ts'
import type { Field } from '../../../../src/shared/domain/field.ts'
import { emptyPlain, type PlainDocument } from '../../../../src/shared/words/plain.ts'
import { hiddenValue, rowHiddenKey, rowOrderKey } from '../../../../src/shared/words/rows.ts'

const options = ['brukar', 'budsjett', 'tilsette']

test('a ranking without an answer stands as the content has it', () => {
  expect(rankedIds(null, options)).toEqual(options)
})

test('new options come last in an old ranking, withdrawn and doubled ones are left out', () => {
  expect(rankedIds(['tilsette', 'borte', 'tilsette'], options)).toEqual([
    'tilsette',
    'brukar',
    'budsjett',
  ])
})

test('an option moves one place, and not beyond the ends', () => {
  expect(movedBy(options, 'budsjett', -1)).toEqual(['budsjett', 'brukar', 'tilsette'])
  expect(movedBy(options, 'budsjett', 1)).toEqual(['brukar', 'tilsette', 'budsjett'])
  expect(movedBy(options, 'brukar', -1)).toEqual(options)
  expect(movedBy(options, 'tilsette', 1)).toEqual(options)
  expect(movedBy(options, 'ukjend', 1)).toEqual(options)
})

test('a tick comes and goes, and ticks of withdrawn options stay', () => {
  expect(toggled(null, 'a')).toEqual(['a'])
  expect(toggled(['gamal', 'a'], 'a')).toEqual(['gamal'])
  expect(isTicked(['a'], 'a')).toBe(true)
  expect(isTicked('a', 'a')).toBe(false)
})

test('a field of several texts is as safe as its least safe text', () => {
  expect(combinedSaving([])).toEqual({ kind: 'empty' })
  expect(
    combinedSaving([
      { kind: 'sent', at: 9 },
      { kind: 'saved', at: 3 },
      { kind: 'saved', at: 5 },
    ]),
  ).toEqual({ kind: 'saved', at: 5 })
  expect(combinedSaving([{ kind: 'sent', at: 9 }, { kind: 'held' }])).toEqual({ kind: 'held' })
  expect(combinedSaving([{ kind: 'held' }, { kind: 'saved', at: 3 }])).toMatchObject({
    kind: 'saved',
  })
  expect(combinedSaving([{ kind: 'saving' }, { kind: 'failed', rescued: true }])).toEqual({
    kind: 'failed',
    rescued: true,
  })
})

test.each([
  ['HR-leiar', 'HR'],
  ['Kommunedirektør, Stord', 'KS'],
  ['Økonomisjef', 'ØK'],
  ['', ''],
])('the seal of %s', (name, expected) => {
  expect(initialsOf(name)).toBe(expected)
})

const both = (text: string) => ({ nn: text, nb: text })
const field = {
  id: 'val',
  sees: 'group',
  label: both('Val'),
  options: [
    { id: 'a', label: both('Alfa') },
    { id: 'b', label: both('Beta') },
  ],
} as const

test('a chosen value in words', () => {
  const say = (kind: 'single' | 'multiple' | 'ranking', value: string | string[] | null): string =>
    answerText({ ...field, kind, options: [...field.options] } as Field, value, ({ nn }) => nn)
  expect(say('single', 'a')).toBe('Alfa')
  expect(say('single', null)).toBe('')
  expect(say('multiple', ['b', 'borte'])).toBe('Beta, borte')
  expect(say('ranking', ['b', 'a'])).toBe('1. Beta 2. Alfa')
  expect(isSameAnswer(['a', 'b'], ['b', 'a'])).toBe(false)
})

test('a table shows what is written, then the blank rows', () => {
  const plain: PlainDocument = {
    texts: { 'f/t/r2/kva': 'andre', 'f/t/r1/kva': 'første' },
    scalars: { [rowOrderKey('t', 'r1')]: 'a', [rowOrderKey('t', 'r2')]: 'b' },
  }
  expect(shownRows(plain, 't', ['r2', 'ny']).map(({ row }) => row)).toEqual(['r1', 'r2', 'ny'])
})

test('a removed row is not shown, and comes back with words that its remover had not seen', () => {
  const plain: PlainDocument = {
    texts: { 'f/t/r1/kva': 'første' },
    scalars: { [rowOrderKey('t', 'r1')]: 'a' },
  }
  plain.scalars[rowHiddenKey('t', 'r1')] = hiddenValue(plain, 't', 'r1')
  expect(shownRows(plain, 't', [])).toEqual([])
  plain.texts['f/t/r1/kva'] = 'første, og meir'
  expect(shownRows(plain, 't', [])).toMatchObject([{ row: 'r1', returned: true }])
})

test('the third blank row gets its place after the two before it, so that no row jumps', () => {
  const rows = shownRows(emptyPlain(), 't', ['x', 'y', 'z'])
  const places = placesFor(rows, 'z')
  expect(places.map(([row]) => row)).toEqual(['x', 'y', 'z'])
  const orders = places.map(([, order]) => order)
  expect(orders.toSorted()).toEqual(orders)
  expect(new Set(orders).size).toBe(3)
})

test('a row that has its place gets no other', () => {
  const plain: PlainDocument = { texts: {}, scalars: { [rowOrderKey('t', 'r1')]: 'i' } }
  const rows = shownRows(plain, 't', ['ny'])
  expect(placesFor(rows, 'r1')).toEqual([])
  expect(placesFor(rows, 'ny')[0]?.[1] ?? '').toSatisfy((order: string) => order > 'i')
})
