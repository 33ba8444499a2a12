import { splitDocumentId } from '../../shared/words/scope.ts'
import { updateRow } from './word-rows.ts'
import {
  ofScope,
  only,
  packOf,
  type UpdateRow,
  type UpdatesTable,
  type WordsDatabase,
} from './words-database.ts'

// A new device takes in a thousand documents: a row and its place in the index for each is half of the time. They come as packs,
// rows of the same table that hold many documents' updates, and are unpacked when nobody waits.

export interface PackedUpdate {
  doc: string
  update: Uint8Array
}

/** Fewer than `from` documents are stored one by one. Only the simulator changes it, whose people write few. */
export const packing = { from: 8 }
/** Chromium keeps longer values in files of their own. */
const packBytes = 48 * 1024

/** Rows for updates from the server, of documents of which this device has nothing. */
export const rowsOf = (
  scope: string,
  items: readonly PackedUpdate[],
  now: number,
): Omit<UpdateRow, 'n'>[] => {
  if (items.length < packing.from)
    return items.map(({ doc, update }) => updateRow(doc, received(update, now), false))
  const packs: PackedUpdate[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const item of items) {
    bytes += item.update.length + item.doc.length
    if (bytes > packBytes) {
      packs.push([])
      bytes = item.update.length + item.doc.length
    }
    packs.at(-1)?.push(item)
  }
  return packs.map((pack) => ({
    ...received(new Uint8Array(), now),
    version: 1,
    doc: packOf(scope),
    scope,
    own: false,
    pack,
  }))
}

export const received = (update: Uint8Array, now: number) => ({ update, keys: [], writtenAt: now })

/** All updates of a document. */
export const updatesOf = async (updates: UpdatesTable, doc: string): Promise<Uint8Array[]> => {
  const [packs, rows] = await Promise.all([
    updates.ofDocuments(only(packFor(doc))),
    updates.ofDocuments(only(doc)),
  ])
  return [...packs, ...rows].flatMap((row) => updatesIn(row, doc))
}

/** All updates of a scope's documents. */
export const updatesOfScope = async (
  updates: UpdatesTable,
  scope: string,
): Promise<PackedUpdate[]> => {
  const [packs, rows] = await Promise.all([
    updates.ofDocuments(only(packOf(scope))),
    updates.ofDocuments(ofScope(scope)),
  ])
  return [...packs.flatMap((row) => row.pack ?? []), ...rows]
}

/** The numbers of the rows in which there is, or may be, something of the document. */
export const numbersOf = async (updates: UpdatesTable, doc: string): Promise<number[]> => {
  const numbers = await Promise.all([
    updates.numbersOfDocuments(only(packFor(doc))),
    updates.numbersOfDocuments(only(doc)),
  ])
  return numbers.flat()
}

export const updatesIn = (row: UpdateRow, doc: string): Uint8Array[] =>
  row.pack === undefined
    ? [row.update]
    : row.pack.filter((item) => item.doc === doc).map((item) => item.update)

/** One pack becomes rows, in one transaction. */
export const unpack = (database: WordsDatabase, n: number): Promise<void> =>
  database.transaction('relaxed', ['updates'], async (tables) => {
    const row = await tables.updates.get(n)
    if (row === undefined) return // another tab was faster
    const { pack = [], writtenAt } = row
    const rows = pack.map(({ doc, update }) => updateRow(doc, received(update, writtenAt), false))
    await Promise.all([tables.updates.addMany(rows), tables.updates.delete(only(n))])
  })

const packFor = (doc: string): string => packOf(splitDocumentId(doc)?.scope ?? '')
