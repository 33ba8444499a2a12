import type { DatabaseAccess } from './database-access.ts'
import { tableNames, type WordsTables, type WordsTransaction } from './words-database.ts'

export { createRescue } from './rescue.ts'

/** Words that the server does not have for certain; what it may have forgotten counts too, until that is known. */
export const isAnyUnsent = (access: DatabaseAccess): Promise<boolean> =>
  access.run((database) => database.transaction('readonly', ['outbox', 'scopes'], holdsUnsent))

/** Deletes everything of the principal from this device; false, and nothing is touched, while a word is unsent. */
export const deleteIfSent = async (access: DatabaseAccess): Promise<boolean> =>
  deleteWords(access, holdsUnsent)

/** The same, whatever is unsent: somebody has saved it as a file. */
export const deleteUnsentToo = async (access: DatabaseAccess): Promise<boolean> =>
  deleteWords(access, async () => false)

const deleteWords = async (
  access: DatabaseAccess,
  mustStay: (tables: WordsTransaction) => Promise<boolean>,
): Promise<boolean> => {
  // Emptied in the transaction that has looked: another tab cannot write in between.
  const isEmptied = await access.run((database) =>
    database.transaction('readwrite', tableNames, async (tables) => {
      if (await mustStay(tables)) return false
      await Promise.all(tableNames.map((name) => tables[name].delete({})))
      return true
    }),
  )
  if (!isEmptied || (await isAnyUnsent(access))) return false
  // Empty already: a connection of a frozen tab may hold the deletion up for ever.
  void access.delete().catch(() => undefined)
  return true
}

const holdsUnsent = async ({
  outbox,
  scopes,
}: Pick<WordsTables, 'outbox' | 'scopes'>): Promise<boolean> => {
  const [unsent, rows] = await Promise.all([outbox.count(), scopes.getAll()])
  return unsent > 0 || rows.some((row) => row.heal)
}
