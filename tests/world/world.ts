import './early-modules.ts'
import { packing } from '../../src/client/storage/packed-updates.ts'
import type { Store } from '../../src/server/store/store.ts'
import { decodeAnswer } from '../../src/shared/protocol/frames.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import { clientIds } from '../../src/shared/words/document.ts'
import { openSomething } from './acts.ts'
import { createDevice, type Device, type Person } from './device.ts'
import { comeBack, happeningsIn, lookAgain, type Scene } from './happenings.ts'
import { createLedger } from './ledger.ts'
import { createLiveWires } from './live-wires.ts'
import { createDisk, type Disk } from './memory-database.ts'
import { whatIsNoisy, whatIsWrong } from './oracles.ts'
import { peopleOf } from './people.ts'
import { createPromises } from './promises.ts'
import { type Chance, createChance } from './random.ts'
import { createTrace } from './trace.ts'
import { createVirtualTime } from './virtual-time.ts'
import { createWeather, type Trouble } from './weather.ts'
import { type Answer, createWorldServer, pushAllAgain } from './world-server.ts'

// One world, from one seed: people at their devices, and the server, with all that can go wrong, and then without. docs/world.md
// tells what it is for.

export interface WorldSettings {
  seed: number
  store: Store
  /** Begins the ids of this world's people and groups: no other world in the same database has the same. */
  tag: string
  /** Makes the people and groups in the database. */
  settle(people: readonly Person[], groups: readonly string[]): Promise<void>
  /** Another database for the devices than the one in memory. */
  createDisk?: () => Disk
  /** Waits until everything that needs real time has come to rest. */
  idle?: () => Promise<void>
  /** Troubles that every world is to have. */
  theme?: readonly Trouble[]
  listen?: (line: string) => void
}
export interface WorldResult {
  seed: number
  /** Null = everything held. */
  failure: string | null
  /** Of the whole trace. */
  hash: string
  /** The last part of it. */
  trace: string[]
  figures: { events: number; requests: number; markers: number; excused: number; restMs: number }
}

const startOfTime = Date.UTC(2026, 10, 14, 9)
/** Virtual time for coming to rest: what the server has refused rests ten minutes at a time. */
const longestRestMs = 45 * 60_000
/** What is wrong for so long while nothing is under way will stay wrong. */
const longestWrongMs = 4 * 60_000
const mostEvents = 60_000

export const runWorld = async (settings: WorldSettings): Promise<WorldResult> => {
  const { seed, tag } = settings
  const chance = createChance(seed)
  const time = createVirtualTime(startOfTime)
  const ledger = createLedger()
  const trace = createTrace(() => time.now() - startOfTime, settings.listen)
  const plain = (id: string): string => id.replace(tag, '')
  let failure: string | null = null
  const broken = (what: string): void => {
    failure ??= what
    trace.add(`BROKEN ${what}`)
  }
  const ids = chance.fork()
  clientIds.next = () => ids.below(2 ** 32)
  packing.from = seed % 2 === 0 ? 1 : 8

  // 1. The people, their groups, and the weather.
  const { people, groups, scopes } = peopleOf(chance, tag)
  await settings.settle(people, groups)
  const weather = createWeather(chance, settings.theme)

  // 2. The server. What is in flight there is waited for, mostly, before anything else happens.
  let inFlight = 0
  let requests = 0
  const flying = <T>(work: Promise<T>): Promise<T> => {
    inFlight++
    return work.finally(() => {
      inFlight--
    })
  }
  const background: Scene['background'] = (name, work, isQuick = true) => {
    const doing = isQuick ? flying(work) : work
    doing.then(
      (result) => trace.add(`${name}: ${result ?? 'done'}`),
      (error) => trace.add(`${name}: ${(error as Error).message}`),
    )
  }
  /** The server is stopped, or somebody looks at both sides of it: nothing else may happen meanwhile. */
  let isAlone = false
  const alone: Scene['alone'] = (name, work) => {
    if (inFlight > 0) return void time.after(1, () => alone(name, work))
    isAlone = true
    const done = work().finally(() => {
      isAlone = false
    })
    background(name, done)
  }
  const server = createWorldServer({
    store: settings.store,
    now: time.now,
    chance: chance.fork(),
    scopes,
    budget: weather.budget,
    accepted: (change) => wires.accepted(change),
    broken,
  })
  const isLive = chance.percent(50)
  const wires = createLiveWires({
    time,
    chance: chance.fork(),
    mayRead: (person, scope) => !server.isRevoked(person, scope),
    isCalm: weather.isCalm,
    trace: trace.add,
  })

  // 3. The devices.
  const devices: Device[] = []
  const promises = createPromises({
    devices,
    ledger,
    server,
    isOpen: settings.createDisk === undefined,
    trace: trace.add,
    broken,
  })
  for (const person of people) {
    const hasTwo = weather.weights.crowd > 0 || chance.percent(35)
    const count = person.personScope !== null && hasTwo ? 2 : 1
    for (let index = 1; index <= count; index++) {
      const disk = (settings.createDisk ?? createDisk)()
      const device = createDevice({
        name: `${plain(person.id)}${index}`,
        person,
        time,
        chance: chance.fork(),
        disk,
        hasLocks: chance.percent(70),
        hasChannel: chance.percent(80),
        hasStorage: chance.percent(85),
        mishap: weather.mishap,
        startLive: (page) => (isLive ? wires.startFor(page) : null),
        serve: () => {
          const promised = promises.asked(device)
          return (path, body) => {
            requests++
            const session = device.isSignedIn ? person.id : null
            return flying(
              server.request(session, path, body, promised).then((answer) => ({
                ...answer,
                read: promises.knows(device, answeredScopes(path, answer)),
              })),
            )
          }
        },
        leftElsewhere: (tab) => {
          trace.add(`${tab.name} hears that ${plain(person.id)} has left`)
          // The page shows the sign-in instead, and writes what it still has.
          void tab.words?.stop().finally(() => {
            if (tab.isAlive) promises.dies(tab)
            tab.kill(() => true)
          })
        },
        trace: trace.add,
        broken,
      })
      disk.nextFault = weather.diskFault
      disk.latency = weather.diskLatency
      disk.later = (ms, run) => void time.after(ms, run)
      disk.committed = (changes) => {
        for (const { table, before, after } of changes)
          if (table === 'scopes') promises.cursor(device, before, after)
      }
      devices.push(device)
    }
  }

  // 4. One event after the other.
  let events = 0
  const drained = async (): Promise<void> => {
    await new Promise<void>((done) => process.nextTick(done))
    // Asked once: how many turns a request takes is not the seed's affair on PostgreSQL.
    if (inFlight > 0 && !isAlone && weather.rushes()) return
    while (inFlight > 0) await new Promise<void>((done) => setImmediate(done))
    await settings.idle?.()
  }
  const step = async (until: number): Promise<boolean> => {
    if (failure !== null || events >= mostEvents || !time.step(until)) return false
    events++
    await drained()
    promises.follow()
    for (const { name, disk } of devices) {
      const idle = disk.idle()
      if (idle !== null && inFlight === 0) broken(`${name}: ${idle}`)
    }
    return true
  }

  // 5. Things happen.
  const room = { chance, ledger, now: time.now, isCrowded: weather.weights.crowd > 0 }
  const scene: Scene = {
    room,
    time,
    weather,
    people,
    groups,
    scopes,
    devices,
    server,
    promises,
    plain,
    trace: trace.add,
    background,
    alone,
  }
  for (const device of devices) device.openTab()
  await drained()
  for (const { tabs } of devices)
    for (const tab of tabs) for (const _ of 'ab') openSomething(room, tab)
  const happenings = happeningsIn(scene)
  let actsLeft = weather.acts
  const happen = (): void => {
    if (actsLeft-- <= 0) return
    const line = chance.weighted(happenings)()
    if (line !== null) trace.add(line)
    time.after(pauseOf(chance), happen)
  }
  time.after(0, happen)
  while (actsLeft >= 0 && (await step(Number.POSITIVE_INFINITY)));

  // 6. Everything calms down; then it must come to rest, and be right.
  weather.calm()
  server.calm()
  trace.add('calm')
  if (chance.percent(75)) await flying(server.readmitAll())
  time.after(0, () => comeBack(scene))
  const calmAt = time.now()
  let quietSince = calmAt
  let problems: string[] = []
  for (let until = calmAt + 2000; failure === null; until += 2000) {
    while (await step(until));
    if (events >= mostEvents) broken(['it never comes to rest', ...problems].join('\n'))
    if (devices.some(isAway)) comeBack(scene)
    const noisy = whatIsNoisy(devices)
    if (noisy !== null) quietSince = time.now()
    problems = noisy === null ? await findProblems() : [noisy]
    const isOver = time.now() - calmAt > longestRestMs || time.now() - quietSince > longestWrongMs
    if (problems.length === 0 || isOver) break
    if (noisy === null) lookAgain(scene)
    time.at(until, () => undefined)
    time.step(until)
  }
  if (failure === null && problems.length > 0) broken(problems.join('\n'))
  if (failure === null && seed % 10 === 0) {
    const changed = await pushAllAgain(
      server,
      promises.binding(() => true),
    )
    if (changed !== null) broken(changed)
    for (const problem of await findProblems()) broken(`after pushing all again: ${problem}`)
  }

  for (const device of devices) device.crash()
  while (inFlight > 0) await new Promise<void>((done) => setImmediate(done))
  clientIds.next = null
  packing.from = 8
  const markers = [...ledger.markers.values()]
  return {
    seed,
    failure,
    hash: trace.hash(),
    trace: trace.tail(),
    figures: {
      events,
      requests,
      markers: markers.length,
      excused: markers.filter((marker) => marker.excused !== null).length,
      restMs: time.now() - calmAt,
    },
  }

  async function findProblems(): Promise<string[]> {
    return whatIsWrong({
      tables: await server.rows(),
      devices,
      isRevoked: server.isRevoked,
      ledger,
      acknowledged: promises.binding(({ person, scope }) => server.isRevoked(person, scope)),
    })
  }
}

/** The scopes that an answer of the sync tells of. */
const answeredScopes = (path: string, { status, body }: Answer): string[] =>
  status === 200 && path === paths.sync ? decodeAnswer(body).scopes.map(({ id }) => id) : []

const isAway = ({ tabs, isSignedIn, hasLeft }: Device): boolean =>
  tabs.length === 0 || !isSignedIn || hasLeft

/** Until the next thing happens, ms: mostly as fast as people type, now and then long enough for everything to settle. */
const pauseOf = (chance: Chance): number =>
  chance.weighted([
    [chance.between(1, 60), 4],
    [chance.between(60, 600), 4],
    [chance.between(600, 5000), 3],
    [chance.between(5000, 60_000), 1],
  ])
