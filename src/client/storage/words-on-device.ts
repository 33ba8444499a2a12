import { bornOf } from './born.ts'
import type { DatabaseAccess } from './database-access.ts'
import type { DocumentRow, OutboxMark } from './words-database.ts'

export interface WordsOnDevice {
  docs: DocumentRow[]
  unsent: OutboxMark[]
  /** Sent, and kept by the server for their author alone. */
  held: OutboxMark[]
  /** Scopes of which the server has forgotten something, perhaps of these words. */
  forgotten: string[]
  /** Scopes in which the principal may not write any more. */
  left: string[]
  sentAt: number | null
  /** Which database this is; null if it has no name yet. */
  born: string | null
}

/** All that a cold start shows, without Yjs. */
export const readWords = (access: DatabaseAccess): Promise<WordsOnDevice> =>
  access.run((database) =>
    database.transaction('readonly', shownTables, async (tables) => {
      const [docs, outbox, held, scopes, sentAt, born] = await Promise.all([
        tables.docs.getAll(),
        tables.outbox.getAll(),
        tables.held.getAll(),
        tables.scopes.getAll(),
        tables.meta.get('sentAt'),
        tables.meta.get('born'),
      ])
      return {
        docs,
        unsent: outbox.map(markOf),
        held: held.map(markOf),
        left: scopes.filter((row) => row.status === 'left').map((row) => row.id),
        forgotten: scopes.filter((row) => row.heal === 'forgotten').map((row) => row.id),
        sentAt: typeof sentAt?.value === 'number' ? sentAt.value : null,
        born: typeof born?.value === 'string' ? born.value : null,
      }
    }),
  )

const shownTables = ['docs', 'outbox', 'held', 'scopes', 'meta'] as const

const markOf = ({ n, doc, keys, writtenAt }: OutboxMark): OutboxMark => ({
  n,
  doc,
  keys,
  writtenAt,
})

export const readDocuments = async (
  access: DatabaseAccess,
  ids: readonly string[],
): Promise<DocumentRow[]> => {
  const rows = await access.run((database) =>
    database.transaction('readonly', ['docs'], ({ docs }) => docs.getMany(ids)),
  )
  return rows.filter((row) => row !== undefined)
}

/** This device's id for the principal; `candidate` becomes it at the first time. */
export const deviceId = async (access: DatabaseAccess, candidate: string): Promise<string> => {
  // Read first: a transaction that may write waits for the disk.
  const known = await access.run((database) =>
    database.transaction('readonly', ['meta'], ({ meta }) =>
      Promise.all([meta.get('device'), meta.get('born')]),
    ),
  )
  const [device, born] = known.map((row) => row?.value)
  if (typeof device === 'string' && born !== undefined) return device
  return access.run((database) =>
    database.transaction('readwrite', ['meta'], async (tables) => {
      await bornOf(tables, candidate)
      const row = await tables.meta.get('device')
      if (typeof row?.value === 'string') return row.value
      await tables.meta.put({ key: 'device', version: 1, value: candidate })
      return candidate
    }),
  )
}
