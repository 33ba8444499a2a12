import { expect, test } from 'vitest'
import { indexedDbWords } from '../../../src/client/storage/indexed-db-words.ts'
import { type Answered, storeAnswer } from '../../../src/client/storage/store-answer.ts'
import { itemsStore } from '../../../src/client/storage/store-items.ts'
import { outboxRow } from '../../../src/client/storage/word-rows.ts'
import type { OutboxRow, WordsTables } from '../../../src/client/storage/words-database.ts'
import type { ScopeAnswer } from '../../../src/shared/protocol/frames.ts'
import { createFlakyDatabase } from '../flaky-database.ts'
import { storedWords } from '../stored-words.ts'

const scope = 'u:kari:haust'
const doc = `${scope}/refleksjon`
const write = (bytes: number[]) => ({ update: new Uint8Array(bytes), keys: ['f/a'], writtenAt: 1 })
const answer: ScopeAnswer = {
  id: scope,
  status: 'ok',
  epoch: 1,
  head: 1,
  cursor: 1,
  more: false,
  listening: 0,
  acks: [],
  items: [],
}
const item = (seq: number, bytes: number[]): ScopeAnswer['items'][number] => ({
  doc,
  seq,
  kind: 'update',
  update: new Uint8Array(bytes),
})

const device = async () => {
  const factory = createFlakyDatabase()
  const database = indexedDbWords('kari', factory)
  const stored = storedWords(factory)
  await stored.meta.put({ key: 'born', version: 1, value: 'here' })
  const take = (answered: Partial<Answered>) =>
    storeAnswer(database, {
      born: 'here',
      request: { id: scope, epoch: null, cursor: 0 },
      answer,
      pushes: [],
      now: 2,
      storeItems: itemsStore(() => ({ plain: { texts: {}, scalars: {} }, incomplete: false })),
      ...answered,
    })
  const add = async (bytes: number[]): Promise<OutboxRow> => {
    const row = outboxRow(doc, write(bytes))
    return { ...row, n: await stored.outbox.add(row) }
  }
  return { stored, take, add }
}

test('an answer is worth nothing in another database than the one that asked', async () => {
  const { stored, take, add } = await device()
  const row = await add([7])
  const result = await take({
    born: 'thrown away',
    pushes: [row],
    answer: { ...answer, acks: ['accepted'], items: [item(1, [1])] },
  })
  expect(result).toMatchObject({ accepted: [], docs: [], overtaken: true })
  expect(await stored.outbox.count()).toBe(1)
  expect(await stored.updates.count()).toBe(0)
  expect(await stored.scopes.count()).toBe(0)
})

test('receipts clear their own rows and no other', async () => {
  const { stored, take, add } = await device()
  const rows: OutboxRow[] = []
  for (let n = 0; n < 6; n++) rows.push(await add([n]))
  const result = await take({
    pushes: rows.slice(0, 5),
    answer: { ...answer, acks: ['accepted', 'accepted', 'refused', 'held', 'accepted'] },
  })
  expect(result.accepted).toEqual([1, 2, 5])
  expect(result.held).toMatchObject([{ n: 4, doc }])
  expect((await stored.outbox.toArray()).map((row) => row.n)).toEqual([3, 6])
  expect(await stored.held.toArray()).toMatchObject([{ n: 4, doc, keys: ['f/a'] }])
})

test('an answer that another has run ahead of still adds what it has, and moves no cursor back', async () => {
  const { stored, take } = await device()
  await take({ answer: { ...answer, cursor: 3, items: [item(1, [1]), item(3, [3])] } })
  const request = { id: scope, epoch: 1, cursor: 1 }
  const ahead = await take({ request, answer: { ...answer, cursor: 2, items: [item(2, [2])] } })
  expect(ahead).toMatchObject({ overtaken: false, docs: [{ id: doc }] })
  expect(await stored.scopes.get(scope)).toMatchObject({ cursor: 3 })
  const further = await take({ request, answer: { ...answer, cursor: 5, items: [item(3, [3])] } })
  expect(further).toMatchObject({ overtaken: false, docs: [] })
  expect(await stored.scopes.get(scope)).toMatchObject({ cursor: 5 })
})

test('an answer that begins after the cursor is not stored: something is missing before it', async () => {
  const { stored, take } = await device()
  await take({ answer: { ...answer, cursor: 3 } })
  await stored.scopes.update(scope, { cursor: 0 })
  const request = { id: scope, epoch: 1, cursor: 3 }
  const result = await take({ request, answer: { ...answer, cursor: 4, items: [item(4, [4])] } })
  expect(result).toMatchObject({ overtaken: true, docs: [] })
  expect(await stored.scopes.get(scope)).toMatchObject({ cursor: 0 })
})

test.each([
  ['another epoch', { epoch: 2, cursor: 3 }],
  ['a cursor that goes back', { epoch: 1, cursor: 2 }],
])('%s is remembered until it is healed', async (_, change) => {
  const { stored, take } = await device()
  await take({ answer: { ...answer, cursor: 3 } })
  const request = { id: scope, epoch: 1, cursor: 3 }
  const result = await take({ request, answer: { ...answer, ...change } })
  expect(result.reload).toBe(true)
  expect(await stored.scopes.get(scope)).toMatchObject({ ...change, heal: 'forgotten' })
  await take({ request: { id: scope, ...change }, answer: { ...answer, ...change, cursor: 4 } })
  expect(await stored.scopes.get(scope)).toMatchObject({ cursor: 4, heal: 'forgotten' })
})

test('what builds upon something missing is remembered, too', async () => {
  const { stored, take } = await device()
  await take({
    answer: { ...answer, items: [item(1, [1])] },
    storeItems: itemsStore(() => ({ plain: { texts: {}, scalars: {} }, incomplete: true })),
  })
  expect(await stored.scopes.get(scope)).toMatchObject({ heal: 'incomplete' })
})

test('an erased scope leaves nothing behind but its row', async () => {
  const { stored, take, add } = await device()
  const other = 'g:leiargruppa'
  await take({ answer: { ...answer, items: [item(1, [1])] } })
  const kept = outboxRow(`${other}/ark`, write([9]))
  await stored.outbox.add(kept)
  await add([7])
  await take({ pushes: [await add([8])], answer: { ...answer, acks: ['held'] } })
  const result = await take({ answer: { ...answer, status: 'gone' } })
  expect(result).toMatchObject({ gone: scope })
  for (const table of [stored.docs, stored.updates, stored.held])
    expect(await table.count()).toBe(0)
  expect(await stored.outbox.toArray()).toMatchObject([{ scope: other }])
  expect(await stored.scopes.get(scope)).toMatchObject({ status: 'gone', cursor: 0 })
})

test('an answer to a question from before another epoch changes no right', async () => {
  const { stored, take } = await device()
  await take({ answer: { ...answer, epoch: 2, cursor: 3 } })
  const request = { id: scope, epoch: 1, cursor: 3 }
  expect(await take({ request, answer: { ...answer, status: 'left' } })).toMatchObject({
    overtaken: true,
  })
  expect(await stored.scopes.get(scope)).toMatchObject({ status: 'ok', epoch: 2, cursor: 3 })
})

test('what was held is shared when the right to write comes back', async () => {
  const { stored, take, add } = await device()
  await take({ pushes: [await add([8])], answer: { ...answer, status: 'left', acks: ['held'] } })
  expect(await stored.scopes.get(scope)).toMatchObject({ status: 'left' })
  expect(await stored.held.count()).toBe(1)
  expect((await take({ request: { id: scope, epoch: 1, cursor: 0 } })).reload).toBe(true)
  expect(await stored.held.count()).toBe(0)
})

test('a write that fails after its transaction was given up is no failure of its own', async () => {
  const unheard: unknown[] = []
  const hear = (reason: unknown): number => unheard.push(reason)
  process.on('unhandledRejection', hear)
  const full = new DOMException('full', 'QuotaExceededError')
  const tables = {
    updates: {
      ofDocuments: async () => [],
      getAll: async () => [],
      addMany: () => Promise.reject(full),
    },
    docs: { putMany: async () => undefined },
  } as unknown as WordsTables
  const store = itemsStore(() => ({ plain: { texts: {}, scalars: {} }, incomplete: false }))
  await store(tables, scope, [item(1, [1])])(2)
  await new Promise((resolve) => setTimeout(resolve, 20))
  process.off('unhandledRejection', hear)
  expect(unheard).toEqual([])
})
