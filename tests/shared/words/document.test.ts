import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  applyUpdates,
  createDocument,
  isIncomplete,
  mergeUpdates,
  onLocalUpdate,
  plainOfUpdates,
  readPlain,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'

const recorded = () => {
  const doc = createDocument()
  const updates: Uint8Array[] = []
  onLocalUpdate(doc, (update) => updates.push(update))
  return { doc, updates }
}

test('any sequence of texts leaves the last one, and its updates alone give it back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { minLength: 1 }),
      (texts) => {
        const { doc, updates } = recorded()
        for (const text of texts) writeText(doc, 'f/tanke', text)
        const last = texts.at(-1) ?? ''
        expect(readPlain(doc).texts['f/tanke'] ?? '').toBe(last)
        expect(plainOfUpdates(updates).texts['f/tanke'] ?? '').toBe(last)
        if (updates.length > 0)
          expect(plainOfUpdates([mergeUpdates(updates)])).toEqual(plainOfUpdates(updates))
      },
    ),
  )
})

test('half a surrogate pair never gets into a document', () => {
  const { doc, updates } = recorded()
  writeText(doc, 'f/tanke', `a\ud83d`)
  writeText(doc, 'f/tanke', `a\ud83d\ude00`)
  expect(plainOfUpdates(updates).texts['f/tanke']).toBe('a😀')
})

test('two devices that make the same document offline keep both texts and all scalars', () => {
  const [a, b] = [recorded(), recorded()]
  writeText(a.doc, 'f/felt', 'frå nettbrettet')
  writeScalars(a.doc, [['val', 'ja']])
  writeText(b.doc, 'f/anna', 'frå telefonen')
  writeScalars(b.doc, [['skala', 4]])
  const either = plainOfUpdates([...a.updates, ...b.updates])
  expect(either).toEqual({
    texts: { 'f/felt': 'frå nettbrettet', 'f/anna': 'frå telefonen' },
    scalars: { val: 'ja', skala: 4 },
  })
  expect(plainOfUpdates([...b.updates, ...a.updates])).toEqual(either)
})

test('an update applied twice doubles nothing', () => {
  const { doc, updates } = recorded()
  writeText(doc, 'f/felt', 'ein gong')
  expect(plainOfUpdates([...updates, ...updates]).texts['f/felt']).toBe('ein gong')
})

test('stored updates are not taken for local ones', () => {
  const { doc, updates } = recorded()
  writeText(doc, 'f/felt', 'skrive her')
  const other = recorded()
  applyUpdates(other.doc, updates)
  expect(other.updates).toEqual([])
  expect(readPlain(other.doc).texts['f/felt']).toBe('skrive her')
})

test('bytes that are no update leave all the others readable', () => {
  const { doc, updates } = recorded()
  writeText(doc, 'f/felt', 'heil')
  const broken = [Uint8Array.of(9, 9, 9, 9), new Uint8Array(0), updates[0]?.slice(0, 5) ?? null]
  const all = [...broken.filter((bytes) => bytes !== null), ...updates]
  expect(plainOfUpdates(all).texts['f/felt']).toBe('heil')
})

test('a missing update is noticed, and no longer when it comes', () => {
  const { doc, updates } = recorded()
  writeText(doc, 'f/felt', 'først')
  writeText(doc, 'f/felt', 'først og sist')
  const later = createDocument(updates.slice(1))
  expect(isIncomplete(later)).toBe(true)
  applyUpdates(later, updates)
  expect(isIncomplete(later)).toBe(false)
  expect(readPlain(later).texts['f/felt']).toBe('først og sist')
})

test('a long paste becomes several updates, each within the limit', () => {
  const { doc, updates } = recorded()
  const text = '😀æ'.repeat(60_000)
  writeText(doc, 'f/felt', text)
  expect(updates.length).toBeGreaterThan(3)
  for (const update of updates) expect(update.length).toBeLessThan(160 * 1024)
  expect(plainOfUpdates(updates).texts['f/felt']).toBe(text)
})

test('writing what is there already makes no update', () => {
  const { doc, updates } = recorded()
  writeText(doc, 'f/felt', 'likt')
  writeScalars(doc, [['rang', ['a', 'b']]])
  const before = updates.length
  expect(writeText(doc, 'f/felt', 'likt')).toBe(false)
  expect(writeScalars(doc, [['rang', ['a', 'b']]])).toBe(false)
  expect(writeScalars(doc, [['rang', ['b', 'a']]])).toBe(true)
  expect(updates.length).toBe(before + 1)
})

test('a text outside the roots is a mistake in the program', () => {
  expect(() => writeText(createDocument(), 'felt', 'x')).toThrow('not a text root')
})
