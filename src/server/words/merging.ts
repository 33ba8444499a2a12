import { type Digest, differenceFor, digestOf, isSameDigest } from '../../shared/words/compare.ts'
import { hasTooManyClients } from '../../shared/words/count-clients.ts'
import {
  applyUpdates,
  createDocument,
  isIncomplete,
  mergeIntoState,
  plainOfUpdates,
  readPlain,
} from '../../shared/words/document.ts'
import { handedInSeq } from '../../shared/words/handed-in-history.ts'
import type { PlainDocument } from '../../shared/words/plain.ts'

/**
 * What needs a whole document built out of bytes that anybody may have made. Some bytes take minutes, and no short look tells which.
 */
export interface Merging {
  /** One state in the place of all updates. */
  merge(updates: readonly Uint8Array[]): Promise<Merged>
  /** How a copy with this digest differs. */
  compare(updates: readonly Uint8Array[], theirs: Digest): Promise<Compared>
  /** The words as they are now, what was deleted left out. */
  read(updates: readonly Uint8Array[]): Promise<ReadWords>
  /** The words as they stood at the newest handing in, out of the whole history in its order. */
  readHandedIn(updates: readonly Uint8Array[]): Promise<HandedInWords>
}

/** `unfit` = nobody should build this document; `busy` = not now: it took too long, or others have all the room. */
export type NotBuilt = { kind: 'unfit' } | { kind: 'busy' }
export type Merged =
  | { kind: 'merged'; state: Uint8Array }
  /** Some updates cannot be read, or wait for one that is missing. */
  | { kind: 'broken' }
  | NotBuilt
export type Compared =
  | { kind: 'same' }
  /** With our digest, and what they lack. */
  | ({ kind: 'different'; update: Uint8Array } & Digest)
  | { kind: 'no-vector'; message: string }
  | NotBuilt

/** `isWhole` false = some updates cannot be read, or wait for one that is missing: there are words that are not in `plain`. */
export type ReadWords = { kind: 'read'; plain: PlainDocument; isWhole: boolean } | NotBuilt

/** `last` = place of the update by which it was handed in; null if it is not. */
export type HandedInWords =
  | { kind: 'handed-in'; last: number | null; plain: PlainDocument }
  | NotBuilt

export const handedInNow = (updates: readonly Uint8Array[]): HandedInWords => {
  if (hasTooManyClients(updates)) return { kind: 'unfit' }
  const last = handedInSeq(updates.map((update, seq) => ({ seq, at: 0, author: '', update })))
  const until = last === null ? [] : updates.slice(0, last + 1)
  return { kind: 'handed-in', last, plain: plainOfUpdates(until) }
}

export const mergeNow = (updates: readonly Uint8Array[]): Merged => {
  if (hasTooManyClients(updates)) return { kind: 'unfit' }
  const { state, incomplete, unreadable } = mergeIntoState(updates)
  return incomplete || unreadable > 0 ? { kind: 'broken' } : { kind: 'merged', state }
}

export const compareNow = (updates: readonly Uint8Array[], theirs: Digest): Compared => {
  if (hasTooManyClients(updates)) return { kind: 'unfit' }
  const document = createDocument(updates, { gc: false })
  try {
    const ours = digestOf(document)
    if (isSameDigest(ours, theirs)) return { kind: 'same' }
    return { kind: 'different', ...ours, update: differenceFor(document, theirs.stateVector) }
  } catch (error) {
    return { kind: 'no-vector', message: (error as Error).message }
  } finally {
    document.destroy()
  }
}

export const readNow = (updates: readonly Uint8Array[]): ReadWords => {
  if (hasTooManyClients(updates)) return { kind: 'unfit' }
  const document = createDocument()
  const unreadable = applyUpdates(document, updates)
  const plain = readPlain(document)
  const isWhole = unreadable === 0 && !isIncomplete(document)
  document.destroy()
  return { kind: 'read', plain, isWhole }
}

/** In the caller's own thread, which does nothing else meanwhile. */
export const mergingHere: Merging = {
  merge: async (updates) => mergeNow(updates),
  compare: async (updates, theirs) => compareNow(updates, theirs),
  read: async (updates) => readNow(updates),
  readHandedIn: async (updates) => handedInNow(updates),
}
