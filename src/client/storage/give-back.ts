import type { DatabaseAccess } from './database-access.ts'
import { placeWords } from './place-words.ts'
import type { Rescue, RescuedWords } from './rescue.ts'
import { writeOf } from './word-rows.ts'

export { createRescue } from './rescue.ts'

// Imports Yjs: to be loaded by import() alone.

/**
 * Puts rescued words into the database as if they had just been flushed. What cannot be placed yet stays rescued; returns what
 * is in localStorage alone.
 */
export const giveBack = async (
  access: DatabaseAccess,
  rescue: Rescue,
  tab: string,
): Promise<RescuedWords[]> => {
  const left: RescuedWords[] = []
  // What this tab could not store it tries again itself.
  for (const [id, words] of rescue.kept().filter(([name]) => !name.startsWith(`${tab}/`))) {
    try {
      const placed = await access.run((database) => placeWords(database, words.doc, writeOf(words)))
      if (placed === 'unreadable') left.push(words)
      // Their window may be alive, and have kept more while the database was at it.
      else if (placed === 'stored' && !rescue.remove(id, words.update))
        left.push(rescue.kept().find(([name]) => name === id)?.[1] ?? words)
    } catch {
      left.push(words) // the database is still broken: they wait where they are
    }
  }
  return left
}
