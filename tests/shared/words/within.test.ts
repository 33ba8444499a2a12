import { expect, test } from 'vitest'
import { withinQuestionOf } from '../../../src/shared/words/within.ts'

test('a question has its texts, its cells, its values and what is agreed on, and nothing of another', () => {
  const within = withinQuestionOf('f/tiltak/b1')
  for (const key of [
    'f/tiltak',
    'f/tiltak/b2',
    'f/tiltak/r/c/b1',
    'f/tiltak.agreed/b1',
    's/tiltak/r',
  ])
    expect(within(key)).toBe(true)
  for (const key of ['f/mål/b1', 's/mål', 's/block/b1']) expect(within(key)).toBe(false)
})
