import * as acts from './acts.ts'
import type { Device, Person, Tab } from './device.ts'
import type { Promises } from './promises.ts'
import { audit, changeMember, compact, restore } from './server-happenings.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { Weather } from './weather.ts'
import type { WorldServer } from './world-server.ts'

// All that can happen in a world, and how often.

export interface Scene {
  room: acts.Room
  time: VirtualTime
  weather: Weather
  people: readonly Person[]
  groups: readonly string[]
  scopes: readonly string[]
  devices: readonly Device[]
  server: WorldServer
  promises: Promises
  /** For the trace: ids as they are in every run of the seed. */
  plain(id: string): string
  trace(line: string): void
  /** Lets the server do something; the trace hears how it went. `isQuick` = nothing else happens meanwhile. */
  background(name: string, work: Promise<unknown>, isQuick?: boolean): void
  /** The same while no request is in flight, and none arrives. */
  alone(name: string, work: () => Promise<unknown>): void
}
/** Does something; a line for the trace, or null if there was nothing to do or it is told elsewhere. */
type Happening = () => string | null

export const happeningsIn = (scene: Scene): (readonly [Happening, number])[] => {
  const { weights } = scene.weather
  const { chance } = scene.room
  const byUser =
    (act: (room: acts.Room, tab: Tab) => string | null): Happening =>
    () => {
      const tab = acts.someTab(chance, chance.pick(scene.devices))
      const line = tab && act(scene.room, tab)
      return line && `${tab.name} ${line}`
    }
  const atDevice =
    (act: (device: Device, tab: Tab | null) => string | null): Happening =>
    () => {
      const device = chance.pick(scene.devices)
      const line = act(device, acts.someTab(chance, device))
      return line && `${device.name} ${line}`
    }
  const onServer =
    (act: () => void): Happening =>
    () => {
      act()
      return null
    }
  return [
    [byUser(acts.openSomething), 16],
    [byUser(acts.type), 30],
    [byUser(acts.remove), 6],
    [byUser(acts.choose), 5],
    [byUser(acts.swapEmoji), 5],
    [byUser(acts.undo), 4],
    [byUser(acts.compose), 2],
    [byUser(acts.hideRow), 1],
    [byUser(acts.watchFilm), 2],
    [byUser(acts.closeSomething), 4],

    [atDevice(openTab), 3],
    [atDevice((_, tab) => closeTab(scene, tab)), 2],
    [byUser((room, tab) => typeAndGo(scene, room, tab)), 4],
    [atDevice((_, tab) => hide(scene, tab)), 2],
    [atDevice((_, tab) => look(tab)), 3],
    [atDevice(toggleNetwork), 5],
    [atDevice((_, tab) => askForSync(tab)), 3],
    [atDevice((device) => signIn(device)), 6],
    [atDevice((device) => remember(device)), 3],

    [atDevice((_, tab) => kill(scene, tab)), weights.kill],
    [atDevice((device) => crash(scene, device)), weights.crash],
    [atDevice((device) => evict(scene, device)), weights.evict],
    [atDevice((device) => dropConnections(device)), weights.drop],
    [atDevice((device) => fillStorage(device)), weights.fullStorage],
    [atDevice((device) => setClock(scene, device)), weights.setClock],
    [atDevice((device) => endSession(device)), weights.endSession],
    [atDevice((device) => signOut(scene, device)), weights.signOut],

    [onServer(() => scene.server.crashSoon(chance.pick(['before', 'after']))), weights.nodeDies],
    [onServer(() => scene.alone('backup', () => scene.server.backup())), weights.restore * 1.5],
    [onServer(() => scene.alone('restore', () => restore(scene))), weights.restore],
    [onServer(() => compact(scene)), weights.compact],
    [onServer(() => scene.alone('membership', () => changeMember(scene))), weights.membership],
    [onServer(() => audit(scene)), 2],
  ]
}

/** Everybody is there, online and signed in, and looks at the page. */
export const comeBack = ({ devices }: Scene): void => {
  for (const device of devices) {
    device.isOnline = true
    device.isSignedIn = true
    device.hasLeft = false
    device.storage.full = false
    if (device.tabs.length === 0) device.openTab()
    for (const tab of device.tabs) {
      for (const at of tab.composing) {
        const [doc = '', root = ''] = at.split(' ')
        tab.documents.get(doc)?.compose(root, false)
      }
      tab.composing.clear()
      tab.events.fire('online')
      look(tab)
      void tab.words?.syncNow()
    }
  }
}

/** A message between two tabs may have been lost: who looks at the page again sees the words. */
export const lookAgain = ({ devices }: Scene): void => {
  for (const device of devices) {
    for (const tab of device.tabs) look(tab)
    // What a dying page has left in localStorage is given back when one is opened.
    if (device.storage.texts().length > 0 && device.tabs.length < 4) device.openTab()
  }
}

// ── Pages ──

const openTab = (device: Device): string | null => {
  if (device.hasLeft || device.tabs.length > 2) return null
  device.openTab()
  return 'opens a tab'
}

const leave = ({ promises }: Scene, tab: Tab): void => {
  tab.events.fire('leave')
  promises.hides(tab)
}

const die = ({ promises }: Scene, tab: Tab, isKept: () => boolean): void => {
  promises.dies(tab)
  tab.kill(isKept)
}

const closeTab = (scene: Scene, tab: Tab | null): string | null => {
  if (tab === null || tab.words === null) return null
  leave(scene, tab)
  const { chance } = scene.room
  scene.time.after(chance.below(30), () => {
    if (tab.isAlive) die(scene, tab, () => chance.percent(80))
  })
  return `closes ${tab.name}`
}

/** The last words before somebody shuts the lid are those that are lost most easily. */
const typeAndGo = (scene: Scene, room: acts.Room, tab: Tab): string | null => {
  const line = acts.type(room, tab)
  if (line === null) return null
  const isSudden = scene.weather.weights.kill > 0 && room.chance.percent(40)
  scene.time.after(room.chance.below(500), () => {
    const gone = tab.isAlive && (isSudden ? kill(scene, tab) : closeTab(scene, tab))
    if (gone) scene.trace(gone)
  })
  return line
}

const hide = (scene: Scene, tab: Tab | null): string | null => {
  if (tab) leave(scene, tab)
  return tab && `hides ${tab.name}`
}

const look = (tab: Tab | null): string | null => {
  tab?.events.fire('return')
  return tab && `looks at ${tab.name}`
}

const kill = (scene: Scene, tab: Tab | null): string | null => {
  if (tab) die(scene, tab, () => scene.room.chance.percent(50))
  return tab && `kills ${tab.name}`
}

const askForSync = (tab: Tab | null): string | null => {
  void tab?.words?.syncNow()
  return tab && `asks for a sync in ${tab.name}`
}

// ── Devices ──

const toggleNetwork = (device: Device): string => {
  device.isOnline = !device.isOnline
  for (const tab of device.tabs) tab.events.fire(device.isOnline ? 'online' : 'offline')
  return device.isOnline ? 'is online' : 'is offline'
}

const crash = ({ promises }: Scene, device: Device): string => {
  for (const tab of device.tabs) promises.dies(tab)
  device.crash()
  promises.crashed(device)
  return 'loses its power'
}

const evict = ({ room, promises, background }: Scene, device: Device): string => {
  device.disk.evict()
  if (room.chance.percent(50)) device.storage.clear()
  promises.lost(device)
  background(`${device.name} is emptied`, promises.excuseWhatIsNowhere('evicted'))
  return 'runs out of space'
}

const dropConnections = (device: Device): string => {
  device.disk.dropConnections()
  return 'loses its connections to the database'
}

const fillStorage = (device: Device): string => {
  device.storage.full = !device.storage.full
  return device.storage.full ? 'has no room in localStorage' : 'has room in localStorage again'
}

const remember = (device: Device): null => {
  device.storage.remember()
  return null
}

const hour = 3_600_000
const setClock = ({ room }: Scene, device: Device): string => {
  device.clockWrong = room.chance.pick([0, -hour, hour, -24 * hour, 24 * hour])
  return `has a clock that is ${device.clockWrong / hour} hours wrong`
}

// ── Sessions ──

const endSession = (device: Device): string | null => {
  if (device.hasLeft) return null
  device.isSignedIn = false
  return 'has a session that has ended'
}

const signOut = (scene: Scene, device: Device): string | null => {
  const [tab] = device.tabs
  if (!tab?.words || device.hasLeft) return null
  device.hasLeft = true
  const names = device.tabs.map((one) => one.name)
  void tab.words.leave().then((kept) => {
    if (!tab.isAlive) return
    scene.promises.follow()
    scene.trace(`${device.name} has signed out: ${kept}`)
    if (kept === 'deleted') deleted(scene, device)
    device.isSignedIn = false
    for (const one of [...device.tabs]) if (names.includes(one.name)) die(scene, one, () => true)
  })
  return 'signs out'
}

/** It had a receipt for all of it. Only a backup that was restored since the last answer may have forgotten any. */
const deleted = ({ promises, background }: Scene, device: Device): void => {
  promises.lost(device)
  const scopes = promises.unaware(device)
  if (scopes.length === 0) return
  const why = 'deleted between a restore and the next answer'
  background('what is left', promises.excuseWhatIsNowhere(why, scopes))
}

const signIn = (device: Device): string | null => {
  const isSigningOut = device.hasLeft && device.isSignedIn && device.tabs.length > 0
  if (isSigningOut || (device.isSignedIn && !device.hasLeft)) return null
  device.isSignedIn = true
  device.hasLeft = false
  if (device.tabs.length === 0) device.openTab()
  for (const tab of device.tabs) void tab.words?.syncNow()
  return 'signs in'
}
