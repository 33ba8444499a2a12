import { expect, test } from 'vitest'
import { type PlanWords, paperOf } from '../../../src/shared/domain/paper.ts'
import { blockLabelKey, encodeBlockLabel } from '../../../src/shared/words/blocks.ts'
import { text } from './sample-outline.ts'

const words: PlanWords = {
  ...{ state: 'Status', term: 'Sikt', deadline: 'Frist' },
  states: { 'not-begun': 'Nei', 'under-way': 'I gang', done: 'Ferdig', stopped: 'Stansa' },
  terms: { short: 'Kort', long: 'Lang' },
  day: (day) => day,
}

test('the same text of two writers in a cell stands once in a table, with who wrote first', () => {
  const first = { label: 'HR-leiar', role: null, at: 1 }
  const plain = {
    texts: { 'f/t/r1/kva/b1': 'Vaktliste', 'f/t/r1/kva/b2': 'Vaktliste', 'f/t/r2/kva/b1': ' ' },
    scalars: {
      [blockLabelKey('b1')]: encodeBlockLabel({ ...first, label: 'Tillitsvald', at: 2 }),
      [blockLabelKey('b2')]: encodeBlockLabel(first),
    },
  }
  const table = {
    ...{ id: 't', kind: 'table' as const, sees: 'group' as const, label: text('t') },
    columns: [{ id: 'kva', label: text('Kva') }],
  }
  expect(paperOf([table], plain, 'nn', words)[0]?.answer).toEqual({
    kind: 'table',
    columns: ['Kva'],
    rows: [[[{ writer: first, text: 'Vaktliste' }]]],
  })
})
