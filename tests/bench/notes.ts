import { words } from './words.ts'

export interface Note {
  /** The last part of the document's id. */
  task: string
  text: string
}

/** Bytes of each note in UTF-8. */
export const noteBytes = 600

/**
 * Notes that gzip takes for prose: Norwegian words as often as they occur in texts (Zipf), in sentences of 6 to 15. A third of
 * their size is left, as of the programme's own articles. The same seed gives the same notes.
 */
export const writeNotes = (count: number, seed: number): Note[] => {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, index) => ({
    task: `notat-${String(index + 1).padStart(4, '0')}`,
    text: prose(random, noteBytes),
  }))
}

/** From 0 up to 1. https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Sentences until exactly so many bytes are filled. */
const prose = (random: () => number, bytes: number): string => {
  let text = sentence(random)
  while (utf8Length(text) < bytes) text += ` ${sentence(random)}`
  while (utf8Length(text) > bytes) text = text.slice(0, -1)
  return text + '.'.repeat(bytes - utf8Length(text))
}

const sentence = (random: () => number): string => {
  const length = 6 + Math.floor(random() * 10)
  const text = Array.from({ length }, () => word(random)).join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

// Zipf's law, shifted: the word of rank r comes in proportion to 1 / (r + 2).
const weights = words.map((_, rank) => 1 / (rank + 2))
const total = weights.reduce((sum, weight) => sum + weight, 0)

const word = (random: () => number): string => {
  let left = random() * total
  const at = weights.findIndex((weight) => {
    left -= weight
    return left <= 0
  })
  return words[at] ?? 'og'
}

const utf8Length = (text: string): number => new TextEncoder().encode(text).length
