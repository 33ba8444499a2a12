import { signal } from '@preact/signals'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it, vi } from 'vitest'
import type { OwnWords } from '../../../src/client/state/create-words.ts'
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
import { paths } from '../../../src/shared/protocol/paths.ts'

const programme = {
  hash: 'f'.repeat(64),
  outline: { stops: [], modules: [], tracks: [] } as unknown as Outline,
}
const kari: Me = {
  ...{ principal: 'kari', name: 'Kari', role: 'participant', audience: null, municipality: null },
  ...{ personScope: 'u:kari:run', groups: [], run: 'run', network: 'Vestland' },
  cohort: { id: 'kull', name: 'Kull 1', stops: [] },
}
const facts: TableFacts = {
  ...{ g: 'stord', n: 'Leiargruppa, Stord', k: 'leadership', o: null, m: null },
  ...{ c: ['kull', 'Kull 1'], r: 'run', w: 'Vestland', d: null, e: 10_000 },
  p: shortHash(programme.hash),
}
const link = writeTableLink(facts, 'payload.signature')
const offline = (): never => {
  throw new TypeError('no network')
}

type Answer = () => Response | Promise<Response>
/** Windows of one browser: what is on the disk is theirs together. */
const newBrowser = async (lentBy: Me | null) => {
  const indexedDB = new IDBFactory()
  const device = openDeviceDatabase({ indexedDB, IDBKeyRange })
  const contentDatabase = openContentDatabase({ indexedDB, IDBKeyRange })
  await contentDatabase.programmes.put({ ...programme, key: 'current' })
  if (lentBy) await device.people.put({ key: 'current', me: lentBy })
  const answers = new Map<string, Answer>()
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const openWindow = () => {
    const now = signal(1000)
    const returns: (() => void)[] = []
    const gate = { leaving: Promise.resolve() as Promise<unknown> }
    const deps: StartDeps = {
      fetch: (async (path: string, init?: RequestInit) =>
        (answers.get(`${init?.method ?? 'GET'} ${path}`) ?? offline)()) as typeof fetch,
      device,
      contentDatabase,
      media: {} as MediaLibrary,
      presence: { present: signal({}), days: signal({}), enter: () => () => undefined },
      now,
      openWords: async () =>
        ({
          documents: signal([]),
          left: signal([]),
          pending: signal({ connection: 'offline', documents: 0 }),
          syncNow: async () => undefined,
          hasUnsent: async () => false,
          unsentAsFile: async () => null,
          leave: async () => {
            await gate.leaving
            return 'deleted'
          },
          stop: async () => undefined,
        }) as unknown as OwnWords,
      storage,
      persist: async () => true,
      forget: async (principal) => {
        for (const key of [...kept.keys()]) if (key.includes(principal)) kept.delete(key)
      },
      onReturn: (listener) => void returns.push(listener),
    }
    return { start: createStart(deps), now, gate, returns }
  }
  return { device, answers, kept, openWindow }
}
type Start = ReturnType<typeof createStart>
const shownTo = ({ start: { value } }: Start): string =>
  value.kind === 'ready' ? value.services.me.principal : value.kind
const servicesOf = ({ start: { value } }: Start) => {
  if (value.kind !== 'ready') throw new Error(value.kind)
  return value.services
}
const tableOf = (start: Start): Table => servicesOf(start).table as Table

it('says so when the device cannot store that it lies on a table', async () => {
  const { openWindow, device } = await newBrowser(kari)
  const { start } = openWindow()
  await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
  const put = vi
    .spyOn(device.people, 'put')
    .mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
  // It rejects, and table-page.tsx catches nothing: «Set på bordet …» for ever.
  await expect(start.sitDown(link)).resolves.toMatchObject({ ok: false })
  put.mockRestore()
})

it('does not take a table for over because the device did not answer once', async () => {
  const { openWindow, device } = await newBrowser(kari)
  const first = openWindow()
  await vi.waitFor(() => expect(shownTo(first.start)).toBe('kari'))
  await first.start.sitDown(link)
  const get = device.people.get.bind(device.people)
  let isSilent = true
  vi.spyOn(device.people, 'get').mockImplementation((key) => {
    if (key !== 'table' || !isSilent) return get(key)
    return Promise.reject(new DOMException('gone', 'InvalidStateError'))
  })
  const again = openWindow() // reloaded
  await vi.waitFor(() => expect(shownTo(again.start)).toMatch(/^bord-/))
  isSilent = false
  // Else over-page.tsx empties the tablet at once.
  expect(tableOf(again.start).isOver.value).toBe(false)
})

it('asks in the moment it sits down whether the device lies on a table by now', async () => {
  const { openWindow, device, answers } = await newBrowser(null)
  const [first, second] = [openWindow(), openWindow()]
  await vi.waitFor(() =>
    expect([first, second].map((w) => shownTo(w.start))).toEqual(['signed-out', 'signed-out']),
  )
  // The second tab's question to the server is on its way while the first one, answered sooner, sits down.
  let cut = (): void => undefined
  answers.set(
    `POST ${paths.tablets}`,
    () =>
      new Promise((_, reject) => {
        cut = () => reject(new TypeError('no network'))
      }),
  )
  const slower = second.start.sitDown(link)
  await vi.waitFor(() => expect(String(cut)).toContain('reject'))
  answers.delete(`POST ${paths.tablets}`)
  expect(await first.start.sitDown(link)).toEqual({ ok: true })
  const seated = (await device.people.get('table'))?.me?.principal
  cut()
  await slower
  expect((await device.people.get('table'))?.me?.principal).toBe(seated)
})

it('does not say that it sits at the table of a link when it sits at another group’s', async () => {
  const { openWindow } = await newBrowser(null)
  const [first, second] = [openWindow(), openWindow()]
  await vi.waitFor(() =>
    expect([first, second].map((w) => shownTo(w.start))).toEqual(['signed-out', 'signed-out']),
  )
  await first.start.sitDown(link)
  const other = writeTableLink({ ...facts, g: 'bomlo', n: 'Leiargruppa, Bømlo' }, 'payload.other')
  const sat = await second.start.sitDown(other)
  expect(sat.ok && servicesOf(second.start).me.name).not.toBe(facts.n)
})
