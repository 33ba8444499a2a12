import { createDocument, isIncomplete, readPlain } from '../../shared/words/document.ts'
import type { DatabaseAccess } from './database-access.ts'
import type { Rescue, RescuedWords } from './rescue.ts'
import { isSameBytes } from './same-bytes.ts'
import { documentRow, outboxRow, updateRow, writeOf } from './store-words.ts'
import type { WordsDatabase } from './words-database.ts'

// Imports Yjs: to be loaded by import() alone.

/** Puts rescued words into the database as if they had just been flushed. What cannot be placed yet stays rescued. */
export const giveBack = async (access: DatabaseAccess, rescue: Rescue): Promise<void> => {
  for (const [id, words] of rescue.kept()) {
    try {
      const placed = await access.run((database) => place(database, words))
      if (placed) rescue.remove(id)
    } catch {
      // The database is still broken: they wait where they are.
    }
  }
}

const place = (database: WordsDatabase, words: RescuedWords): Promise<boolean> =>
  database.transaction('rw', database.docs, database.updates, database.outbox, async () => {
    const rows = await database.updates.where('doc').equals(words.doc).toArray()
    const isStored = rows.some((row) => row.own && isSameBytes(row.update, words.update))
    const doc = createDocument([...rows.map((row) => row.update), words.update])
    if (!isStored) {
      await database.updates.add(updateRow(words.doc, writeOf(words), true))
      await database.outbox.add(outboxRow(words.doc, writeOf(words)))
      await database.docs.put(documentRow(words.doc, readPlain(doc), words.writtenAt))
    }
    const isPlaced = !isIncomplete(doc)
    doc.destroy()
    return isPlaced
  })
