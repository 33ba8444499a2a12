import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, vi } from 'vitest'
import { createEventReader, type ServerEvent } from '../../../src/client/sync/live-stream.ts'
import type { Timers } from '../../../src/server/live/live.ts'
import {
  decodeWordsEvent,
  heartbeatMs,
  type Presence,
  type PresenceReport,
  type WordsEvent,
} from '../../../src/shared/protocol/event-frames.ts'
import { encodeRequest, type Push } from '../../../src/shared/protocol/frames.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { group, push } from '../sync/sync-client.ts'
import { signIn, type TestApp } from '../test-app.ts'

/** Timers that run when the test says so. */
export interface ManualTimers extends Timers {
  /** Runs what waits, and waits until it is done. */
  run(): Promise<void>
}

export const manualTimers = (): ManualTimers => {
  const waiting = new Map<number, () => unknown>()
  let last = 0
  return {
    setTimeout: (run) => {
      waiting.set(++last, run)
      return last
    },
    clearTimeout: (timer) => {
      waiting.delete(timer as number)
    },
    run: async () => {
      const due = [...waiting.values()]
      waiting.clear()
      await Promise.all(due.map((run) => run()))
    },
  }
}

/** One node: a whole server with a socket, whose timers the test holds. */
export interface Node extends TestApp {
  port: number
  /** One second passes. */
  tick(): Promise<void>
}

export const openNode = async (
  make: (changes: { timers: Timers }) => Promise<TestApp>,
): Promise<Node> => {
  const timers = manualTimers()
  const opened = await make({ timers })
  await opened.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = opened.app.server.address() as AddressInfo
  return {
    ...opened,
    port,
    tick: () => {
      opened.clock.now += 1000
      return timers.run()
    },
  }
}

/** A device's open connection. */
export interface Listener {
  device: string
  response: IncomingMessage
  request: ClientRequest
  events: ServerEvent[]
  words(): WordsEvent[]
  presence(): Presence[]
  listening(): number[]
  /** Resolves when the server has ended it. */
  ended: Promise<void>
  /** Everything that was sent up to now has been read. */
  caughtUp(node: Node): Promise<void>
}

interface Asking {
  device?: string
  at?: string[]
  headers?: Record<string, string>
}

export const ask = async (
  { port }: Node,
  cookie: string,
  { device = 'a-device', at = [`${group},1,0`], headers = {} }: Asking = {},
): Promise<{ request: ClientRequest; response: IncomingMessage }> => {
  const query = new URLSearchParams([['device', device], ...at.map((one) => ['at', one])])
  const asked = request({
    host: '127.0.0.1',
    port,
    path: `${paths.events}?${query}`,
    headers: { cookie, ...headers },
  })
  onTestFinished(() => {
    asked.destroy()
  })
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  return { request: asked, response }
}

/** Connects, and waits until the first look around is told: the presence of each group. */
export const listen = async (node: Node, cookie: string, asking?: Asking): Promise<Listener> => {
  const { request: asked, response } = await ask(node, cookie, asking)
  expect(response.statusCode).toBe(200)
  const events: ServerEvent[] = []
  let text = ''
  const read = createEventReader((event) => events.push(event))
  response.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    read(chunk)
  })
  const ended = new Promise<void>((done) => {
    response.on('error', () => {}).on('close', () => done())
  })
  const beats = (): number => text.split('\n\n:').length
  const ofKind = (kind: string): string[] =>
    events.filter(({ event }) => event === kind).map(({ data }) => data)
  const listener: Listener = {
    device: asking?.device ?? 'a-device',
    request: asked,
    response,
    events,
    words: () => ofKind('words').map(decodeWordsEvent),
    presence: () => ofKind('presence').map((data) => JSON.parse(data)),
    listening: () => ofKind('listening').map((data) => JSON.parse(data).listening),
    ended,
    caughtUp: async ({ clock, tick }) => {
      const before = beats()
      clock.now += heartbeatMs
      await tick()
      await eventually(() => expect(beats()).toBeGreaterThan(before))
    },
  }
  await eventually(() => expect(listener.presence()).not.toEqual([]))
  return listener
}

export const eventually = (expectation: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(expectation, { interval: 5, timeout: 3000 })

/** Pushes into the group as a device; the answer's `listening`. */
export const write = async (
  { app }: Pick<Node, 'app'>,
  cookie: string,
  device: string,
  texts: string[],
  scope = group,
): Promise<void> => {
  const pushes: Push[] = texts.map((text) => push(`${scope}/plan`, text))
  const response = await app.inject({
    method: 'POST',
    url: paths.sync,
    headers: { cookie, 'content-type': 'application/octet-stream' },
    payload: Buffer.from(
      encodeRequest({ device, budget: 1, scopes: [{ id: scope, epoch: 0, cursor: 0, pushes }] }),
    ),
  })
  expect(response.statusCode).toBe(200)
}

export const report = async (
  { app }: Pick<Node, 'app'>,
  cookie: string,
  changes: Partial<PresenceReport> = {},
): Promise<number> => {
  const payload = {
    scope: group,
    device: 'a-device',
    doc: `${group}/plan`,
    label: 'HR-leiar',
    role: 'hr',
    ...changes,
  }
  const response = await app.inject({
    method: 'POST',
    url: paths.presence,
    headers: { cookie },
    payload,
  })
  return response.statusCode
}

export const textOf = ({ answer }: WordsEvent): string[] =>
  answer.items.map((item) => new TextDecoder().decode(item.update))

/** Two people of the same group. */
export const twoMembers = async ({
  app,
}: TestApp): Promise<{ leader: string; tablet: string }> => ({
  leader: await signIn(app, 'demo-deltakar-stord'),
  tablet: await signIn(app, 'demo-gruppe-stord'),
})
