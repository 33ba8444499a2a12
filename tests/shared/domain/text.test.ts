import * as v from 'valibot'
import { expect, test } from 'vitest'
import { lineSchema, proseSchema } from '../../../src/shared/domain/text.ts'

const accepts = (schema: v.GenericSchema, value: unknown): boolean => v.is(schema, value)

test('a line is trimmed, and is one line', () => {
  expect(v.parse(lineSchema(20), '  Kull 2, Ålesund ')).toBe('Kull 2, Ålesund')
  for (const bad of ['', '   ', 'a\nb', 'a\tb', 'a\u0000b', 'a\u2028b', 'a\u0085b', 7, null]) {
    expect(accepts(lineSchema(20), bad), JSON.stringify(bad)).toBe(false)
  }
})

test('prose has several lines, and no NUL', () => {
  expect(v.parse(proseSchema(20), ' Ei linje\n\n\tog ei til\n')).toBe('Ei linje\n\n\tog ei til')
  for (const bad of ['', '\n\n', 'a\u0000b', 7, null]) {
    expect(accepts(proseSchema(20), bad), JSON.stringify(bad)).toBe(false)
  }
})

test('neither is longer than is said, counted without the space around', () => {
  for (const schema of [lineSchema(3), proseSchema(3)]) {
    expect(accepts(schema, ' abc ')).toBe(true)
    expect(accepts(schema, 'abcd')).toBe(false)
  }
})

test.for(['\u200b\u200b', '\u2060', '\u00ad', '\u200d', '\u202e', ' \ufeff '])(
  '%j is no line that anybody sees',
  (line) => {
    expect(v.safeParse(lineSchema(60), line).success).toBe(false)
  },
)

test('what turns the direction, or is not seen, goes from a line; what joins characters stays', () => {
  expect(v.parse(lineSchema(60), '\u202eHR-\u00adleiar\u200b')).toBe('HR-leiar')
  expect(v.parse(lineSchema(60), '👩\u200d💻')).toBe('👩\u200d💻')
})
