import { expect, it } from 'vitest'
import { muchRemoved } from '../../../src/shared/words/much-removed.ts'

const long = 'Vi får ikkje tak i nok helsefagarbeidarar. '.repeat(10)

it.each([
  ['nothing is changed', 'abc', 'abc', null],
  ['only something is added', 'abc', 'abcdef', null],
  ['a letter of many is gone', long, long.slice(1), null],
  ['39 of many are gone', long, long.slice(39), null],
  ['40 of many are gone', long, long.slice(40), 40],
  ['half of a short one is gone', 'Natta', 'Nat', null],
  ['more than half of a short one is gone', 'Natta', 'Na', 3],
  ['all is gone', 'Ja', '', 2],
  ['all is replaced by as much', long, 'x'.repeat(long.length), null],
])('when %s, it is told rightly whether that is much', (_, before, after, expected) => {
  expect(muchRemoved(before, after)).toBe(expected)
})
