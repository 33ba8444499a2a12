import { signal } from '@preact/signals'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Deleted, OwnWords } from '../../../src/client/state/create-words.ts'
import type { MediaLibrary, Table } from '../../../src/client/state/services.ts'
import { createStart, type StartDeps } from '../../../src/client/state/start.ts'
import { openContentDatabase } from '../../../src/client/storage/content-database.ts'
import { openDeviceDatabase } from '../../../src/client/storage/device-database.ts'
import type { Outline } from '../../../src/shared/domain/outline.ts'
import type { Me } from '../../../src/shared/domain/person.ts'
import {
  shortHash,
  type TableFacts,
  writeTableLink,
} from '../../../src/shared/domain/table-link.ts'
import { paths, principalHeader } from '../../../src/shared/protocol/paths.ts'

const programme = {
  hash: 'f'.repeat(64),
  outline: { stops: [], modules: [], tracks: [] } as unknown as Outline,
}
const kari: Me = {
  principal: 'kari',
  name: 'Kommunedirektør, Stord',
  role: 'participant',
  audience: null,
  municipality: null,
  personScope: 'u:kari:run',
  groups: [],
  run: 'run',
  cohort: { name: 'Kull 1', stops: [] },
}
const facts: TableFacts = {
  g: 'stord',
  n: 'Leiargruppa, Stord',
  k: 'leadership',
  o: null,
  m: null,
  c: ['kull', 'Kull 1'],
  r: 'run',
  w: 'Vestland',
  d: null,
  e: 10_000,
  p: shortHash(programme.hash),
}
const link = writeTableLink(facts, 'payload.signature')

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/** A device whose server is out of reach until the test answers for it. */
const setUp = (indexedDB = new IDBFactory()) => {
  const device = openDeviceDatabase({ indexedDB, IDBKeyRange })
  const contentDatabase = openContentDatabase({ indexedDB, IDBKeyRange })
  const asked: { what: string; as: string | null; body: string }[] = []
  const happened: string[] = []
  const world = {
    answers: new Map<string, () => Response>(),
    isUnsent: false,
    /** The server does not know the session. */
    isUnknown: false,
    isOnline: false,
  }
  const now = signal(1000)
  const deps: StartDeps = {
    fetch: (async (path: string, init?: RequestInit) => {
      const what = `${init?.method ?? 'GET'} ${path}`
      const as = new Headers(init?.headers).get(principalHeader)
      asked.push({ what, as, body: String(init?.body ?? '') })
      const answer = world.answers.get(what)
      if (!world.isOnline || !answer) throw new TypeError('no network')
      return answer()
    }) as typeof fetch,
    device,
    contentDatabase,
    media: {} as MediaLibrary,
    presence: { present: signal({}), days: signal({}), enter: () => () => undefined },
    now,
    openWords: async ({ principal }) => {
      happened.push(`open ${principal}`)
      return {
        documents: signal([]),
        left: signal([]),
        pending: signal({
          connection: world.isUnknown ? 'signed-out' : 'online',
          documents: world.isUnsent ? 2 : 0,
        }),
        syncNow: async () => undefined,
        hasUnsent: async () => world.isUnsent,
        leave: async (what: Deleted = 'sent') => {
          happened.push(`leave ${principal}`)
          return what === 'nothing' || (world.isUnsent && what === 'sent') ? 'kept' : 'deleted'
        },
        stop: async () => {
          happened.push(`stop ${principal}`)
        },
      } as unknown as OwnWords
    },
    storage: null,
    persist: async () => true,
    forget: async (principal) => {
      happened.push(`forget ${principal}`)
    },
    onReturn: () => undefined,
  }
  return { deps, device, contentDatabase, asked, happened, world, now, indexedDB }
}
type Made = ReturnType<typeof setUp>
type Start = ReturnType<typeof createStart>

const tableOf = (start: Start): Table => {
  const { value } = start.start
  if (value.kind !== 'ready' || !value.services.table) throw new Error(`no table: ${value.kind}`)
  return value.services.table
}
const shownTo = (start: Start): string => {
  const { value } = start.start
  return value.kind === 'ready' ? value.services.me.principal : value.kind
}
/** Kari's device, with the programme on it, laid on the table without a network. */
const atTable = async (made: Made = setUp()) => {
  await made.contentDatabase.programmes.put({ ...programme, key: 'current' })
  await made.device.people.put({ key: 'current', me: kari })
  const start = createStart(made.deps)
  await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
  expect(await start.sitDown(link)).toEqual({ ok: true })
  return { ...made, start, tablet: shownTo(start) }
}
const secretsSent = ({ asked }: Made): string[] =>
  asked
    .filter(({ what }) => what === `POST ${paths.tablets}`)
    .map(({ body }) => (JSON.parse(body) as { secret: string }).secret)

it('sits down without a network, and parks whoever has the device with their words', async () => {
  const { tablet, happened, device } = await atTable()
  expect(tablet).toMatch(/^bord-[0-9a-f]{20}$/)
  expect(happened).toEqual(['open kari', 'stop kari', `open ${tablet}`])
  expect((await device.people.get('parked'))?.me?.principal).toBe('kari')
  expect((await device.people.get('current'))?.me?.principal).toBe(tablet)
})

it('joins when the network is there, always as the same tablet, and asks as nobody else', async () => {
  const world = await atTable()
  const { now, tablet, asked, start } = world
  now.value = 2000 // a minute later, without a network yet
  await vi.waitFor(() => expect(secretsSent(world).length).toBeGreaterThan(1))
  const joinedMe = { ...kari, principal: tablet, role: 'group-tablet', network: 'Vestland' }
  world.world.answers.set(`POST ${paths.tablets}`, () =>
    json({ me: joinedMe, sight: { expiresAt: facts.e, isOver: false } }),
  )
  world.world.isOnline = true
  now.value = 3000
  await vi.waitFor(async () =>
    expect((await world.device.people.get('table'))?.seat?.hasJoined).toBe(true),
  )
  expect(new Set(secretsSent(world)).size).toBe(1)
  await vi.waitFor(() =>
    expect(asked.some(({ what }) => what === `GET ${paths.programme}`)).toBe(true),
  )
  const sat = asked.slice(asked.findIndex(({ what }) => what === `POST ${paths.tablets}`))
  for (const { what, as } of sat)
    if (what !== `POST ${paths.tablets}`) expect([what, as]).toEqual([what, tablet])
  expect(shownTo(start)).toBe(tablet)
})

it('is over at its time, and when the server lets it in no more, also after a start without a network', async () => {
  const timely = await atTable()
  expect(tableOf(timely.start).isOver.value).toBe(false)
  timely.now.value = facts.e
  expect(tableOf(timely.start).isOver.value).toBe(true)

  const ended = await atTable()
  ended.world.answers.set(`POST ${paths.tablets}`, () => json({ code: 'code-expired' }, 401))
  ended.world.isOnline = true
  ended.now.value = 2000
  await vi.waitFor(() => expect(tableOf(ended.start).isOver.value).toBe(true))
  const again = createStart(setUp(ended.indexedDB).deps)
  await vi.waitFor(() => expect(shownTo(again)).toBe(ended.tablet))
  expect(tableOf(again).isOver.value).toBe(true)
})

it('leaves nothing before all is sent or saved, and then gives the device back', async () => {
  const { start, tablet, happened, device, world } = await atTable()
  world.isUnsent = true
  expect(await tableOf(start).leave(false)).toBe('unsent')
  expect(shownTo(start)).toBe(tablet)
  expect(happened).not.toContain(`leave ${tablet}`)
  expect(await tableOf(start).leave(true)).toBe('done')
  expect(happened).toContain(`forget ${tablet}`)
  expect(shownTo(start)).toBe('kari')
  expect(await device.people.get('table')).toBe(undefined)
  expect(await device.people.get('parked')).toBe(undefined)
})

it('joins again, as the same tablet, where the server was restored from before it joined', async () => {
  const world = await atTable()
  const { answers } = world.world
  const joined = () =>
    json({
      me: { ...kari, principal: world.tablet, role: 'group-tablet' },
      sight: { expiresAt: facts.e, isOver: false },
    })
  answers.set(`POST ${paths.tablets}`, joined)
  answers.set(`GET ${paths.me}`, () => json({ code: 'not-signed-in' }, 401))
  answers.set(`POST ${paths.tabletState}`, () => json({ code: 'not-signed-in' }, 401))
  world.world.isOnline = true
  world.now.value = 2000
  const stateAsked = () => world.asked.filter(({ what }) => what.endsWith(paths.tabletState)).length
  const joinsAfterAsking = () => {
    const all = world.asked.map(({ what }) => what)
    const asked = all.indexOf(`POST ${paths.tabletState}`)
    return all.slice(asked).filter((what) => what === `POST ${paths.tablets}`).length
  }
  await vi.waitFor(() => expect(stateAsked()).toBe(1))
  await vi.waitFor(() => expect(joinsAfterAsking()).toBe(1))
  expect(new Set(secretsSent(world)).size).toBe(1)
  expect(tableOf(world.start).isOver.value).toBe(false)
})

it('shows nobody the group where the device cannot forget it, not after a reload either, and forgets it when it can', async () => {
  const made = setUp()
  const kept = new Map<string, string>()
  made.deps.storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
  const { start, tablet } = await atTable(made)
  const refuse = () => Promise.reject(new Error('the disk is full'))
  const { people } = made.device
  const put = vi.spyOn(people, 'put').mockImplementation(refuse as typeof people.put)
  const remove = vi.spyOn(people, 'delete').mockImplementation(refuse as typeof people.delete)
  expect(await tableOf(start).leave(false)).toBe('done')
  expect(shownTo(start)).toBe('signed-out')
  const reloaded = createStart(made.deps)
  await vi.waitFor(() => expect(shownTo(reloaded)).toBe('signed-out'))
  expect(made.happened.filter((what) => what === `open ${tablet}`)).toHaveLength(1)
  put.mockRestore()
  remove.mockRestore()
  const later = createStart(made.deps)
  await vi.waitFor(() => expect(shownTo(later)).toBe('kari'))
  expect(kept.has('loft-left')).toBe(false)
})

it('that was left where the device could not forget it is another one when it sits down again', async () => {
  const made = setUp()
  const kept = new Map<string, string>()
  made.deps.storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
  const { start, tablet } = await atTable(made)
  const { people } = made.device
  const refuse = () => Promise.reject(new Error('the disk is full'))
  const put = vi.spyOn(people, 'put').mockImplementation(refuse as typeof people.put)
  const remove = vi.spyOn(people, 'delete').mockImplementation(refuse as typeof people.delete)
  expect(await tableOf(start).leave(false)).toBe('done')
  put.mockRestore()
  remove.mockRestore()
  expect(await start.sitDown(link)).toEqual({ ok: true })
  const again = shownTo(start)
  expect(again).toMatch(/^bord-/)
  expect(again).not.toBe(tablet)
  made.world.isUnsent = true // the group writes, without a network
  const reloaded = createStart(made.deps)
  await vi.waitFor(() => expect(shownTo(reloaded)).toBe(again))
  expect((await people.get('table'))?.me?.principal).toBe(again)
})

it('that a restored server lets in no more is not over before its time, and keeps its words until they are saved', async () => {
  const made = setUp()
  made.world.isUnknown = true
  const world = await atTable(made)
  const { answers } = world.world
  answers.set(`POST ${paths.tablets}`, () =>
    json({
      me: { ...kari, principal: world.tablet, role: 'group-tablet' },
      sight: { expiresAt: facts.e, isOver: false },
    }),
  )
  world.world.isOnline = true
  world.now.value = 2000
  await vi.waitFor(async () =>
    expect((await world.device.people.get('table'))?.seat?.hasJoined).toBe(true),
  )
  answers.set(`GET ${paths.me}`, () => json({ code: 'not-signed-in' }, 401))
  answers.set(`POST ${paths.tabletState}`, () => json({ code: 'not-signed-in' }, 401))
  answers.set(`POST ${paths.tablets}`, () => json({ code: 'code-expired' }, 401))
  const before = secretsSent(world).length
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 120_000)
  onTestFinished(() => void vi.restoreAllMocks())
  world.now.value = 3000
  await vi.waitFor(() => expect(secretsSent(world).length).toBeGreaterThan(before))
  await new Promise((done) => setTimeout(done, 50))
  expect(tableOf(world.start).isOver.value).toBe(false)
  expect((await world.device.people.get('table'))?.seat?.isOver).toBe(false)
  // All that it had was acknowledged once; this server may have none of it.
  expect(await tableOf(world.start).leave(false)).toBe('unsent')
  expect(world.happened).not.toContain(`leave ${world.tablet}`)
  expect(await tableOf(world.start).leave(true)).toBe('done')
})

it('does not wait for the server to hear that a person has left', async () => {
  const made = setUp()
  const { tablet } = await atTable(made)
  await made.device.people.put({ key: 'leaving', me: kari })
  const again = createStart(setUp(made.indexedDB).deps)
  await vi.waitFor(() => expect(shownTo(again)).toBe(tablet))
})

it.each([
  ['halv', 'no-link'],
  [writeTableLink({ ...facts, e: 999 }, 'a.b'), 'code-expired'],
  [writeTableLink({ ...facts, p: '0000000000000000' }, 'a.b'), 'missing'],
])('does not sit down by %s, and whoever has the device keeps it', async (wrong, why) => {
  const made = setUp()
  await made.contentDatabase.programmes.put({ ...programme, key: 'current' })
  await made.device.people.put({ key: 'current', me: kari })
  const start = createStart(made.deps)
  await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
  expect(await start.sitDown(wrong)).toEqual({ ok: false, why })
  expect(shownTo(start)).toBe('kari')
  expect((await made.device.people.get('current'))?.me?.principal).toBe('kari')
  expect(made.happened).toEqual(['open kari'])
})
