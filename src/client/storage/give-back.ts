import type { DatabaseAccess } from './database-access.ts'
import { placeWords } from './place-words.ts'
import type { Rescue } from './rescue.ts'
import { writeOf } from './word-rows.ts'

export { createRescue } from './rescue.ts'

// Imports Yjs: to be loaded by import() alone.

/** Puts rescued words into the database as if they had just been flushed. What cannot be placed yet stays rescued. */
export const giveBack = async (
  access: DatabaseAccess,
  rescue: Rescue,
  tab: string,
): Promise<void> => {
  // What this tab could not store it tries again itself.
  for (const [id, words] of rescue.kept().filter(([name]) => !name.startsWith(`${tab}/`))) {
    try {
      const placed = await access.run((database) => placeWords(database, words.doc, writeOf(words)))
      if (placed === 'stored') rescue.remove(id)
    } catch {
      // The database is still broken: they wait where they are.
    }
  }
}
