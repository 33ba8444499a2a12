import * as Y from 'yjs'
import { isScalar, type PlainDocument, type Scalar } from './plain.ts'
import { quickPlainOf } from './quick-plain.ts'
import { isTextRoot } from './roots.ts'
import { piecesOf, spliceBetween } from './text-splice.ts'
import { scalarsOf, touchedKeys } from './touched-keys.ts'
import { claimsTooMuch } from './update-claims.ts'

/** Who made a change: only `local` ones, and an undo of them, are buffered and sent. */
export type Origin = 'local' | 'stored'

/** Where documents take their client ids from; null = Yjs's random default. Only the simulator sets it, to repeat a run. */
export const clientIds: { next: (() => number) | null } = { next: null }

/**
 * The one place that makes documents. The client id is Yjs's random default and lives as long as the instance: a stored or
 * derived one repeats clocks after a lost flush, and two different words then bear the same name. `gc: false` keeps what was
 * deleted.
 */
export const createDocument = (
  updates: Iterable<Uint8Array> = [],
  { gc = true }: { gc?: boolean } = {},
): Y.Doc => {
  const doc = new Y.Doc({ gc })
  if (clientIds.next !== null) doc.clientID = clientIds.next()
  applyUpdates(doc, updates)
  return doc
}

/** Returns how many updates could not be read. */
export const applyUpdates = (doc: Y.Doc, updates: Iterable<Uint8Array>): number => {
  let unreadable = 0
  doc.transact(() => {
    for (const update of updates) {
      if (claimsTooMuch(update)) {
        unreadable++
        continue
      }
      try {
        Y.applyUpdate(doc, update, 'stored' satisfies Origin)
      } catch {
        // Bytes that Yjs cannot read, sent by a broken client, must not keep all the others from being read.
        unreadable++
      }
    }
  }, 'stored' satisfies Origin)
  return unreadable
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
  const list = [...updates]
  const quick = quickPlainOf(list)
  if (quick !== null) return quick
  const doc = createDocument(list)
  const plain = readPlain(doc)
  doc.destroy()
  return plain
}

export interface MergedState {
  /** One update with everything, deleted words and what waits for something missing included. */
  state: Uint8Array
  /** Something that the updates build upon is missing. */
  incomplete: boolean
  /** How many updates could not be read; they are not in the state. */
  unreadable: number
}

/** What compaction stores in place of the updates. Not by mergeUpdates, which keeps every edit apart and grows. */
export const mergeIntoState = (updates: Iterable<Uint8Array>): MergedState => {
  const doc = createDocument([], { gc: false })
  const unreadable = applyUpdates(doc, updates)
  const merged = { state: wholeState(doc), incomplete: isIncomplete(doc), unreadable }
  doc.destroy()
  return merged
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
  const changed = entries
    .map(([key, value]) => [key, wellFormed(value)] as const)
    .filter(([key, value]) => !isSame(scalars.get(key), value))
  if (changed.length === 0) return false
  doc.transact(() => {
    for (const [key, value] of changed) scalars.set(key, value)
  }, 'local' satisfies Origin)
  return true
}

/** Calls back with each update that this device has made, undo and redo included, and the roots and `s/` keys in it. */
export const onLocalUpdate = (
  doc: Y.Doc,
  listener: (update: Uint8Array, touched: string[]) => void,
): void => {
  doc.on('update', (update, origin, _doc, transaction) => {
    if (origin === ('local' satisfies Origin) || origin instanceof Y.UndoManager)
      listener(update, touchedKeys(transaction))
  })
}

export const mergeUpdates = (updates: Uint8Array[]): Uint8Array =>
  updates.length === 1 && updates[0] ? updates[0] : Y.mergeUpdates(updates)

/** No structs and no deletions. */
export const emptyUpdate: Uint8Array = Uint8Array.of(0, 0)

export const wholeState = (doc: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(doc)

const pastePiece = 40_000

/** As it will be when it has been sent: half a surrogate pair becomes U+FFFD, here too, or the copies differ for ever. */
const wellFormed = (value: Scalar): Scalar => {
  if (typeof value === 'string') return value.toWellFormed()
  return Array.isArray(value) ? value.map((entry) => entry.toWellFormed()) : value
}

const isSame = (a: unknown, b: Scalar): boolean =>
  a === b ||
  (Array.isArray(a) &&
    Array.isArray(b) &&
    a.length === b.length &&
    a.every((entry, index) => entry === b[index]))
