import { onTestFinished } from 'vitest'
import type { TabChannel } from '../../../src/client/storage/tab-channel.ts'
import type { ScopeRow } from '../../../src/client/storage/words-database.ts'
import { createLive, type Live } from '../../../src/client/sync/live.ts'
import type { LiveDeps } from '../../../src/client/sync/live-deps.ts'
import type { ToldDay } from '../../../src/client/sync/live-events.ts'
import type { Locks } from '../../../src/client/sync/one-tab.ts'
import { encodeWordsEvent, type PresentDevice } from '../../../src/shared/protocol/event-frames.ts'
import type { ScopeAnswer } from '../../../src/shared/protocol/frames.ts'
import { createManualClock, type ManualClock } from '../manual-clock.ts'

export const group = 'g:leiargruppa-stord'
export const sheet = `${group}/arbeidsark`

export const row = (cursor: number, epoch: number | null = 1, id = group): ScopeRow => ({
  id,
  version: 1,
  epoch,
  cursor,
  status: 'ok',
})

/** A request that the fake server has got. */
export interface Asked {
  url: URL
  init: RequestInit
}
/** An open stream, as the server holds it. */
export interface Stream extends Asked {
  say(text: string | Uint8Array): void
  end(): void
  isAborted(): boolean
}

/** The browser's and the server's side of live connections. */
export interface LiveWorld {
  clock: ManualClock
  streams: Stream[]
  reports: { init: RequestInit; body: unknown }[]
  /** What the next connections get instead of a stream. */
  answers: (() => Response | Promise<Response>)[]
  openTab(settings?: { rows?: ScopeRow[]; random?: number }): Tab
}
export interface Tab extends Live {
  rows: ScopeRow[]
  /** The next look at the rows takes as long as this. */
  slow: Promise<void> | null
  took: { from: number; answer: ScopeAnswer }[]
  kicks: number
  listening: Record<string, number>
  present: Record<string, readonly PresentDevice[]>
  days: ToldDay[]
  visible: boolean
  fire(event: 'leave' | 'return' | 'online'): void
}

export const createLiveWorld = (): LiveWorld => {
  const clock = createManualClock()
  const locks = createFakeLocks()
  const channels = new Set<{ hear(message: unknown): void }>()
  const world: LiveWorld = {
    clock,
    streams: [],
    reports: [],
    answers: [],
    openTab: ({ rows = [row(4)], random = 0.5 } = {}) => {
      const events = createEvents()
      const tab = {
        rows,
        slow: null,
        took: [],
        kicks: 0,
        listening: {},
        present: {},
        days: [],
        visible: true,
        fire: events.fire,
      } as unknown as Tab
      const deps: LiveDeps = {
        principal: 'kari',
        device: 'mine',
        scopes: async () => tab.rows,
        take: async (from, answer) => {
          const { slow } = tab
          tab.slow = null
          await slow
          tab.took.push({ from, answer })
        },
        setListening: (scope, others) => {
          tab.listening[scope] = others
        },
        kick: () => {
          tab.kicks++
        },
      }
      const live = createLive(
        {
          fetch: async (url, init) => answer(world, new URL(url, 'http://loft.test'), init),
          clock,
          random: () => random,
          events,
          isVisible: () => tab.visible,
          locks,
          openChannel: () => createChannel(channels),
          present: (scope, devices) => {
            tab.present[scope] = devices
          },
          day: (told) => tab.days.push(told),
        },
        deps,
      )
      onTestFinished(() => live.stop())
      return Object.assign(tab, live)
    },
  }
  return world
}

const answer = async (world: LiveWorld, url: URL, init: RequestInit): Promise<Response> => {
  if (init.method === 'POST') {
    world.reports.push({ init, body: JSON.parse(String(init.body)) })
    return new Response(null, { status: 204 })
  }
  const other = world.answers.shift()
  if (other) return other()
  let sink: ReadableStreamDefaultController<Uint8Array> | null = null
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      sink = controller
    },
  })
  init.signal?.addEventListener('abort', () => sink?.error(new DOMException('', 'AbortError')))
  world.streams.push({
    url,
    init,
    say: (text) => sink?.enqueue(typeof text === 'string' ? new TextEncoder().encode(text) : text),
    end: () => sink?.close(),
    isAborted: () => init.signal?.aborted === true,
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

export const wordsEvent = (from: number, seqs: number[], changes: Partial<ScopeAnswer> = {}) => {
  const head = seqs.at(-1) ?? from + 1
  const data = encodeWordsEvent({
    from,
    answer: {
      id: group,
      status: 'ok',
      epoch: 1,
      head,
      cursor: seqs.length > 0 ? head : from,
      more: seqs.length === 0,
      listening: 0,
      acks: [],
      items: seqs.map((seq) => ({ doc: sheet, seq, kind: 'update', update: Uint8Array.of(seq) })),
      ...changes,
    },
  })
  return `event: words\ndata: ${data}\n\n`
}

const createEvents = () => {
  const listeners = new Map<string, Set<() => void>>()
  const on = (event: string) => (listener: () => void) => {
    const all = listeners.get(event) ?? new Set()
    listeners.set(event, all.add(listener))
    return () => void all.delete(listener)
  }
  return {
    onLeave: on('leave'),
    onReturn: on('return'),
    onOnline: on('online'),
    fire: (event: string) => {
      for (const listener of [...(listeners.get(event) ?? [])]) listener()
    },
  }
}

/** One holder at a time, the others wait in line, as Web Locks do. */
const createFakeLocks = (): Locks => {
  let last: Promise<unknown> = Promise.resolve()
  const request = (_name: string, { signal }: LockOptions, hold: () => Promise<unknown>) => {
    const turn = last.then(() => {
      if (signal?.aborted) throw new DOMException('', 'AbortError')
      return hold()
    })
    last = turn.catch(() => undefined)
    return turn
  }
  return { request } as unknown as Locks
}

const createChannel = (all: Set<{ hear(message: unknown): void }>): TabChannel => {
  const listeners: ((message: unknown) => void)[] = []
  const own = {
    hear: (message: unknown) => {
      for (const listener of listeners) listener(message)
    },
  }
  all.add(own)
  return {
    post: (message) => {
      for (const other of all) {
        if (other !== own) queueMicrotask(() => other.hear(structuredClone(message)))
      }
    },
    listen: (listener) => void listeners.push(listener),
    close: () => void all.delete(own),
  }
}
