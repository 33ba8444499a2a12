import { expect, it } from 'vitest'
import type { Field } from '../../../src/shared/domain/field.ts'
import type { Outline, OutlineItem } from '../../../src/shared/domain/outline.ts'
import { earlierSheets, isSamePart, saidIn } from '../../../src/shared/domain/thread.ts'
import { agreedField } from '../../../src/shared/words/agreed.ts'
import { cellRoot, fieldRoot } from '../../../src/shared/words/roots.ts'

const label = { nn: 'Kva?', nb: 'Hva?' }
const text = (id: string, sees: Field['sees'] = 'group'): Field => ({
  id,
  kind: 'longtext',
  sees,
  label,
})
const item = (id: string, stop: string | null, fields: Field[]) =>
  ({ id, stop, fields }) as unknown as OutlineItem
const outline = {
  stops: [
    { id: 'forarbeid', kind: 'own' },
    { id: 'samling', kind: 'gathering' },
    { id: 'halvdag', kind: 'home' },
    { id: 'etterarbeid', kind: 'own' },
  ],
  modules: [
    {
      items: [
        item('s.eige', 'forarbeid', [text('a', 'me')]),
        item('s.ark', 'forarbeid', [text('a')]),
        item('s.samling', 'samling', [text('a')]),
        item('s.etter', 'etterarbeid', [text('a')]),
      ],
    },
    { items: [item('t.ark', 'forarbeid', [text('a')]), item('t.heime', 'halvdag', [text('a')])] },
  ],
} as unknown as Outline
const itemOf = (id: string): OutlineItem => {
  const found = outline.modules.flatMap(({ items }) => items).find((one) => one.id === id)
  if (!found) throw new Error(`no item ${id}`)
  return found
}
const before = (id: string) => earlierSheets(outline, itemOf(id)).map((one) => one.id)

it('a sheet has the group’s earlier sheets of its own part before it, the latest first', () => {
  expect(before('s.etter')).toEqual(['s.samling', 's.ark'])
  expect(before('s.samling')).toEqual(['s.ark'])
  expect(before('s.ark')).toEqual([])
})

it('at a gathering at home the sheets of every part lead up to it', () => {
  expect(before('t.heime')).toEqual(['s.samling', 's.ark', 't.ark'])
})

it('an item at no stop has nothing before it', () => {
  expect(earlierSheets(outline, item('x', null, []))).toEqual([])
})

it('tells items of one part from those of another', () => {
  expect(isSamePart(outline, 's.eige', 's.etter')).toBe(true)
  expect(isSamePart(outline, 's.eige', 't.ark')).toBe(false)
  expect(isSamePart(outline, 'unknown', 's.ark')).toBe(false)
})

it('what is agreed stands in the place of the writers’ texts, question by question', () => {
  const fields = [text('a'), text('b'), text('tom'), text('eige', 'me')]
  const said = saidIn(
    { fields },
    {
      texts: {
        [fieldRoot('a', 'b1')]: 'Natt.',
        [fieldRoot(agreedField('a'), 'b1')]: 'Vi tek natta.',
        [fieldRoot('b', 'b1')]: 'Éin.',
        [fieldRoot('b', 'b2')]: 'To.',
        [fieldRoot('tom', 'b1')]: '  ',
        [fieldRoot('eige')]: 'Hemmeleg.',
      },
      scalars: {},
    },
  )
  expect(said.map(({ agreed, texts }) => [agreed, texts.map((one) => one.text)])).toEqual([
    [true, ['Vi tek natta.']],
    [false, ['Éin.', 'To.']],
  ])
})

it('a row of a table is one text, without its empty cells', () => {
  const column = (id: string) => ({ id, label })
  const table: Field = {
    id: 'tiltak',
    kind: 'table',
    sees: 'group',
    label,
    columns: [column('kva'), column('kven'), column('nar')],
  }
  const [said] = saidIn(
    { fields: [table] },
    {
      texts: {
        [cellRoot('tiltak', 'r1', 'nar', 'b1')]: 'Mai',
        [cellRoot('tiltak', 'r1', 'kva', 'b1')]: 'Éi vaktliste',
      },
      scalars: {},
    },
  )
  expect(said?.texts.map((one) => one.text)).toEqual(['Éi vaktliste · Mai'])
})
