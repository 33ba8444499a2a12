import { expect, test } from 'vitest'
import {
  newestFirst,
  searched,
  writtenSections,
} from '../../../src/client/pages/notes/written-entries.ts'
import { isAnswered } from '../../../src/client/pages/task/answered.ts'
import type { StoredDocument } from '../../../src/client/state/words.ts'
import type { Field } from '../../../src/shared/domain/field.ts'
import type { Outline } from '../../../src/shared/domain/outline.ts'
import type { PlainDocument } from '../../../src/shared/words/plain.ts'

const both = (text: string) => ({ nn: text, nb: text })
const longtext = (id: string): Field => ({
  id,
  kind: 'longtext',
  sees: 'me',
  label: both(`Spørsmål ${id}`),
})
const table: Field = {
  id: 'vegen',
  kind: 'table',
  sees: 'me',
  label: both('Vegen'),
  columns: [
    { id: 'steg', label: both('Steg') },
    { id: 'eigar', label: both('Eigar') },
  ],
}
const item = (id: string, fields: Field[]) => ({ id, title: both(`Del ${id}`), fields })
const outline = {
  modules: [
    {
      title: both('Strategi'),
      items: [item('p.s.ein', [longtext('a'), table]), item('p.s.to', [])],
    },
    { title: both('Leiing'), items: [item('p.l.tre', [longtext('b')])] },
  ],
  tracks: [],
} as unknown as Outline

const stored = (task: string, plain: Partial<PlainDocument>, changedAt = 1): StoredDocument => ({
  id: `u:p:r/${task}`,
  scope: 'u:p:r',
  task,
  plain: { texts: {}, scalars: {}, ...plain },
  changedAt,
  unsent: false,
})
const sections = (documents: StoredDocument[]) =>
  writtenSections({
    documents,
    outline,
    isOwnBlock: (block) => block === 'eiga',
    inLanguage: ({ nn }) => nn,
  })

test('what is written stands by module in the order of travel, own note last', () => {
  const found = sections([
    stored('p.l.tre', { texts: { 'f/b': 'sist' } }),
    stored('p.s.ein', { texts: { 'f/notat': 'notat', 'f/a': 'svar' } }),
  ])
  expect(found.map(({ title }) => title?.nn)).toEqual(['Strategi', 'Leiing'])
  expect(found[0]?.entries[0]?.answers.map(({ text, isNote }) => [text, isNote])).toEqual([
    ['svar', false],
    ['notat', true],
  ])
})

test('words of withdrawn fields and items are still shown', () => {
  const found = sections([
    stored('p.s.ein', { texts: { 'f/gamal': 'framleis her' } }),
    stored('p.x.borte', { texts: { 'f/a': 'òg her' } }),
  ])
  expect(found[0]?.entries[0]?.answers).toMatchObject([{ label: null, text: 'framleis her' }])
  expect(found[1]).toMatchObject({ title: null, entries: [{ item: null }] })
})

test('a table stands row by row, its cells in the order of the columns', () => {
  const found = sections([
    stored('p.s.ein', {
      texts: { 'f/vegen/y/eigar': 'Nav', 'f/vegen/y/steg': 'Søkjer', 'f/vegen/x/steg': 'Ringjer' },
      scalars: { 'vegen/x/order': 'a', 'vegen/y/order': 'b' },
    }),
  ])
  expect(found[0]?.entries[0]?.answers[0]?.text).toBe('Ringjer\nSøkjer · Nav')
})

test('of a group only the own blocks are mine', () => {
  const group = {
    ...stored('p.s.ein', { texts: { 'f/a/eiga': 'mitt', 'f/a/annan': 'ikkje mitt' } }),
    id: 'g:x/p.s.ein',
    scope: 'g:x',
  }
  expect(sections([group])[0]?.entries[0]?.answers.map(({ text }) => text)).toEqual(['mitt'])
})

test('copies of what was written for a group that somebody has left stand beside the own answer, as from the group', () => {
  const found = sections([
    stored('p.s.ein', {
      texts: { 'f/a': 'mitt', 'f/a/eiga': 'til gruppa', 'f/vegen/x/steg/eiga': 'Ringjer' },
      scalars: { 'vegen/x/order': 'a' },
    }),
  ])
  expect(
    found[0]?.entries[0]?.answers.map(({ field, text, fromGroup }) => [field, text, fromGroup]),
  ).toEqual([
    ['a', 'mitt', false],
    ['a', 'til gruppa', true],
    ['vegen', 'Ringjer', true],
  ])
})

test('progress and empty documents are no notes', () => {
  expect(
    sections([
      stored('progress', { scalars: { 'p.s.ein/resume': 3 } }),
      stored('p.s.to', { texts: { 'f/notat': ' \n' } }),
    ]),
  ).toEqual([])
})

test('search finds all words in any case, also in questions and titles', () => {
  const all = sections([
    stored('p.s.ein', { texts: { 'f/a': 'Byggjesak og ØKONOMI' } }),
    stored('p.l.tre', { texts: { 'f/b': 'noko anna' } }),
  ])
  const find = (words: string) =>
    searched(all, words, ({ nn }) => nn).flatMap(({ entries }) => entries.map((e) => e.item?.id))
  expect(find('økonomi bygg')).toEqual(['p.s.ein'])
  expect(find('spørsmål b')).toEqual(['p.l.tre', 'p.s.ein'].toSorted().toReversed())
  expect(find('finst ikkje')).toEqual([])
  expect(find('  ')).toHaveLength(2)
})

test('the newest first, both modules and items', () => {
  const all = sections([
    stored('p.s.ein', { texts: { 'f/a': 'x' } }, 1),
    stored('p.s.to', { texts: { 'f/notat': 'x' } }, 3),
    stored('p.l.tre', { texts: { 'f/b': 'x' } }, 2),
  ])
  const order = newestFirst(all).flatMap(({ entries }) => entries.map((e) => e.item?.id))
  expect(order).toEqual(['p.s.to', 'p.s.ein', 'p.l.tre'])
})

test('a question is answered when anybody has written or chosen something in it', () => {
  const group: Field = { ...longtext('a'), sees: 'group' }
  const plain: PlainDocument = { texts: { 'f/a/blokk': 'x' }, scalars: {} }
  expect(isAnswered(group, plain, undefined)).toBe(true)
  expect(isAnswered(group, undefined, plain)).toBe(false)
  expect(isAnswered({ ...group, id: 'aa' }, plain, undefined)).toBe(false)
  expect(isAnswered(table, undefined, { texts: {}, scalars: { 'vegen/x/order': 'i' } })).toBe(false)
})
