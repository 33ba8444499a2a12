import { expect, test } from 'vitest'
import { hasLeft } from '../../../src/client/pages/task/left-group.tsx'

const document = (scope: string, texts: Record<string, string> = {}) => ({
  scope,
  plain: { texts, scalars: {} },
})

test('who has words of a group and no group has left it', () => {
  expect(hasLeft([document('g:stord')], [])).toBe(true)
  expect(hasLeft([document('u:kari:haust', { 'f/a/b1': 'kopi' })], [])).toBe(true)
})

test('who is in a group, or never was, has not left one', () => {
  expect(hasLeft([document('g:stord')], ['g:stord'])).toBe(false)
  expect(hasLeft([document('u:kari:haust', { 'f/a': 'eige', 'f/t/r1/k': 'celle' })], [])).toBe(
    false,
  )
})
