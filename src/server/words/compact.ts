import { type DocumentParts, documentStore } from '../store/document-store.ts'
import type { Store } from '../store/store.ts'
import { type Merging, mergingHere } from './merging.ts'

/**
 * `overtaken` = another one compacted, erased or restored meanwhile. `broken` = updates that cannot be read, that wait for one
 * that is missing, or that nobody should merge: nothing is touched, since a device may still bring it. `busy` = merging took too
 * long this time.
 */
export type Compaction = 'compacted' | 'nothing' | 'broken' | 'busy' | 'overtaken'

/**
 * Puts one snapshot in the place of a document's updates, which go to the archive with every byte and number. Safe at any time
 * and on several nodes at once:
 *
 * 1. Read the snapshot and the updates after it, without a lock.
 * 2. Merge them in a document that forgets nothing. (mergeUpdates would keep every edit apart, and grow.)
 * 3. Under the scope's lock, and only if its epoch and every byte that was read are still those (an erasure changes bytes under
 *    their numbers): move, and write. What was pushed meanwhile has higher numbers and stays an update.
 */
export const compactDocument = async (
  store: Store,
  scope: string,
  doc: string,
  merging: Merging = mergingHere,
): Promise<Compaction> => {
  const before = await documentStore.scope(store.db, scope)
  const parts = await documentStore.parts(store.db, scope, doc)
  if (before?.status !== 'ok' || parts.updates === 0) return 'nothing'

  const merged = await merging.merge(parts.bytes)
  if (merged.kind === 'busy') return 'busy'
  if (merged.kind !== 'merged') return 'broken'

  return store.write(async (db) => {
    const now = await documentStore.lock(db, scope)
    const again = await documentStore.parts(db, scope, doc)
    const isSame = now?.status === 'ok' && now.epoch === before.epoch && beginsWith(again, parts)
    if (!isSame) return 'overtaken'
    const moved = await documentStore.archive(db, scope, doc, parts.seq)
    if (moved !== parts.updates) throw new Error(`${moved} updates where ${parts.updates} were`)
    await documentStore.putSnapshot(db, { scope, doc, snapshot: merged.state, seq: parts.seq })
    return 'compacted'
  })
}

const beginsWith = (all: DocumentParts, first: DocumentParts): boolean =>
  all.snapshotSeq === first.snapshotSeq &&
  first.bytes.every((bytes, index) => Buffer.compare(bytes, all.bytes[index] ?? nothing) === 0)
const nothing = new Uint8Array()
