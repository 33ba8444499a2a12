import { describe, expect, test } from 'vitest'
import { limits } from '../../../src/shared/protocol/frames.ts'
import { createDocument, onLocalUpdate, writeText } from '../../../src/shared/words/document.ts'
import {
  createDevice,
  type Device,
  eventually,
  flushed,
  group,
  note,
  person,
  sheet,
  type Tab,
} from '../device.ts'
import { storedWords } from '../stored-words.ts'
import { createFakeServer, type Fault, faults } from './fake-server.ts'

const write = async (device: Device, tab: Tab, id: string, text: string): Promise<void> => {
  const document = await tab.open(id)
  document.setText('f/tanke', text)
  await document.close()
  await flushed(device, tab)
}
const textOf = (tab: Tab, id: string) =>
  tab.documents.value.find((row) => row.id === id)?.plain.texts['f/tanke']
const stored = (device: Device) => storedWords(device.database)

/** A tab whose first sync is over. */
const started = async (device: Device, settings?: Parameters<Device['openTab']>[0]) => {
  const tab = await device.openTab(settings)
  await tab.syncNow()
  return tab
}

describe('no answer but an acknowledgement clears a word', () => {
  const cases: [name: string, fault: Fault, connection: string][] = [
    ['no network', faults.offline, 'offline'],
    ['401', faults.status(401), 'signed-out'],
    ['403', faults.status(403), 'refused'],
    ['404', faults.status(404), 'refused'],
    ['413', faults.status(413), 'refused'],
    ['422', faults.status(422), 'refused'],
    ['426', faults.status(426), 'outdated'],
    ['429', faults.status(429), 'refused'],
    ['429 with Retry-After', faults.status(429, { 'retry-after': '30' }), 'refused'],
    ['500', faults.status(500), 'offline'],
    ['503 with Retry-After', faults.status(503, { 'retry-after': '5' }), 'refused'],
    ['a captive portal', faults.portal(), 'offline'],
    ['a captive portal that says 401', faults.portal(401), 'offline'],
    ['a captive portal that says 511', faults.portal(511), 'offline'],
    ['an answer torn off', faults.tornAnswer, 'offline'],
    ['an answer lost after the commit', faults.lostAnswer, 'offline'],
    ['a newer server', faults.newerServer, 'outdated'],
  ]
  test.each(cases)('%s', async (_, fault, connection) => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    await write(device, tab, note, 'aldri borte 🛟')
    server.faults = Array(4).fill(fault)
    await tab.syncNow()
    expect(tab.pending.value).toMatchObject({ documents: 1, connection, sentAt: null })
    expect(await tab.hasUnsent()).toBe(true)

    server.faults = []
    device.clock.advance(11 * 60_000) // what was refused by itself rests for ten minutes
    await tab.syncNow()
    expect(tab.pending.value).toMatchObject({ documents: 0, connection: 'online' })
    expect(server.words(note).texts['f/tanke']).toBe('aldri borte 🛟')
    expect(server.scope(person).log).toHaveLength(1)
  })

  test.each(['refused', 'too-large'] as const)('an acknowledgement "%s"', async (code) => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    server.refuse = (doc) => (doc === note ? code : null)
    await write(device, tab, note, 'nei')
    await write(device, tab, `${person}/anna`, 'ja')
    await tab.syncNow()
    expect(tab.pending.value).toMatchObject({ documents: 1, connection: 'online' })
    const sent = server.requests.length
    await tab.syncNow()
    expect(
      server.requests.slice(sent).flatMap((one) => one.scopes.flatMap((s) => s.pushes)),
    ).toEqual([])
    server.refuse = () => null
    device.clock.advance(10 * 60_000)
    await tab.syncNow()
    expect(tab.pending.value.documents).toBe(0)
  })

  test('a scope that is unknown', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    await write(device, tab, sheet, 'til gruppa')
    await write(device, tab, note, 'til meg')
    server.status.set(group, 'unknown')
    await tab.syncNow()
    expect(server.words(note).texts['f/tanke']).toBe('til meg')
    expect(textOf(tab, sheet)).toBe('til gruppa')
    expect(tab.pending.value.documents).toBe(1)
    // From now on it is only asked for.
    const sent = server.requests.length
    await tab.syncNow()
    expect(server.requests.slice(sent).flatMap((one) => one.scopes)).toMatchObject([
      { id: person },
      { id: group, pushes: [] },
    ])
    server.status.delete(group)
    await tab.syncNow()
    expect(tab.pending.value.documents).toBe(0)
    expect(server.words(sheet).texts['f/tanke']).toBe('til gruppa')
  })
})

describe('sending', () => {
  test('words in a scope that is no longer asked for are offered still', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    server.faults = Array(5).fill(faults.offline)
    const member = await started(device)
    await write(device, member, sheet, 'før eg slutta')
    await member.stop()
    server.faults = []
    const left = await started(device, { scopes: [person] })
    expect(left.pending.value.documents).toBe(0)
    expect(server.words(sheet).texts['f/tanke']).toBe('før eg slutta')
  })

  test('more than a request holds goes in several, each within the limit', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    for (let page = 0; page < 5; page++)
      await write(device, tab, `${person}/bok-${page}`, noise(page).repeat(400_000 / 40))
    await tab.syncNow()
    expect(tab.pending.value.documents).toBe(0)
    const pushing = server.requests.filter((one) => one.scopes.some((s) => s.pushes.length > 0))
    expect(pushing.length).toBeGreaterThan(2)
    for (const request of pushing) {
      const bytes = request.scopes.flatMap((s) => s.pushes).reduce((n, p) => n + p.update.length, 0)
      expect(bytes).toBeLessThan(limits.requestBytes)
    }
    for (const push of pushing.flatMap((one) => one.scopes.flatMap((s) => s.pushes)))
      expect(push.update.length).toBeLessThanOrEqual(limits.updateBytes)
  })

  test('more pushes than the server takes are halved until it takes them', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    server.mostPushes = 3
    for (let n = 0; n < 20; n++) await write(device, tab, `${person}/lapp-${n}`, `lapp ${n}`)
    await tab.syncNow()
    expect(tab.pending.value.documents).toBe(0)
    expect(server.scope(person).log).toHaveLength(20)
  })

  test('an update that the server cannot take does not hold up the others', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    server.isPoison = (update) => new TextDecoder().decode(update).includes('gift')
    for (const text of ['ein', 'to', 'gift', 'fire', 'fem'])
      await write(device, tab, `${person}/${text}`, text)
    await tab.syncNow()
    expect(tab.pending.value).toMatchObject({ documents: 1, connection: 'online' })
    expect(server.scope(person).log).toHaveLength(4)
    expect(textOf(tab, `${person}/gift`)).toBe('gift')
  })

  test('a server that refuses everything is not asked about each update', async () => {
    const server = createFakeServer()
    const device = createDevice((...request) =>
      (isOnline ? server.fetch : faults.offline)(...request),
    )
    let isOnline = true
    const tab = await started(device)
    isOnline = false
    for (let day = 0; day < 20; day++)
      await write(device, tab, `${person}/dag-${day}`, `dag ${day}`)
    server.isPoison = () => true
    isOnline = true
    const before = server.received.length
    await tab.syncNow()
    expect(server.received.length - before).toBeLessThan(20)
    expect(tab.pending.value).toMatchObject({ documents: 20, connection: 'refused' })
    server.isPoison = () => false
    device.clock.advance(10 * 60_000)
    await tab.syncNow()
    expect(tab.pending.value.documents).toBe(0)
  })

  test('what something on the way says against a request is not held against the words', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    const document = await tab.open(note)
    document.setText('f/tanke', 'ord')
    await flushed(device, tab)
    const proxy = async (): Promise<Response> =>
      new Response('no', { status: 413, headers: { 'content-type': 'text/plain' } })
    server.faults = [proxy, proxy]
    await tab.syncNow()
    expect(document.stateOf('f/tanke')).toEqual({ kind: 'saved', at: expect.any(Number) })
    server.faults = []
    await tab.syncNow()
    expect(document.stateOf('f/tanke').kind).toBe('sent')
  })

  test('later words of a document wait for one of its updates that rests', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    server.refuse = (doc) => (doc === note ? 'refused' : null)
    await write(device, tab, note, 'først')
    await tab.syncNow()
    server.refuse = () => null
    await write(device, tab, note, 'først og sist')
    await write(device, tab, `${person}/anna`, 'eit anna')
    await tab.syncNow()
    expect(server.scope(person).log.map((one) => one.doc)).toEqual([`${person}/anna`])
    expect(tab.pending.value.documents).toBe(1)
    device.clock.advance(10 * 60_000)
    await tab.syncNow()
    expect(server.words(note).texts['f/tanke']).toBe('først og sist')
  })

  test('a pile of words that nobody takes does not hold up the others', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    server.status.set(group, 'unknown')
    const tab = await started(device)
    const update = new Uint8Array(4000)
    await stored(device).outbox.bulkAdd(
      Array.from({ length: 700 }, (_, at) => ({
        version: 1,
        doc: `${group}/ark-${at}`,
        scope: group,
        update,
        writtenAt: 0,
        keys: [],
      })),
    )
    await write(device, tab, note, 'slepp fram')
    await tab.syncNow()
    expect(server.words(note).texts['f/tanke']).toBe('slepp fram')
    expect(await stored(device).outbox.count()).toBe(700)
  })

  test('bodies over a kilobyte are gzipped, small ones are not', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    await write(device, tab, note, 'Vi må snakke om dette på samlinga. '.repeat(100))
    await tab.syncNow()
    expect(server.received[0]?.encoding).toBeNull()
    const [gzipped] = server.received.filter((one) => one.encoding === 'gzip')
    expect(gzipped?.bytes).toBeLessThan(600)
    expect(server.scope(person).log).toHaveLength(1)
  })

  test('an answer lost after the commit doubles nothing', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    await write(device, tab, note, 'ein gong')
    server.faults = [faults.lostAnswer]
    await tab.syncNow()
    await tab.syncNow()
    expect(server.scope(person).log).toHaveLength(1)
    expect(await stored(device).updates.count()).toBe(1)
    expect(textOf(tab, note)).toBe('ein gong')
  })

  test('what is typed during a sync is not taken for sent', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    const document = await tab.open(note)
    document.setText('f/tanke', 'først')
    await flushed(device, tab)
    server.faults = [
      async (send) => {
        document.setText('f/tanke', 'først og sist')
        await flushed(device, tab)
        return send()
      },
    ]
    await tab.syncNow()
    await eventually(() => expect(document.stateOf('f/tanke').kind).toMatch(/saved|sent/))
    // The same sync has noticed it, or the next does: never green before it is there.
    if (document.stateOf('f/tanke').kind === 'sent')
      expect(server.words(note).texts['f/tanke']).toBe('først og sist')
    await tab.syncNow()
    expect(server.words(note).texts['f/tanke']).toBe('først og sist')
    expect(document.stateOf('f/tanke').kind).toBe('sent')
  })
})

describe('receiving', () => {
  test('a long stream comes in pieces, in order, until there is no more', async () => {
    const server = createFakeServer()
    const tablet = createDevice(server.fetch)
    const tab = await started(tablet)
    for (let day = 0; day < 12; day++)
      await write(tablet, tab, `${person}/dag-${day}`, `dag ${day}`)
    await tab.syncNow()
    server.budget = 60
    const phone = createDevice(server.fetch)
    const before = server.requests.length
    const other = await started(phone)
    expect(server.requests.length - before).toBeGreaterThan(6)
    expect(other.documents.value).toHaveLength(12)
    expect(await stored(phone).scopes.get(person)).toMatchObject({ cursor: 12, epoch: 1 })
  })

  test('a scope for which an answer had no room is asked again at once', async () => {
    const server = createFakeServer()
    const tablet = createDevice(server.fetch)
    const tab = await started(tablet)
    const phone = await started(createDevice(server.fetch))
    for (const id of [note, sheet])
      for (const text of ['ein', 'to', 'tre']) await write(tablet, tab, id, text)
    await tab.syncNow()
    server.budget = 1
    await phone.syncNow()
    for (const id of [note, sheet]) expect(textOf(phone, id)).toBe('tre')
  })

  test('items and cursor are stored together or not at all', async () => {
    const server = createFakeServer()
    const tablet = createDevice(server.fetch)
    const tab = await started(tablet)
    await write(tablet, tab, note, 'heile eller inkje')
    await tab.syncNow()

    const phone = createDevice(server.fetch)
    phone.database.failingTables.add('scopes')
    const other = await started(phone)
    expect(await stored(phone).updates.count()).toBe(0)
    expect(await stored(phone).docs.count()).toBe(0)
    expect(other.documents.value).toEqual([])
    phone.database.failingTables.clear()
    await other.syncNow()
    expect(textOf(other, note)).toBe('heile eller inkje')
    expect((await stored(phone).scopes.get(person))?.cursor).toBe(1)
  })

  test('a healing that begins during a sync is not run over by its cursor', async () => {
    const server = createFakeServer()
    const [tablet, phone] = [createDevice(server.fetch), createDevice(server.fetch)]
    const [one, two] = [await started(tablet), await started(phone)]
    await write(tablet, one, note, 'mista på telefonen')
    await one.syncNow()
    await two.syncNow()
    await write(tablet, one, `${person}/to`, 'nytt')
    await one.syncNow()
    server.faults = [
      async (send) => {
        await stored(phone).updates.clear()
        await stored(phone).scopes.update(person, { cursor: 0 })
        return send()
      },
    ]
    await two.syncNow()
    expect(await stored(phone).updates.count()).toBe(2)
    expect((await stored(phone).scopes.get(person))?.cursor).toBe(2)
  })

  test('an open document shows what comes, and keeps what is being typed', async () => {
    const server = createFakeServer()
    const [tablet, phone] = [createDevice(server.fetch), createDevice(server.fetch)]
    const [one, two] = [await started(tablet), await started(phone)]
    const [left, right] = [await one.open(note), await two.open(note)]
    left.setText('f/ein', 'frå nettbrettet')
    await one.syncNow()
    right.setText('f/to', 'under skriving')
    await two.syncNow()
    await eventually(() => expect(right.plain.value.texts['f/ein']).toBe('frå nettbrettet'))
    expect(right.plain.value.texts['f/to']).toBe('under skriving')
    await one.syncNow()
    await eventually(() => expect(left.plain.value).toEqual(right.plain.value))
  })

  test('an update that Yjs cannot read does not stop the stream', async () => {
    const server = createFakeServer()
    server.scope(person).log.push({ doc: note, hash: 'x', update: Uint8Array.of(7, 7, 7) })
    const doc = createDocument()
    onLocalUpdate(doc, (update) => server.scope(person).log.push({ doc: note, hash: 'y', update }))
    writeText(doc, 'f/tanke', 'lesbar')
    const device = createDevice(server.fetch)
    const tab = await started(device)
    expect(textOf(tab, note)).toBe('lesbar')
  })

  test('items of another scope than the answer’s are left alone', async () => {
    const server = createFakeServer()
    const doc = createDocument()
    onLocalUpdate(doc, (update) => server.scope(group).log.push({ doc: note, hash: 'y', update }))
    writeText(doc, 'f/tanke', 'smugla')
    const tab = await started(createDevice(server.fetch))
    expect(tab.documents.value).toEqual([])
  })
})

describe('a restored backup', () => {
  test('gets back what it forgot, and every device is whole again', async () => {
    const server = createFakeServer()
    const [tablet, phone] = [createDevice(server.fetch), createDevice(server.fetch)]
    const [one, two] = [await started(tablet), await started(phone)]
    await write(tablet, one, note, 'før kopien')
    await one.syncNow()
    await write(tablet, one, `${person}/to`, 'etter kopien')
    await one.syncNow()
    await two.syncNow()
    server.restore(person, 1)
    await write(phone, two, `${person}/tre`, 'frå telefonen')
    await two.syncNow()
    await one.syncNow()
    await two.syncNow()

    const docs = [note, `${person}/to`, `${person}/tre`]
    expect(docs.map((id) => server.words(id).texts['f/tanke'])).toEqual([
      'før kopien',
      'etter kopien',
      'frå telefonen',
    ])
    for (const tab of [one, two]) {
      await eventually(() => expect(tab.pending.value.documents).toBe(0))
      await eventually(() =>
        expect(docs.map((id) => textOf(tab, id))).toEqual([
          'før kopien',
          'etter kopien',
          'frå telefonen',
        ]),
      )
    }
    expect(server.scope(person).log).toHaveLength(3)
    expect(await stored(tablet).scopes.get(person)).toMatchObject({ epoch: 2, cursor: 3 })
  })

  test('that nobody gave a new epoch is noticed by the cursor', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    for (let day = 0; day < 6; day++) await write(device, tab, `${person}/dag-${day}`, `dag ${day}`)
    await tab.syncNow()
    server.restore(person, 3, 1)
    server.budget = 60
    await tab.syncNow()
    await tab.syncNow()
    expect(server.scope(person).log).toHaveLength(6)
    await eventually(() => expect(tab.pending.value.documents).toBe(0))
    expect(await stored(device).scopes.get(person)).toMatchObject({ cursor: 6, epoch: 1 })
  })

  test('words are unsent again until they are acknowledged anew', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await started(device)
    await write(device, tab, note, 'ein gong til')
    await tab.syncNow()
    server.restore(person, 0)
    let trips = 0
    const second: Fault = (send) => (++trips === 2 ? faults.offline() : send())
    server.faults = [second, second]
    await tab.syncNow()
    await eventually(() => expect(tab.pending.value.documents).toBe(1))
    await tab.syncNow()
    await eventually(() => expect(tab.pending.value.documents).toBe(0))
  })
})

describe('when', () => {
  const syncs = (server: ReturnType<typeof createFakeServer>) => server.requests.length

  test('the page opens, two seconds after a flush, every minute, when looked at, when online', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const tab = await device.openTab()
    await eventually(() => expect(tab.pending.value.connection).toBe('online'))
    let before = syncs(server)
    const document = await tab.open(note)
    document.setText('f/tanke', 'snart')
    await flushed(device, tab)
    device.clock.advance(1999)
    expect(syncs(server)).toBe(before)
    device.clock.advance(1)
    await eventually(() => expect(document.stateOf('f/tanke').kind).toBe('sent'))
    for (const trigger of [
      () => device.clock.advance(60_000),
      () => tab.fire('return'),
      () => tab.fire('online'),
    ]) {
      await settled()
      before = syncs(server)
      trigger()
      await eventually(() => expect(syncs(server)).toBeGreaterThan(before))
    }
    tab.fire('offline')
    expect(tab.pending.value.connection).toBe('offline')
  })

  test('signed out it pauses, and typing goes on', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    server.faults = Array(3).fill(faults.status(401))
    const tab = await started(device)
    await write(device, tab, note, 'eg skriv vidare')
    const left = server.faults.length
    device.clock.advance(30 * 60_000)
    await settled()
    expect(server.faults.length).toBe(left)
    expect(tab.pending.value).toMatchObject({
      connection: 'signed-out',
      documents: 1,
      failed: false,
    })
    server.faults = []
    await tab.syncNow()
    expect(tab.pending.value).toMatchObject({ connection: 'online', documents: 0 })
  })

  test('with Web Locks, another tab at it is left to it, but not for ever', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const taken = {
      request: (_: string, ...rest: unknown[]) =>
        (rest.at(-1) as (lock: null) => Promise<unknown>)(null),
    }
    const tab = await device.openTab({ locks: taken as never })
    await tab.syncNow()
    expect(syncs(server)).toBe(0)
    expect(tab.pending.value.connection).toBe('unknown')
    device.clock.advance(30_000)
    await tab.syncNow()
    expect(syncs(server)).toBeGreaterThan(0)
  })

  test('Web Locks that refuse to work are done without', async () => {
    const server = createFakeServer()
    const device = createDevice(server.fetch)
    const refusing = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) }
    const tab = await started(device, { locks: refusing as never })
    expect(tab.pending.value.connection).toBe('online')
  })
})

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 60; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Forty letters that differ from page to page. */
const noise = (seed: number): string =>
  Array.from({ length: 40 }, (_, at) => String.fromCharCode(97 + ((at * 7 + seed * 13) % 26))).join(
    '',
  )
