import { digest } from 'lib0/hash/sha256'
import { encodeUtf8 } from 'lib0/string'
import * as Y from 'yjs'
import { readPlain } from './document.ts'
import { canonicalPlain } from './plain.ts'

/** What tells whether two copies of a document are equal, for `sync/check`. */
export interface Digest {
  /** Which changes are there; it shows no deletion. */
  stateVector: Uint8Array
  /** SHA-256 (32 bytes) of the words as they are read, so that a copy that keeps its deleted words agrees with one that does not. */
  hash: Uint8Array
}

export const digestOf = (doc: Y.Doc): Digest => ({
  stateVector: Y.encodeStateVector(doc),
  hash: digest(encodeUtf8(canonicalPlain(readPlain(doc)))),
})

export const isSameDigest = (a: Digest, b: Digest): boolean =>
  isSame(a.stateVector, b.stateVector) && isSame(a.hash, b.hash)

/** What the other copy lacks, all deletions in any case. Throws if `theirStateVector` is none. */
export const differenceFor = (doc: Y.Doc, theirStateVector: Uint8Array): Uint8Array =>
  Y.encodeStateAsUpdate(doc, theirStateVector)

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])
