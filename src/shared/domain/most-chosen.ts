import type { ToldVote } from './vote-answer.ts'

/** The option that more people chose than any other; null where two are alike, or a bound hides which is first. */
export const mostChosen = (told: ToldVote | null): string | null => {
  if (told?.kind !== 'counts') return null
  const [first, second] = told.counts.toSorted((a, b) => b.count - a.count)
  if (!first || first.bound === 'atMost' || first.count === second?.count) return null
  return first.id
}
