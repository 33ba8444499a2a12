import { createWords, type OwnWords } from '../../src/client/state/create-words.ts'
import type { OpenDocument } from '../../src/client/state/words.ts'
import type { StartLive } from '../../src/client/sync/live-deps.ts'
import { scalarStateKey } from '../../src/shared/words/roots.ts'
import type { Marker, Shown } from './ledger.ts'
import type { Page } from './live-wires.ts'
import type { Connection, Disk } from './memory-database.ts'
import { createFetch, type Mishap } from './network.ts'
import type { Chance } from './random.ts'
import {
  createChannels,
  createLocalStorage,
  createLocks,
  createPageEvents,
  type FiredEvents,
  type LocalStorage,
} from './surroundings.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { Answer } from './world-server.ts'

// A browser on a device, whose pages run the production words.

export interface Person {
  id: string
  /** Null on a group's tablet. */
  personScope: string | null
  scopes: readonly string[]
}

export interface Device {
  readonly name: string
  readonly person: Person
  readonly disk: Disk
  readonly storage: LocalStorage
  isOnline: boolean
  /** ms. */
  clockWrong: number
  /** The session's cookie is good. */
  isSignedIn: boolean
  /** What was kept when the person signed out is locked until they return. */
  hasLeft: boolean
  tabs: Tab[]
  openTab(): Tab
  /** The power is gone. */
  crash(): void
}

export interface Tab {
  readonly name: string
  readonly device: Device
  /** Null while it starts. */
  words: OwnWords | null
  readonly documents: Map<string, OpenDocument>
  readonly opening: Set<string>
  /** Closed documents tell of their words for as long as those are not stored. */
  readonly closed: Map<string, OpenDocument>
  readonly composing: Set<string>
  readonly events: FiredEvents
  isAlive: boolean
  /** Stops in the middle of whatever it does; `excuse` tells which promises end with it. */
  kill(isKept: () => boolean): void
}

export interface DeviceParts {
  name: string
  person: Person
  time: VirtualTime
  chance: Chance
  disk: Disk
  hasLocks: boolean
  hasChannel: boolean
  hasStorage: boolean
  mishap: () => Mishap
  /** Null = the browser's connections do not hold here. */
  startLive: (page: Page) => StartLive | null
  serve: () => (path: string, body: Uint8Array) => Promise<Answer>
  /** The person has signed out in another window of the device. */
  leftElsewhere(tab: Tab): void
  trace(line: string): void
  /** A page has failed in a way that no page may. */
  broken(what: string): void
}

export const createDevice = (parts: DeviceParts): Device => {
  const { name, person, time, chance, disk } = parts
  const storage = createLocalStorage()
  storage.isThere = parts.hasStorage
  const locks = createLocks()
  const channels = createChannels((deliver) => {
    if (!chance.percent(10)) time.after(chance.below(4), deliver)
  })
  let tabs = 0

  const openTab = (): Tab => {
    const connections: Connection[] = []
    const events = createPageEvents()
    const isAlive = (): boolean => tab.isAlive
    const tab: Tab = {
      name: `${name}.${++tabs}`,
      device,
      words: null,
      documents: new Map(),
      opening: new Set(),
      closed: new Map(),
      composing: new Set(),
      events,
      isAlive: true,
      kill: (isKept) => {
        tab.isAlive = false
        events.end()
        for (const connection of connections) connection.kill(isKept)
        device.tabs = device.tabs.filter((one) => one !== tab)
      },
    }
    device.tabs.push(tab)
    const ofTab = {
      getItem: storage.getItem,
      setItem: (key: string, value: string) => {
        if (tab.isAlive) storage.setItem(key, value)
      },
      removeItem: (key: string) => {
        if (tab.isAlive) storage.removeItem(key)
      },
    }
    const own = chance.fork()
    createWords({
      principal: person.id,
      personScope: person.personScope,
      scopes: person.scopes,
      leftElsewhere: () => parts.leftElsewhere(tab),
      fetch: createFetch({
        name: tab.name,
        time,
        chance: chance.fork(),
        isAlive,
        isOnline: () => device.isOnline,
        mishap: parts.mishap,
        serve: parts.serve,
        trace: parts.trace,
      }),
      clock: time.pageClock(isAlive, () => device.clockWrong),
      random: own.real,
      events,
      openDatabase: () => {
        const connection = disk.connect()
        connections.push(connection)
        return connection
      },
      gzip: null,
      live: parts.startLive({
        name: tab.name,
        person: person.id,
        isAlive,
        isOnline: () => device.isOnline,
      }),
      storage: parts.hasStorage ? ofTab : null,
      locks: parts.hasLocks ? locks.ofTab(isAlive) : null,
      openChannel: (channel) => (parts.hasChannel ? channels.open(channel, isAlive) : null),
    }).then(
      (words) => {
        tab.words = words
      },
      (error) => parts.broken(`${tab.name} did not start: ${(error as Error).stack}`),
    )
    return tab
  }

  const device: Device = {
    name,
    person,
    disk,
    storage,
    isOnline: true,
    clockWrong: 0,
    isSignedIn: true,
    hasLeft: false,
    tabs: [],
    openTab,
    crash: () => {
      for (const tab of [...device.tabs]) tab.kill(() => chance.percent(50))
      disk.crash(() => chance.percent(50))
      if (chance.percent(50)) storage.crash()
    },
  }
  return device
}

/** The key by which the page asks for a marker's state. */
export const stateKey = (marker: Marker): string =>
  marker.kind === 'scalar' ? scalarStateKey(marker.place) : marker.place

/** What the page says of a marker now; null where it does not show it. */
export const shownOf = (tab: Tab, marker: Marker): Shown | null => {
  const open = tab.documents.get(marker.doc)
  const document = open ?? tab.closed.get(marker.doc)
  if (document === undefined) return null
  const { texts, scalars } = document.plain.value
  const value = marker.kind === 'text' ? texts[marker.place] : scalars[marker.place]
  const isThere = JSON.stringify(value ?? '').includes(marker.token)
  if (!isThere && marker.deletedBy.length === 0) return null
  const state = document.stateOf(stateKey(marker))
  if (state.kind === 'saving') return 'typed'
  if (state.kind === 'failed') return state.rescued ? 'rescued' : 'typed'
  // Of a closed document nobody is told more than that its buffer is empty. Emptied and held words have their receipt too.
  return state.kind === 'saved' || open === undefined ? 'saved' : 'sent'
}
