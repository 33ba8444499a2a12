import type { PlainDocument } from '../../shared/words/plain.ts'
import { nameDatabase } from './born.ts'
import { numbersOf, updatesIn } from './packed-updates.ts'
import { documentRow, outboxRow, updateRow } from './word-rows.ts'
import type {
  DocumentRow,
  OutboxMark,
  OutboxRow,
  WordsDatabase,
  WordsTables,
} from './words-database.ts'
import type { BufferedWrite } from './write-buffer.ts'

export interface StoredWords {
  row: DocumentRow
  marks: OutboxMark[]
  /** The same as they wait to be sent. */
  waiting: OutboxRow[]
  /** The newest update of the whole database: this transaction's own. */
  newest: number
  /** Others have written in this document meanwhile; `row` has their words too. */
  isBehind: boolean
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
  /** `plain` with updates that another tab or the sync has stored meanwhile. */
  withForeign(updates: Uint8Array[]): PlainDocument
}

/** One transaction: the updates, the plain text, the outbox. */
export const storeWords = async (database: WordsDatabase, words: Words): Promise<StoredWords> => {
  const { name, ...stored } = await database.transaction(
    'readwrite',
    ['docs', 'updates', 'outbox', 'meta'],
    async (tables) => {
      // 1. Every request is made at once, none waits for an answer: a page that is being closed gets no second turn.
      const looking = tables.updates.newest()
      let row = documentRow(words.doc, words.plain, words.changedAt)
      const unnumbered = words.writes.map((write) => outboxRow(words.doc, write))
      const writing = Promise.all([
        Promise.all(
          words.writes.map((write) => tables.updates.add(updateRow(words.doc, write, true))),
        ),
        Promise.all(unnumbered.map((one) => tables.outbox.add(one))),
        tables.meta.get('born'),
        tables.docs.put(row),
      ])
      // 2. Nobody else has written anything: it completes without us, in two thirds of the time. Else our plain text must not
      //    cover up what others have stored.
      const newest = await Promise.race([looking, writing])
      let isBehind = false
      if (newest === words.seen) tables.commit()
      else {
        const foreign = await foreignUpdates(tables, words, await writing.then(([own]) => own))
        isBehind = foreign.length > 0
        if (isBehind) row = { ...row, plain: words.withForeign(foreign) }
        if (isBehind) await tables.docs.put(row)
      }
      const [numbers, outboxNumbers, born] = await writing
      const waiting = unnumbered.map((one, index) => ({ ...one, n: outboxNumbers[index] ?? 0 }))
      const marks = waiting.map(({ n, doc, keys, writtenAt }) => ({ n, doc, keys, writtenAt }))
      return { row, marks, waiting, newest: Math.max(...numbers), isBehind, name: born?.value }
    },
  )
  const born = typeof name === 'string' ? name : await nameDatabase(database, words.bornAs)
  return { ...stored, born }
}

const foreignUpdates = async (
  { updates }: WordsTables,
  { doc, seen }: Words,
  own: readonly number[],
): Promise<Uint8Array[]> => {
  const numbers = await numbersOf(updates, doc)
  const rows = await updates.getMany(numbers.filter((n) => n > seen && !own.includes(n)))
  return rows.flatMap((row) => (row ? updatesIn(row, doc) : []))
}
