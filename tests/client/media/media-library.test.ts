import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { openDownloads } from '../../../src/client/media/downloads.ts'
import type { MediaChannel, MediaDeps } from '../../../src/client/media/media-deps.ts'
import { createMediaLibrary } from '../../../src/client/media/media-library.ts'
import type { OutlineItem } from '../../../src/shared/domain/outline.ts'
import { chunkCacheName, chunkKeys, wholeCacheName } from '../../../src/shared/media/chunk-cache.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { memoryCaches, quotaExceeded } from '../../memory-caches.ts'
import {
  askedPiece,
  hashOf,
  putFilm,
  serveFilms,
  type TestFilm,
  testFilm,
} from '../../test-film.ts'

const film = testFilm(20, 4)
const described = testFilm(10, 4, 60)
const second = testFilm(8, 4, 100)
const films = [film, described, second]

const fileOf = ({ manifest }: TestFilm) => {
  const { sha256, size, type } = manifest
  return { sha256, size, type, seconds: 10 }
}
const itemOf = (id: string, main: TestFilm, other: TestFilm | null = null): OutlineItem =>
  ({
    id,
    text: { nn: 'a', nb: 'b' },
    media: { file: fileOf(main), described: other && fileOf(other), poster: null },
  }) as unknown as OutlineItem
const item = itemOf('p.m.film', film, described)
const other = itemOf('p.m.second', second)

type Answers = (address: string, init: RequestInit) => Promise<Response> | Response
const serve: Answers = (address, init) => serveFilms(films, address, init)

/** One lock; what waits for it, and who takes it from its holder. */
const memoryLocks = (): NonNullable<MediaDeps['locks']> => {
  let holder: { rob(): void } | null = null
  const queue: (() => void)[] = []
  const next = (): void => {
    if (!holder) queue.shift()?.()
  }
  const request = (_name: string, { steal, signal }: LockOptions, work: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const abort = (): void => reject(new DOMException('', 'AbortError'))
      const take = (): void => {
        if (signal?.aborted) {
          next()
          return
        }
        const own = { rob: abort }
        holder = own
        const working = Promise.resolve().then(work).then(resolve, reject)
        void working.then(() => {
          if (holder !== own) return
          holder = null
          next()
        })
      }
      signal?.addEventListener('abort', abort)
      if (steal) {
        holder?.rob()
        take()
      } else {
        queue.push(take)
        next()
      }
    })
  return { request: request as unknown as LockManager['request'] }
}

/** One device: its disk, its locks, and the windows on it. */
const newDevice = () => {
  const memory = memoryCaches()
  const windows = new Set<(message: unknown) => void>()
  const settings = new Map<string, string>()
  const locks = memoryLocks()
  const device = {
    memory,
    answers: serve as Answers,
    asked: [] as string[],
    timers: [] as { call: () => void; ms: number }[],
    room: { usage: 0, quota: 1e12 },
    texts: true,
    worker: true,
    lasts: null as boolean | null,
    now: 1e12,
    connection: { type: undefined as string | undefined, changed: [] as (() => void)[] },
    awake: [] as string[],
    returned: [] as (() => void)[],
    openWindow: () => {
      const channel: MediaChannel = {
        post: (message) => {
          for (const hear of windows) if (hear !== own) hear(structuredClone(message))
        },
        listen: (listener) => {
          if (own) windows.delete(own)
          own = listener
          windows.add(listener)
        },
      }
      let own: ((message: unknown) => void) | null = null
      const deps: MediaDeps = {
        caches: memory.caches,
        fetch: (async (address: string, init: RequestInit) => {
          const range = new Headers(init.headers).get('range')
          device.asked.push(range ? `${address} ${range}` : address)
          return device.answers(address, init)
        }) as typeof fetch,
        digest: async (bytes) => hashOf(bytes),
        estimate: async () => device.room,
        hasTexts: async () => device.texts,
        hasWorker: async () => device.worker,
        persisted: async () => device.lasts,
        now: () => device.now,
        setTimeout: (call, ms) => {
          const timer = { call, ms }
          device.timers.push(timer)
          return timer
        },
        clearTimeout: (timer) => {
          device.timers = device.timers.filter((one) => one !== timer)
        },
        settings: {
          getItem: (key) => settings.get(key) ?? null,
          setItem: (key, value) => void settings.set(key, value),
        },
        locks,
        channel,
        onReturn: (listener) => device.returned.push(listener),
        connection: {
          get type() {
            return device.connection.type
          },
          addEventListener: (_event, listener) => device.connection.changed.push(listener),
        } as MediaDeps['connection'],
        wakeLock: {
          request: async () => {
            device.awake.push('awake')
            return { release: async () => void device.awake.push('asleep') }
          },
        },
      }
      const open: Parameters<typeof createMediaLibrary>[0]['open'] = (shown) =>
        openDownloads(deps, shown)
      const library = createMediaLibrary({ ...deps, open })
      void library.start()
      return library
    },
    /** As the service worker does. */
    tell: (message: unknown) => {
      for (const hear of windows) hear(message)
    },
    /** One leads, and the other waits and listens. */
    bothAsk: () =>
      vi.waitFor(() => expect(device.timers.filter(({ ms }) => ms === 30_000)).toHaveLength(2)),
    /** All that windows tell from now on. */
    hear: (): unknown[] => {
      const heard: unknown[] = []
      windows.add((message) => heard.push(message))
      return heard
    },
    /** What waits for some time to pass, if it waits for this long. */
    pass: (ms: number) => {
      const due = device.timers.filter((timer) => timer.ms === ms)
      device.timers = device.timers.filter((timer) => timer.ms !== ms)
      for (const { call } of due) call()
    },
    chunks: (of: TestFilm): number =>
      memory
        .paths(chunkCacheName)
        .filter((path) => path.startsWith(chunkKeys.chunk(of.sha256, 0).slice(0, -1))).length,
    /** Requests for pieces. */
    pieces: (): string[] => device.asked.filter((one) => one.includes('bytes=')),
  }
  return device
}
type Library = ReturnType<ReturnType<typeof newDevice>['openWindow']>

/** What is shown moves at most four times a second: here as soon as it is looked at. */
const shows = (
  device: ReturnType<typeof newDevice>,
  library: Library,
  state: unknown,
  of = film,
): Promise<void> =>
  vi.waitFor(() => {
    device.pass(250)
    expect(library.states.value[of.sha256]).toMatchObject(state as object)
  })
const kept = { kind: 'kept' }
const stopped = (reason: string) => ({ kind: 'stopped', reason })

/** When what is under way has come as far as it can. */
const afterOthers = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await nextTurn()
}

/** Pieces hang until they are let through one by one, or for good. */
const hanging = (device: ReturnType<typeof newDevice>) => {
  const waiting: (() => void)[] = []
  let isOpen = false
  device.answers = (address, init) =>
    isOpen || address.endsWith('/manifest')
      ? serve(address, init)
      : new Promise((resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
          waiting.push(() => resolve(serve(address, init)))
        })
  return {
    waiting,
    letOne: () => waiting.shift()?.(),
    open: () => {
      isOpen = true
      for (const go of waiting.splice(0)) go()
    },
  }
}

describe('keeping a film', () => {
  it('brings every piece of it and of its description, each once, and knows it at the next visit', async () => {
    const device = newDevice()
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, kept)
    expect(device.pieces()).toHaveLength(5 + 3)
    expect(new Set(device.pieces()).size).toBe(8)
    expect(device.chunks(film)).toBe(5)
    expect(device.chunks(described)).toBe(3)
    expect(library.queue.value).toMatchObject({ kind: 'idle', items: [] })

    device.asked.length = 0
    const later = device.openWindow()
    await shows(device, later, kept)
    later.keep([item])
    await shows(device, later, kept)
    expect(device.asked).toEqual([])
  })

  it('stores the bytes that the film has', async () => {
    const device = newDevice()
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, kept)
    const cache = await device.memory.caches.open(chunkCacheName)
    for (const index of film.manifest.chunks.keys()) {
      const stored = await cache.match(chunkKeys.chunk(film.sha256, index))
      expect(new Uint8Array((await stored?.arrayBuffer()) ?? [])).toEqual(film.chunk(index))
    }
  })

  it('fetches three pieces at a time', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, { kind: 'loading', bytes: 0, of: 30 })
    expect(wire.waiting).toHaveLength(3)
    wire.letOne()
    await shows(device, library, { kind: 'loading', bytes: 4, of: 30 })
    await vi.waitFor(() => expect(wire.waiting).toHaveLength(3))
    wire.open()
    await shows(device, library, kept)
  })

  it('takes one after the other, in the order they were asked for', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const library = device.openWindow()
    library.keep([item, other])
    await shows(device, library, { kind: 'waiting', bytes: 0, of: 8 }, second)
    expect(library.queue.value).toMatchObject({
      kind: 'running',
      items: ['p.m.film', 'p.m.second'],
      bytes: 0,
      of: 38,
    })
    wire.open()
    await shows(device, library, kept, second)
    const firstOfSecond = device.pieces().findIndex((one) => one.includes(second.sha256))
    expect(firstOfSecond).toBe(8)
  })

  it('does not jump back in the queue when the first is done', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const library = device.openWindow()
    library.keep([other, item])
    await shows(device, library, { kind: 'loading' }, second)
    wire.letOne()
    wire.letOne()
    await shows(device, library, kept, second)
    expect(library.queue.value).toMatchObject({ items: ['p.m.film'], bytes: 8, of: 38 })
    wire.open()
    await shows(device, library, kept)
  })

  it('fetches only what is missing of a film that was watched', async () => {
    const device = newDevice()
    await putFilm(device.memory, film, { chunks: [0, 3] })
    const library = device.openWindow()
    await shows(device, library, { kind: 'absent', bytes: 8 })
    library.keep([itemOf('p.m.film', film)])
    await shows(device, library, kept)
    expect(device.pieces().map((one) => one.split('=')[1])).toEqual(['4-7', '8-11', '16-19'])
  })

  it('brings the description too, when the film has got one since', async () => {
    const device = newDevice()
    const library = device.openWindow()
    library.keep([itemOf('p.m.film', film)])
    await shows(device, library, kept)
    library.keep([item])
    await vi.waitFor(() => expect(device.chunks(described)).toBe(3))
    await shows(device, library, kept)
    expect(device.pieces()).toHaveLength(8)
  })

  it('keeps the screen awake as long as it lasts', async () => {
    const device = newDevice()
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, kept)
    await vi.waitFor(() => expect(device.awake).toEqual(['awake', 'asleep']))
  })
})

describe('an interruption', () => {
  it('costs at most the three pieces that were on their way', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const killed = device.openWindow()
    killed.keep([item])
    await shows(device, killed, { kind: 'loading' })
    wire.letOne()
    wire.letOne()
    await vi.waitFor(() => expect(device.chunks(film)).toBe(2))
    const before = device.pieces().length
    expect(before).toBe(5)

    // The same disk, after the browser was killed: nobody holds the lock.
    const next = newDevice()
    for (const path of device.memory.paths(chunkCacheName)) {
      const cache = await device.memory.caches.open(chunkCacheName)
      const entry = await cache.match(path)
      await next.memory.put(chunkCacheName, path, (await entry?.blob()) ?? '')
    }
    const library = next.openWindow()
    await shows(next, library, kept)
    const again = next.pieces().filter((one) => device.pieces().includes(one))
    expect(again).toHaveLength(3)
    expect(next.pieces()).toHaveLength(8 - 2)
  })

  it('by the network is told, and it goes on by itself when the network is back', async () => {
    const device = newDevice()
    device.answers = () => {
      throw new TypeError('Failed to fetch')
    }
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, stopped('network'))
    expect(library.queue.value).toMatchObject({ kind: 'no-network', items: ['p.m.film'] })
    device.answers = serve
    for (const back of device.returned) back()
    await shows(device, library, kept)
  })

  it('is tried again after two seconds, then four, when the browser tells nothing', async () => {
    const device = newDevice()
    device.answers = () => new Response('<h1>Log in to the train</h1>')
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, stopped('network'))
    device.pass(2000)
    await vi.waitFor(() => expect(device.timers.map(({ ms }) => ms)).toContain(4000))
    device.answers = serve
    device.pass(4000)
    await shows(device, library, kept)
  })

  it('goes on at a tap', async () => {
    const device = newDevice()
    device.answers = () => new Response('', { status: 502 })
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, stopped('network'))
    device.answers = serve
    library.keep([item])
    await shows(device, library, kept)
  })

  it('by a connection that hangs ends after some silence', async () => {
    const device = newDevice()
    hanging(device)
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, { kind: 'loading' })
    device.answers = serve
    device.pass(20_000)
    await shows(device, library, stopped('network'))
    device.pass(2000)
    await shows(device, library, kept)
  })

  it('is not what a slow connection is: each byte that comes begins the wait anew', async () => {
    const device = newDevice()
    let more = (): void => {}
    device.answers = (address, init) => {
      const answer = serve(address, init) as Response
      if (address.endsWith('/manifest') || askedPiece(film, init) !== 0) return answer
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          more = () => controller.enqueue(Uint8Array.of(0))
        },
      })
      return new Response(body, { status: 206, headers: answer.headers })
    }
    const library = device.openWindow()
    library.keep([itemOf('p.m.film', film)])
    await shows(device, library, { kind: 'loading', bytes: 16 })
    const waits = () => device.timers.filter(({ ms }) => ms === 20_000)
    const [before] = waits()
    more()
    await shows(device, library, { kind: 'loading', bytes: 17 })
    expect(waits()).toHaveLength(1)
    expect(waits()).not.toContain(before)
  })

  it('is no piece that is cut short, after pieces that came quickly', async () => {
    const device = newDevice()
    let isCut = true
    device.answers = (address, init) => {
      const answer = serve(address, init) as Response
      if (address.endsWith('/manifest') || askedPiece(film, init) !== 4 || !isCut) return answer
      return new Response('abc', { status: 206, headers: answer.headers })
    }
    const library = device.openWindow()
    library.keep([itemOf('p.m.film', film)])
    await shows(device, library, { ...stopped('network'), bytes: 16 })
    expect(device.chunks(film)).toBe(4)
    isCut = false
    device.pass(2000)
    await shows(device, library, kept)
    expect(device.pieces()).toHaveLength(6)
  })

  it('is seen within a piece once pieces take longer than a second', async () => {
    const device = newDevice()
    let more = (): void => {}
    device.answers = (address, init) => {
      const answer = serve(address, init) as Response
      if (address.endsWith('/manifest')) return answer
      if (askedPiece(film, init) < 4) {
        device.now += 1001
        return answer
      }
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          more = () => controller.enqueue(Uint8Array.of(0))
        },
      })
      return new Response(body, { status: 206, headers: answer.headers })
    }
    const library = device.openWindow()
    library.keep([itemOf('p.m.film', film)])
    await shows(device, library, { kind: 'loading', bytes: 16 })
    more()
    await shows(device, library, { kind: 'loading', bytes: 17 })
  })

  it('is not what a manifest is that goes missing meanwhile: it is fetched anew', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const library = device.openWindow()
    library.keep([itemOf('p.m.film', film)])
    await shows(device, library, { kind: 'loading' })
    const cache = await device.memory.caches.open(chunkCacheName)
    await cache.delete(chunkKeys.manifest(film.sha256))
    await library.stored()
    wire.open()
    await shows(device, library, kept)
  })

  it('by a pause lets the pieces under way come, asks for no more, and holds in the next visit', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, { kind: 'loading' })
    await vi.waitFor(() => expect(wire.waiting).toHaveLength(3))
    library.pause()
    await shows(device, library, { kind: 'paused', bytes: 0, of: 30 })
    expect(library.queue.value.kind).toBe('paused')
    wire.letOne()
    await shows(device, library, { kind: 'paused', bytes: 4, of: 30 })
    wire.open()
    await shows(device, library, { kind: 'paused', bytes: 12, of: 30 })
    await vi.waitFor(() => expect(device.awake.at(-1)).toBe('asleep'))
    expect(device.pieces()).toHaveLength(3)
    device.asked.length = 0
    const later = device.openWindow()
    await shows(device, later, { kind: 'paused', bytes: 12 })
    expect(device.asked).toEqual([])
    later.resume()
    await shows(device, library, kept)
    await shows(device, later, kept)
    expect(device.pieces()).toHaveLength(8 - 3)
  })

  it('by a pause does not let the figure fall: what has come of a piece counts on', async () => {
    const device = newDevice()
    let more = (): void => {}
    device.answers = (address, init) => {
      const answer = serve(address, init) as Response
      if (address.endsWith('/manifest') || askedPiece(film, init) !== 0) return answer
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          more = () => controller.enqueue(Uint8Array.of(0))
        },
      })
      return new Response(body, { status: 206, headers: answer.headers })
    }
    const library = device.openWindow()
    library.keep([itemOf('p.m.film', film)])
    await shows(device, library, { kind: 'loading', bytes: 16 })
    more()
    await shows(device, library, { kind: 'loading', bytes: 17 })
    library.pause()
    await shows(device, library, { kind: 'paused', bytes: 17 })
    expect(library.queue.value).toMatchObject({ kind: 'paused', bytes: 17 })
  })

  it('by the network during a pause is no hindrance to going on', async () => {
    const device = newDevice()
    hanging(device)
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, { kind: 'loading' })
    library.pause()
    device.pass(20_000)
    await vi.waitFor(() => expect(device.awake.at(-1)).toBe('asleep'))
    expect(library.states.value[film.sha256]).toMatchObject({ kind: 'paused', bytes: 0 })
    device.answers = serve
    library.resume()
    await shows(device, library, kept)
  })

  it('by a cancel leaves the pieces that came, as if they had been watched', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, { kind: 'loading' })
    wire.letOne()
    await vi.waitFor(() => expect(device.chunks(film)).toBe(1))
    library.cancel([item])
    await shows(device, library, { kind: 'absent', bytes: 4 })
    expect(library.queue.value.kind).toBe('idle')
    expect(await library.stored()).toEqual([
      { sha256: film.sha256, bytes: 4, pinned: false, usedAt: null },
    ])
    const later = device.openWindow()
    await shows(device, later, { kind: 'absent', bytes: 4 })
  })

  it('by a cancel is over when the same is asked for again at once', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, { kind: 'loading' })
    library.cancel([item])
    library.keep([item])
    wire.open()
    await shows(device, library, kept)
    expect((await library.stored()).map(({ pinned }) => pinned)).toEqual([true, true])
  })
})

describe('Wi-Fi only', () => {
  it('waits where the browser tells of another network, and goes on with Wi-Fi', async () => {
    const device = newDevice()
    device.connection.type = 'cellular'
    const library = device.openWindow()
    library.setWifiOnly(true)
    library.keep([item])
    await shows(device, library, { kind: 'waiting' })
    expect(library.queue.value.kind).toBe('no-wifi')
    expect(device.asked).toEqual([])
    device.connection.type = 'wifi'
    for (const changed of device.connection.changed) changed()
    await shows(device, library, kept)
    const later = device.openWindow()
    await vi.waitFor(() => expect(later.wifiOnly.value).toBe(true))
  })

  it('holds nothing up where the browser does not tell', async () => {
    const device = newDevice()
    const library = device.openWindow()
    library.setWifiOnly(true)
    library.keep([item])
    await shows(device, library, kept)
  })
})

describe('the speed of downloads', () => {
  it('is remembered from the last one that was long enough to measure', async () => {
    const device = newDevice()
    device.answers = (address, init) => {
      device.now += 1000
      return serve(address, init)
    }
    const library = device.openWindow()
    expect(library.rate.value).toBeNull()
    library.keep([item])
    await shows(device, library, kept)
    await vi.waitFor(() => expect(library.rate.value).toBeGreaterThan(0))
    const later = device.openWindow()
    await vi.waitFor(() => expect(later.rate.value).toBe(library.rate.value))
  })

  it('is not told of one that was over at once', async () => {
    const device = newDevice()
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, kept)
    await vi.waitFor(() => expect(library.queue.value.kind).toBe('idle'))
    expect(library.rate.value).toBeNull()
  })
})

describe('what the browser tells', () => {
  it('is whether it lets things lie, and whether it knows wifi', async () => {
    const device = newDevice()
    const library = device.openWindow()
    expect(await library.browser()).toEqual({ lasts: null, tellsWifi: false })
    device.lasts = true
    device.connection.type = 'cellular'
    expect(await library.browser()).toEqual({ lasts: true, tellsWifi: true })
  })
})

describe('a damaged piece', () => {
  const spoilt = Uint8Array.of(9, 9, 9, 9)
  const spoiltTimes = (times: number): Answers => {
    let left = times
    return (address, init) => {
      const answer = serve(address, init)
      const isIt = address === paths.media(film.sha256) && askedPiece(film, init) === 1
      if (!isIt || left-- <= 0) return answer as Response
      return new Response(spoilt, { status: 206, headers: (answer as Response).headers })
    }
  }

  it('is fetched once more', async () => {
    const device = newDevice()
    device.answers = spoiltTimes(1)
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, kept)
    expect(device.pieces()).toHaveLength(9)
  })

  it('is told the second time, never kept, and holds up nobody else', async () => {
    const device = newDevice()
    device.answers = spoiltTimes(2)
    const library = device.openWindow()
    library.keep([item, other])
    await shows(device, library, stopped('damaged'))
    await shows(device, library, kept, second)
    expect(device.memory.paths(chunkCacheName)).not.toContain(chunkKeys.chunk(film.sha256, 1))
    expect(await library.check([item])).toEqual({ ready: false, missing: [item] })
    expect(library.queue.value.kind).toBe('idle')
    library.keep([item])
    await shows(device, library, kept)
  })

  it('may be the manifest’s fault: at the next tap a new one is asked for, and old pieces go', async () => {
    const device = newDevice()
    // The server's file was damaged when its manifest was made, and is damaged further since.
    const [first = '', , ...hashes] = film.manifest.chunks
    const wrong = { ...film.manifest, chunks: [hashOf(spoilt), first, ...hashes] }
    let isWrong = true
    device.answers = (address, init) => {
      const answer = serve(address, init) as Response
      if (!isWrong) return answer
      if (address === paths.manifest(film.sha256)) return Response.json(wrong)
      const isFirst = address === paths.media(film.sha256) && askedPiece(film, init) === 0
      return isFirst ? new Response(spoilt, { status: 206, headers: answer.headers }) : answer
    }
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, stopped('damaged'))
    await vi.waitFor(() =>
      expect(device.memory.paths(chunkCacheName)).toContain(chunkKeys.chunk(film.sha256, 0)),
    )
    isWrong = false
    const heard = device.hear()
    library.keep([item])
    await shows(device, library, kept)
    expect(heard).toContainEqual({ kind: 'forgot', sha256: film.sha256 }) // to the service worker
    const cache = await device.memory.caches.open(chunkCacheName)
    const stored = await cache.match(chunkKeys.chunk(film.sha256, 0))
    expect(new Uint8Array((await stored?.arrayBuffer()) ?? [])).toEqual(film.chunk(0))
    expect(await device.memory.json(chunkCacheName, chunkKeys.manifest(film.sha256))).toEqual(
      film.manifest,
    )
  })

  it('is what a manifest of another size is', async () => {
    const device = newDevice()
    const bigger = testFilm(24, 4)
    device.answers = (address, init) =>
      address === paths.manifest(film.sha256)
        ? Response.json({ ...bigger.manifest, sha256: film.sha256 })
        : serve(address, init)
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, stopped('damaged'))
    expect(device.pieces()).toEqual([])
  })
})

describe('what is no film', () => {
  it.each([403, 404])('%s stops this one, and the next goes on', async (status) => {
    const device = newDevice()
    device.answers = (address, init) =>
      address.includes(film.sha256) ? new Response('{}', { status }) : serve(address, init)
    const library = device.openWindow()
    library.keep([item, other])
    await shows(device, library, kept, second)
    await shows(device, library, stopped('network'))
    expect(device.chunks(film)).toBe(0)
  })

  it.each([
    ['a sign-in page for each piece', () => new Response('<h1>Log in to the train</h1>')],
    ['an error', () => new Response('no', { status: 500 })],
    [
      'a piece of another film',
      () => new Response('0123', { status: 206, headers: { 'content-range': 'bytes 0-3/99' } }),
    ],
  ])('%s is never stored', async (_name, answer) => {
    const device = newDevice()
    device.answers = (address, init) =>
      address.endsWith('/manifest') ? serve(address, init) : answer()
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, stopped('network'))
    expect(device.chunks(film)).toBe(0)
    device.answers = serve
    device.pass(2000)
    await shows(device, library, kept)
  })
})

describe('a full disk', () => {
  it('is asked about first, with room left to the words', async () => {
    const device = newDevice()
    device.room = { usage: 85_000_000, quota: 100_000_000 }
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, stopped('full'))
    expect(device.pieces()).toEqual([])
  })

  it('is asked about at each piece too: what else has grown meanwhile leaves the words their room', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, { kind: 'loading' })
    wire.letOne()
    await vi.waitFor(() => expect(device.chunks(film)).toBe(1))
    device.room = { usage: 85_000_000, quota: 100_000_000 }
    wire.open()
    await shows(device, library, { ...stopped('full'), bytes: 4 })
    expect(device.chunks(film)).toBe(1)
  })

  it('makes room by what nobody keeps, oldest first, and never by what somebody keeps', async () => {
    const device = newDevice()
    const watched = testFilm(8, 4, 150)
    await putFilm(device.memory, watched, { used: 1 })
    await putFilm(device.memory, second, { pinned: true, used: 0 })
    device.memory.refuse = (path) =>
      path.includes('/chunks/') && device.chunks(watched) > 0 ? quotaExceeded() : null
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, kept)
    expect(device.chunks(watched)).toBe(0)
    expect(device.chunks(second)).toBe(2)
    expect(library.states.value[watched.sha256]).toBeUndefined()
  })

  it('is told when nothing more can make room, and what is kept stays', async () => {
    const device = newDevice()
    await putFilm(device.memory, second, { pinned: true })
    device.memory.refuse = (path) => (path.endsWith('/chunks/3') ? quotaExceeded() : null)
    const library = device.openWindow()
    library.keep([itemOf('p.m.film', film)])
    await shows(device, library, stopped('full'))
    expect(library.states.value[second.sha256]).toEqual(kept)
    device.memory.refuse = () => null
    library.keep([itemOf('p.m.film', film)])
    await shows(device, library, kept)
  })

  it('is no other error', async () => {
    const device = newDevice()
    await putFilm(device.memory, second, { used: 1 })
    device.memory.refuse = (path) =>
      path.includes('/chunks/') ? new DOMException('broken', 'UnknownError') : null
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, stopped('network'))
    expect(device.chunks(second)).toBe(2)
  })
})

describe('a look at the device', () => {
  it('that takes its time does not forget what was asked for meanwhile', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, { kind: 'loading' })
    const { promise, resolve } = Promise.withResolvers<void>()
    device.memory.listing = promise
    const looking = library.stored()
    await afterOthers()
    library.keep([other])
    await afterOthers()
    resolve()
    await looking
    wire.open()
    await shows(device, library, kept)
    await shows(device, library, kept, second)
  })

  it('is taken anew for what is asked for: it may have been freed since', async () => {
    const device = newDevice()
    await putFilm(device.memory, second)
    const library = device.openWindow()
    await shows(device, library, { kind: 'absent', bytes: 8 }, second)
    const cache = await device.memory.caches.open(chunkCacheName)
    for (const path of device.memory.paths(chunkCacheName)) await cache.delete(path)
    library.keep([other])
    await vi.waitFor(() => expect(device.chunks(second)).toBe(2))
    await shows(device, library, kept, second)
  })

  it('is followed by another when it failed', async () => {
    const device = newDevice()
    await putFilm(device.memory, second, { pinned: true })
    const library = device.openWindow()
    await shows(device, library, kept, second)
    const refused = Promise.reject(new Error('the disk does not answer'))
    refused.catch(() => {})
    device.memory.listing = refused
    await expect(library.check([other])).rejects.toThrow('the disk does not answer')
    device.memory.listing = Promise.resolve()
    expect(await library.check([other])).toEqual({ ready: true, missing: [] })
  })

  it('finds nothing where the browser has cleared the site', async () => {
    const device = newDevice()
    await putFilm(device.memory, second, { pinned: true })
    const library = device.openWindow()
    await shows(device, library, kept, second)
    await device.memory.caches.delete(chunkCacheName)
    expect(await library.check([other])).toEqual({ ready: false, missing: [other] })
    expect(library.states.value).toEqual({})
    library.keep([other])
    await shows(device, library, kept, second)
    expect(device.chunks(second)).toBe(2)
  })
})

describe('several windows', () => {
  it('fetch once, and show the same', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const [one, two] = [device.openWindow(), device.openWindow()]
    one.keep([item])
    await shows(device, one, { kind: 'loading' })
    wire.letOne()
    await shows(device, two, { kind: 'loading', bytes: 4, of: 30 })
    expect(two.queue.value).toMatchObject({ kind: 'running', items: ['p.m.film'] })
    two.keep([other])
    wire.open()
    await shows(device, one, kept)
    await shows(device, two, kept)
    await shows(device, one, kept, second)
    expect(new Set(device.pieces()).size).toBe(device.pieces().length)
  })

  it('take over from one that is frozen, which then waits its turn', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const [frozen, next] = [device.openWindow(), device.openWindow()]
    frozen.keep([item])
    await shows(device, next, { kind: 'loading' })
    await device.bothAsk()
    device.answers = serve
    for (let silence = 0; silence < 3; silence++) device.pass(30_000)
    await shows(device, next, kept)
    await shows(device, frozen, kept)
    expect(device.pieces()).toHaveLength(8 + wire.waiting.length)
    const count = (what: string) => device.awake.filter((one) => one === what).length
    await vi.waitFor(() => expect(count('asleep')).toBe(count('awake')))
    frozen.keep([other])
    await shows(device, next, kept, second)
    expect(device.pieces()).toHaveLength(8 + wire.waiting.length + 2)
  })

  it('leave one in peace that tells that it is there, however slow its network is', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const [slow, next] = [device.openWindow(), device.openWindow()]
    slow.keep([item])
    await shows(device, next, { kind: 'loading' })
    await device.bothAsk()
    for (let silence = 0; silence < 5; silence++) {
      device.pass(30_000)
      device.pass(10_000)
    }
    wire.open()
    await shows(device, slow, kept)
    await shows(device, next, kept)
    expect(device.pieces()).toHaveLength(8)
  })

  it('pause and cancel for each other', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const [one, two] = [device.openWindow(), device.openWindow()]
    one.keep([item, other])
    await shows(device, two, { kind: 'loading' })
    two.pause()
    await shows(device, one, { kind: 'paused' })
    two.cancel([item])
    await shows(device, one, { kind: 'paused' }, second)
    await vi.waitFor(() => expect(one.states.value[film.sha256]).toBeUndefined())
    wire.open()
    two.resume()
    await shows(device, one, kept, second)
    expect(device.chunks(film)).toBe(0)
  })

  it('leave nothing behind of what is removed elsewhere while it comes', async () => {
    const device = newDevice()
    const wire = hanging(device)
    const [one, two] = [device.openWindow(), device.openWindow()]
    one.keep([item])
    await shows(device, two, { kind: 'loading' })
    const removing = two.remove(item)
    wire.open()
    await removing
    await afterOthers()
    expect(device.memory.paths(chunkCacheName)).toEqual([])
  })

  it('see at once what is removed elsewhere', async () => {
    const device = newDevice()
    const [one, two] = [device.openWindow(), device.openWindow()]
    one.keep([item])
    await shows(device, two, kept)
    await two.remove(item)
    await vi.waitFor(() => expect(one.states.value[film.sha256]).toBeUndefined())
    expect(device.memory.paths(chunkCacheName)).toEqual([])
  })
})

describe('what lies on the device', () => {
  it('is told by file, with what nobody keeps and when it was played', async () => {
    const device = newDevice()
    await putFilm(device.memory, film, { pinned: true })
    await putFilm(device.memory, second, { chunks: [1], used: 7 })
    const library = device.openWindow()
    const stored = await library.stored()
    expect(stored).toHaveLength(2)
    expect(stored).toContainEqual({ sha256: film.sha256, bytes: 20, pinned: true, usedAt: null })
    expect(stored).toContainEqual({ sha256: second.sha256, bytes: 4, pinned: false, usedAt: 7 })
    await library.removeFile(second.sha256)
    expect(await library.stored()).toHaveLength(1)
  })

  it('is ready when every piece and every text is there, and not before', async () => {
    const device = newDevice()
    const library = device.openWindow()
    library.keep([item])
    await shows(device, library, kept)
    expect(await library.check([item, other])).toEqual({ ready: false, missing: [other] })
    expect(await library.check([item])).toEqual({ ready: true, missing: [] })
    device.texts = false
    expect(await library.check([item])).toEqual({ ready: false, missing: [item] })
    device.texts = true
    device.worker = false // pieces that nobody gives out play nothing
    expect(await library.check([item])).toEqual({ ready: false, missing: [item] })
    device.worker = true
    const cache = await device.memory.caches.open(chunkCacheName)
    await cache.delete(chunkKeys.chunk(described.sha256, 2))
    expect(await library.check([item])).toEqual({ ready: false, missing: [item] })
  })

  it('is counted on while a film is watched', async () => {
    const device = newDevice()
    const library = device.openWindow()
    await library.stored()
    for (const index of [0, 3]) {
      await putFilm(device.memory, film, { chunks: [index] })
      device.tell({ kind: 'came', sha256: film.sha256, index })
      await shows(device, library, { kind: 'absent', bytes: index === 0 ? 4 : 8 })
    }
  })

  it.each([
    ['told before', { usage: 90e6, quota: 100e6 }, 99],
    ['told by the error', { usage: 0, quota: 1e12 }, 3],
  ])(
    'from an earlier release stays whole on a full disk, %s, and takes no room from words',
    async (_, room, fitting) => {
      const device = newDevice()
      const large = new Uint8Array(5 * 1024 * 1024)
      await device.memory.put(wholeCacheName, paths.media(film.sha256), large)
      device.room = room
      let [put, left] = [0, fitting]
      device.memory.refuse = () => {
        put++
        return left-- > 0 ? null : quotaExceeded()
      }
      const library = device.openWindow()
      await library.stored()
      expect(put).toBe(fitting === 99 ? 0 : 4)
      expect(device.memory.paths(chunkCacheName)).toEqual([])
      expect(device.memory.paths(wholeCacheName)).toHaveLength(1)
    },
  )

  it('from an earlier release, whole, is cut into pieces and goes on being kept', async () => {
    const device = newDevice()
    await device.memory.put(wholeCacheName, paths.media(film.sha256), film.bytes)
    const library = device.openWindow()
    await shows(device, library, kept)
    expect(device.memory.names()).not.toContain(wholeCacheName)
    expect(device.asked).toEqual([])
    expect(await library.check([itemOf('p.m.film', film)])).toMatchObject({ ready: true })
  })
})
