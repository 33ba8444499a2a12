import { expect, test } from 'vitest'
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
import { createFakeServer, faults } from './fake-server.ts'

const started = async (device: Device): Promise<Tab> => {
  const tab = await device.openTab()
  await tab.syncNow()
  return tab
}
const write = async (device: Device, tab: Tab, id: string, text: string): Promise<void> => {
  const document = await tab.open(id)
  document.setText('f/tanke', text)
  await document.close()
  await flushed(device, tab)
}
const textOf = (tab: Tab, id: string) =>
  tab.documents.value.find((row) => row.id === id)?.plain.texts['f/tanke']

test('words of a device that is lost come back from any other that has read them', async () => {
  const server = createFakeServer()
  const [tablet, phone] = [createDevice(server.fetch), createDevice(server.fetch)]
  const [one, two] = [await started(tablet), await started(phone)]
  await write(tablet, one, note, 'skrive på nettbrettet, som låg att på ferja')
  await one.syncNow()
  await two.syncNow()
  await one.stop()
  server.restore(person, 0)
  await two.syncNow()
  expect(server.words(note).texts['f/tanke']).toContain('låg att på ferja')
  expect(await storedWords(phone.database).scopes.get(person)).not.toHaveProperty('heal')
})

test('a deletion that the server has forgotten is told again', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  await write(device, tab, note, 'eg skal strykast')
  await tab.syncNow()
  await write(device, tab, note, 'eg')
  await tab.syncNow()
  server.restore(person, 1)
  expect(server.words(note).texts['f/tanke']).toBe('eg skal strykast')
  await tab.syncNow()
  expect(server.words(note).texts['f/tanke']).toBe('eg')
  expect(textOf(tab, note)).toBe('eg')
})

test('until a forgotten scope is compared, nothing of it is called sent', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  const document = await tab.open(note)
  document.setText('f/tanke', 'sendt ein gong')
  await flushed(device, tab)
  await tab.syncNow()
  expect(document.stateOf('f/tanke').kind).toBe('sent')
  server.restore(person, 0)
  const second = (send: () => Promise<Response>) => (trips++ === 0 ? send() : faults.offline())
  let trips = 0
  server.faults = [second, second]
  await tab.syncNow()
  await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('saved'))
  expect(tab.pending.value.documents).toBe(1)
  await tab.stop()

  const again = await started(device)
  await eventually(() => expect(again.pending.value.documents).toBe(0))
  expect(server.words(note).texts['f/tanke']).toBe('sendt ein gong')
})

test('many documents are compared in as many rounds as the server wants, and given back once', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  for (let day = 0; day < 7; day++) await write(device, tab, `${person}/dag-${day}`, `dag ${day}`)
  await tab.syncNow()
  server.restore(person, 2)
  server.checksAtOnce = 3
  await tab.syncNow()
  await tab.syncNow()
  expect(server.checks.map((check) => check.docs.length)).toEqual([7, 4, 1])
  expect(server.scope(person).log).toHaveLength(7)
  for (let day = 0; day < 7; day++)
    expect(server.words(`${person}/dag-${day}`).texts['f/tanke']).toBe(`dag ${day}`)
})

test('what this device lacks comes by the comparison', async () => {
  const server = createFakeServer()
  const updates: Uint8Array[] = []
  const doc = createDocument()
  onLocalUpdate(doc, (update) => updates.push(update))
  writeText(doc, 'f/tanke', 'først')
  writeText(doc, 'f/tanke', 'først og sist')
  for (const update of updates) server.scope(person).log.push({ doc: note, hash: 'x', update })
  const device = createDevice(server.fetch)
  const tab = await started(device)
  const stored = storedWords(device.database)
  await stored.updates.where('n').equals(1).delete()

  const document = await tab.open(note)
  await eventually(async () =>
    expect(await stored.scopes.get(person)).toMatchObject({ heal: 'incomplete' }),
  )
  await tab.syncNow()
  await eventually(() => expect(document.plain.value.texts['f/tanke']).toBe('først og sist'))
  expect(await stored.scopes.get(person)).toEqual({
    id: person,
    version: 1,
    epoch: 1,
    cursor: 2,
    status: 'ok',
  })
  expect(server.checks).toHaveLength(1)
  await tab.syncNow()
  expect(server.checks).toHaveLength(1)
})

test('a healing that a database transaction breaks begins anew', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  await write(device, tab, note, 'ikkje mist')
  await tab.syncNow()
  server.restore(person, 0)
  server.faults = [
    (send) => send(),
    (send) => {
      device.database.failingTables.add('outbox')
      return send()
    },
  ]
  await tab.syncNow()
  const stored = storedWords(device.database)
  expect(await stored.scopes.get(person)).toMatchObject({ heal: 'forgotten' })
  expect(server.scope(person).log).toHaveLength(0)
  device.database.failingTables.clear()
  await tab.syncNow()
  expect(server.words(note).texts['f/tanke']).toBe('ikkje mist')
  expect(await stored.scopes.get(person)).not.toHaveProperty('heal')
})

test('who leaves during a healing gives back all the same, and it is held', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  await write(device, tab, note, 'mitt')
  await tab.syncNow()
  server.restore(person, 0)
  server.faults = [
    (send) => send(),
    (send) => {
      server.status.set(person, 'left')
      return send()
    },
  ]
  await tab.syncNow()
  const stored = storedWords(device.database)
  expect(await stored.scopes.get(person)).toMatchObject({ status: 'ok', heal: 'forgotten' })
  await tab.syncNow()
  expect(await stored.scopes.get(person)).toMatchObject({ status: 'left' })
  expect(await stored.scopes.get(person)).not.toHaveProperty('heal')
  expect(server.scope(person).log).toHaveLength(0)
  server.status.delete(person)
  server.scope(person).log.push(...server.held)
  expect(server.words(note).texts['f/tanke']).toBe('mitt')
})

test('signing out deletes nothing that the server may have forgotten', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  await write(device, tab, note, 'berre her no')
  await tab.syncNow()
  server.restore(person, 0)
  let trips = 0
  server.faults = Array(4).fill((send: () => Promise<Response>) =>
    trips++ === 0 ? send() : faults.offline(),
  )
  await tab.syncNow()
  expect(await tab.hasUnsent()).toBe(true)
  expect(await tab.leave()).toBe('kept')
  expect(await storedWords(device.database).updates.count()).toBe(1)
})

test('signing out deletes nothing when an answer of a restored server could not be stored', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  await write(device, tab, note, 'berre her no')
  await tab.syncNow()
  server.restore(person, 0)
  server.faults = [
    async (send: () => Promise<Response>) => {
      const answer = await send()
      device.database.broken = true
      return answer
    },
  ]
  await tab.syncNow()
  device.database.broken = false
  server.faults = Array(4).fill(faults.offline)
  expect(await tab.leave()).toBe('kept')
  expect(await storedWords(device.database).updates.count()).toBe(1)
})

test('who has left gives back what was held and is forgotten before anything is deleted', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  await write(device, tab, note, 'delt')
  await tab.syncNow()
  server.status.set(person, 'left')
  await write(device, tab, note, 'delt, og ikkje delt')
  await tab.syncNow()
  expect(server.held).toHaveLength(1)
  expect(await tab.hasUnsent()).toBe(false)

  server.restore(person, 1)
  server.held = []
  expect(await tab.leave()).toBe('deleted')
  expect(server.scope(person).log).toHaveLength(1)
  server.scope(person).log.push(...server.held)
  expect(server.words(note).texts['f/tanke']).toBe('delt, og ikkje delt')
})

test('who has left keeps everything while nobody knows what a restored server has forgotten', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  server.status.set(person, 'left')
  const tab = await started(device)
  await write(device, tab, note, 'ikkje delt')
  await tab.syncNow()
  server.restore(person, 0)
  server.held = []
  let trips = 0
  server.faults = Array(4).fill((send: () => Promise<Response>) =>
    trips++ === 0 ? send() : faults.offline(),
  )
  expect(await tab.leave()).toBe('kept')
  expect(await storedWords(device.database).scopes.get(person)).toMatchObject({
    status: 'left',
    epoch: 2,
    cursor: 0,
    heal: 'forgotten',
  })

  const again = await started(device)
  await again.syncNow()
  expect(await again.leave()).toBe('deleted')
  expect(server.held).toHaveLength(1)
})

test('words are kept where a restored server does not know their writer any more', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  await write(device, tab, note, 'skrive sidan kopien')
  await tab.syncNow()
  server.restore(person, 0)
  server.status.set(person, 'unknown')
  await tab.syncNow()
  expect(await tab.hasUnsent()).toBe(true)
  expect(await tab.leave()).toBe('kept')

  server.status.delete(person)
  const again = await started(device)
  await again.syncNow()
  expect(server.words(note).texts['f/tanke']).toBe('skrive sidan kopien')
  expect(await again.leave()).toBe('deleted')
})

test('a comparison with a server that is restored once more says nothing', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  await write(device, tab, note, 'mitt')
  await tab.syncNow()
  server.restore(person, 0)
  server.faults = [
    (send) => send(),
    (send) => {
      server.scope(person).epoch = 9
      return send()
    },
  ]
  await tab.syncNow()
  const stored = storedWords(device.database)
  expect(await stored.scopes.get(person)).toMatchObject({ epoch: 2, heal: 'forgotten' })
  expect(await stored.outbox.count()).toBe(0)
  await tab.syncNow()
  expect(server.words(note).texts['f/tanke']).toBe('mitt')
  expect(await stored.scopes.get(person)).toMatchObject({ epoch: 9 })
})

test('what waits of a document that is given back waits once', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  await write(device, tab, note, 'sendt')
  await tab.syncNow()
  server.refuse = () => 'refused'
  await write(device, tab, note, 'sendt, og nekta')
  await tab.syncNow()
  server.restore(person, 0)
  await tab.syncNow()
  const stored = storedWords(device.database)
  expect(await stored.outbox.count()).toBe(1)
  expect(await stored.scopes.get(person)).not.toHaveProperty('heal')
  server.refuse = () => null
  device.clock.advance(10 * 60_000)
  await tab.syncNow()
  expect(server.words(note).texts['f/tanke']).toBe('sendt, og nekta')
})

test('words that were deleted before they were sent are given back for the earlier versions', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  await write(device, tab, note, 'grunnlag')
  await tab.syncNow()
  server.faults = Array(6).fill(faults.offline)
  await write(device, tab, note, 'grunnlag merkelapp')
  await write(device, tab, note, 'grunnlag')
  server.restore(person, 0)
  server.refuse = () => 'refused'
  server.faults = []
  await tab.syncNow()
  server.refuse = () => null
  device.clock.advance(10 * 60_000)
  await tab.syncNow()
  const accepted = server.scope(person).log.map((one) => new TextDecoder().decode(one.update))
  expect(accepted.join(' ')).toContain('merkelapp')
  expect(server.words(note).texts['f/tanke']).toBe('grunnlag')
})

test('what was held, and forgotten by a backup, comes back with the right to write', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  server.status.set(person, 'left')
  const tab = await started(device)
  await write(device, tab, note, 'teken vare på')
  await tab.syncNow()
  expect(server.held).toHaveLength(1)
  server.restore(person, 0)
  server.held = []
  server.status.delete(person)
  await tab.syncNow()
  expect(server.words(note).texts['f/tanke']).toBe('teken vare på')
})
