import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { digest } from 'lib0/hash/sha256'
import { describe, expect, test } from 'vitest'
import { digest as digestInBrowsers } from '../../../node_modules/lib0/hash/sha256.js'
import { differenceFor, digestOf, isSameDigest } from '../../../src/shared/words/compare.ts'
import {
  applyUpdates,
  createDocument,
  readPlain,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { play, steps } from './random-history.ts'

describe('two copies', () => {
  test('agree when they have the same words, whatever way these came and whether deleted ones are kept', () => {
    fc.assert(
      fc.property(steps(3), (script) => {
        const { updates } = play(script, 3)
        const some = createDocument(updates)
        const kept = createDocument([...updates].reverse(), { gc: false })
        expect(isSameDigest(digestOf(some), digestOf(kept))).toBe(true)
      }),
    )
  })

  test('give each other what they lack, until they agree', () => {
    fc.assert(
      fc.property(steps(3), fc.boolean(), (script, gc) => {
        const [a, b, c] = play(script, 3, gc).docs
        if (!a || !b || !c) throw new Error('no documents')
        applyUpdates(b, [differenceFor(a, digestOf(b).stateVector)])
        applyUpdates(a, [differenceFor(b, digestOf(a).stateVector)])
        expect(isSameDigest(digestOf(a), digestOf(b))).toBe(true)
        expect(readPlain(a)).toEqual(readPlain(b))
        if (isSameDigest(digestOf(a), digestOf(c))) expect(readPlain(a)).toEqual(readPlain(c))
      }),
    )
  })

  test('differ by a deletion alone, and the difference brings it', () => {
    const a = createDocument()
    writeText(a, 'f/mål', 'ein to')
    const b = createDocument([wholeState(a)])
    writeText(a, 'f/mål', 'ein')
    expect(digestOf(a).stateVector).toEqual(digestOf(b).stateVector)
    expect(isSameDigest(digestOf(a), digestOf(b))).toBe(false)
    applyUpdates(b, [differenceFor(a, digestOf(b).stateVector)])
    expect(isSameDigest(digestOf(a), digestOf(b))).toBe(true)
  })

  test('agree on a choice with half an emoji, which becomes another sign on the way', () => {
    const a = createDocument()
    writeScalars(a, [
      ['val', 'a\ud83d'],
      ['rang', ['\ude00']],
    ])
    expect(isSameDigest(digestOf(a), digestOf(createDocument([wholeState(a)])))).toBe(true)
  })

  test('of nothing agree', () => {
    expect(isSameDigest(digestOf(createDocument()), digestOf(createDocument()))).toBe(true)
  })
})

test('browsers and the server reckon the same hash', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const expected = new Uint8Array(createHash('sha256').update(bytes).digest())
      expect(new Uint8Array(digest(bytes))).toEqual(expected)
      expect(digestInBrowsers(bytes)).toEqual(expected)
    }),
  )
})
