import { splitUpdate } from '../../shared/words/split-update.ts'
import { pieceBytes } from './merge-writes.ts'
import { outboxRow, writeOf } from './word-rows.ts'
import { type OutboxRow, only, type WordsDatabase } from './words-database.ts'

// Imports Yjs: to be loaded by import() alone.

/** An unsent update that is too large to be sent, as several; false if it cannot be divided or is gone. */
export const splitRow = async (
  database: WordsDatabase,
  born: string,
  row: OutboxRow,
): Promise<boolean> => {
  const pieces = splitUpdate(row.update, pieceBytes)
  if (pieces.length < 2) return false
  return database.transaction('readwrite', ['outbox', 'meta'], async ({ outbox, meta }) => {
    const [name, waiting] = await Promise.all([meta.get('born'), outbox.get(row.n)])
    if (name?.value !== born || waiting === undefined) return false
    const rows = pieces.map((update) => outboxRow(row.doc, { ...writeOf(row), update }))
    await Promise.all([outbox.delete(only(row.n)), outbox.addMany(rows)])
    return true
  })
}
