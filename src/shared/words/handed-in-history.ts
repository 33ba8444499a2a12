import type * as Y from 'yjs'
import { erasedLabel } from './blocks.ts'
import { plainOfUpdates } from './document.ts'
import { decodeHandingIn, type HandingIn, handedInKey } from './handing-in.ts'
import { canonicalPlain } from './plain.ts'
import { type HistoryEntry, replay } from './replay.ts'
import { scalarsOf } from './touched-keys.ts'

/**
 * The seq of the update by which the newest handing in arrived; null if the document is not handed in. Of two that were made
 * unseen by each other the one that arrived last, whichever of them Yjs shows: what was written before it belongs to it.
 */
export const handedInSeq = (history: readonly HistoryEntry[]): number | null => {
  const seqById = new Map<string, number>()
  let all: HandingIn[] = []
  let current: HandingIn | null = null
  replay(history, (doc, { seq }) => {
    const scalars = scalarsOf(doc)
    current = decodeHandingIn(scalars.get(handedInKey))
    all = everSet(scalars, handedInKey).flatMap((value) => decodeHandingIn(value) ?? [])
    for (const { id } of all) if (!seqById.has(id)) seqById.set(id, seq)
  })
  if (current === null) return null
  const { id } = current as HandingIn
  // An earlier one is there twice if an undo has brought it back; not if only its label has been erased.
  const times = all.filter((one) => one.id === id && one.label !== erasedLabel)
  if (times.length > 1) return seqById.get(id) ?? null
  return Math.max(...seqById.values())
}

/** Whether the words, other than the handing in, differ from what they were at `seq`. */
export const changedSince = (history: readonly HistoryEntry[], seq: number): boolean =>
  wordsOf(history.filter((entry) => entry.seq <= seq)) !== wordsOf(history)

const wordsOf = (history: readonly HistoryEntry[]): string => {
  const { texts, scalars } = plainOfUpdates(history.map(({ update }) => update))
  const { [handedInKey]: _, ...others } = scalars
  return canonicalPlain({ texts, scalars: others })
}

/** All values that a key of the map has had, those that lost against another included; needs a document with `gc: false`. */
const everSet = (map: Y.Map<unknown>, key: string): unknown[] => {
  const values: unknown[] = []
  for (let item = map._map.get(key) ?? null; item !== null; item = item.left)
    values.push(...item.content.getContent())
  return values
}
