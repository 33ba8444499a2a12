import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { signal } from '@preact/signals'
import { expect, test, vi } from 'vitest'
import { createWords, type OwnWords } from '../../../src/client/state/create-words.ts'
import type { MediaLibrary, Services, Table } from '../../../src/client/state/services.ts'
import { createStart } from '../../../src/client/state/start.ts'
import { writeUnsentFile } from '../../../src/client/state/unsent-file.ts'
import { openContentDatabase } from '../../../src/client/storage/content-database.ts'
import { openDeviceDatabase } from '../../../src/client/storage/device-database.ts'
import { indexedDbWords } from '../../../src/client/storage/indexed-db-words.ts'
import { createRetention } from '../../../src/server/people/retention.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import type { Outline } from '../../../src/shared/domain/outline.ts'
import type { Me } from '../../../src/shared/domain/person.ts'
import { readTableLink } from '../../../src/shared/domain/table-link.ts'
import { type TableLink, takenAfterwardsMs } from '../../../src/shared/domain/tablet.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { minute, signIn, type TestApp, testApp } from '../../server/test-app.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eventually } from '../device.ts'
import { createFlakyDatabase, type FlakyDatabase } from '../flaky-database.ts'
import { createManualClock } from '../manual-clock.ts'
import { storedWords } from '../stored-words.ts'

// A tablet and a server as they are, put together: what is written at a table reaches the group, or stays until it is saved.

const sheet = 'g:leiargruppa-stord/arbeidsark'

/** The page's way to the server; the cookies are the browser's. */
const browser = ({ app }: TestApp, cookies = new Map<string, string>()) => {
  const network = { isThere: true }
  const fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    if (!network.isThere) throw new TypeError('no network')
    const { body, method = 'GET' } = init
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: {
        ...Object.fromEntries(new Headers(init.headers)),
        cookie: [...cookies].map((one) => one.join('=')).join('; '),
      },
      ...(body && { payload: typeof body === 'string' ? body : Buffer.from(body as Uint8Array) }),
    })
    for (const { name, value } of answer.cookies) cookies.set(name, value)
    const isZipped = answer.headers['content-encoding'] === 'gzip'
    const bytes = isZipped ? gunzipSync(answer.rawPayload) : answer.rawPayload
    return new Response(answer.statusCode === 204 ? null : new Uint8Array(bytes), {
      status: answer.statusCode,
      headers: { 'content-type': String(answer.headers['content-type']) },
    })
  }
  return { network, fetch: fetch as typeof globalThis.fetch }
}

const wordsOf = (
  me: Me,
  fetch: typeof globalThis.fetch,
  database: FlakyDatabase,
): Promise<OwnWords> =>
  createWords({
    leftElsewhere: () => undefined,
    principal: me.principal,
    personScope: me.personScope,
    scopes: me.groups.map(({ scope }) => scope),
    fetch: fetch as never,
    clock: createManualClock(),
    random: Math.random,
    events: { onLeave: never, onReturn: never, onOnline: never, onOffline: never },
    openDatabase: (principal) => indexedDbWords(principal, database),
    gzip: null,
    live: null,
    storage: null,
    locks: null,
    openChannel: () => null,
  })
const never = () => () => undefined

/** A member of the group, who makes links and hands in files. */
const member = async (server: TestApp) => {
  const cookie = await signIn(server.app)
  const me = (await server.app.inject({ url: paths.me, headers: { cookie } })).json<Me>()
  const { fetch } = browser(server, new Map([cookie.split('=') as [string, string]]))
  const words = await wordsOf(me, fetch, createFlakyDatabase())
  const read = async (): Promise<string[]> => {
    await words.syncNow()
    await words.syncNow() // what came as a pack is unpacked by now
    const { plain } = words.documents.value.find(({ id }) => id === sheet) ?? {}
    return Object.values(plain?.texts ?? {}).toSorted()
  }
  const newLink = async (fresh = false): Promise<TableLink> => {
    const answer = await server.app.inject({
      method: 'POST',
      url: paths.tableLink('leiargruppa-stord'),
      headers: { cookie },
      payload: { stop: 'samling-1', fresh },
    })
    return answer.json<TableLink>()
  }
  return { words, read, newLink }
}

/** A tablet of its own with the programme on it, laid on the table; its clock is the server's. */
const tablet = async (server: TestApp, { link }: TableLink, hasNetwork: boolean) => {
  const database = createFlakyDatabase()
  const device = openDeviceDatabase(database)
  const contentDatabase = openContentDatabase(database)
  const outline = { stops: [], modules: [], tracks: [] } as unknown as Outline
  const hash = readTableLink(link)?.facts.p ?? ''
  await contentDatabase.programmes.put({ key: 'current', hash, outline })
  const { network, fetch } = browser(server)
  network.isThere = hasNetwork
  const now = signal(server.clock.now)
  const { start, sitDown } = createStart({
    fetch,
    device,
    contentDatabase,
    media: {} as MediaLibrary,
    presence: { present: signal({}), days: signal({}), enter: () => () => undefined },
    now,
    openWords: (me) => wordsOf(me, fetch, database),
    storage: null,
    persist: async () => true,
    forget: async () => undefined,
    onReturn: () => undefined,
  })
  await vi.waitFor(() => expect(start.value.kind).toBe('signed-out'))
  expect(await sitDown(link)).toEqual({ ok: true })
  const services = (): Services & { table: Table } => {
    const { value } = start
    if (value.kind !== 'ready' || !value.services.table) throw new Error(`no table: ${value.kind}`)
    return { ...value.services, table: value.services.table }
  }
  const { principal } = services().me
  return {
    services,
    device,
    stored: storedWords(database, principal),
    write: async (text: string): Promise<void> => {
      const document = await services().words.open(sheet)
      document.setText(`f/plan/${text}`, text)
      await document.close()
      await services().words.syncNow()
    },
    loseNetwork: (): void => {
      network.isThere = false
    },
    /** The network is back, and a minute has passed. */
    comeBack: (): void => {
      network.isThere = true
      server.clock.now += minute
      now.value = server.clock.now
    },
    leave: (unsentToo: boolean) => services().table.leave(unsentToo),
  }
}
type Tablet = Awaited<ReturnType<typeof tablet>>

const retentionRound = async ({ store, clock }: TestApp): Promise<void> => {
  await createRetention({
    store,
    ledger: openLedger(join(temporaryFolder(), 'erased.ndjson')),
    now: () => clock.now,
    newEpoch: () => 99,
    scrubber: { wanted: () => undefined },
  }).round()
}

/** It is over and cannot send: nothing goes from it before a file is saved, and with the file a member brings the words in. */
const savesAndLeaves = async (
  lying: Tablet,
  { words, read }: Awaited<ReturnType<typeof member>>,
  unsent: string,
): Promise<void> => {
  await eventually(() => expect(lying.services().table.isOver.value).toBe(true))
  expect(await lying.leave(false)).toBe('unsent')
  expect(await lying.leave(false)).toBe('unsent') // its page tries again by itself
  const file = await writeUnsentFile(lying.services())
  expect(file?.text).toContain(unsent)
  expect(await words.takeFile(new Blob([file?.text ?? '']))).toEqual({
    taken: 1,
    notYours: 0,
    unreadable: 0,
  })
  await eventually(async () => expect(await read()).toContain(unsent))
  expect(words.pending.value.documents).toBe(0)
  expect(await lying.leave(true)).toBe('done')
  expect(await lying.device.people.get('table')).toBe(undefined)
  expect(await lying.stored.outbox.count()).toBe(0)
}

test('what a tablet sends within two weeks after the end reaches the group, and then it empties itself', async () => {
  const server = await testApp()
  const group = await member(server)
  const made = await group.newLink()
  const lying = await tablet(server, made, false)
  await lying.write('heilt utan nett')
  server.clock.now = made.expiresAt + takenAfterwardsMs - 2 * minute
  lying.comeBack()
  await eventually(() => expect(lying.services().table.isOver.value).toBe(true))
  await eventually(async () => expect(await lying.leave(false)).toBe('done'))
  expect(await group.read()).toEqual(['heilt utan nett'])
})

test('what comes later than that is not acknowledged, and stays on the tablet until it is saved as a file', async () => {
  const server = await testApp()
  const group = await member(server)
  const made = await group.newLink()
  const lying = await tablet(server, made, true)
  await lying.write('i tide')
  expect(await group.read()).toEqual(['i tide'])
  lying.loseNetwork()
  await lying.write('for seint')
  server.clock.now = made.expiresAt + takenAfterwardsMs
  await retentionRound(server)
  lying.comeBack()
  await savesAndLeaves(lying, group, 'for seint')
  expect(await group.read()).toEqual(['for seint', 'i tide'])
})

test('one that began without a network by a link that was replaced meanwhile keeps its words until they are saved', async () => {
  const server = await testApp()
  const group = await member(server)
  const lying = await tablet(server, await group.newLink(), false)
  await lying.write('utan nett')
  await group.newLink(true)
  lying.comeBack()
  await savesAndLeaves(lying, group, 'utan nett')
  expect(await group.read()).toEqual(['utan nett'])
})

test('one that had joined before the link was replaced sends what it has', async () => {
  const server = await testApp()
  const group = await member(server)
  const lying = await tablet(server, await group.newLink(), true)
  lying.loseNetwork()
  await lying.write('utan nett')
  await group.newLink(true)
  lying.comeBack()
  await eventually(async () => expect(await lying.leave(false)).toBe('done'))
  expect(await group.read()).toEqual(['utan nett'])
})
