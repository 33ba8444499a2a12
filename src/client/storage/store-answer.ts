import type { ScopeAnswer, ScopeRequest } from '../../shared/protocol/frames.ts'
import type { PlainDocument } from '../../shared/words/plain.ts'
import { splitDocumentId } from '../../shared/words/scope.ts'
import { isSameBytes } from './same-bytes.ts'
import { documentRow, outboxRow, updateRow, writeOf } from './store-words.ts'
import type { OutboxRow, ScopeRow, UpdateRow, WordsDatabase } from './words-database.ts'

export interface StoredAnswer {
  /** Outbox rows that have left with their receipt. */
  accepted: number[]
  /** Documents with new words. */
  docs: string[]
  /** The server has forgotten something, and the scope's own words wait to be sent again. */
  requeued: boolean
  /** Another tab, or a healing, has moved the cursor meanwhile: ask again from there. */
  overtaken: boolean
}

interface Answered {
  request: Pick<ScopeRequest, 'id' | 'cursor'> & { epoch: number | null }
  answer: ScopeAnswer
  /** Outbox rows, as they were sent, with an `accepted` acknowledgement. */
  accepted: OutboxRow[]
  now: number
  plainOf(updates: Uint8Array[]): PlainDocument
}

export const newScopeRow = (id: string): ScopeRow => ({
  id,
  version: 1,
  epoch: null,
  cursor: 0,
  status: 'ok',
})

/** One transaction per scope: acknowledgements, items and cursor belong together. */
export const storeAnswer = (database: WordsDatabase, answered: Answered): Promise<StoredAnswer> =>
  database.transaction(
    'rw',
    [database.docs, database.updates, database.outbox, database.scopes, database.meta],
    async () => {
      const { request, answer, accepted, now } = answered
      const result: StoredAnswer = { accepted: [], docs: [], requeued: false, overtaken: false }
      const scope = (await database.scopes.get(request.id)) ?? newScopeRow(request.id)

      // 1. Acknowledged words leave the outbox, whatever else the answer says.
      if (accepted.length > 0) {
        result.accepted = await stillTheSame(database, accepted)
        await database.outbox.bulkDelete(result.accepted)
        await database.meta.put({ key: 'sentAt', version: 1, value: now })
      }
      if (answer.status !== 'ok') {
        await database.scopes.put({ ...scope, status: answer.status })
        return result
      }
      // 2. Items follow upon the cursor they were asked for, and upon no other.
      if (scope.cursor !== request.cursor || scope.epoch !== request.epoch)
        return { ...result, overtaken: true }
      // 3. A new epoch, or a cursor that goes back: the server has forgotten something, so it gets all that was written
      //    here once more.
      const epochChanged = scope.epoch !== null && scope.epoch !== answer.epoch
      if (epochChanged || answer.cursor < scope.cursor) {
        await requeueOwn(database, request.id)
        result.requeued = true
      }
      // 4. The items, and the cursor in the same transaction.
      result.docs = await storeItems(database, answered)
      await database.scopes.put({
        ...scope,
        status: 'ok',
        epoch: answer.epoch,
        cursor: answer.cursor,
      })
      return result
    },
  )

/** Numbers begin anew in a database that was thrown away: a receipt counts for its own bytes and for no other row. */
const stillTheSame = async (
  database: WordsDatabase,
  accepted: readonly OutboxRow[],
): Promise<number[]> => {
  const now = await database.outbox.bulkGet(accepted.map((row) => row.n))
  return accepted
    .filter((sent, index) => {
      const row = now[index]
      return row !== undefined && row.doc === sent.doc && isSameBytes(row.update, sent.update)
    })
    .map((row) => row.n)
}

/** A document that builds upon something missing: everything in its scope is asked for again. */
export const healScope = async (database: WordsDatabase, id: string): Promise<void> => {
  await database.scopes.update(id, { cursor: 0 })
}

const requeueOwn = async (database: WordsDatabase, scope: string): Promise<void> => {
  const own = await database.updates
    .where('scope')
    .equals(scope)
    .filter((row) => row.own)
    .toArray()
  // Every outbox row has an own update beside it: replaced, none stands there twice.
  await database.outbox.where('scope').equals(scope).delete()
  await database.outbox.bulkAdd(own.map((row) => outboxRow(row.doc, writeOf(row))))
}

const storeItems = async (database: WordsDatabase, answered: Answered): Promise<string[]> => {
  const { answer, now, plainOf } = answered
  const items = answer.items.filter((item) => splitDocumentId(item.doc)?.scope === answer.id)
  if (items.length === 0) return []
  const updatesByDoc = new Map<string, Uint8Array[]>(items.map((item) => [item.doc, []]))
  const known = database.updates.where('doc').anyOf([...updatesByDoc.keys()])
  for (const row of await known.toArray()) updatesByDoc.get(row.doc)?.push(row.update)

  const fresh: Omit<UpdateRow, 'n'>[] = []
  for (const { doc, update } of items) {
    const updates = updatesByDoc.get(doc) ?? []
    // Our own words come back in the stream, and after a healing everybody's: stored once.
    if (updates.some((one) => isSameBytes(one, update))) continue
    updates.push(update)
    fresh.push(updateRow(doc, { update, keys: [], writtenAt: now }, false))
  }
  const changed = [...new Set(fresh.map((row) => row.doc))]
  await database.updates.bulkAdd(fresh)
  await database.docs.bulkPut(
    changed.map((doc) => documentRow(doc, plainOf(updatesByDoc.get(doc) ?? []), now)),
  )
  return changed
}
