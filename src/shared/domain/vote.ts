// What may be told of a vote at a gathering. A vote is a task whose answers are all for sums alone: each is an ordinary word in its
// person's own document, and what is told of them together follows this rule.
//
// 1. Nothing is told of fewer than five people.
// 2. While the vote is open five answers are held back, and it is counted again when five more can be told; with all of them when everybody
//    has answered, or at its close. So whoever compares two pictures sees what five people at least have changed, never what the last one
//    said. Answers that come after the close, from devices without a network, wait until there are five of them.
// 3. Of options, all and nobody are told as one off either (sum-rule.ts); a ranking is told as points, by Borda's count: of n topics
//    the first gets n points, the last one. https://en.wikipedia.org/wiki/Borda_count
// 4. A word is told when three people have written it, in the spelling that most of them used.
import type { Field } from './field.ts'
import type { OutlineItem } from './outline.ts'
import { sumStep } from './sum-step.ts'

const voteKinds = ['single', 'multiple', 'scale', 'ranking', 'words'] as const
export type VoteField = Extract<Field, { kind: (typeof voteKinds)[number] }>

export const isVoteField = (field: Field): field is VoteField =>
  field.sees === 'aggregate' && voteKinds.some((kind) => kind === field.kind)

export const isVote = ({ kind, fields }: Pick<OutlineItem, 'kind' | 'fields'>): boolean =>
  kind === 'task' && fields.length > 0 && fields.every(isVoteField)

export const mostWords = 5
export const longestWord = 40
export const fewestWriters = 3

/** The words of an answer, as they were written: parted by commas, semicolons and lines, no two alike. */
export const wordsIn = (text: string): string[] => {
  const byFolded = new Map<string, string>()
  for (const part of text.split(/[,;\n]/)) {
    const word = part.trim().replaceAll(/\s+/g, ' ')
    if (word !== '' && word.length <= longestWord && !byFolded.has(folded(word)))
      byFolded.set(folded(word), word)
  }
  return [...byFolded.values()].slice(0, mostWords)
}

export const folded = (word: string): string => word.toLocaleLowerCase('nb').normalize('NFC')

/** How many of the answers to a field are told now, when `told` of them were last; null = nothing new is told. */
export const votesToTell = (
  answers: number,
  { told, people, closed }: { told: number; people: number; closed: boolean },
): number | null => {
  const isWhole = closed || answers >= people
  const next = isWhole ? answers : answers - sumStep
  return next >= sumStep && next - told >= sumStep ? next : null
}

/** Answers are topics in order; those that somebody left out get nothing from them. */
export const rankingOf = (
  topics: readonly string[],
  answers: readonly (readonly string[])[],
): { id: string; points: number }[] => {
  const points = new Map(topics.map((id) => [id, 0]))
  for (const answer of answers) {
    const known = [...new Set(answer)].filter((id) => points.has(id))
    for (const [index, id] of known.entries())
      points.set(id, (points.get(id) ?? 0) + topics.length - index)
  }
  return [...points]
    .map(([id, sum]) => ({ id, points: sum }))
    .sort((a, b) => b.points - a.points || topics.indexOf(a.id) - topics.indexOf(b.id))
}

/** Words that enough people have written, the most frequent first. */
export const cloudOf = (
  answers: readonly (readonly string[])[],
): { word: string; writers: number }[] => {
  const spellings = new Map<string, Map<string, number>>()
  for (const words of answers) {
    for (const word of words) {
      const key = folded(word)
      const counts = spellings.get(key) ?? new Map<string, number>()
      spellings.set(key, counts.set(word, (counts.get(word) ?? 0) + 1))
    }
  }
  return [...spellings.values()]
    .map((counts) => ({
      word: [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? '',
      writers: [...counts.values()].reduce((sum, count) => sum + count, 0),
    }))
    .filter(({ writers }) => writers >= fewestWriters)
    .sort((a, b) => b.writers - a.writers || (a.word < b.word ? -1 : 1))
}
