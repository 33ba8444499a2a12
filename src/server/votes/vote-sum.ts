import { sumStep } from '../../shared/domain/sum-step.ts'
import { fewestWriters, folded } from '../../shared/domain/vote.ts'
import type { ToldVote } from '../../shared/domain/vote-answer.ts'

/**
 * What is told of one field, as it lies in the database. Whoever erases themselves is not counted out of it, for then what they had
 * answered could be told from the difference; `gone` says how many there are, and what too few are left to say is told no more.
 */
export interface VoteSum {
  /** How many of the answers are told, or were last. */
  answers: number
  gone?: number
  /** Null = too few are left. */
  told: StoredTold | null
}
type Words = Extract<ToldVote, { kind: 'words' }>
type StoredTold =
  | Exclude<ToldVote, Words>
  | (Omit<Words, 'words'> & { words: (Words['words'][number] & { gone?: number })[] })

export const readSum = (body: string): VoteSum => JSON.parse(body) as VoteSum

export const toldOf = ({ told }: VoteSum): ToldVote | null =>
  told?.kind === 'words'
    ? { ...told, words: told.words.map(({ word, writers }) => ({ word, writers })) }
    : told

/** The same when somebody who had answered so is erased. */
export const withoutVoter = (sum: VoteSum, answer: readonly string[]): VoteSum => {
  const gone = (sum.gone ?? 0) + 1
  const { answers, told } = sum
  if (told === null || answers - gone < sumStep) return { answers, gone, told: null }
  if (told.kind !== 'words') return { answers, gone, told }
  const own = new Set(answer.map(folded))
  const words = told.words
    .map((one) => (own.has(folded(one.word)) ? { ...one, gone: (one.gone ?? 0) + 1 } : one))
    .filter((one) => one.writers - (one.gone ?? 0) >= fewestWriters)
  return { answers, gone, told: { ...told, words } }
}
