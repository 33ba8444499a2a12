import { beforeEach, expect, test } from 'vitest'
import { databaseName } from '../../../src/client/storage/words-database.ts'
import type { LiveDeps } from '../../../src/client/sync/live-deps.ts'
import type { ScopeAnswer } from '../../../src/shared/protocol/frames.ts'
import { createDocument, onLocalUpdate, writeText } from '../../../src/shared/words/document.ts'
import {
  createDevice,
  type Device,
  eventually,
  flushed,
  note,
  person,
  type Tab,
} from '../device.ts'
import { storedWords } from '../stored-words.ts'
import { createFakeServer, type FakeServer } from './fake-server.ts'

let server: FakeServer
let device: Device
let tab: Tab
let live: LiveDeps
let stopped: number

beforeEach(async () => {
  server = createFakeServer()
  device = createDevice(server.fetch)
  stopped = 0
  tab = await device.openTab({
    live: (deps) => {
      live = deps
      return { stop: () => stopped++ }
    },
  })
  // Not quite empty: of a scope in which nothing was ever written, no epoch is kept.
  fromElsewhere(`${person}/før`, 'noko')
  await tab.syncNow()
})

/** Somebody else's word, accepted by the server; as it is pushed. */
const fromElsewhere = (id: string, text: string): { from: number; answer: ScopeAnswer } => {
  const { epoch, log } = server.scope(person)
  const from = log.length
  const doc = createDocument()
  onLocalUpdate(doc, (update) => log.push({ doc: id, hash: `${from}`, update }))
  writeText(doc, 'f/tanke', text)
  const items = log.slice(from).map(({ update }, index) => ({
    doc: id,
    seq: from + index + 1,
    kind: 'update' as const,
    update,
  }))
  const [head, cursor] = [log.length, log.length]
  return {
    from,
    answer: {
      id: person,
      status: 'ok',
      epoch,
      head,
      cursor,
      more: false,
      listening: 0,
      acks: [],
      items,
    },
  }
}
const textOf = (id: string) =>
  tab.documents.value.find((row) => row.id === id)?.plain.texts['f/tanke']
const cursor = async () => (await storedWords(device.database).scopes.get(person))?.cursor

test('a word that is pushed is shown without a request', async () => {
  const before = server.requests.length
  const document = await tab.open(note)
  const { from, answer } = fromElsewhere(note, 'frå telefonen')
  await live.take(from, answer)
  await eventually(() => expect(document.plain.value.texts['f/tanke']).toBe('frå telefonen'))
  expect(await cursor()).toBe(2)
  expect(server.requests.length).toBe(before)
  await tab.syncNow()
  expect(await storedWords(device.database).updates.count()).toBe(2)
})

test('what does not follow upon what is here is asked for', async () => {
  fromElsewhere(note, 'gjekk tapt undervegs')
  const { from, answer } = fromElsewhere(`${person}/to`, 'kom fram')
  await live.take(from, answer)
  await eventually(() => expect(textOf(note)).toBe('gjekk tapt undervegs'))
  expect(textOf(`${person}/to`)).toBe('kom fram')
  expect(await cursor()).toBe(3)
})

test('of words of which a sync has brought the first, the rest is taken', async () => {
  const one = fromElsewhere(note, 'ein')
  await tab.syncNow()
  const two = fromElsewhere(`${person}/to`, 'to')
  const items = [...one.answer.items, ...two.answer.items]
  const before = server.requests.length
  await live.take(one.from, { ...two.answer, items })
  await eventually(() => expect(textOf(`${person}/to`)).toBe('to'))
  expect(await cursor()).toBe(3)
  expect(await storedWords(device.database).updates.count()).toBe(3)
  expect(server.requests.length).toBe(before)
})

test('what is here already is stored once, and moves nothing back', async () => {
  const one = fromElsewhere(note, 'ein')
  const two = fromElsewhere(`${person}/to`, 'to')
  await live.take(one.from, one.answer)
  await live.take(two.from, two.answer)
  await live.take(one.from, one.answer)
  expect(await cursor()).toBe(3)
  expect(await storedWords(device.database).updates.count()).toBe(3)
})

test.each([
  ['another epoch', (answer: ScopeAnswer) => ({ ...answer, epoch: 9 })],
  ['a hint without words', (answer: ScopeAnswer) => ({ ...answer, items: [] })],
  ['a scope that is said to be gone', (a: ScopeAnswer) => ({ ...a, status: 'gone' as const })],
])('%s is asked for, not believed', async (_, change) => {
  const { from, answer } = fromElsewhere(note, 'sant')
  await live.take(from, change(answer))
  await eventually(() => expect(textOf(note)).toBe('sant'))
  expect(await storedWords(device.database).scopes.get(person)).toMatchObject({ epoch: 1 })
})

test('in another database than at the start, what is pushed is asked for: own words are not pushed', async () => {
  const stored = storedWords(device.database)
  const { from, answer } = fromElsewhere(note, 'alt')
  await stored.meta.put({ key: 'born', version: 1, value: 'another' })
  await live.take(from, answer)
  await eventually(() => expect(textOf(note)).toBe('alt'))
})

test('a database that the browser threw away costs one sync: what is pushed after that is taken again', async () => {
  await new Promise((resolve) => {
    device.database.indexedDB.deleteDatabase(databaseName('kari')).onsuccess = resolve
  })
  const first = fromElsewhere(note, 'ein')
  await live.take(first.from, first.answer)
  await tab.syncNow()
  await eventually(() => expect(textOf(note)).toBe('ein'))
  const before = server.requests.length
  for (const word of ['to', 'tre']) {
    const { from, answer } = fromElsewhere(`${person}/${word}`, word)
    await live.take(from, answer)
    await eventually(() => expect(textOf(`${person}/${word}`)).toBe(word))
  }
  expect(await cursor()).toBe(4)
  expect(server.requests.length).toBe(before)
})

test('a database that could not be named at the start is asked again', async () => {
  await tab.stop()
  device.database.broken = true
  tab = await device.openTab({
    live: (deps) => {
      live = deps
      return { stop: () => stopped++ }
    },
  })
  await tab.syncNow()
  device.database.broken = false
  const first = fromElsewhere(note, 'ein')
  await live.take(first.from, first.answer)
  await tab.syncNow()
  const before = server.requests.length
  const { from, answer } = fromElsewhere(`${person}/to`, 'to')
  await live.take(from, answer)
  await eventually(() => expect(textOf(`${person}/to`)).toBe('to'))
  expect(server.requests.length).toBe(before)
})

test('a database that fails is not the live connection’s trouble', async () => {
  const { from, answer } = fromElsewhere(note, 'seinare')
  device.database.broken = true
  await live.take(from, answer)
  device.database.broken = false
  await tab.syncNow()
  await eventually(() => expect(textOf(note)).toBe('seinare'))
})

test('while others listen a flush is sent at once, else two seconds later', async () => {
  const document = await tab.open(note)
  live.setListening(person, 1)
  document.setText('f/tanke', 'straks')
  await flushed(device, tab)
  await eventually(() => expect(server.words(note).texts['f/tanke']).toBe('straks'))
  await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('sent'))
  // The sync's answer says that nobody does any more.
  await tab.syncNow()
  document.setText('f/tanke', 'straks òg')
  await flushed(device, tab)
  device.clock.advance(1999)
  expect(server.words(note).texts['f/tanke']).toBe('straks')
  device.clock.advance(1)
  await eventually(() => expect(server.words(note).texts['f/tanke']).toBe('straks òg'))
  server.listening = 2
  await tab.syncNow()
  document.setText('f/tanke', 'og straks')
  await flushed(device, tab)
  await eventually(() => expect(server.words(note).texts['f/tanke']).toBe('og straks'))
  // Nothing else is asked for with it.
  expect(server.requests.at(-1)?.scopes.map((scope) => scope.id)).toEqual([person])
})

test('scopes, device and principal are told, and the end is told', async () => {
  expect(live).toMatchObject({ principal: 'kari', device: tab.device })
  expect((await live.scopes()).map((row) => [row.id, row.epoch])).toContainEqual([person, 1])
  await tab.stop()
  expect(stopped).toBe(1)
})
