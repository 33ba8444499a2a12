import type * as Y from 'yjs'
import { plainOfUpdates } from './document.ts'
import { decodeHandingIn, handedInKey } from './handing-in.ts'
import { canonicalPlain } from './plain.ts'
import { type HistoryEntry, replay } from './replay.ts'
import { scalarsOf } from './touched-keys.ts'

/**
 * The seq of the update by which the newest handing in arrived; null if the document is not handed in. Of two that were made
 * unseen by each other the one that arrived last, whichever of them Yjs shows: what was written before it belongs to it.
 */
export const handedInSeq = (history: readonly HistoryEntry[]): number | null => {
  const seqByValue = new Map<string, number>()
  let values: string[] = []
  let current: unknown
  replay(history, (doc, { seq }) => {
    const scalars = scalarsOf(doc)
    current = scalars.get(handedInKey)
    values = everSet(scalars, handedInKey).filter(isHandingIn)
    for (const value of values) if (!seqByValue.has(value)) seqByValue.set(value, seq)
  })
  if (!isHandingIn(current)) return null
  // An earlier one is there twice if an undo has brought it back.
  if (values.filter((value) => value === current).length > 1) return seqByValue.get(current) ?? null
  return Math.max(...seqByValue.values())
}

/** Whether the words, other than the handing in, differ from what they were at `seq`. */
export const changedSince = (history: readonly HistoryEntry[], seq: number): boolean =>
  wordsOf(history.filter((entry) => entry.seq <= seq)) !== wordsOf(history)

const wordsOf = (history: readonly HistoryEntry[]): string => {
  const { texts, scalars } = plainOfUpdates(history.map(({ update }) => update))
  const { [handedInKey]: _, ...others } = scalars
  return canonicalPlain({ texts, scalars: others })
}

const isHandingIn = (value: unknown): value is string => decodeHandingIn(value) !== null

/** All values that a key of the map has had, those that lost against another included; needs a document with `gc: false`. */
const everSet = (map: Y.Map<unknown>, key: string): unknown[] => {
  const values: unknown[] = []
  for (let item = map._map.get(key) ?? null; item !== null; item = item.left)
    values.push(...item.content.getContent())
  return values
}
