import { expect, test } from 'vitest'
import { caretAfter } from '../../../../src/client/components/fields/caret.ts'

const at = 4
test.each([
  ['before the change it stays', 2, { at, remove: 0, insert: 'xx' }, 2],
  ['at the change it stays before the new words', 4, { at, remove: 0, insert: 'xx' }, 4],
  ['after an insertion it moves on', 6, { at, remove: 0, insert: 'xx' }, 8],
  ['after a deletion it moves back', 9, { at, remove: 3, insert: '' }, 6],
  ['inside deleted words it goes to where they were', 6, { at, remove: 5, insert: '' }, 4],
  ['inside replaced words it stays at its distance', 6, { at, remove: 5, insert: 'abcdef' }, 6],
  ['never beyond the words that came', 9, { at, remove: 6, insert: 'ab' }, 6],
])('%s', (_, caret, splice, expected) => {
  expect(caretAfter(caret, splice)).toBe(expected)
})
