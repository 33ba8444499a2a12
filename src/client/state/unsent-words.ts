import type { OutboxMark } from '../storage/words-database.ts'
import type { WordsOnDevice } from '../storage/words-on-device.ts'
import { createOutboxIndex } from './outbox-index.ts'
import type { Refusal } from './words.ts'

/** Which words have no receipt, and why, as far as the page shows it. */
export interface UnsentWords {
  replace(stored: Pick<WordsOnDevice, 'unsent' | 'held' | 'forgotten'>): void
  add(marks: readonly OutboxMark[]): void
  /** They have been acknowledged: returns those that were here. */
  accept(numbers: readonly number[]): OutboxMark[]
  hold(marks: readonly OutboxMark[]): void
  refuse(refused: readonly { n: number; doc: string; reason: Refusal }[]): void
  isUnsent(doc: string): boolean
  /** The server may have forgotten the words of such a scope: nobody knows before they are compared. */
  isForgotten(scope: string): boolean
  /** Words that are in localStorage alone: these are all. */
  rescue(words: readonly RescuedMark[]): void
  isAnyRescued(): boolean
  /** Of all that is unsent or rescued. */
  documents(): string[]
  oldest(): number | null
  refusedDocuments(): number
  heldDocuments(): number
  /** What is to be known of one root or `s/` key. */
  whereabouts(doc: string, key: string): Whereabouts
}

export type RescuedMark = Pick<OutboxMark, 'doc' | 'keys' | 'writtenAt'>

export interface Whereabouts {
  /** When the newest unsent change was written; null if none waits. */
  unsentSince: number | null
  refused: Refusal | null
  isHeld: boolean
  isRescued: boolean
}

export const createUnsentWords = (): UnsentWords => {
  const outbox = createOutboxIndex()
  const held = createOutboxIndex()
  const refusedByNumber = new Map<number, { doc: string; reason: Refusal }>()
  let rescued: readonly RescuedMark[] = []
  let forgotten: ReadonlySet<string> = new Set()

  const refusalOf = (doc: string): Refusal | null => {
    for (const one of refusedByNumber.values()) if (one.doc === doc) return one.reason
    return null
  }
  const accept = (numbers: readonly number[]): OutboxMark[] => {
    for (const n of numbers) refusedByNumber.delete(n)
    return outbox.remove(numbers)
  }

  return {
    replace: (stored) => {
      outbox.replace(stored.unsent)
      held.replace(stored.held)
      forgotten = new Set(stored.forgotten)
      const numbers = new Set(stored.unsent.map((mark) => mark.n))
      for (const n of refusedByNumber.keys()) if (!numbers.has(n)) refusedByNumber.delete(n)
    },
    add: outbox.add,
    accept,
    hold: (marks) => {
      accept(marks.map((mark) => mark.n))
      held.add(marks)
    },
    refuse: (refused) => {
      for (const { n, doc, reason } of refused) refusedByNumber.set(n, { doc, reason })
    },
    isUnsent: (doc) => outbox.has(doc) || rescued.some((one) => one.doc === doc),
    isForgotten: (scope) => forgotten.has(scope),
    rescue: (words) => {
      rescued = words
    },
    isAnyRescued: () => rescued.length > 0,
    documents: () => [...new Set([...outbox.documents(), ...rescued.map((one) => one.doc)])],
    oldest: () => {
      const times = rescued.map((one) => one.writtenAt)
      const oldest = Math.min(outbox.oldest() ?? Number.POSITIVE_INFINITY, ...times)
      return oldest === Number.POSITIVE_INFINITY ? null : oldest
    },
    refusedDocuments: () => new Set([...refusedByNumber.values()].map((one) => one.doc)).size,
    heldDocuments: () => held.documents().length,
    whereabouts: (doc, key) => ({
      unsentSince: outbox.writtenAt(doc, key),
      refused: refusalOf(doc),
      isHeld: held.writtenAt(doc, key) !== null,
      isRescued: rescued.some((one) => one.doc === doc && one.keys.includes(key)),
    }),
  }
}
