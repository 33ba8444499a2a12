import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  createDocument,
  isIncomplete,
  mergeIntoState,
  mergeUpdates,
  readPlain,
  wholeState,
  writeText,
} from '../../../src/shared/words/document.ts'
import { splitUpdate } from '../../../src/shared/words/split-update.ts'
import { play, steps } from './random-history.ts'

const limit = 256 * 1024

/** Everything that two documents can differ by, deleted words included. */
const contents = (updates: Uint8Array[]) => {
  const doc = createDocument(updates)
  return {
    plain: readPlain(doc),
    stateVector: Y.encodeStateVector(doc),
    deletes: Y.decodeUpdate(wholeState(doc)).ds,
    incomplete: isIncomplete(doc),
  }
}

const structCount = (update: Uint8Array): number => {
  const { structs, ds } = Y.decodeUpdate(update)
  return structs.length + [...ds.clients.values()].flat().length
}

describe('a split update', () => {
  test('gives the same document, in order and in any order', () => {
    fc.assert(
      fc.property(
        steps(3),
        fc.boolean(),
        fc.integer({ min: 1, max: 400 }),
        fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
        (script, gc, maxBytes, keys) => {
          const { docs, updates } = play(script, 3, gc)
          const whole = createDocument(docs.map(wholeState), { gc })
          const later = updates.slice(Math.floor(updates.length / 2))
          for (const update of [
            wholeState(whole),
            mergeIntoState(updates).state,
            // With gaps.
            ...(later.length > 0 ? [mergeUpdates(later)] : []),
          ]) {
            const pieces = splitUpdate(update, maxBytes)
            expect(contents(pieces)).toEqual(contents([update]))
            const shuffled = pieces
              .map((piece, index) => ({ piece, key: keys[index % keys.length] ?? 0 }))
              .sort((a, b) => a.key - b.key)
              .map(({ piece }) => piece)
            expect(contents(shuffled)).toEqual(contents([update]))
            expect(contents([...pieces, ...pieces])).toEqual(contents([update]))
            for (const piece of pieces)
              expect(piece.length <= maxBytes || structCount(piece) === 1).toBe(true)
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  test('can be read after each piece, when it builds upon nothing that is missing', () => {
    fc.assert(
      fc.property(steps(3), fc.integer({ min: 1, max: 200 }), (script, maxBytes) => {
        const whole = createDocument(play(script, 3).docs.map(wholeState))
        const pieces = splitUpdate(wholeState(whole), maxBytes)
        pieces.forEach((_, index) => {
          expect(isIncomplete(createDocument(pieces.slice(0, index + 1)))).toBe(false)
        })
      }),
    )
  })

  test('fits the limit of the protocol, whatever the words', () => {
    const doc = createDocument()
    writeText(doc, 'f/mål', 'å😀 '.repeat(530_000))
    writeText(doc, 'f/tiltak', 'x'.repeat(500_000))
    writeText(doc, 'f/tiltak', `${'x'.repeat(200_000)}midt${'x'.repeat(100_000)}`)
    const update = wholeState(doc)
    expect(update.length).toBeGreaterThan(3.5 * 1024 * 1024)
    const pieces = splitUpdate(update, limit)
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(limit)
    expect(pieces.length).toBeLessThan(60)
    expect(contents(pieces)).toEqual(contents([update]))
  })

  test('fits the limit when it is many small edits', () => {
    const [a, b] = [createDocument(), createDocument()]
    for (let n = 0; n < 1500; n++) {
      const [doc, other] = n % 2 === 0 ? [a, b] : [b, a]
      doc.getText('f/mål').insert(n % 7, 'ord ')
      doc.getText('f/mål').delete(n % 5, 1)
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)))
    }
    const update = wholeState(a)
    const pieces = splitUpdate(update, 2048)
    expect(pieces.length).toBeGreaterThan(3)
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(2048)
    expect(contents(pieces)).toEqual(contents([update]))
  })

  test('that fits, or that nobody can read, is left alone', () => {
    const doc = createDocument()
    writeText(doc, 'f/mål', 'kort')
    const update = wholeState(doc)
    expect(splitUpdate(update, update.length)).toEqual([update])
    const broken = new Uint8Array(50).fill(255)
    expect(splitUpdate(broken, 10)).toEqual([broken])
  })
})
