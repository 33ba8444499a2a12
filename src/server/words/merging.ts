import { type Digest, differenceFor, digestOf, isSameDigest } from '../../shared/words/compare.ts'
import { hasTooManyClients } from '../../shared/words/count-clients.ts'
import { createDocument, mergeIntoState } from '../../shared/words/document.ts'

/**
 * What needs a whole document built out of bytes that anybody may have made. Some bytes take minutes or a gigabyte, and no short
 * look tells which: seven bytes can claim room for thirty million letters.
 */
export interface Merging {
  /** One state in the place of all updates. */
  merge(updates: readonly Uint8Array[]): Promise<Merged>
  /** How a copy with this digest differs. */
  compare(updates: readonly Uint8Array[], theirs: Digest): Promise<Compared>
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

/** In the caller's own thread, which does nothing else meanwhile. */
export const mergingHere: Merging = {
  merge: async (updates) => mergeNow(updates),
  compare: async (updates, theirs) => compareNow(updates, theirs),
}
