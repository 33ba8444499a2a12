import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { piecesOf, type Splice, spliceBetween } from '../../../src/shared/words/text-splice.ts'

const apply = (text: string, { at, remove, insert }: Splice): string =>
  text.slice(0, at) + insert + text.slice(at + remove)

/** Texts full of what shares halves: flags, families, skin tones, combining marks, plain letters. */
const unicode = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '🇳🇴',
        '🇸🇪',
        '👩‍👩‍👧',
        '👩🏽‍💻',
        '👍',
        '👍🏿',
        '😀',
        '😁',
        'é',
        'e\u0301',
        'å',
        'a',
        ' ',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe('a splice', () => {
  test('turns one text into the other exactly and cuts no code point', () => {
    fc.assert(
      fc.property(unicode, unicode, (before, after) => {
        const splice = spliceBetween(before, after)
        if (splice === null) {
          expect(before).toBe(after)
          return
        }
        expect(apply(before, splice)).toBe(after)
        for (const part of [
          before.slice(0, splice.at),
          before.slice(splice.at, splice.at + splice.remove),
          splice.insert,
        ])
          expect(part.isWellFormed()).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    [
      'an emoji for one with the same first half',
      'a😀b',
      'a😁b',
      { at: 1, remove: 2, insert: '😁' },
    ],
    ['an emoji for one with the same second half', '🀀', '🐀', { at: 0, remove: 2, insert: '🐀' }],
    ['a skin tone added', 'x👍y', 'x👍🏿y', { at: 3, remove: 0, insert: '🏿' }],
    ['a flag changed', '🇳🇴', '🇳🇵', { at: 2, remove: 2, insert: '🇵' }],
    ['a family losing a child', '👩‍👩‍👧', '👩‍👩', { at: 5, remove: 3, insert: '' }],
    ['a mark combined', 'cafe', 'cafe\u0301', { at: 4, remove: 0, insert: '\u0301' }],
    ['an equal letter doubled', 'aaa', 'aaaa', { at: 3, remove: 0, insert: 'a' }],
    ['an emoji doubled', '😀😀', '😀😀😀', { at: 4, remove: 0, insert: '😀' }],
    ['everything deleted', 'tekst', '', { at: 0, remove: 5, insert: '' }],
  ])('%s', (_, before, after, splice) => {
    expect(spliceBetween(before, after)).toEqual(splice)
  })

  test('of equal texts is none', () => {
    expect(spliceBetween('æøå', 'æøå')).toBeNull()
  })
})

test('pieces add up to the text and cut no code point', () => {
  fc.assert(
    fc.property(unicode, fc.integer({ min: 2, max: 7 }), (text, size) => {
      const pieces = piecesOf(text, size)
      expect(pieces.join('')).toBe(text)
      for (const piece of pieces) {
        expect(piece.isWellFormed()).toBe(true)
        expect(piece.length).toBeLessThanOrEqual(size)
      }
    }),
  )
})
