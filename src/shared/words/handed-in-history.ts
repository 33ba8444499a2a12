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
 *
 * 1. Go through the history once, and note how far each client had come after each update.
 * 2. Look at the handings in once, at its end: nothing that Yjs has taken in ever leaves a document that keeps what was deleted.
 * 3. The note says by which update each of them came.
 */
export const handedInSeq = (history: readonly HistoryEntry[]): number | null => {
  const arrivals = createArrivals()
  let all: Arrived[] = []
  let current: HandingIn | null = null
  const newest = history.at(-1)
  replay(history, (doc, entry) => {
    arrivals.note(doc, entry.seq)
    if (entry !== newest) return
    const scalars = scalarsOf(doc)
    current = decodeHandingIn(scalars.get(handedInKey))
    all = everSet(scalars, handedInKey).flatMap(({ value, client, clock }) => {
      const handing = decodeHandingIn(value)
      const seq = arrivals.seqOf(client, clock)
      return handing && seq !== null ? [{ ...handing, seq }] : []
    })
  })
  if (current === null) return null
  const { id } = current as HandingIn
  const seqById = new Map<string, number>()
  for (const one of all) seqById.set(one.id, Math.min(one.seq, seqById.get(one.id) ?? one.seq))
  // An earlier one is there twice if an undo has brought it back; not if only its label has been erased.
  const times = all.filter((one) => one.id === id && one.label !== erasedLabel)
  if (times.length > 1) return seqById.get(id) ?? null
  return [...seqById.values()].reduce<number | null>(
    (last, seq) => Math.max(last ?? seq, seq),
    null,
  )
}

type Arrived = HandingIn & { seq: number }

/** Whether the words, other than the handing in, differ from what they were at `seq`. */
export const changedSince = (history: readonly HistoryEntry[], seq: number): boolean =>
  wordsOf(history.filter((entry) => entry.seq <= seq)) !== wordsOf(history)

const wordsOf = (history: readonly HistoryEntry[]): string => {
  const { texts, scalars } = plainOfUpdates(history.map(({ update }) => update))
  const { [handedInKey]: _, ...others } = scalars
  return canonicalPlain({ texts, scalars: others })
}

interface EverSet {
  value: unknown
  client: number
  clock: number
}

/** All values that a key of the map has had, those that lost against another included; needs a document with `gc: false`. */
const everSet = (map: Y.Map<unknown>, key: string): EverSet[] => {
  const values: EverSet[] = []
  for (let item = map._map.get(key) ?? null; item !== null; item = item.left) {
    const { client, clock } = item.id
    // Yjs makes one item of neighbours: each value has a clock of its own.
    for (const [place, value] of item.content.getContent().entries())
      values.push({ value, client, clock: clock + place })
  }
  return values
}

/** By which update something came, from how far its client had come then. */
const createArrivals = () => {
  const stepsByClient = new Map<number, { end: number; seq: number }[]>()
  return {
    note: (doc: Y.Doc, seq: number): void => {
      for (const [client, structs] of doc.store.clients) {
        const last = structs.at(-1)
        if (!last) continue
        const end = last.id.clock + last.length
        const steps = stepsByClient.get(client)
        if (!steps) stepsByClient.set(client, [{ end, seq }])
        else if (end > (steps.at(-1)?.end ?? 0)) steps.push({ end, seq })
      }
    },
    /** Null = by none: bytes that broke off while Yjs took them in. */
    seqOf: (client: number, clock: number): number | null => {
      const steps = stepsByClient.get(client) ?? []
      let [low, high] = [0, steps.length - 1]
      while (low < high) {
        const middle = (low + high) >> 1
        if ((steps[middle]?.end ?? 0) > clock) high = middle
        else low = middle + 1
      }
      const step = steps[low]
      return step && step.end > clock ? step.seq : null
    },
  }
}
