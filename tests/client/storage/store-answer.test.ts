import { expect, test } from 'vitest'
import { storeAnswer } from '../../../src/client/storage/store-answer.ts'
import { outboxRow } from '../../../src/client/storage/store-words.ts'
import { createWordsDatabase, type OutboxRow } from '../../../src/client/storage/words-database.ts'
import { createFlakyDatabase } from '../flaky-database.ts'

const scope = 'u:kari:haust'
const doc = `${scope}/refleksjon`
const write = (bytes: number[]) => ({ update: new Uint8Array(bytes), keys: ['f/a'], writtenAt: 1 })

test('a receipt for a row of a database that is gone clears no new row of the same number', async () => {
  const database = createWordsDatabase('kari', createFlakyDatabase())
  const n = await database.outbox.add(outboxRow(doc, write([7])))
  const ofTheOldOne: OutboxRow = { ...outboxRow(doc, write([1, 2, 3])), n }
  const answer = {
    id: scope,
    status: 'ok' as const,
    epoch: 1,
    head: 1,
    cursor: 1,
    more: false,
    acks: [],
    items: [],
  }
  const take = (accepted: OutboxRow[]) =>
    storeAnswer(database, {
      request: { id: scope, epoch: null, cursor: 0 },
      answer,
      accepted,
      now: 2,
      plainOf: () => ({ texts: {}, scalars: {} }),
    })
  expect((await take([ofTheOldOne])).accepted).toEqual([])
  expect(await database.outbox.count()).toBe(1)
  const [row] = await database.outbox.toArray()
  if (!row) throw new Error('the row is gone')
  expect((await take([row])).accepted).toEqual([n])
  expect(await database.outbox.count()).toBe(0)
})
