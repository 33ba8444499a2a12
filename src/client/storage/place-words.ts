import { differenceFor, digestOf, isSameDigest } from '../../shared/words/compare.ts'
import {
  applyUpdates,
  createDocument,
  isIncomplete,
  readPlain,
} from '../../shared/words/document.ts'
import { splitUpdate } from '../../shared/words/split-update.ts'
import { pieceBytes } from './merge-writes.ts'
import { updatesOf } from './packed-updates.ts'
import { isSameBytes } from './same-bytes.ts'
import { documentRow, outboxRow, updateRow } from './word-rows.ts'
import type { WordsDatabase } from './words-database.ts'
import type { BufferedWrite } from './write-buffer.ts'

// Imports Yjs: to be loaded by import() alone.

/** What has become of words that came from elsewhere than the keyboard; `waiting` = stored, but something before them is missing. */
export type Placed = 'stored' | 'waiting' | 'unreadable'

/** Puts words into the database as if they had just been flushed; those that are there already stay as they are. */
export const placeWords = (
  database: WordsDatabase,
  id: string,
  words: BufferedWrite,
): Promise<Placed> =>
  database.transaction('readwrite', ['docs', 'updates', 'outbox'], async (tables) => {
    const known = await updatesOf(tables.updates, id)
    const doc = createDocument(known, { gc: false })
    const before = digestOf(doc)
    const isUnreadable = applyUpdates(doc, [words.update]) > 0
    const [after, isWaiting, plain] = [digestOf(doc), isIncomplete(doc), readPlain(doc)]
    const news = isWaiting ? words.update : differenceFor(doc, before.stateVector)
    doc.destroy()
    if (isUnreadable) return 'unreadable'
    const pieces = splitUpdate(news, pieceBytes)
    // What waits for something shows nothing in the digest.
    const isHere = isWaiting
      ? pieces.every((piece) => known.some((update) => isSameBytes(update, piece)))
      : isSameDigest(before, after)
    if (!isHere) {
      const writes = pieces.map((update) => ({ ...words, update }))
      await Promise.all([
        tables.updates.addMany(writes.map((write) => updateRow(id, write, true))),
        tables.outbox.addMany(writes.map((write) => outboxRow(id, write))),
        tables.docs.put(documentRow(id, plain, words.writtenAt)),
      ])
    }
    return isWaiting ? 'waiting' : 'stored'
  })
