import { beforeEach, expect, test } from 'vitest'
import {
  createDevice,
  type Device,
  eventually,
  flushed,
  group,
  note,
  person,
  type Tab,
} from '../device.ts'
import { storedWords } from '../stored-words.ts'
import { createFakeServer, type FakeServer, faults } from '../sync/fake-server.ts'

let server: FakeServer
let device: Device
let tab: Tab

/** A device that has never had a network. */
const offlineDevice = async (): Promise<[Device, Tab]> => {
  const fresh = createDevice(faults.offline)
  return [fresh, await fresh.openTab()]
}
beforeEach(async () => {
  server = createFakeServer()
  ;[device, tab] = await offlineDevice()
})
const fileOf = async (from: Tab): Promise<Blob> => {
  const file = await from.unsentAsFile()
  if (file === null) throw new Error('there is no file')
  return new Blob([file.text])
}
const online = async (): Promise<Tab> => {
  const other = await createDevice(server.fetch).openTab()
  await other.syncNow()
  return other
}

test('all that is unsent goes as one file to another device, and from there to the server', async () => {
  const [stored, buffered, broken] = [
    await tab.open(note),
    await tab.open(`${person}/to`),
    await tab.open(`${person}/tre`),
  ]
  stored.setText('f/tanke', 'lagra 🛟')
  stored.setScalar('val', ['a', 'b'])
  await flushed(device, tab)
  device.database.broken = true
  broken.setText('f/tanke', 'redda')
  device.clock.advance(300)
  await eventually(() => expect(broken.stateOf('f/tanke').kind).toBe('failed'))
  device.database.broken = false
  buffered.setText('f/tanke', 'i bufferen')

  const file = await tab.unsentAsFile()
  expect(file?.name).toMatch(/^loft-usendt-\d{4}-\d\d-\d\d\.json$/)
  const read = JSON.parse(file?.text ?? '')
  expect(read).toMatchObject({ format: 'loft-unsent', version: 1, principal: 'kari' })
  expect(read.words.map((one: { texts: object }) => one.texts)).toEqual(
    expect.arrayContaining([
      { 'f/tanke': 'lagra 🛟' },
      { 'f/tanke': 'redda' },
      { 'f/tanke': 'i bufferen' },
    ]),
  )

  const other = await online()
  expect(await other.takeFile(await fileOf(tab))).toEqual({
    taken: 3,
    notYours: 0,
    unreadable: 0,
  })
  await other.syncNow()
  expect(server.words(note)).toEqual({
    texts: { 'f/tanke': 'lagra 🛟' },
    scalars: { val: ['a', 'b'] },
  })
  expect(server.words(`${person}/to`).texts['f/tanke']).toBe('i bufferen')
  expect(server.words(`${person}/tre`).texts['f/tanke']).toBe('redda')
  expect(other.pending.value.documents).toBe(0)
})

test('handed in twice, or on the device that wrote it, it changes nothing', async () => {
  const document = await tab.open(note)
  document.setText('f/tanke', 'ein gong')
  await flushed(device, tab)
  const file = await fileOf(tab)
  await tab.takeFile(file)
  expect(await storedWords(device.database).outbox.count()).toBe(1)
  const other = await online()
  await other.takeFile(file)
  await other.takeFile(file)
  await other.syncNow()
  await other.takeFile(file)
  await other.syncNow()
  expect(server.scope(person).log).toHaveLength(1)
  expect(server.words(note).texts['f/tanke']).toBe('ein gong')
})

test('words that build upon what the other device has not read yet are kept until it has', async () => {
  const source = createDevice(server.fetch)
  const writer = await source.openTab()
  await writer.syncNow()
  const document = await writer.open(note)
  document.setText('f/tanke', 'først')
  await flushed(source, writer)
  await writer.syncNow()
  document.setText('f/tanke', 'først og sist')
  await flushed(source, writer)
  const file = await fileOf(writer)

  expect(await tab.takeFile(file)).toMatchObject({ taken: 1 })
  await tab.takeFile(file)
  expect(await storedWords(device.database).outbox.count()).toBe(1)
  expect(await tab.hasUnsent()).toBe(true)
  const stored = await storedWords(device.database).outbox.toArray()
  const reader = await online()
  await reader.takeFile(await fileOf(tab))
  expect(stored).toHaveLength(1)
  await eventually(() =>
    expect(reader.documents.value[0]?.plain.texts['f/tanke']).toBe('først og sist'),
  )
})

test('words of other people are counted and left alone', async () => {
  const document = await tab.open(`${group}/ark`)
  document.setText('f/tanke', 'gruppa sitt')
  await flushed(device, tab)
  const loner = createDevice(faults.offline)
  const other = await loner.openTab({ scopes: [person] })
  expect(await other.takeFile(await fileOf(tab))).toEqual({
    taken: 0,
    notYours: 1,
    unreadable: 0,
  })
  expect(await storedWords(loner.database).updates.count()).toBe(0)
})

test.each([
  ['no JSON', () => 'ikkje JSON'],
  ['nothing', () => ''],
  ['null', () => 'null'],
  ['a list', () => '[1, 2]'],
  ['another version', (text: string) => text.replace('"version": 1', '"version": 2')],
  ['a torn file', (text: string) => text.slice(0, text.length / 2)],
  ['no base64', (text: string) => text.replace(/"update": "[^"]+"/, '"update": "%%%"')],
  ['no Yjs', (text: string) => text.replace(/"update": "[^"]+"/, '"update": "BwcH"')],
  ['no document', (text: string) => text.replace(/"doc": "[^"]+"/, '"doc": "x"')],
  [
    'an id that no request may hold',
    (text: string) => text.replace(/"doc": "[^"]+"/, `"doc": "${person}/${'x'.repeat(5000)}"`),
  ],
  [
    'an id with half a letter',
    (text: string) => text.replace(/"doc": "[^"]+"/, `"doc": "${person}/\\ud83d"`),
  ],
])('%s is unreadable, and nothing is stored', async (_, spoil) => {
  const document = await tab.open(note)
  document.setText('f/tanke', 'heil')
  await flushed(device, tab)
  const text = spoil((await tab.unsentAsFile())?.text ?? '')
  const [fresh, other] = await offlineDevice()
  expect(await other.takeFile(new Blob([text]))).toEqual({ taken: 0, notYours: 0, unreadable: 1 })
  expect(await storedWords(fresh.database).updates.count()).toBe(0)
  expect(await storedWords(fresh.database).docs.count()).toBe(0)
})

test.each(['1e300', '-5', '1.5', '"i går"'])(
  'a time of %s is one that can be sent, and what is written later is sent too',
  async (time) => {
    const document = await tab.open(note)
    document.setText('f/tanke', 'ord')
    await flushed(device, tab)
    const text = (await tab.unsentAsFile())?.text ?? ''
    const other = await online()
    await other.takeFile(new Blob([text.replace(/"writtenAt": [^,]+/, `"writtenAt": ${time}`)]))
    await other.syncNow()
    expect(server.words(note).texts['f/tanke']).toBe('ord')
    expect(other.pending.value.documents).toBe(0)
  },
)

test('nothing unsent is no file; a file that cannot be stored is refused', async () => {
  expect(await tab.unsentAsFile()).toBeNull()
  const document = await tab.open(note)
  document.setText('f/tanke', 'ord')
  await flushed(device, tab)
  const file = await fileOf(tab)
  const [fresh, other] = await offlineDevice()
  fresh.database.broken = true
  await expect(other.takeFile(file)).rejects.toThrow()
})
