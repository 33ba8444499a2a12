import { expect, test } from 'vitest'
import type { WordsDatabase } from '../../../src/client/storage/words-database.ts'
import { createDevice, eventually, flushed, note, person } from '../device.ts'
import { createFakeServer, faults } from '../sync/fake-server.ts'

test('what is typed is stored, sent and read by a second device', async () => {
  const server = createFakeServer()
  const tablet = createDevice(server.fetch)
  const tab = await tablet.openTab()
  const document = await tab.open(note)
  expect(document.stateOf('f/tanke')).toEqual({ kind: 'empty' })

  document.setText('f/tanke', 'Ein tanke på toget 🚆')
  expect(document.plain.value.texts).toEqual({ 'f/tanke': 'Ein tanke på toget 🚆' })
  expect(document.stateOf('f/tanke')).toEqual({ kind: 'saving' })
  expect(tab.pending.value.saving).toBe(true)

  await flushed(tablet, tab)
  const at = tablet.clock.now()
  expect(document.stateOf('f/tanke')).toEqual({ kind: 'saved', at: at - 300 })
  expect(tab.pending.value).toMatchObject({ documents: 1, oldest: at - 300, saving: false })
  expect(tab.documents.value).toMatchObject([{ id: note, task: 'refleksjon', unsent: true }])

  await tab.syncNow()
  expect(document.stateOf('f/tanke')).toEqual({ kind: 'sent', at })
  expect(tab.pending.value).toMatchObject({ documents: 0, sentAt: at, connection: 'online' })
  expect(server.words(note).texts).toEqual({ 'f/tanke': 'Ein tanke på toget 🚆' })

  const phone = createDevice(server.fetch)
  const other = await phone.openTab()
  await other.syncNow()
  await eventually(() =>
    expect(other.documents.value).toMatchObject([
      {
        id: note,
        scope: person,
        plain: { texts: { 'f/tanke': 'Ein tanke på toget 🚆' } },
        unsent: false,
      },
    ]),
  )
  const read = await other.open(note)
  expect(read.stateOf('f/tanke').kind).toBe('sent')
})

test('a browser killed offline finds everything again, marked not sent', async () => {
  const server = createFakeServer()
  server.faults = Array(20).fill(faults.offline)
  const tablet = createDevice(server.fetch)
  const tab = await tablet.openTab()
  const document = await tab.open(note)
  document.setText('f/tanke', 'æøå 👩‍👩‍👧')
  await flushed(tablet, tab)
  // No stop: the first tab is simply gone.

  const again = await tablet.openTab()
  expect(again.documents.value).toMatchObject([
    { id: note, plain: { texts: { 'f/tanke': 'æøå 👩‍👩‍👧' } }, unsent: true },
  ])
  const reopened = await again.open(note)
  expect(reopened.plain.value.texts['f/tanke']).toBe('æøå 👩‍👩‍👧')
  expect(reopened.stateOf('f/tanke').kind).toBe('saved')
  expect(again.device).toBe(tab.device)

  server.faults = []
  await again.syncNow()
  expect(reopened.stateOf('f/tanke').kind).toBe('sent')
})

test('a database that never answers holds the page up for some seconds, and nothing is called sent', async () => {
  const tablet = createDevice(createFakeServer().fetch)
  const before = await tablet.openTab()
  await before.stop()
  const silent: WordsDatabase = {
    transaction: () => new Promise(() => undefined),
    close: () => undefined,
    delete: async () => undefined,
  }
  let opened = false
  const opening = tablet.openTab({ openDatabase: () => silent }).then((tab) => {
    opened = true
    return tab
  })
  await eventually(() => expect(tablet.clock.waiting()).toContain(4000))
  expect(opened).toBe(false)
  tablet.clock.advance(4000)
  const tab = await opening
  expect(tab.pending.value.failed).toBe(true)
  // Else one's own block would seem to be written elsewhere.
  expect(tab.device).toBe(before.device)
})
