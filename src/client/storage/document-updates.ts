import {
  applyUpdates,
  createDocument,
  isIncomplete,
  wholeState,
} from '../../shared/words/document.ts'
import { pieceBytes } from './merge-writes.ts'
import { numbersOf, updatesIn, updatesOf } from './packed-updates.ts'
import { updateRow } from './word-rows.ts'
import { only, type WordsDatabase, type WordsTables } from './words-database.ts'

// Imports Yjs: to be loaded by import() alone.

/** A document's updates after `seen`, and the number of the newest of all documents. */
export const readUpdates = async (
  { updates }: Pick<WordsTables, 'updates'>,
  doc: string,
  seen: number,
): Promise<{ updates: Uint8Array[]; newest: number }> => {
  const finding = updates.newest()
  if (seen === 0) {
    const [newest, all] = await Promise.all([finding, updatesOf(updates, doc)])
    return { updates: all, newest }
  }
  const [newest, numbers] = await Promise.all([finding, numbersOf(updates, doc)])
  const rows = await updates.getMany(numbers.filter((n) => n > seen))
  return { updates: rows.flatMap((row) => (row ? updatesIn(row, doc) : [])), newest }
}

/** From so many updates on, a document is folded. */
export const foldFrom = 100

/**
 * A document's many updates as one. What is unsent has its bytes in the outbox; other tabs see one new update, which holds
 * nothing new for them. Left alone: a document that is large, or that misses something it builds upon. Gives the number of
 * rows if they are too few, else 0.
 */
export const foldUpdates = (database: WordsDatabase, doc: string): Promise<number> =>
  database.transaction('readwrite', ['updates'], async ({ updates }) => {
    const rows = await updates.ofDocuments(only(doc))
    if (rows.length < foldFrom) return rows.length
    const merged = createDocument([], { gc: false })
    const unreadable = applyUpdates(
      merged,
      rows.map((row) => row.update),
    )
    const update = wholeState(merged)
    const isWhole = unreadable === 0 && !isIncomplete(merged)
    merged.destroy()
    if (!isWhole || update.length > pieceBytes) return 0
    const writtenAt = Math.max(...rows.map((row) => row.writtenAt))
    const isOwn = rows.some((row) => row.own)
    await Promise.all([
      updates.add(updateRow(doc, { update, keys: [], writtenAt }, isOwn)),
      ...rows.map((row) => updates.delete(only(row.n))),
    ])
    return 0
  })

/** A document of the scope builds upon something that is not on this device: device and server are to be compared. */
export const markIncomplete = (database: WordsDatabase, scope: string): Promise<void> =>
  database.transaction('readwrite', ['scopes'], async ({ scopes }) => {
    const row = await scopes.get(scope)
    // Never answered: everything comes anyway.
    if (row !== undefined) await scopes.put({ ...row, heal: row.heal ?? 'incomplete' })
  })
