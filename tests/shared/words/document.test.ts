import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  applyUpdates,
  clientIds,
  createDocument,
  isIncomplete,
  mergeIntoState,
  mergeUpdates,
  onLocalUpdate,
  plainOfUpdates,
  readPlain,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { play, steps } from './random-history.ts'

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

test('a local change tells which texts and choices it touched', () => {
  const doc = createDocument()
  const touched: string[][] = []
  onLocalUpdate(doc, (_, keys) => touched.push(keys))
  writeText(doc, 'f/felt/b1', 'ord')
  writeScalars(doc, [
    ['val/b1', 'ja'],
    ['skala/b1', 2],
  ])
  writeText(doc, 'f/felt/b1', '')
  expect(touched).toEqual([['f/felt/b1'], ['s/val/b1', 's/skala/b1'], ['f/felt/b1']])
})

test('half a surrogate pair in a choice is the same here as where it is sent', () => {
  const { doc, updates } = recorded()
  writeScalars(doc, [['val', ['a\ud83d']]])
  expect(readPlain(doc)).toEqual(plainOfUpdates(updates))
  expect(writeScalars(doc, [['val', ['a\ud83d']]])).toBe(false)
})

test('client ids come from the simulator while it says so', () => {
  clientIds.next = () => 42
  const simulated = createDocument()
  clientIds.next = null
  expect(simulated.clientID).toBe(42)
  expect(createDocument().clientID).not.toBe(createDocument().clientID)
})

test('a merged state holds the deleted words, and says what is missing or cannot be read', () => {
  const { doc, updates } = recorded()
  writeText(doc, 'f/felt', 'hemmeleg plan')
  writeText(doc, 'f/felt', 'plan')
  const broken = Uint8Array.of(9, 9, 9, 9)
  const { state, incomplete, unreadable } = mergeIntoState([broken, ...updates])
  expect({ incomplete, unreadable }).toEqual({ incomplete: false, unreadable: 1 })
  expect(plainOfUpdates([state]).texts).toEqual({ 'f/felt': 'plan' })
  expect(new TextDecoder().decode(state)).toContain('hemmeleg')
  expect(new TextDecoder().decode(wholeState(doc))).not.toContain('hemmeleg')

  writeText(doc, 'f/felt', 'plan B')
  const late = mergeIntoState(updates.slice(2))
  expect(late.incomplete).toBe(true)
  // What waits is in the state, and shows when the rest has come.
  expect(plainOfUpdates([late.state, ...updates.slice(0, 2)]).texts).toEqual({ 'f/felt': 'plan B' })
})

test('a merged state gives what its updates give, merged again or not', () => {
  fc.assert(
    fc.property(steps(3), fc.nat(), (script, cut) => {
      const { updates } = play(script, 3)
      const half = cut % (updates.length + 1)
      const first = mergeIntoState(updates.slice(0, half)).state
      const second = mergeIntoState([first, ...updates.slice(half)])
      expect(plainOfUpdates([second.state])).toEqual(readPlain(createDocument(updates)))
      expect(second).toEqual({ ...mergeIntoState(updates), state: second.state })
      expect(second.incomplete).toBe(false)
    }),
  )
})
