import { expect, vi } from 'vitest'
import { createWords, type OwnWords } from '../../src/client/state/create-words.ts'
import { indexedDbWords } from '../../src/client/storage/indexed-db-words.ts'
import type { PageEvents } from '../../src/client/storage/page-events.ts'
import type { RescueStorage } from '../../src/client/storage/rescue.ts'
import type { TabChannel } from '../../src/client/storage/tab-channel.ts'
import type { WordsDatabase } from '../../src/client/storage/words-database.ts'
import { browserGzip } from '../../src/client/sync/gzip.ts'
import type { StartLive } from '../../src/client/sync/live-deps.ts'
import type { Locks } from '../../src/client/sync/one-tab.ts'
import type { Fetch } from '../../src/client/sync/transport.ts'
import { createFlakyDatabase, type FlakyDatabase } from './flaky-database.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'

export const person = 'u:kari:haust'
export const group = 'g:leiargruppa-stord'
export const note = `${person}/refleksjon`
export const sheet = `${group}/arbeidsark`

/** A browser on a device: what outlives a closed page. */
export interface Device {
  clock: ManualClock
  database: FlakyDatabase
  storage: FakeStorage
  /** Opens the page: a tab with its own events. Until `stop` or the end of the test. */
  openTab(settings?: TabSettings): Promise<Tab>
}
interface TabSettings {
  scopes?: string[]
  personScope?: string | null
  withoutChannel?: boolean
  leftElsewhere?: () => void
  locks?: Locks
  live?: StartLive
  /** In place of the device's own. */
  openDatabase?: (principal: string) => WordsDatabase
}
export interface Tab extends OwnWords {
  fire(event: 'leave' | 'return' | 'online' | 'offline'): void
}

export const createDevice = (fetch: Fetch): Device => {
  const clock = createManualClock()
  const database = createFlakyDatabase()
  const storage = createFakeStorage()
  const channels = new Set<FakeChannel>()
  return {
    clock,
    database,
    storage,
    openTab: async (settings = {}) => {
      const events = createFakeEvents()
      const words = await createWords({
        principal: 'kari',
        leftElsewhere: settings.leftElsewhere ?? (() => undefined),
        personScope: person,
        scopes: settings.scopes ?? [person, group],
        ...(settings.personScope !== undefined && { personScope: settings.personScope }),
        fetch,
        clock,
        random: Math.random,
        events,
        openDatabase: settings.openDatabase ?? ((principal) => indexedDbWords(principal, database)),
        gzip: browserGzip(),
        live: settings.live ?? null,
        storage,
        locks: settings.locks ?? null,
        openChannel: () => (settings.withoutChannel ? null : createFakeChannel(channels)),
      })
      return Object.assign(words, { fire: events.fire })
    },
  }
}

/** Waits until an expectation holds; what it waits for is the database's own time, not the clock's. */
export const eventually = (expectation: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(expectation, { interval: 1, timeout: 2000 })

/** Waits until everything typed is in the database. */
export const flushed = async (device: Device, tab: Tab): Promise<void> => {
  device.clock.advance(300)
  await eventually(() => expect(tab.pending.value.saving).toBe(false))
}

interface FakeStorage extends RescueStorage {
  items: Map<string, string>
  full: boolean
}

const createFakeStorage = (): FakeStorage => {
  const items = new Map<string, string>()
  const storage: FakeStorage = {
    items,
    full: false,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      if (storage.full) throw new DOMException('full', 'QuotaExceededError')
      items.set(key, value)
    },
    removeItem: (key) => {
      items.delete(key)
    },
  }
  return storage
}

const createFakeEvents = (): PageEvents & Pick<Tab, 'fire'> => {
  const listeners = new Map<string, Set<() => void>>()
  const on = (event: string) => (listener: () => void) => {
    const ofEvent = listeners.get(event) ?? new Set()
    listeners.set(event, ofEvent.add(listener))
    return () => {
      ofEvent.delete(listener)
    }
  }
  return {
    onLeave: on('leave'),
    onReturn: on('return'),
    onOnline: on('online'),
    onOffline: on('offline'),
    fire: (event) => {
      for (const listener of listeners.get(event) ?? []) listener()
    },
  }
}

interface FakeChannel extends TabChannel {
  hear(message: unknown): void
}

const createFakeChannel = (all: Set<FakeChannel>): FakeChannel => {
  let listener: (message: unknown) => void = () => undefined
  const channel: FakeChannel = {
    post: (message) => {
      for (const other of all) {
        if (other !== channel) queueMicrotask(() => other.hear(structuredClone(message)))
      }
    },
    listen: (heard) => {
      listener = heard
    },
    hear: (message) => listener(message),
    close: () => {
      all.delete(channel)
    },
  }
  all.add(channel)
  return channel
}
