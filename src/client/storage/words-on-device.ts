import type { DatabaseAccess } from './database-access.ts'
import { markOf, type OutboxMark } from './store-words.ts'
import type { DocumentRow, MetaRow } from './words-database.ts'

export interface WordsOnDevice {
  docs: DocumentRow[]
  unsent: OutboxMark[]
  sentAt: number | null
}

/** All that a cold start shows, without Yjs. */
export const readWords = (access: DatabaseAccess): Promise<WordsOnDevice> =>
  access.run((database) =>
    database.transaction('r', database.docs, database.outbox, database.meta, async () => {
      const [docs, outbox, sentAt] = await Promise.all([
        database.docs.toArray(),
        database.outbox.toArray(),
        database.meta.get('sentAt'),
      ])
      return {
        docs,
        unsent: outbox.map(markOf),
        sentAt: typeof sentAt?.value === 'number' ? sentAt.value : null,
      }
    }),
  )

export const readDocuments = async (
  access: DatabaseAccess,
  ids: readonly string[],
): Promise<DocumentRow[]> => {
  const rows = await access.run((database) => database.docs.bulkGet([...ids]))
  return rows.filter((row) => row !== undefined)
}

/** This device's id for the principal; `candidate` becomes it at the first time. */
export const deviceId = (access: DatabaseAccess, candidate: string): Promise<string> =>
  access.run((database) =>
    database.transaction('rw', database.meta, async () => {
      const known = await database.meta.get('device')
      if (typeof known?.value === 'string') return known.value
      await database.meta.put({ key: 'device', version: 1, value: candidate } satisfies MetaRow)
      return candidate
    }),
  )

export const countUnsent = (access: DatabaseAccess): Promise<number> =>
  access.run((database) => database.outbox.count())

/** Deletes everything of the principal from this device; false, and nothing is touched, while a word is unsent. */
export const deleteIfSent = async (access: DatabaseAccess): Promise<boolean> => {
  // Emptied in the transaction that has looked: another tab cannot write in between.
  const isEmptied = await access.run((database) =>
    database.transaction('rw', database.tables, async () => {
      if ((await database.outbox.count()) > 0) return false
      await Promise.all(database.tables.map((table) => table.clear()))
      return true
    }),
  )
  if (!isEmptied || (await countUnsent(access)) > 0) return false
  // Empty already: a connection of a frozen tab may hold the deletion up for ever.
  void access.delete().catch(() => undefined)
  return true
}
