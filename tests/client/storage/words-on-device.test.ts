import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDatabaseAccess } from '../../../src/client/storage/database-access.ts'
import { indexedDbWords } from '../../../src/client/storage/indexed-db-words.ts'
import { createRescue } from '../../../src/client/storage/rescue.ts'
import { rescueKey } from '../../../src/client/storage/rescue-key.ts'
import { deleteIfSent } from '../../../src/client/storage/sign-out.ts'
import { databaseName } from '../../../src/client/storage/words-database.ts'
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

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined) // Dexie tells of each broken opening
})
afterEach(() => {
  vi.restoreAllMocks()
})

const offline = (): Device => createDevice(faults.offline)
const rescued = (device: Device): string | null => device.storage.getItem(rescueKey('kari'))

describe('a flush', () => {
  test('is one transaction that holds update, plain text and outbox', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    const before = device.database.writes
    document.setText('f/tanke', 'a')
    document.setText('f/tanke', 'ab')
    document.setScalar('val', 'ja')
    await flushed(device, tab)
    expect(device.database.writes - before).toBe(1)
    const stored = storedWords(device.database)
    expect(await stored.updates.count()).toBe(1)
    expect(await stored.outbox.toArray()).toMatchObject([
      { doc: note, scope: person, keys: ['f/tanke', 's/val'] },
    ])
    expect((await stored.docs.get(note))?.plain).toEqual({
      texts: { 'f/tanke': 'ab' },
      scalars: { val: 'ja' },
    })
  })

  test('asks for strict durability', async () => {
    const device = offline()
    const modes: (string | undefined)[] = []
    const tab = await device.openTab()
    const document = await tab.open(note)
    device.database.onTransaction = (mode, options) => {
      if (mode === 'readwrite') modes.push(options?.durability)
    }
    document.setText('f/tanke', 'a')
    await flushed(device, tab)
    expect(modes).toEqual(['strict'])
  })

  test('begins at once when the page is left', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/tanke', 'siste ord')
    tab.fire('leave')
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('saved'))
    expect(rescued(device)).toBeNull()
  })

  test('is in localStorage while its transaction may still die with the page', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    const hold = device.database.hold()
    document.setText('f/tanke', 'iOS stoppar sida no')
    tab.fire('leave')
    expect(rescued(device)).toContain('iOS stoppar sida no')
    hold.release()
    await eventually(() => expect(rescued(device)).toBeNull())
    expect(document.stateOf('f/tanke').kind).toBe('saved')
  })

  test('hands in what a field holds without an input event', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    const stop = document.beforeFlush(() => document.setText('f/tanke', 'under komponering'))
    tab.fire('leave')
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('saved'))
    expect(tab.documents.value[0]?.plain.texts['f/tanke']).toBe('under komponering')
    stop()
  })

  test('is still saving until the transaction completes, and keeps what is typed meanwhile', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    const hold = device.database.hold()
    document.setText('f/tanke', 'først')
    device.clock.advance(300)
    document.setText('f/anna', 'sidan')
    expect(document.stateOf('f/tanke').kind).toBe('saving')
    hold.release()
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('saved'))
    expect(document.stateOf('f/anna').kind).toBe('saving')
    await flushed(device, tab)
    expect(document.stateOf('f/anna').kind).toBe('saved')
  })
})

describe('when the database is gone', () => {
  test('it is opened again and nobody notices', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    device.database.dropConnections()
    document.setText('f/tanke', 'etter dvalen')
    await flushed(device, tab)
    expect(document.stateOf('f/tanke').kind).toBe('saved')
    expect(rescued(device)).toBeNull()
  })

  test('one failed write is tried again at once', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    device.database.failingWrites = 1
    document.setText('f/tanke', 'andre forsøk')
    await flushed(device, tab)
    expect(document.stateOf('f/tanke').kind).toBe('saved')
  })

  test('for good, the words go to localStorage, the page says so, and the next start gives them back', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/tanke', 'lagra')
    await flushed(device, tab)
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('saved'))
    device.database.broken = true
    document.setText('f/tanke', 'lagra og redda 🛟')
    device.clock.advance(300)
    await eventually(() =>
      expect(document.stateOf('f/tanke')).toEqual({ kind: 'failed', rescued: true }),
    )
    expect(tab.pending.value).toMatchObject({ failed: true, saving: false })
    expect(rescued(device)).toContain('lagra og redda 🛟')
    expect(await tab.hasUnsent()).toBe(true)

    device.database.broken = false
    const again = await device.openTab()
    expect(rescued(device)).toBeNull()
    const reopened = await again.open(note)
    expect(reopened.plain.value.texts['f/tanke']).toBe('lagra og redda 🛟')
    expect(reopened.stateOf('f/tanke').kind).toBe('saved')
    expect(again.pending.value.documents).toBe(1)
  })

  test('and localStorage is full, the page says that the words are on the screen only', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    device.database.broken = true
    device.storage.full = true
    document.setText('f/tanke', 'berre her')
    device.clock.advance(300)
    await eventually(() =>
      expect(document.stateOf('f/tanke')).toEqual({ kind: 'failed', rescued: false }),
    )
  })

  test('for a while, the words are stored as soon as it is back, and the rescue is cleared', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    device.database.broken = true
    document.setText('f/tanke', 'vent')
    device.clock.advance(300)
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('failed'))
    device.database.broken = false
    device.clock.advance(2000)
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('saved'))
    expect(rescued(device)).toBeNull()
    expect(tab.pending.value.failed).toBe(false)
  })

  test('for a while, what is typed on is called rescued when it is, and not before', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    device.database.broken = true
    document.setText('f/tanke', 'ein')
    document.setText('f/anna', 'ord')
    device.clock.advance(300)
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('failed'))
    document.setText('f/tanke', 'ein to')
    expect(document.stateOf('f/tanke')).toEqual({ kind: 'saving' })
    expect(document.stateOf('f/anna')).toEqual({ kind: 'failed', rescued: true })
    expect(tab.pending.value).toMatchObject({ failed: true, saving: false })

    // A database that has failed may be silent now: nothing waits for it.
    device.database.broken = false
    const hold = device.database.hold()
    device.clock.advance(300)
    expect(document.stateOf('f/tanke')).toEqual({ kind: 'failed', rescued: true })
    expect(rescued(device)).toContain('ein to')
    hold.release()
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('saved'))
    expect(rescued(device)).toBeNull()
  })

  test('and hangs, the flush fails after ten seconds twice and the words are rescued', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    const hold = device.database.hold()
    document.setText('f/tanke', 'heng')
    device.clock.advance(300)
    for (let attempt = 0; attempt < 2; attempt++) {
      await new Promise((resolve) => setImmediate(resolve))
      device.clock.advance(10_000)
    }
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('failed'))
    expect(rescued(device)).toContain('heng')
    hold.release()
  })

  test('and thrown away under an open page, every open document is written anew, whole', async () => {
    const device = offline()
    const tab = await device.openTab()
    const documents = [await tab.open(note), await tab.open(`${person}/anna`)]
    const type = async (text: string) => {
      for (const document of documents) document.setText('f/tanke', text)
      await flushed(device, tab)
    }
    for (const text of ['ein', 'ein to', 'ein to tre']) await type(text)
    await new Promise((resolve) => {
      device.database.indexedDB.deleteDatabase(databaseName('kari')).onsuccess = resolve
    })
    await type('ein to tre fire')
    await eventually(async () => {
      const again = await device.openTab()
      for (const { id } of documents)
        expect((await again.open(id)).plain.value.texts['f/tanke']).toBe('ein to tre fire')
    })
  })

  test('and thrown away, unsent words of an open document are written anew as soon as that is seen', async () => {
    const server = createFakeServer()
    const device = createDevice((...request) =>
      (isOnline ? server.fetch : faults.offline)(...request),
    )
    let isOnline = true
    const tab = await device.openTab()
    await tab.syncNow()
    const [sent, unsent] = [await tab.open(`${person}/sendt`), await tab.open(note)]
    sent.setText('f/tanke', 'på tenaren')
    await flushed(device, tab)
    await tab.syncNow()
    isOnline = false
    unsent.setText('f/tanke', 'berre her')
    await flushed(device, tab)
    await new Promise((resolve) => {
      device.database.indexedDB.deleteDatabase(databaseName('kari')).onsuccess = resolve
    })
    tab.fire('return')
    const stored = storedWords(device.database)
    // All that is open: nobody knows whether the server has kept what it has acknowledged.
    await eventually(async () => expect(await stored.outbox.count()).toBe(2))
    await eventually(() => expect(unsent.stateOf('f/tanke').kind).toBe('saved'))
    isOnline = true
    await tab.syncNow()
    expect(server.words(note).texts['f/tanke']).toBe('berre her')
    await eventually(async () => expect(await stored.docs.count()).toBe(2))
    sent.setText('f/tanke', 'på tenaren og her')
    await flushed(device, tab)
    await tab.syncNow()
    expect(server.words(`${person}/sendt`).texts['f/tanke']).toBe('på tenaren og her')
  })

  test('and thrown away, a receipt from the new one clears nothing of the old', async () => {
    const server = createFakeServer()
    const device = createDevice((...request) =>
      (isOnline ? server.fetch : faults.offline)(...request),
    )
    let isOnline = false
    const tab = await device.openTab()
    await tab.syncNow()
    const [one, two] = [await tab.open(note), await tab.open(`${person}/to`)]
    one.setText('f/tanke', 'rad 1 i den gamle')
    await flushed(device, tab)
    await new Promise((resolve) => {
      device.database.indexedDB.deleteDatabase(databaseName('kari')).onsuccess = resolve
    })
    isOnline = true
    two.setText('f/tanke', 'rad 1 i den nye')
    await flushed(device, tab)
    await tab.syncNow()
    await eventually(() => expect(two.stateOf('f/tanke').kind).toBe('sent'))
    if (one.stateOf('f/tanke').kind === 'sent')
      expect(server.words(note).texts['f/tanke']).toBe('rad 1 i den gamle')
    await tab.syncNow()
    expect(server.words(note).texts['f/tanke']).toBe('rad 1 i den gamle')
  })

  test('words that a closed window left in the rescue are given back when another is looked at', async () => {
    const device = offline()
    const [tab, other] = [await device.openTab(), await device.openTab()]
    const document = await tab.open(note)
    device.database.broken = true
    document.setText('f/tanke', 'siste ord')
    tab.fire('leave')
    await eventually(() => expect(rescued(device)).toContain('siste ord'))
    await tab.stop()
    device.database.broken = false
    other.fire('return')
    await eventually(() => expect(other.pending.value.documents).toBe(1))
    expect(rescued(device)).toBeNull()
    expect((await other.open(note)).plain.value.texts['f/tanke']).toBe('siste ord')
  })

  test('from the start, the page opens empty and says so; opening a document fails', async () => {
    const device = offline()
    device.database.broken = true
    const tab = await device.openTab()
    expect(tab.documents.value).toEqual([])
    expect(tab.pending.value.failed).toBe(true)
    await expect(tab.open(note)).rejects.toThrow()
    await tab.syncNow()
    device.database.broken = false
    tab.fire('return')
    await eventually(() => expect(tab.pending.value.failed).toBe(false))
    const document = await tab.open(note)
    document.setText('f/tanke', 'no går det')
    await flushed(device, tab)
    expect(document.stateOf('f/tanke').kind).toBe('saved')
  })

  test('full for one table, nothing of the flush is stored and the words are rescued', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    device.database.failingTables.add('outbox')
    document.setText('f/tanke', 'fullt')
    device.clock.advance(300)
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('failed'))
    const database = storedWords(device.database)
    expect(await database.updates.count()).toBe(0)
    expect(await database.docs.count()).toBe(0)
    expect(rescued(device)).toContain('fullt')
    device.database.failingTables.clear()
    tab.fire('leave')
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('saved'))
  })

  test('rescued words are whole, though the database with all before them never comes back', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/tanke', 'i databasen')
    await flushed(device, tab)
    device.database.broken = true
    document.setText('f/tanke', 'i databasen og i redninga')
    tab.fire('leave')
    await eventually(() => expect(rescued(device)).toContain('i redninga'))
    await tab.stop()
    device.database.broken = false
    await new Promise((resolve) => {
      device.database.indexedDB.deleteDatabase(databaseName('kari')).onsuccess = resolve
    })
    const again = await device.openTab()
    expect((await again.open(note)).plain.value.texts['f/tanke']).toBe('i databasen og i redninga')
    expect(rescued(device)).toBeNull()
  })

  test('words that are in the rescue alone are counted, shown as such, and are in the file', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/tanke', 'sendt')
    await flushed(device, tab)
    await tab.syncNow()
    device.database.failingTables.add('updates')
    document.setText('f/tanke', 'sendt og redda')
    device.clock.advance(300)
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('failed'))
    expect(tab.pending.value).toMatchObject({ documents: 1, failed: true })
    await tab.stop()

    const again = await device.openTab()
    await again.syncNow()
    expect(again.pending.value).toMatchObject({ documents: 1, failed: true })
    expect(again.documents.value[0]?.unsent).toBe(true)
    const reopened = await again.open(note)
    expect(reopened.stateOf('f/tanke')).toEqual({ kind: 'failed', rescued: true })
    expect((await again.unsentAsFile())?.text).toContain('sendt og redda')
    device.database.failingTables.clear()
    again.fire('return')
    await eventually(() => expect(again.pending.value).toMatchObject({ failed: false }))
    await eventually(() => expect(server.words(note).texts['f/tanke']).toBe('sendt og redda'))
    await eventually(() => expect(reopened.plain.value.texts['f/tanke']).toBe('sendt og redda'))
  })

  test('one broken entry in the rescue does not keep the others from being given back', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    device.database.broken = true
    document.setText('f/tanke', 'heil')
    device.clock.advance(300)
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('failed'))
    const stored = JSON.parse(rescued(device) ?? '')
    stored.words['torn/x'] = { doc: note, texts: {}, keys: [], writtenAt: 1, update: '%%%' }
    device.storage.setItem(rescueKey('kari'), JSON.stringify(stored))
    device.database.broken = false
    const again = await device.openTab()
    expect(again.documents.value[0]?.plain.texts['f/tanke']).toBe('heil')
    expect((await again.unsentAsFile())?.text).toContain('heil')
  })

  test('rescued words given back twice are there once', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    device.database.broken = true
    document.setText('f/tanke', 'ein gong')
    device.clock.advance(300)
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('failed'))
    const copy = rescued(device) ?? ''
    device.database.broken = false
    for (let start = 0; start < 2; start++) {
      device.storage.setItem(rescueKey('kari'), copy)
      const again = await device.openTab()
      expect(again.documents.value[0]?.plain.texts['f/tanke']).toBe('ein gong')
      expect(await storedWords(device.database).outbox.count()).toBe(1)
    }
  })

  test('broken rescue data does not keep the page from opening', async () => {
    const device = offline()
    device.storage.setItem(rescueKey('kari'), '{"words":')
    const tab = await device.openTab()
    expect(tab.documents.value).toEqual([])
  })
})

describe('a document', () => {
  test('that several parts of the page open is one, and closing twice counts once', async () => {
    const device = offline()
    const tab = await device.openTab()
    const [one, two] = await Promise.all([tab.open(note), tab.open(note)])
    one.setText('f/tanke', 'felles')
    expect(two.plain.value.texts['f/tanke']).toBe('felles')
    await Promise.all([one.close(), one.close()])
    two.setText('f/tanke', 'felles enno')
    await two.close()
    const again = await tab.open(note)
    expect(again.plain.value.texts['f/tanke']).toBe('felles enno')
  })

  test('that is closed is stored at once', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/tanke', 'lukka')
    await document.close()
    expect(tab.documents.value[0]?.plain.texts['f/tanke']).toBe('lukka')
  })

  test('closed while the database is broken keeps its words until it is back', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    device.database.broken = true
    device.storage.full = true
    document.setText('f/tanke', 'ikkje borte')
    await document.close()
    expect(tab.pending.value.failed).toBe(true)
    device.database.broken = false
    device.clock.advance(2000)
    await eventually(() => expect(tab.pending.value.failed).toBe(false))
    expect(tab.documents.value[0]?.plain.texts['f/tanke']).toBe('ikkje borte')
  })

  test('that lacks something it builds upon has its scope compared with the server', async () => {
    const device = offline()
    const tab = await device.openTab()
    const doc = createDocument()
    const updates: Uint8Array[] = []
    onLocalUpdate(doc, (update) => updates.push(update))
    writeText(doc, 'f/tanke', 'først')
    writeText(doc, 'f/tanke', 'først og sist')
    const stored = storedWords(device.database)
    await stored.scopes.put({ id: person, version: 1, epoch: 1, cursor: 7, status: 'ok' })
    await stored.updates.add({
      version: 1,
      doc: note,
      scope: person,
      update: updates[1] ?? new Uint8Array(),
      own: false,
      writtenAt: 0,
      keys: [],
    })
    await tab.open(note)
    await eventually(async () =>
      expect(await stored.scopes.get(person)).toMatchObject({ cursor: 7, heal: 'incomplete' }),
    )
  })
})

describe('two tabs', () => {
  const text = (tab: Tab) => tab.documents.value.find((row) => row.id === note)?.plain.texts

  test('see each other type, and double no word', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const [one, two] = [await device.openTab(), await device.openTab()]
    await Promise.all([one.syncNow(), two.syncNow()])
    const [left, right] = [await one.open(note), await two.open(note)]
    left.setText('f/tanke', 'frå den eine')
    await flushed(device, one)
    await eventually(() => expect(right.plain.value.texts['f/tanke']).toBe('frå den eine'))
    expect(two.pending.value.documents).toBe(1)
    right.setText('f/tanke', 'frå den eine og den andre')
    await flushed(device, two)
    await eventually(() =>
      expect(left.plain.value.texts['f/tanke']).toBe('frå den eine og den andre'),
    )
    await Promise.all([one.syncNow(), two.syncNow()])
    await eventually(() =>
      expect(two.pending.value.documents + one.pending.value.documents).toBe(0),
    )
    expect(server.words(note).texts).toEqual({ 'f/tanke': 'frå den eine og den andre' })
    expect(text(one)).toEqual({ 'f/tanke': 'frå den eine og den andre' })
    expect(left.stateOf('f/tanke').kind).toBe('sent')
    expect(right.stateOf('f/tanke').kind).toBe('sent')
  })

  test('without a channel do not cover up each other in the plain text', async () => {
    const device = offline()
    const one = await device.openTab({ withoutChannel: true })
    const two = await device.openTab({ withoutChannel: true })
    const [left, right] = [await one.open(note), await two.open(note)]
    left.setText('f/ein', 'eine')
    await flushed(device, one)
    right.setText('f/to', 'andre')
    await flushed(device, two)
    const stored = storedWords(device.database)
    expect((await stored.docs.get(note))?.plain.texts).toEqual({ 'f/ein': 'eine', 'f/to': 'andre' })
    await eventually(() =>
      expect(right.plain.value.texts).toEqual({ 'f/ein': 'eine', 'f/to': 'andre' }),
    )
    one.fire('return')
    await eventually(() => expect(left.plain.value.texts['f/to']).toBe('andre'))
  })

  test('a key typed while the words of the other are being stored does not delete them', async () => {
    const device = offline()
    const one = await device.openTab({ withoutChannel: true })
    const two = await device.openTab({ withoutChannel: true })
    const [left, right] = [await one.open(note), await two.open(note)]
    left.setText('f/tanke', 'frå den eine')
    await flushed(device, one)
    right.setText('f/tanke', 'a')
    // Whatever the page shows is what the next key is added to.
    let keys = 0
    device.clock.advance(300)
    await eventually(() => {
      if (keys < 40) right.setText('f/tanke', `${right.plain.value.texts['f/tanke']}${keys++ % 10}`)
      device.clock.advance(50)
      expect(keys).toBe(40)
    })
    await flushed(device, two)
    await eventually(() => expect(right.plain.value.texts['f/tanke']).toContain('frå den eine'))
  })

  test('words of the other wait while a word is composed, and are stored all the same', async () => {
    const device = offline()
    const [one, two] = [await device.openTab(), await device.openTab()]
    const [left, right] = [await one.open(note), await two.open(note)]
    left.setText('f/tanke', 'felles ')
    await flushed(device, one)
    await eventually(() => expect(right.plain.value.texts['f/tanke']).toBe('felles '))

    left.compose('f/tanke', true)
    left.setText('f/tanke', 'felles o')
    right.setText('f/tanke', 'Vår felles ')
    await flushed(device, two)
    left.setText('f/tanke', 'felles or')
    expect(left.plain.value.texts['f/tanke']).toBe('felles or')
    await flushed(device, one)
    const stored = storedWords(device.database)
    await eventually(async () =>
      expect((await stored.docs.get(note))?.plain.texts['f/tanke']).toBe('Vår felles or'),
    )
    expect(left.plain.value.texts['f/tanke']).toBe('felles or')

    left.setText('f/tanke', 'felles ord')
    left.compose('f/tanke', false)
    await eventually(() => expect(left.plain.value.texts['f/tanke']).toBe('Vår felles ord'))
    await flushed(device, one)
    await eventually(() => expect(right.plain.value.texts['f/tanke']).toBe('Vår felles ord'))
  })
})

describe('progress', () => {
  test('is written at once, survives a new start and is merged over devices', async () => {
    const server = createFakeServer()
    const [tablet, phone] = [createDevice(server.fetch), createDevice(server.fetch)]
    const tab = await tablet.openTab()
    await tab.setDone('film', true)
    await tab.setPlayed('film', 120)
    await tab.setPlayed('film', Number.NaN)
    expect(tab.progress.value).toEqual({ film: { furthest: 120, resume: 120, done: true } })
    await tab.syncNow()

    const other = await phone.openTab()
    await other.syncNow()
    await eventually(() => expect(other.progress.value.film?.done).toBe(true))
    await other.setPlayed('film', 10)
    await other.syncNow()
    await tab.syncNow()
    await eventually(() =>
      expect(tab.progress.value).toEqual({ film: { furthest: 120, resume: 10, done: true } }),
    )
    const again = await tablet.openTab()
    expect(again.progress.value.film).toEqual({ furthest: 120, resume: 10, done: true })
    expect(again.documents.value).toEqual([])
  })

  test('done on a phone in a drawer undoes nothing when it comes online', async () => {
    const server = createFakeServer()
    const [tablet, phone] = [createDevice(server.fetch), createDevice(server.fetch)]
    const drawer = await phone.openTab()
    await drawer.setDone('film', true)
    await drawer.syncNow()
    const tab = await tablet.openTab()
    await tab.syncNow()
    await eventually(() => expect(tab.progress.value.film?.done).toBe(true))
    await drawer.setDone('film', false)
    await tab.setDone('film', false)
    await tab.setDone('film', true)
    await tab.syncNow()
    await drawer.syncNow()
    await tab.syncNow()
    await eventually(() => {
      expect(tab.progress.value.film?.done).toBe(true)
      expect(drawer.progress.value.film?.done).toBe(true)
    })
  })
})

describe('logout', () => {
  test('deletes the words when the server has all of them', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/tanke', 'send meg')
    expect(await tab.leave()).toBe('deleted')
    expect(server.words(note).texts['f/tanke']).toBe('send meg')
    const next = await device.openTab()
    expect(next.documents.value).toEqual([])
    expect(next.device).not.toBe(tab.device)
  })

  test('keeps them when they cannot be sent', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/tanke', 'ikkje slett')
    expect(await tab.leave()).toBe('kept')
    const next = await device.openTab()
    expect(next.documents.value[0]?.plain.texts['f/tanke']).toBe('ikkje slett')
  })

  test('holds what is typed meanwhile in localStorage until it is stored', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/tanke', 'midt i ei utlogging')
    const ended = tab.stop()
    // The page may be gone in this moment.
    expect(createRescue(device.storage, 'kari').kept()).toHaveLength(1)
    await ended
    expect(createRescue(device.storage, 'kari').kept()).toEqual([])
  })

  test('waits no longer than eight seconds for a network that hangs', async () => {
    const device = createDevice(() => new Promise(() => undefined))
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/tanke', 'ikkje slett')
    await flushed(device, tab)
    const ended: string[] = []
    void tab.syncNow().then(() => ended.push('sent'))
    await eventually(() => {
      device.clock.advance(1000)
      expect(ended).toEqual(['sent'])
    })
    void tab.leave().then((what) => ended.push(what))
    const before = device.clock.now()
    await eventually(() => {
      device.clock.advance(1000)
      expect(ended).toEqual(['sent', 'kept'])
    })
    expect(device.clock.now() - before).toBeLessThan(60_000)
  })

  test('keeps what another tab has written meanwhile', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/tanke', 'frå ei anna fane')
    await document.close()
    const access = createDatabaseAccess(() => indexedDbWords('kari', device.database), device.clock)
    expect(await deleteIfSent(access)).toBe(false)
    expect(await storedWords(device.database).updates.count()).toBe(1)
  })

  test('keeps them when the database does not answer', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await device.openTab()
    await tab.syncNow()
    device.database.broken = true
    expect(await tab.leave()).toBe('kept')
  })
})

describe('signing out with several windows', () => {
  test('tells the others, and none of them writes the words again', async () => {
    const device = createDevice(createFakeServer().fetch)
    const first = await device.openTab()
    let left = 0
    const second = await device.openTab({ leftElsewhere: () => left++ })
    const document = await first.open(note)
    document.setText('f/a', 'løyndom')
    await flushed(device, first)
    await (await second.open(note)).close()
    await first.syncNow()
    expect(await first.leave()).toBe('deleted')
    await eventually(() => expect(left).toBe(1))
    await second.stop()
    const later = await device.openTab()
    expect(later.documents.value).toEqual([])
  })

  test('does not take a database that was thrown away for one in which all is sent', async () => {
    const device = offline()
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/a', 'berre her')
    await flushed(device, tab)
    await new Promise((resolve) => {
      device.database.indexedDB.deleteDatabase(databaseName('kari')).onsuccess = resolve
    })
    expect(await tab.leave()).toBe('kept')
    const again = await device.openTab()
    expect(again.documents.value[0]?.plain.texts['f/a']).toBe('berre her')
  })

  test('and a window that slept through it writes nothing, and leaves too', async () => {
    const device = createDevice(createFakeServer().fetch)
    const first = await device.openTab()
    let left = 0
    const asleep = await device.openTab({ withoutChannel: true, leftElsewhere: () => left++ })
    const document = await asleep.open(note)
    document.setText('f/a', 'løyndom')
    await flushed(device, asleep)
    await asleep.syncNow()
    expect(await first.leave()).toBe('deleted')
    asleep.fire('return')
    await eventually(() => expect(left).toBeGreaterThan(0))
    await asleep.stop()
    expect(await storedWords(device.database).updates.count()).toBe(0)
    // Who signs in again has their words as ever.
    const again = await device.openTab()
    await again.syncNow()
    await eventually(() => expect(again.documents.value).toHaveLength(1))
  })

  test('ends, with the words gone, though a frozen window holds the database', async () => {
    const device = createDevice(createFakeServer().fetch)
    const tab = await device.openTab()
    const document = await tab.open(note)
    document.setText('f/a', 'løyndom')
    await flushed(device, tab)
    await tab.syncNow()
    const frozen = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = device.database.indexedDB.open(databaseName('kari'))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    frozen.onversionchange = null // asleep: it does not close
    expect(await tab.leave()).toBe('deleted')
    frozen.close()
  })
})

test('nothing is called sent while the device cannot tell what is unsent', async () => {
  const device = offline()
  const before = await device.openTab()
  const written = await before.open(note)
  written.setText('f/a', 'ikkje sendt')
  await flushed(device, before)
  await before.stop()

  device.database.broken = true
  const tab = await device.openTab()
  expect(tab.pending.value.failed).toBe(true)
  device.database.broken = false
  const document = await tab.open(note)
  await eventually(() => expect(tab.pending.value.documents).toBe(1))
  expect(document.stateOf('f/a').kind).toBe('saved')
})

test('what was sent on an earlier visit is called sent, and no time is made up for it', async () => {
  const device = createDevice(createFakeServer().fetch)
  const before = await device.openTab()
  const written = await before.open(note)
  written.setText('f/a', 'sendt i går')
  await flushed(device, before)
  await before.syncNow()
  await before.stop()
  const tab = await device.openTab()
  expect((await tab.open(note)).stateOf('f/a')).toEqual({ kind: 'sent', at: null })
})

test('a reading that is silent for half a minute has failed', async () => {
  const device = offline()
  const access = createDatabaseAccess(() => indexedDbWords('kari', device.database), device.clock)
  let ended: unknown = null
  const silent = access
    .run(() => new Promise<never>(() => undefined))
    .catch((error) => {
      ended = error
    })
  for (let tries = 0; tries < 2; tries++) {
    await Promise.resolve()
    device.clock.advance(30_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await silent
  expect(ended).toBeInstanceOf(Error)
})

test('a database that was closed is not opened again by a late use', async () => {
  const device = offline()
  const database = indexedDbWords('kari', device.database)
  const count = () => database.transaction('readonly', ['docs'], ({ docs }) => docs.count())
  expect(await count()).toBe(0)
  database.close()
  await expect(count()).rejects.toThrow()
})
