import { describe, expect, it } from 'vitest'
import { mostChosen } from '../../../src/shared/domain/most-chosen.ts'
import type { SumCount } from '../../../src/shared/domain/sums.ts'

const told = (...counts: [id: string, count: number, bound?: SumCount['bound']][]) =>
  ({
    kind: 'counts',
    persons: 12,
    counts: counts.map(([id, count, bound = null]) => ({ id, count, bound })),
  }) as const

describe('what most have chosen', () => {
  it('is the option with more than any other', () => {
    expect(mostChosen(told(['1', 2], ['3', 7], ['2', 3]))).toBe('3')
  })

  it('is told when all but one at least have chosen it', () => {
    expect(mostChosen(told(['1', 1, 'atMost'], ['2', 11, 'atLeast']))).toBe('2')
  })

  it('is not told of two that are alike, nor where it may be nobody', () => {
    expect(mostChosen(told(['1', 6], ['2', 6]))).toBeNull()
    expect(mostChosen(told(['1', 1, 'atMost']))).toBeNull()
    expect(mostChosen(told())).toBeNull()
  })

  it('is not told of words, of rankings, and of too few answers', () => {
    expect(mostChosen(null)).toBeNull()
    expect(
      mostChosen({ kind: 'words', persons: 9, words: [{ word: 'ro', writers: 4 }] }),
    ).toBeNull()
    expect(
      mostChosen({ kind: 'ranking', persons: 9, topics: [{ id: 'ai', points: 20 }] }),
    ).toBeNull()
  })
})
