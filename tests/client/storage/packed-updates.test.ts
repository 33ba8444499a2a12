import { beforeEach, expect, test } from 'vitest'
import { foldUpdates, readUpdates } from '../../../src/client/storage/document-updates.ts'
import { readDigests } from '../../../src/client/storage/heal-words.ts'
import { indexedDbWords } from '../../../src/client/storage/indexed-db-words.ts'
import { unpack, updatesOf } from '../../../src/client/storage/packed-updates.ts'
import { placeWords } from '../../../src/client/storage/place-words.ts'
import { readWords } from '../../../src/client/storage/read-words.ts'
import { storeAnswer } from '../../../src/client/storage/store-answer.ts'
import { storeItems } from '../../../src/client/storage/store-items.ts'
import { allPacks, type WordsDatabase } from '../../../src/client/storage/words-database.ts'
import type { ScopeAnswer } from '../../../src/shared/protocol/frames.ts'
import { digestOf } from '../../../src/shared/words/compare.ts'
import { createDocument, onLocalUpdate, writeText } from '../../../src/shared/words/document.ts'
import { createDevice, eventually, flushed, note, person } from '../device.ts'
import { createFlakyDatabase, type FlakyDatabase } from '../flaky-database.ts'
import { type StoredWords, storedWords } from '../stored-words.ts'
import { createFakeServer, faults } from '../sync/fake-server.ts'

let factory: FlakyDatabase
let database: WordsDatabase
let stored: StoredWords
let logged: { doc: string; update: Uint8Array }[]

const ids = Array.from({ length: 200 }, (_, n) => `${person}/dag-${n}`)
const textFor = (id: string): string => `Om ${id}: ${'ord '.repeat(100)}`
const updatesOfTexts = (...texts: string[]): Uint8Array[] => {
  const updates: Uint8Array[] = []
  const doc = createDocument()
  onLocalUpdate(doc, (update) => updates.push(update))
  for (const text of texts) writeText(doc, 'f/tanke', text)
  return updates
}
const answerWith = (items: typeof logged, from = 0): ScopeAnswer => ({
  id: person,
  status: 'ok',
  epoch: 1,
  head: from + items.length,
  cursor: from + items.length,
  more: false,
  listening: 0,
  acks: [],
  items: items.map((item, index) => ({ ...item, seq: from + index + 1, kind: 'update' })),
})
const take = (items: typeof logged, from = 0) =>
  storeAnswer(database, {
    born: 'here',
    request: { id: person, epoch: from === 0 ? null : 1, cursor: from },
    answer: answerWith(items, from),
    pushes: [],
    now: 2,
    storeItems,
  })
const packs = () =>
  database.transaction('readonly', ['updates'], ({ updates }) =>
    updates.numbersOfDocuments(allPacks),
  )
const textOf = (id: string) =>
  database.transaction(
    'readonly',
    ['updates'],
    async ({ updates }) => readWords(await updatesOf(updates, id)).plain.texts['f/tanke'],
  )

beforeEach(async () => {
  factory = createFlakyDatabase()
  database = indexedDbWords('kari', factory)
  stored = storedWords(factory)
  await stored.meta.put({ key: 'born', version: 1, value: 'here' })
  logged = ids.flatMap((doc) => updatesOfTexts(textFor(doc)).map((update) => ({ doc, update })))
})

test('many new documents are few rows at first, and one for each when nobody waits', async () => {
  await take(logged)
  expect(await stored.updates.count()).toBeLessThan(10)
  expect(await stored.docs.count()).toBe(200)
  for (const id of ids) expect(await textOf(id)).toBe(textFor(id))
  for (const n of await packs()) await unpack(database, n)
  expect(await packs()).toEqual([])
  expect(await stored.updates.count()).toBe(200)
  for (const id of ids) expect(await textOf(id)).toBe(textFor(id))
})

test('a few are rows from the beginning', async () => {
  await take(logged.slice(0, 7))
  expect(await packs()).toEqual([])
  expect(await stored.updates.count()).toBe(7)
})

test('an unpacking that fails leaves the pack, and two of them do it once', async () => {
  await take(logged)
  const [n = 0] = await packs()
  factory.failingTables.add('updates')
  await expect(unpack(database, n)).rejects.toThrow()
  factory.failingTables.clear()
  expect(await packs()).toContain(n)
  await Promise.all([unpack(database, n), unpack(database, n)])
  for (const id of ids) expect(await textOf(id)).toBe(textFor(id))
  const rows = (await stored.updates.toArray()).filter((row) => row.pack === undefined)
  expect(new Set(rows.map((row) => row.doc)).size).toBe(rows.length)
})

test('what comes again is known from the packs, and what follows builds upon them', async () => {
  const [id = ''] = ids
  const [first = new Uint8Array(), second = new Uint8Array()] = updatesOfTexts('ein', 'ein to')
  await take([{ doc: id, update: first }, ...logged.slice(1)])
  const rows = await stored.updates.count()
  await take([{ doc: id, update: first }], 1)
  expect(await stored.updates.count()).toBe(rows)
  const result = await take([{ doc: id, update: second }], 200)
  expect(result.docs[0]?.plain.texts['f/tanke']).toBe('ein to')
  expect(await stored.scopes.get(person)).not.toHaveProperty('heal')
  // As many as are looked up all at once.
  const again = await take(logged.slice(1), 200)
  expect(again.docs).toEqual([])
})

test('comparing, placing and folding read the packs', async () => {
  const [id = ''] = ids
  await take(logged)
  const doc = createDocument(logged.filter((one) => one.doc === id).map((one) => one.update))
  expect((await readDigests(database, [id]))[0]).toEqual({ doc: id, ...digestOf(doc) })
  const [update = new Uint8Array()] = logged.map((one) => one.update)
  expect(await placeWords(database, id, { update, keys: [], writtenAt: 1 })).toBe('stored')
  expect(await stored.outbox.count()).toBe(0)
  await foldUpdates(database, id)
  expect(await textOf(id)).toBe(textFor(id))
  const after = await database.transaction('readonly', ['updates'], (tables) =>
    readUpdates(tables, id, 1_000_000),
  )
  expect(after.updates).toEqual([])
})

test('an erased scope takes its packs with it', async () => {
  await take(logged)
  await storeAnswer(database, {
    born: 'here',
    request: { id: person, epoch: 1, cursor: 200 },
    answer: { ...answerWith([]), status: 'gone' },
    pushes: [],
    now: 2,
    storeItems,
  })
  expect(await stored.updates.count()).toBe(0)
})

test('a document that was opened empty, and comes in a pack while it is written in, shows both', async () => {
  const server = createFakeServer()
  for (const { doc, update } of logged) server.scope(person).log.push({ doc, hash: doc, update })
  for (const update of updatesOfTexts('frå telefonen'))
    server.scope(person).log.push({ doc: note, hash: 'x', update })
  const device = createDevice((...request) =>
    (isOnline ? server.fetch : faults.offline)(...request),
  )
  let isOnline = false
  const tab = await device.openTab()
  await tab.syncNow()
  const document = await tab.open(note)
  const other = await device.openTab({ withoutChannel: true })
  isOnline = true
  await other.syncNow()
  document.setText('f/anna', 'frå nettbrettet')
  await flushed(device, tab)
  const both = { 'f/tanke': 'frå telefonen', 'f/anna': 'frå nettbrettet' }
  await eventually(() => expect(document.plain.value.texts).toEqual(both))
  const row = storedWords(device.database).docs
  await eventually(async () => expect((await row.get(note))?.plain.texts).toEqual(both))
  expect(tab.documents.value.find((one) => one.id === note)?.plain.texts).toEqual(both)
})

test('what the server has may be lost with the power; what it has not may not', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await device.openTab()
  await tab.syncNow()
  const begun: (string | undefined)[] = []
  device.database.onTransaction = (mode, options) => {
    if (mode === 'readwrite') begun.push(options?.durability)
  }
  const document = await tab.open(note)
  document.setText('f/tanke', 'mitt')
  await flushed(device, tab)
  expect(begun).toEqual(['strict'])
  await tab.syncNow()
  expect(new Set(begun.slice(1))).toEqual(new Set(['relaxed']))
})
