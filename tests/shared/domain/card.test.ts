import { expect, test } from 'vitest'
import {
  type CardWish,
  fold,
  type SharedCard,
  searchCards,
} from '../../../src/shared/domain/card.ts'

const card = (id: string, changes: Partial<SharedCard>): SharedCard => ({
  ...{ id, title: 'Tiltak', what: 'Vi gjer noko', gives: '', takes: '', contact: '' },
  ...{ modules: [], reach: 'cohort', cohort: 'kull', publishedAt: 0, mayWithdraw: false },
  revision: 'r1',
  group: { id: 'g', name: 'Leiargruppa' },
  municipality: { name: 'Stord', size: 'M' },
  ...changes,
})
const cards = [
  card('a', { what: 'Tilsyn om natta', publishedAt: 3, modules: ['teknologi'] }),
  card('b', { title: 'Tilsyn på Ålvik', publishedAt: 1 }),
  card('c', { municipality: { name: 'Fedje', size: 'S' }, publishedAt: 2 }),
]
const found = (wish: Partial<CardWish>): string =>
  searchCards(cards, { search: '', module: null, size: null, order: 'newest', ...wish })
    .map(({ id }) => id)
    .join('')

test.each([
  ['Ålesund', 'aalesund'],
  ['AALESUND', 'aalesund'],
  ['A\u030alesund', 'aalesund'],
  ['Ørsta', 'ørsta'],
  ['örsta', 'ørsta'],
  ['Æ', 'æ'],
  ['ä', 'æ'],
  ['Résumé', 'resume'],
])('%s is searched as %s', (text, folded) => expect(fold(text)).toBe(folded))

test('every word must be there, anywhere; the newest comes first', () => {
  expect(found({})).toBe('acb')
  expect(found({ search: 'tilsyn' })).toBe('ab')
  expect(found({ search: ' TILSYN  aalvik ' })).toBe('b')
  expect(found({ search: 'tilsyn fedje' })).toBe('')
  expect(found({ search: '\\ ( [' })).toBe('')
})

test('by relevance a word in the title goes before one in the text', () =>
  expect(found({ search: 'tilsyn', order: 'relevance' })).toBe('ba'))

test('module and size narrow it down', () => {
  expect(found({ module: 'teknologi' })).toBe('a')
  expect(found({ size: 'S' })).toBe('c')
  expect(found({ size: 'S', module: 'teknologi' })).toBe('')
})
