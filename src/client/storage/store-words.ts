import type { PlainDocument } from '../../shared/words/plain.ts'
import { splitDocumentId } from '../../shared/words/scope.ts'
import type { DocumentRow, OutboxRow, UpdateRow, WordsDatabase } from './words-database.ts'
import type { BufferedWrite } from './write-buffer.ts'

/** What the lists need to know of an unsent update. */
export type OutboxMark = Pick<OutboxRow, 'n' | 'doc' | 'keys' | 'writtenAt'>

export interface StoredWords {
  row: DocumentRow
  marks: OutboxMark[]
  /** The newest update of the whole database: this transaction's own. */
  newest: number
  /** Which database this is. */
  born: string
}

interface Words {
  doc: string
  writes: BufferedWrite[]
  plain: PlainDocument
  changedAt: number
  /** What the database is named if it is new. */
  bornAs: string
  /** Updates after this one are not in `plain`. */
  seen: number
  /** The document's plain text with updates that another tab or the sync has stored meanwhile. */
  withForeign(updates: Uint8Array[]): PlainDocument
}

/** One transaction: the updates, the plain text, the outbox. */
export const storeWords = (database: WordsDatabase, words: Words): Promise<StoredWords> => {
  const { docs, updates, outbox, meta } = database
  return database.transaction('rw', docs, updates, outbox, meta, async () => {
    // 1. Every write is asked for at once, none waits for a read: a page that is being closed gets no second turn.
    const adding = words.writes.map((write) =>
      Promise.all([
        database.updates.add(updateRow(words.doc, write, true)),
        database.outbox.add(outboxRow(words.doc, write)),
      ]),
    )
    let row = documentRow(words.doc, words.plain, words.changedAt)
    const putting = database.docs.put(row)
    const keys = await Promise.all(adding)
    await putting
    // 2. Our plain text must not cover up what others have stored since we last looked.
    const own = new Set(keys.map(([n]) => n))
    const foreign = (await database.updates.where('n').above(words.seen).toArray()).filter(
      (update) => update.doc === words.doc && !own.has(update.n),
    )
    if (foreign.length > 0) {
      row = { ...row, plain: words.withForeign(foreign.map((update) => update.update)) }
      await database.docs.put(row)
    }
    const marks = words.writes.map((write, index) => ({
      n: keys[index]?.[1] ?? 0,
      doc: words.doc,
      keys: write.keys,
      writtenAt: write.writtenAt,
    }))
    return { row, marks, newest: Math.max(...own), born: await bornOf(database, words.bornAs) }
  })
}

/** The name of this database; gives it one if it has none. */
export const bornOf = async (database: WordsDatabase, candidate: string): Promise<string> => {
  const known = await database.meta.get('born')
  if (typeof known?.value === 'string') return known.value
  await database.meta.put({ key: 'born', version: 1, value: candidate })
  return candidate
}

export const documentRow = (id: string, plain: PlainDocument, changedAt: number): DocumentRow => ({
  id,
  version: 1,
  ...placeOf(id),
  plain,
  changedAt,
})

export const updateRow = (
  doc: string,
  write: BufferedWrite,
  own: boolean,
): Omit<UpdateRow, 'n'> => ({ version: 1, doc, scope: placeOf(doc).scope, own, ...write })

export const outboxRow = (doc: string, write: BufferedWrite): Omit<OutboxRow, 'n'> => ({
  version: 1,
  doc,
  scope: placeOf(doc).scope,
  ...write,
})

export const markOf = ({ n, doc, keys, writtenAt }: OutboxRow): OutboxMark => ({
  n,
  doc,
  keys,
  writtenAt,
})

export const writeOf = ({ update, keys, writtenAt }: BufferedWrite): BufferedWrite => ({
  update,
  keys,
  writtenAt,
})

const placeOf = (doc: string): { scope: string; task: string } => {
  const place = splitDocumentId(doc)
  if (place === null) throw new Error(`not a document id: ${doc}`)
  return place
}
