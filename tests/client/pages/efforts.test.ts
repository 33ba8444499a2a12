import { describe, expect, test } from 'vitest'
import { candidatesFor } from '../../../src/client/pages/plan/candidates.ts'
import { blockLabelKey, encodeBlockLabel } from '../../../src/shared/words/blocks.ts'
import { emptyPlain, type PlainDocument } from '../../../src/shared/words/plain.ts'
import {
  distinctTexts,
  effortKey,
  effortsOf,
  newEffort,
  writtenEfforts,
} from '../../../src/shared/words/plan.ts'
import { cellRoot } from '../../../src/shared/words/roots.ts'
import { hiddenValue, rowHiddenKey, rowOrderKey } from '../../../src/shared/words/rows.ts'
import { item, outlineOf, text } from '../../shared/domain/sample-outline.ts'

const columns = ['tiltak', 'gevinst', 'ansvarleg'].map((id) => ({ id, label: text(id) }))
const planField = {
  ...{ id: 'plan', kind: 'table' as const, sees: 'group' as const, label: text('plan') },
  ...{ columns, plan: {} },
}
const effortsField = {
  ...{ id: 'innsatsar', kind: 'table' as const, sees: 'group' as const, label: text('i') },
  columns: ['innsats', 'eigar', 'anna'].map((id) => ({ id, label: text(id) })),
  efforts: { innsats: 'tiltak', eigar: 'ansvarleg' },
}
const outline = outlineOf([
  item('ambisjonen', { kind: 'task', fields: [effortsField] }),
  item('planen', { kind: 'task', fields: [planField] }),
])

const label = (name: string, at: number): string =>
  encodeBlockLabel({ label: name, role: null, at })
const sheet = (): PlainDocument => ({
  texts: {
    'f/innsatsar/r1/innsats/a': 'Felles nattevakt',
    'f/innsatsar/r1/innsats/b': ' Felles nattevakt ',
    'f/innsatsar/r1/eigar/b': 'Kommunalsjef helse',
    'f/innsatsar/r1/anna/a': 'ikkje for planen',
    'f/innsatsar/r2/anna/a': 'heller ikkje',
  },
  scalars: { 'innsatsar/r1/order': 'i', [blockLabelKey('a')]: label('A', 1) },
})

/** The plan after an effort was written, as the page writes it. */
const written = (plain: PlainDocument, made: ReturnType<typeof newEffort>): PlainDocument => ({
  texts: { ...plain.texts, ...Object.fromEntries(made.texts) },
  scalars: { ...plain.scalars, ...Object.fromEntries(made.scalars) },
})
const candidates = (plain: PlainDocument) =>
  candidatesFor(outline, (id) => (id === 'ambisjonen' ? sheet() : null), {
    field: planField,
    plain,
  })
const fetched = (plain: PlainDocument, block: string): PlainDocument => {
  const [candidate] = candidates(plain)
  if (!candidate) throw new Error('there is one to fetch')
  return written(plain, newEffort({ field: planField.id, plain, block }, candidate))
}

describe('efforts of the plan', () => {
  test('what no choice of ours says counts as not said', () => {
    const plain: PlainDocument = {
      texts: { 'f/plan/r1/tiltak/a': 'Vaktliste' },
      scalars: { 'plan/r1/state': 'eaten', 'plan/r1/term': 4, 'plan/r1/from': ['x'] },
    }
    expect(effortsOf(plain, 'plan')).toMatchObject([
      { row: 'r1', state: 'not-begun', term: null, deadline: null, from: null },
    ])
  })

  test.each([
    ['2027-02-28', '2027-02-28'],
    ['2028-02-29', '2028-02-29'],
    ['2027-02-29', null],
    ['2027-13-01', null],
    ['2027-00-10', null],
    ['27-01-01', null],
    ['snart', null],
    [20270101, null],
  ])('a deadline is a day of the calendar: %s', (stored, deadline) => {
    const plain: PlainDocument = {
      texts: { 'f/plan/r1/tiltak/a': 'Vaktliste' },
      scalars: { 'plan/r1/deadline': stored },
    }
    expect(effortsOf(plain, 'plan')[0]?.deadline).toBe(deadline)
  })

  test('neither an empty row nor one taken out is an effort', () => {
    const plain: PlainDocument = {
      texts: {
        'f/plan/r1/tiltak/a': 'Vaktliste',
        'f/plan/r2/tiltak/a': '  ',
        'f/plan/r3/tiltak/a': 'Teken ut',
      },
      scalars: { 'plan/r2/deadline': '2027-01-01' },
    }
    plain.scalars[rowHiddenKey('plan', 'r3')] = hiddenValue(plain, 'plan', 'r3')
    expect(writtenEfforts(plain, 'plan').map(({ row }) => row)).toEqual(['r1'])
  })
})

describe('texts of several writers in one cell', () => {
  const plain: PlainDocument = {
    texts: {},
    scalars: { [blockLabelKey('b1')]: label('Sein', 2), [blockLabelKey('b2')]: label('Tidleg', 1) },
  }

  test('the same text stands once, with who wrote first', () => {
    expect(
      distinctTexts(plain, [
        { block: 'b1', text: 'Likt' },
        { block: 'b2', text: 'Likt\n' },
        { block: 'b3', text: ' ' },
      ]),
    ).toEqual([{ block: 'b2', text: 'Likt\n' }])
  })

  test('different texts stay, the first writer first', () => {
    const texts = [
      { block: 'b1', text: 'Eitt' },
      { block: 'b2', text: 'Eit anna' },
    ]
    expect(distinctTexts(plain, texts)).toEqual(texts.toReversed())
  })
})

describe('efforts that can be fetched from the sheets', () => {
  test('brings the columns that the plan has, the same text of two writers once', () => {
    expect(candidates(emptyPlain())).toEqual([
      {
        from: 'ambisjonen/innsatsar/r1',
        sheet: text('ambisjonen'),
        cells: { tiltak: 'Felles nattevakt', ansvarleg: 'Kommunalsjef helse' },
        name: 'Felles nattevakt',
      },
    ])
  })

  test('is written as the last row, in the own block, and not offered twice', () => {
    const before: PlainDocument = {
      texts: { 'f/plan/r1/tiltak/b': 'Vaktliste' },
      scalars: { [rowOrderKey('plan', 'r1')]: 'r' },
    }
    const plain = fetched(before, 'a')
    const [first, second] = effortsOf(plain, 'plan')
    expect(first?.row).toBe('r1')
    expect(second).toMatchObject({
      cells: {
        tiltak: [{ block: 'a', text: 'Felles nattevakt' }],
        ansvarleg: [{ block: 'a', text: 'Kommunalsjef helse' }],
      },
      from: 'ambisjonen/innsatsar/r1',
      hidden: false,
    })
    expect(candidates(plain)).toEqual([])
  })

  test('two devices that fetch the same one make one row of it', () => {
    const [one, other] = [fetched(emptyPlain(), 'a'), fetched(emptyPlain(), 'b')]
    const together: PlainDocument = {
      texts: { ...one.texts, ...other.texts },
      scalars: { ...one.scalars, ...other.scalars },
    }
    const efforts = effortsOf(together, 'plan')
    expect(efforts).toHaveLength(1)
    expect(distinctTexts(together, efforts[0]?.cells.tiltak ?? [])).toHaveLength(1)
  })

  test('efforts of different origin have rows of their own', () => {
    const rows = ['x/y/r1', 'x/y/r2', 'x/z/r1'].map(
      (from) =>
        newEffort({ field: 'plan', plain: emptyPlain(), block: 'a' }, { from, cells: {} }).row,
    )
    expect(new Set(rows).size).toBe(3)
  })

  test('what was taken out and emptied is offered again, and begins anew', () => {
    const plain = fetched(emptyPlain(), 'a')
    const row = effortsOf(plain, 'plan')[0]?.row ?? ''
    const hide = () => {
      plain.scalars[rowHiddenKey('plan', row)] = hiddenValue(plain, 'plan', row)
    }
    plain.scalars[effortKey('plan', row, 'state')] = 'stopped'
    hide()
    expect(candidates(plain)).toEqual([])
    for (const root of [
      cellRoot('plan', row, 'tiltak', 'a'),
      cellRoot('plan', row, 'ansvarleg', 'a'),
    ])
      plain.texts[root] = ''
    hide()
    expect(candidates(plain)).toHaveLength(1)
    expect(effortsOf(fetched(plain, 'a'), 'plan')).toMatchObject([
      { row, hidden: false, returned: false, state: 'not-begun' },
    ])
  })
})
