import type { PullItem } from '../../shared/protocol/frames.ts'
import { type PackedUpdate, received, rowsOf, updatesOf, updatesOfScope } from './packed-updates.ts'
import { type ReadWords, readWords } from './read-words.ts'
import { isSameBytes } from './same-bytes.ts'
import type { StoreItems } from './store-answer.ts'
import { documentRow, updateRow } from './word-rows.ts'
import { ofScope, type WordsTables } from './words-database.ts'

// Imports Yjs: to be loaded by import() alone.

/** `read` makes plain text of updates. */
export const itemsStore =
  (read: ReadWords): StoreItems =>
  (tables, scope, items) => {
    const asked = new Set(items.map((item) => item.doc))
    const reading = knownUpdates(tables, scope, asked)
    reading.catch(() => undefined) // perhaps nobody wants to know
    return async (now) => {
      if (items.length === 0) return { docs: [], incomplete: false, writing: Promise.resolve() }
      return write(tables, scope, items, await reading, now, read)
    }
  }

export const storeItems = itemsStore(readWords)

const write = (
  tables: WordsTables,
  scope: string,
  items: readonly PullItem[],
  known: readonly PackedUpdate[],
  now: number,
  read: ReadWords,
): Awaited<ReturnType<ReturnType<StoreItems>>> => {
  const updatesByDoc = new Map<string, Uint8Array[]>(items.map((item) => [item.doc, []]))
  for (const { doc, update } of known) updatesByDoc.get(doc)?.push(update)
  const isNew = new Set([...updatesByDoc].flatMap(([doc, known]) => (known.length ? [] : [doc])))

  const fresh: PullItem[] = []
  for (const item of items) {
    const updates = updatesByDoc.get(item.doc) ?? []
    // Our own words come back in the stream, and after a healing everybody's: stored once.
    if (updates.some((one) => isSameBytes(one, item.update))) continue
    updates.push(item.update)
    fresh.push(item)
  }
  let incomplete = false
  const docs = [...new Set(fresh.map((item) => item.doc))].map((doc) => {
    const words = read(updatesByDoc.get(doc) ?? [])
    incomplete ||= words.incomplete
    return documentRow(doc, words.plain, now)
  })
  const [first, more] = [true, false].map((asNew) =>
    fresh.filter(({ doc }) => isNew.has(doc) === asNew).map(({ doc, update }) => ({ doc, update })),
  )
  const writing = Promise.all([
    tables.updates.addMany(rowsOf(scope, first ?? [], now)),
    tables.updates.addMany(
      (more ?? []).map(({ doc, update }) => updateRow(doc, received(update, now), false)),
    ),
    tables.docs.putMany(docs),
  ])
  // Who waits for it is told, unless something else has ended the transaction before.
  writing.catch(() => undefined)
  return { docs, incomplete, writing }
}

/** Beyond so many documents, all of the scope at once is quicker than one after the other. */
const fewDocuments = 30

const knownUpdates = async (
  { docs, updates }: WordsTables,
  scope: string,
  asked: ReadonlySet<string>,
): Promise<PackedUpdate[]> => {
  if (asked.size > fewDocuments) {
    const isAnyKnown = (await docs.keys(ofScope(scope))).some((id) => asked.has(id))
    const all = isAnyKnown ? await updatesOfScope(updates, scope) : []
    return all.filter(({ doc }) => asked.has(doc))
  }
  const found = [...asked].map(async (doc) =>
    (await updatesOf(updates, doc)).map((update) => ({ doc, update })),
  )
  return (await Promise.all(found)).flat()
}
