import type { CheckAnswer, DocumentDigest } from '../../shared/protocol/check-frames.ts'
import type { ScopeStatus } from '../../shared/protocol/frames.ts'
import { differenceFor, digestOf, isSameDigest } from '../../shared/words/compare.ts'
import { applyUpdates, createDocument, readPlain } from '../../shared/words/document.ts'
import { splitUpdate } from '../../shared/words/split-update.ts'
import { pieceBytes } from './merge-writes.ts'
import { updatesOf } from './packed-updates.ts'
import { documentRow, keysOf, outboxRow, updateRow } from './word-rows.ts'
import { ofScope, only, type WordsDatabase, type WordsTables } from './words-database.ts'

// Imports Yjs: to be loaded by import() alone.

/** What the healing of one scope is bound to: another database, epoch or right, and it begins anew. */
export interface Healing {
  born: string
  scope: string
  epoch: number
  status: ScopeStatus
}

export const documentsOf = (database: WordsDatabase, scope: string): Promise<string[]> =>
  database.transaction('readonly', ['docs'], ({ docs }) => docs.keys(ofScope(scope)))

export const readDigests = async (
  database: WordsDatabase,
  docs: readonly string[],
): Promise<DocumentDigest[]> => {
  const known = await database.transaction('readonly', ['updates'], ({ updates }) =>
    Promise.all(docs.map((doc) => updatesOf(updates, doc))),
  )
  return docs.map((id, index) => {
    const doc = createDocument(known[index])
    const digest = digestOf(doc)
    doc.destroy()
    return { doc: id, ...digest }
  })
}

/**
 * Takes in what the server has of a document that differs, and puts what the server lacks into the outbox, in one transaction.
 * False if the healing is overtaken.
 */
export const storeDifference = (
  database: WordsDatabase,
  healing: Healing,
  theirs: CheckAnswer['docs'][number],
  now: number,
): Promise<boolean> =>
  database.transaction(
    'readwrite',
    ['docs', 'updates', 'outbox', 'scopes', 'meta'],
    async (tables) => {
      if (!(await isCurrent(tables, healing))) return false
      const id = theirs.doc
      // Deleted words belong to the earlier versions, and may be here alone.
      const doc = createDocument(await updatesOf(tables.updates, id), { gc: false })
      const before = digestOf(doc)
      applyUpdates(doc, [theirs.update])
      const after = digestOf(doc)
      const [plain, missing] = [readPlain(doc), differenceFor(doc, theirs.stateVector)]
      doc.destroy()
      if (!isSameDigest(before, after)) {
        const write = { update: theirs.update, keys: [], writtenAt: now }
        await Promise.all([
          tables.updates.add(updateRow(id, write, false)),
          tables.docs.put(documentRow(id, plain, now)),
        ])
      }
      if (isSameDigest(after, theirs)) return true
      // All that waits of the document is in the difference: replaced, nothing waits twice.
      const waiting = (await tables.outbox.getAll()).filter((row) => row.doc === id)
      const pieces = splitUpdate(missing, pieceBytes)
      const keys = keysOf(plain)
      await Promise.all([
        ...waiting.map((row) => tables.outbox.delete(only(row.n))),
        tables.outbox.addMany(
          pieces.map((update) => outboxRow(id, { update, keys, writtenAt: now })),
        ),
      ])
      return true
    },
  )

/** Every document agrees, or its difference stands in the outbox. */
export const endHealing = (database: WordsDatabase, healing: Healing): Promise<void> =>
  database.transaction('readwrite', ['scopes', 'meta'], async (tables) => {
    if (!(await isCurrent(tables, healing))) return
    const row = await tables.scopes.get(healing.scope)
    if (row === undefined) return
    const { heal: _, ...healed } = row
    await tables.scopes.put(healed)
  })

const isCurrent = async ({ meta, scopes }: WordsTables, healing: Healing): Promise<boolean> => {
  const [born, scope] = await Promise.all([meta.get('born'), scopes.get(healing.scope)])
  const isSame = scope?.epoch === healing.epoch && scope.status === healing.status
  return born?.value === healing.born && isSame
}
