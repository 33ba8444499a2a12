import { expect, test } from 'vitest'
import { longestBackOffMs } from '../../../src/client/sync/back-off.ts'
import { firstConnectMs, hiddenMs } from '../../../src/client/sync/live.ts'
import { silenceMs } from '../../../src/client/sync/live-connection.ts'
import { presenceExpiryMs, presenceRepeatMs } from '../../../src/shared/protocol/event-frames.ts'
import { paths, principalHeader } from '../../../src/shared/protocol/paths.ts'
import { eventually } from '../device.ts'
import {
  createLiveWorld,
  group,
  type LiveWorld,
  row,
  type Stream,
  sheet,
  type Tab,
  wordsEvent,
} from './live-world.ts'

/** Turns of the event loop, in which all that only waits for promises is done. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
const advance = async ({ clock }: LiveWorld, ms: number): Promise<void> => {
  clock.advance(ms)
  await settled()
}
const newest = ({ streams }: LiveWorld): Stream => {
  const stream = streams.at(-1)
  if (!stream) throw new Error('nobody has connected')
  return stream
}
const say = async (stream: Stream, text: string): Promise<void> => {
  stream.say(text)
  await settled()
}
const connected = async (tabRows = [row(4)]): Promise<{ world: LiveWorld; tab: Tab }> => {
  const world = createLiveWorld()
  const tab = world.openTab({ rows: tabRows })
  await settled()
  await advance(world, firstConnectMs)
  return { world, tab }
}

test('connects as its principal, from where its scopes stand at that moment', async () => {
  const world = createLiveWorld()
  const tab = world.openTab({ rows: [] })
  tab.rows = [row(4), row(0, null, 'u:kari:haust')]
  await settled()
  expect(world.streams).toEqual([])
  await advance(world, firstConnectMs)
  const { url, init } = newest(world)
  expect(url.pathname).toBe(paths.events)
  expect(url.searchParams.get('device')).toBe('mine')
  expect(url.searchParams.getAll('at')).toEqual([`${group},1,4`, 'u:kari:haust,0,0'])
  expect(init).toMatchObject({
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    headers: { [principalHeader]: 'kari' },
  })
})

test('words that follow upon the cursor are taken in, in their order', async () => {
  const { world, tab } = await connected()
  const both = wordsEvent(4, [5]) + wordsEvent(5, [6, 7])
  await say(newest(world), both.slice(0, 30))
  await say(newest(world), both.slice(30))
  expect(tab.took.map(({ from, answer }) => [from, answer.cursor])).toEqual([
    [4, 5],
    [5, 7],
  ])
  expect(tab.took[0]?.answer.items[0]).toMatchObject({ doc: sheet, seq: 5 })
  expect(tab.kicks).toBe(0)
})

test('words wait for those before them, however long the database takes', async () => {
  const { world, tab } = await connected()
  const { promise, resolve } = Promise.withResolvers<void>()
  tab.slow = promise
  await say(newest(world), wordsEvent(4, [5]) + wordsEvent(5, [6]))
  expect(tab.took).toEqual([])
  resolve()
  await settled()
  expect(tab.took.map(({ from }) => from)).toEqual([4, 5])
})

test('a hint of words that a sync has brought already makes nobody ask', async () => {
  const { world, tab } = await connected([row(6)])
  await say(newest(world), wordsEvent(4, []))
  expect(tab.kicks).toBe(0)
})

test('of another epoch no number counts', async () => {
  const { world, tab } = await connected([row(9, 2)])
  await say(newest(world), wordsEvent(4, [5, 6]))
  expect(tab.took).toMatchObject([{ from: 4 }])
})

test.each([
  ['a hint', wordsEvent(4, [])],
  ['what is no frame', 'event: words\ndata: !!!\n\n'],
])('%s makes it ask', async (_, event) => {
  const { world, tab } = await connected()
  await say(newest(world), event)
  expect(tab.took).toEqual([])
  expect(tab.kicks).toBe(1)
})

test('a database that is gone makes it ask', async () => {
  const { world, tab } = await connected()
  Object.defineProperty(tab, 'rows', {
    get: () => {
      throw new Error('gone')
    },
  })
  await say(newest(world), wordsEvent(4, []))
  expect(tab.kicks).toBe(1)
})

test('comes again after a break, later and later, from where it stands by then', async () => {
  const { world, tab } = await connected()
  const offline = () => Promise.reject(new TypeError('Failed to fetch'))
  world.answers = [offline, offline]
  newest(world).end()
  await settled()
  tab.rows = [row(8)]
  for (const ms of [1000, 2000, 4000]) {
    expect(world.streams).toHaveLength(1)
    await advance(world, ms - 1)
    expect(world.streams).toHaveLength(1)
    await advance(world, 1)
  }
  expect(newest(world).url.searchParams.get('at')).toBe(`${group},1,8`)
})

test('a connection that lived long enough is not a failure', async () => {
  const { world } = await connected()
  for (const [index] of [1, 2, 3].entries()) {
    await advance(world, silenceMs - 1)
    newest(world).end()
    await settled()
    await advance(world, 1000)
    expect(world.streams).toHaveLength(index + 2)
  }
})

test('comes again at once when the network is back or the page is looked at', async () => {
  const { world, tab } = await connected()
  newest(world).end()
  await settled()
  tab.fire('online')
  await settled()
  expect(world.streams).toHaveLength(2)
  newest(world).end()
  await settled()
  tab.fire('return')
  await settled()
  expect(world.streams).toHaveLength(3)
})

test('a connection of another network is dropped', async () => {
  const { world, tab } = await connected()
  tab.fire('online')
  await settled()
  expect(world.streams[0]?.isAborted()).toBe(true)
  await advance(world, 1000)
  expect(world.streams).toHaveLength(2)
})

test('a connection that is silent for a minute is dead', async () => {
  const { world } = await connected()
  await advance(world, silenceMs - 1)
  await say(newest(world), ':\n\n')
  await advance(world, silenceMs - 1)
  expect(newest(world).isAborted()).toBe(false)
  await advance(world, 1)
  expect(newest(world).isAborted()).toBe(true)
  await advance(world, 1000)
  expect(world.streams).toHaveLength(2)
})

test('after a sleep it does not trust a connection that it has not heard of', async () => {
  const { world, tab } = await connected()
  await advance(world, 20_000)
  tab.fire('return')
  await settled()
  expect(newest(world).isAborted()).toBe(false)
  await advance(world, 20_000)
  tab.fire('return')
  await settled()
  expect(newest(world).isAborted()).toBe(true)
})

test.each([
  ['nobody is signed in', () => Response.json({}, { status: 401 })],
  ['nothing is to be followed', () => Response.json({}, { status: 404 })],
  ['a portal answers', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
])('where %s it leaves all to the polling', async (_, refusal) => {
  const world = createLiveWorld()
  world.answers = [refusal]
  const tab = world.openTab()
  await settled()
  await advance(world, firstConnectMs)
  await advance(world, longestBackOffMs - 1)
  expect(world.streams).toEqual([])
  expect(tab.kicks).toBe(0)
  tab.fire('return')
  await settled()
  expect(world.streams).toHaveLength(1)
})

test('a server in trouble is asked again', async () => {
  const world = createLiveWorld()
  world.answers = [
    () => Response.json({}, { status: 503 }),
    () => Response.json({}, { status: 429 }),
  ]
  world.openTab()
  await settled()
  await advance(world, firstConnectMs)
  await advance(world, 1000)
  await advance(world, 2000)
  expect(world.streams).toHaveLength(1)
})

test('a page that nobody looks at for minutes lets go, and begins again when it is looked at', async () => {
  const { world, tab } = await connected()
  tab.visible = false
  tab.fire('leave')
  for (let past = 0; past < hiddenMs - 30_000; past += 30_000) {
    await advance(world, 30_000)
    await say(newest(world), ':\n\n')
  }
  expect(newest(world).isAborted()).toBe(false)
  await advance(world, 30_000)
  expect(newest(world).isAborted()).toBe(true)
  await advance(world, longestBackOffMs)
  expect(world.streams).toHaveLength(1)
  tab.visible = true
  tab.fire('return')
  await settled()
  await advance(world, firstConnectMs)
  expect(world.streams).toHaveLength(2)
})

test('a glance elsewhere changes nothing', async () => {
  const { world, tab } = await connected()
  tab.visible = false
  tab.fire('leave')
  await advance(world, 10_000)
  tab.visible = true
  tab.fire('return')
  await advance(world, 49_000)
  await say(newest(world), ':\n\n')
  await advance(world, 50_000)
  await say(newest(world), ':\n\n')
  await advance(world, 50_000)
  await say(newest(world), ':\n\n')
  await advance(world, 50_000)
  expect(world.streams).toHaveLength(1)
  expect(newest(world).isAborted()).toBe(false)
})

test('one tab connects; another takes over when it closes', async () => {
  const { world, tab } = await connected()
  const other = world.openTab()
  await advance(world, firstConnectMs)
  expect(world.streams).toHaveLength(1)
  await say(newest(world), `event: listening\ndata: {"scope":"${group}","listening":2}\n\n`)
  expect(tab.listening).toEqual({ [group]: 2 })
  expect(other.listening).toEqual({ [group]: 2 })
  tab.stop()
  await settled()
  expect(world.streams[0]?.isAborted()).toBe(true)
  await advance(world, firstConnectMs)
  expect(world.streams).toHaveLength(2)
})

test('a tab that comes later hears who is there', async () => {
  const { world } = await connected()
  const present = [{ device: 'theirs', doc: sheet, label: 'HR-leiar', role: 'hr' }]
  await say(
    newest(world),
    `event: presence\ndata: ${JSON.stringify({ scope: group, present })}\n\n`,
  )
  const other = world.openTab()
  await settled()
  expect(other.present).toEqual({ [group]: present })
})

test('nobody listens any more when the connection is gone', async () => {
  const { world, tab } = await connected()
  await say(newest(world), `event: listening\ndata: {"scope":"${group}","listening":1}\n\n`)
  newest(world).end()
  await settled()
  expect(tab.listening).toEqual({ [group]: 0 })
})

test('who is there is kept over a short break and forgotten after a long one; oneself is not among them', async () => {
  const { world, tab } = await connected()
  const theirs = { device: 'theirs', doc: sheet, label: 'HR-leiar', role: 'hr' }
  const mine = { device: 'mine', doc: sheet, label: 'Kommunedirektør', role: null }
  const event = { scope: group, present: [theirs, mine, { device: 1 }] }
  await say(newest(world), `event: presence\ndata: ${JSON.stringify(event)}\n\n`)
  expect(tab.present).toEqual({ [group]: [theirs] })
  world.answers = Array.from({ length: 9 }, () => () => Promise.reject(new TypeError('offline')))
  newest(world).end()
  await settled()
  await advance(world, presenceExpiryMs - 1)
  expect(tab.present).toEqual({ [group]: [theirs] })
  await advance(world, 1)
  expect(tab.present).toEqual({ [group]: [] })
})

test.each([
  'event: presence\ndata: x\n\n',
  'event: presence\ndata: {"scope":1}\n\n',
  'event: listening\ndata: null\n\n',
])('an event that is not understood is passed over: %j', async (event) => {
  const { world, tab } = await connected()
  await say(newest(world), event)
  expect(tab).toMatchObject({ present: {}, listening: {} })
  expect(newest(world).isAborted()).toBe(false)
})

test('says that a document is open, again and again, and at the end that it is closed', async () => {
  const { world, tab } = await connected()
  const here = { document: sheet, label: 'HR-leiar', role: 'hr' }
  const open = { scope: group, device: 'mine', doc: sheet, label: 'HR-leiar', role: 'hr' }
  tab.enter(here)
  await settled()
  expect(world.reports.map(({ body }) => body)).toEqual([open])
  expect(world.reports[0]?.init).toMatchObject({
    referrerPolicy: 'no-referrer',
    headers: { [principalHeader]: 'kari' },
  })
  await advance(world, presenceRepeatMs)
  tab.enter({ ...here, role: 'it' }) // somebody else sits down at the tablet
  await settled()
  tab.enter(null)
  await settled()
  expect(world.reports.map(({ body }) => body)).toEqual([
    open,
    open,
    { ...open, role: 'it' },
    { ...open, role: 'it', doc: null },
  ])
  await advance(world, presenceRepeatMs)
  expect(world.reports).toHaveLength(4)
})

test('says nothing while nobody looks', async () => {
  const { world, tab } = await connected()
  tab.enter({ document: sheet, label: 'HR-leiar', role: 'hr' })
  tab.visible = false
  await advance(world, presenceRepeatMs)
  expect(world.reports).toHaveLength(1)
  tab.visible = true
  tab.fire('return')
  await eventually(() => expect(world.reports).toHaveLength(2))
})

test('what goes on at a gathering is told with the distance of the clocks, to a tab that comes later too', async () => {
  const { world, tab } = await connected()
  const day = { stop: 'g1', revision: 2 }
  const event = (body: unknown): string => `event: day\ndata: ${JSON.stringify(body)}\n\n`
  await say(newest(world), event({ now: world.clock.now() + 500, day }))
  expect(tab.days).toEqual([{ day, ahead: 500 }])
  // Of another release, or no day at all.
  await say(newest(world), `${event({ day })}${event({ now: 1 })}event: day\ndata: x\n\n`)
  expect(tab.days).toHaveLength(1)

  world.clock.advance(3000)
  const later = world.openTab()
  await settled()
  expect(later.days).toEqual([{ day, ahead: 500 }])
})

test('stopping closes the connection and leaves no timer', async () => {
  const { world, tab } = await connected()
  tab.enter({ document: sheet, label: 'HR-leiar', role: 'hr' })
  tab.stop()
  await settled()
  expect(newest(world).isAborted()).toBe(true)
  expect(world.reports.at(-1)?.body).toMatchObject({ doc: null })
  expect(world.clock.waiting()).toEqual([])
})
