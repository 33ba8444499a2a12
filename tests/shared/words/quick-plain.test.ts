import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  createDocument,
  mergeIntoState,
  mergeUpdates,
  onLocalUpdate,
  plainOfUpdates,
  readPlain,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import type { PlainDocument } from '../../../src/shared/words/plain.ts'
import { quickPlainOf } from '../../../src/shared/words/quick-plain.ts'
import { play, steps } from './random-history.ts'

const byYjs = (updates: Uint8Array[]): PlainDocument => readPlain(createDocument(updates))

/** True if the quick way was certain; fails if it then was wrong. */
const agrees = (updates: Uint8Array[]): boolean => {
  const quick = quickPlainOf(updates)
  if (quick !== null) expect(quick).toEqual(byYjs(updates))
  return quick !== null
}

const recorded = () => {
  const doc = createDocument()
  const updates: Uint8Array[] = []
  onLocalUpdate(doc, (update) => updates.push(update))
  return { doc, updates }
}

describe('the words read without Yjs', () => {
  test.each([
    [1, true],
    [1, false],
    [2, true],
    [3, false],
  ])('are those that Yjs reads, or none: %i writers, gc %s', (writers, gc) => {
    fc.assert(
      fc.property(steps(writers), fc.nat(), (script, cut) => {
        const { docs, updates } = play(script, writers, gc)
        const half = updates.slice(0, cut % (updates.length + 1))
        const [first] = docs
        if (first === undefined) throw new Error('no document')
        const histories = [
          updates,
          [...updates].reverse(),
          [...half, ...updates],
          // A snapshot in place of the first half, and one that comes after a part of what is in it.
          [mergeIntoState(half).state, ...updates.slice(half.length)],
          [...half, mergeIntoState(updates).state],
          [...updates.slice(half.length)],
          docs.map(wholeState),
          [wholeState(first), ...updates],
          updates.length > 0 ? [mergeUpdates(updates)] : [],
        ]
        const certain = histories.map(agrees)
        if (writers === 1) expect(certain[0]).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('are those that Yjs reads, or none, from broken bytes', () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 3 })
    fc.assert(
      fc.property(steps(2, 8), flips, fc.nat(), fc.nat(), (script, changes, which, cut) => {
        const { updates } = play(script, 2)
        const broken = updates[which % Math.max(1, updates.length)]?.slice() ?? new Uint8Array(0)
        for (const [at, by] of changes)
          if (broken.length > 0) broken[at % broken.length] = (broken[at % broken.length] ?? 0) ^ by
        agrees([broken])
        agrees([...updates, broken])
        agrees([broken, ...updates])
        agrees([broken.slice(0, cut % (broken.length + 1)), ...updates])
      }),
      { numRuns: 1500 },
    )
  })

  test('need no Yjs for a note that one person typed, in one flush or in many', () => {
    const note = 'Vi vil ha færre møte og fleire samtalar. 🌱 '.repeat(14).slice(0, 600)
    const atOnce = recorded()
    writeText(atOnce.doc, 'f/tanke', note)
    const typed = recorded()
    for (let end = 0; end < note.length; end += 40) {
      // With a slip of the finger in each flush.
      writeText(typed.doc, 'f/tanke', `${note.slice(0, end + 40)}x`.toWellFormed())
      writeText(typed.doc, 'f/tanke', note.slice(0, end + 40))
    }
    writeText(typed.doc, 'f/tanke', `Først. ${note}`)
    writeScalars(typed.doc, [['val', 'ja']])
    writeScalars(typed.doc, [['val', 'nei']])
    for (const updates of [atOnce.updates, typed.updates, [mergeIntoState(typed.updates).state]])
      expect(agrees(updates)).toBe(true)
    expect(quickPlainOf(atOnce.updates)?.texts['f/tanke']).toBe(note.toWellFormed())
  })

  test('need no Yjs where several write in blocks of their own', () => {
    const [a, b] = [recorded(), recorded()]
    writeText(a.doc, 'f/mål/b1', 'Ho skriv')
    writeText(b.doc, 'f/mål/b2', 'Han skriv')
    writeScalars(b.doc, [['val/b2', 3]])
    writeText(a.doc, 'f/mål/b1', 'Ho skriv meir')
    expect(agrees([...b.updates, ...a.updates])).toBe(true)
  })

  test.each<[string, (doc: Y.Doc) => void]>([
    ['a list', (doc) => doc.getArray('f/mål').insert(0, [1])],
    ['a text in the scalars', (doc) => doc.getMap('s').set('val', new Y.Text('x'))],
    ['formatting', (doc) => doc.getText('f/mål').insert(0, 'feit', { bold: true })],
    ['an unknown root', (doc) => doc.getText('x').insert(0, 'x')],
    ['bytes', (doc) => doc.getMap('s').set('val', Uint8Array.of(1))],
    ['an object', (doc) => doc.getMap('s').set('val', { a: 1 })],
    [
      'half an emoji deleted',
      (doc) => {
        doc.getText('f/mål').insert(0, 'a😀b')
        doc.getText('f/mål').delete(1, 1)
      },
    ],
  ])('are left to Yjs, or the same, with %s', (_, change) => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update) => updates.push(update))
    writeText(doc, 'f/tanke', 'heil')
    change(doc)
    for (const all of [updates, [wholeState(doc)]]) {
      agrees(all)
      expect(plainOfUpdates(all)).toEqual(byYjs(all))
    }
  })

  test('are left to Yjs while something is missing', () => {
    const { doc, updates } = recorded()
    writeText(doc, 'f/tanke', 'ein')
    writeText(doc, 'f/tanke', 'ein to')
    expect(quickPlainOf(updates.slice(1))).toBeNull()
    expect(plainOfUpdates(updates.slice(1))).toEqual(byYjs(updates.slice(1)))
  })
})
