import { expect, test } from 'vitest'
import type { Block } from '../../../src/shared/domain/article.ts'
import {
  mediaMinutes,
  mediaMinutesAgree,
  readingMinutes,
} from '../../../src/shared/domain/minutes.ts'

const words = (count: number): Block => ({
  kind: 'paragraph',
  inlines: [{ kind: 'text', text: 'ord '.repeat(count) }],
})
const heading: Block = { kind: 'heading', level: 2, text: '–' }
const drawing: Block = { kind: 'drawing', svg: '<svg/>', caption: '' }

test('180 words take one minute, and one word more takes another', () => {
  expect(readingMinutes([words(180)])).toBe(1)
  expect(readingMinutes([words(181)])).toBe(2)
})

test('every heading and drawing adds a pause of 20 seconds', () => {
  expect(readingMinutes([words(180), heading, drawing, heading])).toBe(2)
  expect(readingMinutes([words(180), heading, drawing, heading, drawing])).toBe(3)
})

test('words count wherever they stand, numbers and hyphenated words as one, dashes as none', () => {
  const text = `${'ord '.repeat(88)}– 1.000 e-post`
  const inlines = [{ kind: 'text' as const, text }]
  const inner: Block = {
    kind: 'note',
    tone: 'small',
    heading: '',
    blocks: [{ kind: 'list', items: [inlines] }],
  }
  const quote: Block = { kind: 'quote', text }
  expect(readingMinutes([inner, quote])).toBe(1)
  expect(readingMinutes([inner, quote, words(1)])).toBe(2)
})

test('a word that is partly strong is one word', () => {
  const inlines = [
    { kind: 'strong' as const, text: 'a' },
    { kind: 'text' as const, text: 'b '.repeat(180) },
  ]
  expect(readingMinutes([{ kind: 'paragraph', inlines }])).toBe(1)
})

test('nothing takes less than a minute', () => {
  expect(readingMinutes([])).toBe(1)
  expect(mediaMinutes(4)).toBe(1)
})

test('a film is rounded to the nearest minute', () => {
  expect([89, 90, 150].map(mediaMinutes)).toEqual([1, 2, 3])
})

test('declared minutes may be one minute off, and not a second more', () => {
  expect([mediaMinutesAgree(3, 120), mediaMinutesAgree(3, 240)]).toEqual([true, true])
  expect([mediaMinutesAgree(3, 119), mediaMinutesAgree(3, 241)]).toEqual([false, false])
})
