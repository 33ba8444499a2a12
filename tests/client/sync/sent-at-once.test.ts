import { beforeEach, expect, test } from 'vitest'
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

// While another device listens, a flush is sent at once, and without reading the outbox where nothing else can be in it.

let server: FakeServer
let device: Device
let tab: Tab
const happened: string[] = []

beforeEach(async () => {
  server = createFakeServer()
  server.listening = 1
  device = createDevice((url, init) => {
    happened.push('sent')
    return server.fetch(url, init)
  })
  tab = await device.openTab()
  await write(note, 'ein')
  await tab.syncNow()
  device.database.onTransaction = (mode) => {
    happened.push(mode ?? 'readonly')
  }
})

const write = async (id: string, text: string): Promise<void> => {
  const document = await tab.open(id)
  document.setText('f/tanke', text)
  happened.length = 0
  await flushed(device, tab)
}
const wordsOf = (id: string) => server.words(id).texts['f/tanke']

test('after its flush a word goes without a reading before it', async () => {
  await write(note, 'ein to')
  await eventually(() => expect(wordsOf(note)).toBe('ein to'))
  expect(happened.slice(0, 2)).toEqual(['readwrite', 'sent'])
  await eventually(() => expect(tab.pending.value.documents).toBe(0))
})

test('what another tab has left in the outbox before it goes with it', async () => {
  const other = `${person}/anna`
  const doc = createDocument()
  const updates: Uint8Array[] = []
  onLocalUpdate(doc, (update) => updates.push(update))
  writeText(doc, 'f/tanke', 'frå ei anna fane')
  const row = { version: 1, doc: other, scope: person, writtenAt: 1, keys: ['f/tanke'] } as const
  await storedWords(device.database).outbox.bulkAdd(
    updates.map((update) => ({ ...row, keys: [...row.keys], update })),
  )
  await write(note, 'ein to')
  await eventually(() => expect(wordsOf(other)).toBe('frå ei anna fane'))
  expect(wordsOf(note)).toBe('ein to')
  expect(server.requests.at(-1)?.scopes.flatMap(({ pushes }) => pushes)).toHaveLength(2)
})

test('a refused word is not taken for sent: the next one of its document waits with it', async () => {
  server.refuse = (id) => (id === note ? 'refused' : null)
  await write(note, 'ein to')
  await eventually(() => expect(tab.pending.value.refused).toBe(1))
  const before = server.requests.length
  await write(note, 'ein to tre')
  await write(`${person}/anna`, 'anna')
  await eventually(() => expect(wordsOf(`${person}/anna`)).toBe('anna'))
  expect(wordsOf(note)).toBe('ein')
  const pushed = server.requests.slice(before).flatMap(({ scopes }) => scopes)
  expect(pushed.flatMap(({ pushes }) => pushes).map(({ doc }) => doc)).toEqual([`${person}/anna`])
})
