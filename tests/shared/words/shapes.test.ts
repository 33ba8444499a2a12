import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  answersOf,
  blockLabelKey,
  blockLabelOf,
  blocksOf,
  encodeBlockLabel,
} from '../../../src/shared/words/blocks.ts'
import { orderBetween } from '../../../src/shared/words/order.ts'
import type { PlainDocument } from '../../../src/shared/words/plain.ts'
import { cellRoot, fieldRoot, partsOfRoot } from '../../../src/shared/words/roots.ts'
import { hiddenValue, rowHiddenKey, rowOrderKey, rowsOf } from '../../../src/shared/words/rows.ts'

describe('roots', () => {
  test.each([
    [fieldRoot('mål'), { kind: 'field', field: 'mål', block: null }],
    [fieldRoot('mål', 'b1'), { kind: 'field', field: 'mål', block: 'b1' }],
    [
      cellRoot('plan', 'r1', 'kven'),
      { kind: 'cell', field: 'plan', row: 'r1', column: 'kven', block: null },
    ],
    [
      cellRoot('plan', 'r1', 'kven', 'b1'),
      { kind: 'cell', field: 'plan', row: 'r1', column: 'kven', block: 'b1' },
    ],
    ['s/mål', null],
    ['f', null],
    ['f/a/b/c/d/e', null],
  ])('%s', (root, parts) => {
    expect(partsOfRoot(root)).toEqual(parts)
  })
})

describe('blocks', () => {
  const plain: PlainDocument = {
    texts: { 'f/mål/ny': 'Andre', 'f/mål/gammal': 'Første', 'f/mål': 'privat', 'f/anna/ny': 'x' },
    scalars: {
      [blockLabelKey('gammal')]: encodeBlockLabel({ label: 'KH', role: 'rådmann', at: 1 }),
      [blockLabelKey('ny')]: encodeBlockLabel({ label: 'OL', role: null, at: 2 }),
      'val/ny': 'ja',
      'val/gammal': null,
      'val/x/order': 'i',
    },
  }

  test('stand in the order they were made, with their writers', () => {
    expect(blocksOf(plain, 'mål')).toEqual([
      { block: 'gammal', label: { label: 'KH', role: 'rådmann', at: 1 }, text: 'Første' },
      { block: 'ny', label: { label: 'OL', role: null, at: 2 }, text: 'Andre' },
    ])
  })

  test('of choices leave out what was withdrawn', () => {
    expect(answersOf(plain, 'val').map(({ block, value }) => [block, value])).toEqual([
      ['ny', 'ja'],
    ])
  })

  test.each(['', 'null', '[]', '{', '{"role":1}', 7])(
    'with a broken label %j have none',
    (label) => {
      expect(blockLabelOf({ texts: {}, scalars: { 'block/b': label } }, 'b')).toBeNull()
    },
  )
})

describe('rows', () => {
  const table = (): PlainDocument => ({
    texts: { 'f/plan/r1/kva': 'Kurs', 'f/plan/r2/kva': 'Møte', 'f/plan/r2/kven': 'Kari' },
    scalars: { 'plan/r2/order': '9', 'plan/r1/order': 'i', 'anna/r9/order': '1' },
  })
  const shown = (plain: PlainDocument): string[] =>
    rowsOf(plain, 'plan')
      .filter((row) => !row.hidden)
      .map((row) => row.row)

  test('stand by their keys, equal keys by id, the same for everybody', () => {
    expect(shown(table())).toEqual(['r2', 'r1'])
    const plain = table()
    plain.scalars[rowOrderKey('plan', 'r1')] = '9'
    expect(shown(plain)).toEqual(['r1', 'r2'])
  })

  test('without an order, of which only the text has come, stand last and are not lost', () => {
    const plain = table()
    plain.texts['f/plan/r0/kva'] = 'Utan plass'
    expect(shown(plain)).toEqual(['r2', 'r1', 'r0'])
  })

  test('that are deleted are hidden with their text kept', () => {
    const plain = table()
    plain.scalars[rowHiddenKey('plan', 'r2')] = hiddenValue(plain, 'plan', 'r2')
    expect(shown(plain)).toEqual(['r1'])
    expect(rowsOf(plain, 'plan')[0]).toMatchObject({
      hidden: true,
      cells: { kva: [{ text: 'Møte' }] },
    })
  })

  test('come back, marked, when text that the hider had not seen arrives', () => {
    const plain = table()
    plain.scalars[rowHiddenKey('plan', 'r2')] = hiddenValue(plain, 'plan', 'r2')
    plain.texts['f/plan/r2/kven'] = 'Kari og Ola'
    expect(rowsOf(plain, 'plan')[0]).toMatchObject({ row: 'r2', hidden: false, returned: true })
  })

  test('brought back on purpose are shown unmarked', () => {
    const plain = table()
    plain.scalars[rowHiddenKey('plan', 'r2')] = null
    expect(rowsOf(plain, 'plan')[0]).toMatchObject({ hidden: false, returned: false })
  })

  test('that were empty are hidden too', () => {
    const plain: PlainDocument = { texts: {}, scalars: { 'plan/r1/order': 'i' } }
    plain.scalars[rowHiddenKey('plan', 'r1')] = hiddenValue(plain, 'plan', 'r1')
    expect(shown(plain)).toEqual([])
  })

  test('hold the cells of several writers', () => {
    const plain: PlainDocument = {
      texts: { 'f/plan/r1/kva/b1': 'eine', 'f/plan/r1/kva/b2': 'andre' },
      scalars: {},
    }
    expect(rowsOf(plain, 'plan')[0]?.cells).toEqual({
      kva: [
        { block: 'b1', text: 'eine' },
        { block: 'b2', text: 'andre' },
      ],
    })
  })
})

describe('a key between two others', () => {
  test('sorts between them, however often rows are put in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 60 }), (places) => {
        const keys: string[] = []
        for (const place of places) {
          const at = place % (keys.length + 1)
          keys.splice(at, 0, orderBetween(keys[at - 1] ?? null, keys[at] ?? null))
        }
        expect([...keys].sort()).toEqual(keys)
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })

  test('stays short for a long table', () => {
    let last: string | null = null
    for (let row = 0; row < 100; row++) last = orderBetween(last, null)
    expect(last?.length).toBeLessThan(30)
  })

  test('of two equal keys comes after both', () => {
    expect(orderBetween('i', 'i') > 'i').toBe(true)
  })
})
