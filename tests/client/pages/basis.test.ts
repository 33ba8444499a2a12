import { expect, test } from 'vitest'
import { basisOf } from '../../../src/client/pages/plan/basis.ts'
import type { PlainDocument } from '../../../src/shared/words/plain.ts'
import { item, outlineOf, text } from '../../shared/domain/sample-outline.ts'

const longtext = (id: string) => ({
  ...{ id, kind: 'longtext' as const, sees: 'group' as const, label: text(id) },
})
const table = (id: string, more: object) => ({
  ...{ id, kind: 'table' as const, sees: 'group' as const, label: text(id), ...more },
  columns: [{ id: 'kva', label: text('kva') }],
})
const outline = outlineOf([
  item('forarbeid', { phase: 'forarbeid', fields: [longtext('q')] }),
  item('samling', {
    phase: 'samling',
    fields: [longtext('q'), longtext('tom'), { ...longtext('eige'), sees: 'me' }],
  }),
  item('etterarbeid', {
    phase: 'etterarbeid',
    fields: [longtext('q'), table('innsatsar', { efforts: { kva: 'kva' } })],
  }),
  item('planen', { phase: 'etterarbeid', fields: [table('plan', { plan: {} }), longtext('q')] }),
])
const written: PlainDocument = {
  texts: { 'f/q/a': 'Svar', 'f/tom/a': ' ', 'f/eige/a': 'Mitt', 'f/innsatsar/r/kva/a': 'Tiltak' },
  scalars: {},
}

test('the plan builds on what the group wrote at gatherings and after them', () => {
  const answer = { kind: 'texts', agreed: [], texts: [{ writer: null, text: 'Svar' }] }
  expect(
    basisOf(outline, () => written, 'nn').map(({ item: { id }, questions }) => ({ id, questions })),
  ).toEqual([
    { id: 'samling', questions: [{ question: 'q', answer }] },
    { id: 'etterarbeid', questions: [{ question: 'q', answer }] },
  ])
})

test('sheets without words, or not on the device, are left out', () => {
  expect(basisOf(outline, () => ({ texts: {}, scalars: {} }), 'nn')).toEqual([])
  expect(basisOf(outline, () => null, 'nn')).toEqual([])
})
