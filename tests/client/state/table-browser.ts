import { signal } from '@preact/signals'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
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

// A browser with several windows that may lie on a group's table. Its words are none, and all sent.

const programme = {
  hash: 'f'.repeat(64),
  outline: { stops: [], modules: [], tracks: [] } as unknown as Outline,
}
export const kari: Me = {
  ...{ principal: 'kari', name: 'Kari', role: 'participant', audience: null, municipality: null },
  ...{ personScope: 'u:kari:run', groups: [], run: 'run', network: 'Vestland' },
  cohort: { id: 'kull', name: 'Kull 1', stops: [] },
}
export const facts: TableFacts = {
  ...{ g: 'stord', n: 'Leiargruppa, Stord', k: 'leadership', o: null, m: null },
  ...{ c: ['kull', 'Kull 1'], r: 'run', w: 'Vestland', d: null, e: 10_000 },
  p: shortHash(programme.hash),
}
export const link = writeTableLink(facts, 'payload.signature')
export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
export const offline = (): never => {
  throw new TypeError('no network')
}

type Answer = () => Response | Promise<Response>
/** Windows of one browser: what is on the disk is theirs together. */
export const newBrowser = async (lentBy: Me | null) => {
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
export const shownTo = ({ start: { value } }: Start): string =>
  value.kind === 'ready' ? value.services.me.principal : value.kind
export const servicesOf = ({ start: { value } }: Start) => {
  if (value.kind !== 'ready') throw new Error(value.kind)
  return value.services
}
export const tableOf = (start: Start): Table => servicesOf(start).table as Table
