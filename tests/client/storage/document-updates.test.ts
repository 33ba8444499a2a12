import { describe, expect, test } from 'vitest'
import { foldFrom } from '../../../src/client/storage/document-updates.ts'
import { mergeWrites } from '../../../src/client/storage/merge-writes.ts'
import { databaseName } from '../../../src/client/storage/words-database.ts'
import { limits } from '../../../src/shared/protocol/frames.ts'
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
import { createFakeServer, faults } from '../sync/fake-server.ts'

/** In the middle of a word all the while: nothing is folded before the document is opened again. */
const writtenOften = async (device: Device, tab: Tab, times: number): Promise<string> => {
  const document = await tab.open(note)
  document.compose('f/tanke', true)
  let text = ''
  for (let n = 0; n < times; n++) {
    text += `${n} `
    document.setText('f/tanke', text)
    await flushed(device, tab)
  }
  await document.close()
  return text
}

describe('a document of many updates', () => {
  test('is folded at its opening; what is unsent keeps its bytes, and all of it is sent', async () => {
    const server = createFakeServer()
    const device = createDevice((...request) =>
      (isOnline ? server.fetch : faults.offline)(...request),
    )
    let isOnline = false
    const tab = await device.openTab()
    const text = await writtenOften(device, tab, foldFrom)
    const stored = storedWords(device.database)
    expect(await stored.updates.count()).toBe(foldFrom)
    const document = await tab.open(note)
    await eventually(async () => expect(await stored.updates.count()).toBe(1))
    expect(await stored.outbox.count()).toBe(foldFrom)
    document.setText('f/tanke', `${text}slutt`)
    await flushed(device, tab)
    const again = await device.openTab()
    expect((await again.open(note)).plain.value.texts['f/tanke']).toBe(`${text}slutt`)
    isOnline = true
    await tab.syncNow()
    expect(server.words(note).texts['f/tanke']).toBe(`${text}slutt`)
    expect(tab.pending.value.documents).toBe(0)
  })

  test('is folded while it stays open, however it grows', async () => {
    const device = createDevice(faults.offline)
    const tab = await device.openTab()
    const other = await device.openTab()
    const document = await tab.open(note)
    await other.open(note)
    const stored = storedWords(device.database)
    const most = foldFrom + 10
    let text = ''
    for (let n = 0; n < 3 * foldFrom; n++) {
      text += `${n} `
      document.setText('f/tanke', text)
      await flushed(device, tab)
      await eventually(async () => expect(await stored.updates.count()).toBeLessThan(most))
    }
    expect(await stored.outbox.count()).toBe(3 * foldFrom)
    const again = await device.openTab()
    expect((await again.open(note)).plain.value.texts['f/tanke']).toBe(text)
  })

  test('waits for the end of a word, and is then folded', async () => {
    const device = createDevice(faults.offline)
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.compose('f/tanke', true)
    for (let n = 0; n < foldFrom + 5; n++) {
      document.setText('f/tanke', 'x'.repeat(n + 1))
      await flushed(device, tab)
    }
    const stored = storedWords(device.database)
    expect(await stored.updates.count()).toBe(foldFrom + 5)
    document.compose('f/tanke', false)
    await eventually(async () => expect(await stored.updates.count()).toBe(1))
  })

  test('folded under another window that writes in it, loses nothing of either', async () => {
    const device = createDevice(faults.offline)
    const tab = await device.openTab()
    const text = await writtenOften(device, tab, foldFrom - 1)
    const other = await device.openTab({ withoutChannel: true })
    const writing = await other.open(note)
    writing.setText('f/anna', 'frå det andre vindauget')
    await flushed(device, other)
    const stored = storedWords(device.database)
    const document = await tab.open(note)
    await eventually(async () => expect(await stored.updates.count()).toBe(1))
    writing.setText('f/anna', 'frå det andre vindauget òg')
    document.setText('f/tanke', `${text}slutt`)
    await Promise.all([flushed(device, other), flushed(device, tab)])
    await eventually(async () => {
      const again = await device.openTab()
      const whole = { 'f/tanke': `${text}slutt`, 'f/anna': 'frå det andre vindauget òg' }
      expect((await again.open(note)).plain.value.texts).toEqual(whole)
      expect((await stored.docs.get(note))?.plain.texts).toEqual(whole)
    })
  })

  test('is left alone while it misses something, or is broken', async () => {
    const device = createDevice(faults.offline)
    const tab = await device.openTab()
    await writtenOften(device, tab, foldFrom)
    const stored = storedWords(device.database)
    const doc = createDocument()
    const updates: Uint8Array[] = []
    onLocalUpdate(doc, (update) => updates.push(update))
    for (const text of ['ein', 'ein to']) writeText(doc, 'f/anna', text)
    for (const update of [updates[1] ?? new Uint8Array(), Uint8Array.of(7, 7, 7)])
      await stored.updates.add({
        version: 1,
        doc: note,
        scope: person,
        update,
        own: false,
        writtenAt: 0,
        keys: [],
      })
    const document = await tab.open(note)
    document.setText('f/tre', 'tre')
    await flushed(device, tab)
    expect(await stored.updates.count()).toBe(foldFrom + 3)
  })
})

test('a long text in a database that was thrown away is written anew in pieces that can be sent', async () => {
  const device = createDevice(faults.offline)
  const tab = await device.openTab()
  const document = await tab.open(note)
  const text = 'å '.repeat(180_000)
  document.setText('f/tanke', text)
  await flushed(device, tab)
  await new Promise((resolve) => {
    device.database.indexedDB.deleteDatabase(databaseName('kari')).onsuccess = resolve
  })
  document.setText('f/tanke', `${text}slutt`)
  await flushed(device, tab)
  const stored = storedWords(device.database)
  await eventually(async () => expect(await stored.outbox.count()).toBeGreaterThan(2))
  for (const row of await stored.outbox.toArray())
    expect(row.update.length).toBeLessThanOrEqual(limits.updateBytes)
  await tab.stop()
  const again = await device.openTab()
  expect((await again.open(note)).plain.value.texts['f/tanke']).toBe(`${text}slutt`)
})

test('the writes of one flush are merged, none beyond what can be sent', () => {
  const doc = createDocument()
  const writes: Parameters<typeof mergeWrites>[0][number][] = []
  onLocalUpdate(doc, (update, keys) => writes.push({ update, keys, writtenAt: writes.length }))
  for (let n = 0; n < 20; n++) writeText(doc, `f/${n}`, 'x'.repeat(30_000))
  const merged = mergeWrites(writes)
  expect(merged.length).toBeLessThan(6)
  for (const { update } of merged) expect(update.length).toBeLessThanOrEqual(limits.updateBytes)
})

test('an undo is a change like any other: shown, stored, told as unsent, and sent', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await device.openTab()
  await tab.syncNow()
  const document = await tab.open(note)
  document.setText('f/tanke', 'Feil. ')
  await flushed(device, tab)
  await tab.syncNow()
  expect([document.canUndo(), document.canRedo()]).toEqual([true, false])
  expect(document.canUndo(() => false)).toBe(false)
  document.undo()
  expect(document.plain.value.texts).toEqual({})
  expect([document.canUndo(), document.canRedo()]).toEqual([false, true])
  expect(document.stateOf('f/tanke').kind).toBe('saving')
  await flushed(device, tab)
  expect(tab.pending.value.documents).toBe(1)
  await tab.syncNow()
  expect(server.words(note).texts).toEqual({})
  document.redo()
  await flushed(device, tab)
  await tab.syncNow()
  expect(server.words(note).texts['f/tanke']).toBe('Feil. ')
})
