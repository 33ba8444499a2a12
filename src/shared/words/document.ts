import * as Y from 'yjs'
import type { PlainDocument, Scalar } from './plain.ts'
import { isTextRoot } from './roots.ts'
import { piecesOf, spliceBetween } from './text-splice.ts'

/** Who made a change: only `local` ones are buffered and sent. */
export type Origin = 'local' | 'stored'

/**
 * The one place that makes documents. The client id is Yjs's random default and lives as long as the instance: a stored or
 * derived one repeats clocks after a lost flush, and two different words then bear the same name.
 */
export const createDocument = (updates: Iterable<Uint8Array> = []): Y.Doc => {
  const doc = new Y.Doc()
  applyUpdates(doc, updates)
  return doc
}

export const applyUpdates = (doc: Y.Doc, updates: Iterable<Uint8Array>): void => {
  doc.transact(() => {
    for (const update of updates) {
      try {
        Y.applyUpdate(doc, update, 'stored' satisfies Origin)
      } catch {
        // Bytes that Yjs cannot read, sent by a broken client, must not keep all the others from being read.
      }
    }
  }, 'stored' satisfies Origin)
}

/** Something these updates build upon is missing; Yjs waits for it and shows nothing of what depends on it. */
export const isIncomplete = (doc: Y.Doc): boolean =>
  doc.store.pendingStructs !== null || doc.store.pendingDs !== null

export const readPlain = (doc: Y.Doc): PlainDocument => {
  const texts: PlainDocument['texts'] = {}
  const scalars: PlainDocument['scalars'] = {}
  for (const root of [...doc.share.keys()].filter(isTextRoot).sort()) {
    const text = doc.getText(root).toString()
    if (text !== '') texts[root] = text
  }
  for (const [key, value] of scalarsOf(doc)) if (isScalar(value)) scalars[key] = value
  return { texts, scalars }
}

/** A document's words from its updates, for documents that nobody has open. */
export const plainOfUpdates = (updates: Iterable<Uint8Array>): PlainDocument => {
  const doc = createDocument(updates)
  const plain = readPlain(doc)
  doc.destroy()
  return plain
}

/** Makes the root's text equal to `value` (well formed); false if it already was. */
export const writeText = (doc: Y.Doc, root: string, value: string): boolean => {
  if (!isTextRoot(root)) throw new Error(`not a text root: ${root}`)
  const text = doc.getText(root)
  const splice = spliceBetween(text.toString(), value.toWellFormed())
  if (splice === null) return false
  // A long paste becomes several updates, since one may not pass the protocol's limit.
  const [first = '', ...rest] = piecesOf(splice.insert, pastePiece)
  doc.transact(() => {
    if (splice.remove > 0) text.delete(splice.at, splice.remove)
    if (first !== '') text.insert(splice.at, first)
  }, 'local' satisfies Origin)
  let at = splice.at + first.length
  for (const piece of rest) {
    doc.transact(() => text.insert(at, piece), 'local' satisfies Origin)
    at += piece.length
  }
  return true
}

/** Sets several scalars as one change; false if all of them were so already. */
export const writeScalars = (
  doc: Y.Doc,
  entries: readonly (readonly [string, Scalar])[],
): boolean => {
  const scalars = scalarsOf(doc)
  const changed = entries.filter(([key, value]) => !isSame(scalars.get(key), value))
  if (changed.length === 0) return false
  doc.transact(() => {
    for (const [key, value] of changed) scalars.set(key, value)
  }, 'local' satisfies Origin)
  return true
}

/** Calls back with each update that this device has made. */
export const onLocalUpdate = (doc: Y.Doc, listener: (update: Uint8Array) => void): void => {
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === ('local' satisfies Origin)) listener(update)
  })
}

export const mergeUpdates = (updates: Uint8Array[]): Uint8Array =>
  updates.length === 1 && updates[0] ? updates[0] : Y.mergeUpdates(updates)

export const wholeState = (doc: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(doc)

const pastePiece = 40_000

const scalarsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('s')

const isScalar = (value: unknown): value is Scalar =>
  value === null ||
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (Array.isArray(value) && value.every((entry) => typeof entry === 'string'))

const isSame = (a: unknown, b: Scalar): boolean =>
  a === b ||
  (Array.isArray(a) &&
    Array.isArray(b) &&
    a.length === b.length &&
    a.every((entry, index) => entry === b[index]))
