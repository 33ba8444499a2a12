import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { MediaDeps } from '../../../src/client/media/media-deps.ts'
import { createMediaLibrary } from '../../../src/client/media/media-library.ts'
import type { OutlineItem } from '../../../src/shared/domain/outline.ts'

const sha256 = (bytes: Uint8Array | ArrayBuffer): string =>
  createHash('sha256')
    .update(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes)
    .digest('hex')

const film = new TextEncoder().encode('a film of some bytes')
const described = new TextEncoder().encode('the same, described')

const itemWith = (withDescription = false): OutlineItem =>
  ({
    id: 'p.m.film',
    media: {
      file: { sha256: sha256(film), size: film.length, type: 'video/mp4', seconds: 10 },
      described: withDescription
        ? { sha256: sha256(described), size: described.length, type: 'video/mp4', seconds: 12 }
        : null,
      poster: null,
    },
  }) as unknown as OutlineItem

/** A Cache Storage in memory with what the library uses of it. */
const memoryCaches = () => {
  const stored = new Map<string, Response>()
  const cache = {
    keys: async () => [...stored.keys()].map((path) => new Request(`http://localhost${path}`)),
    match: async (path: string) => stored.get(path)?.clone(),
    put: async (path: string, response: Response) => void stored.set(path, response),
    delete: async (path: string) => stored.delete(path),
  }
  return { stored, cache, caches: { open: async () => cache } as unknown as CacheStorage }
}

const setUp = (answers: (path: string, signal: AbortSignal) => Promise<Response> | Response) => {
  const memory = memoryCaches()
  const asked: string[] = []
  const deps: MediaDeps = {
    caches: memory.caches,
    fetch: (async (path: string, init: RequestInit) => {
      asked.push(path)
      return answers(path, init.signal as AbortSignal)
    }) as typeof fetch,
    storage: undefined,
    digest: async (bytes) => sha256(bytes),
  }
  return { ...memory, asked, deps, library: createMediaLibrary(deps) }
}
const whole = (path: string): Response =>
  new Response(path.endsWith(sha256(film)) ? film : described)

describe('keeping a film', () => {
  it('ends as kept, with its description, and is known again at the next visit', async () => {
    const { library, deps, asked } = setUp(whole)
    await library.keep([itemWith(true)])
    expect(library.states.value[sha256(film)]).toEqual({ kind: 'kept' })
    expect(library.states.value[sha256(described)]).toEqual({ kind: 'kept' })

    const later = createMediaLibrary(deps)
    await later.load()
    expect(later.states.value[sha256(film)]).toEqual({ kind: 'kept' })
    await later.keep([itemWith(true)])
    expect(asked).toHaveLength(2)
  })

  it('tries a damaged file once more, then says so and keeps nothing', async () => {
    const { library, asked, stored } = setUp(() => new Response('not the film'))
    await library.keep([itemWith()])
    expect(library.states.value[sha256(film)]).toMatchObject({ kind: 'stopped', reason: 'damaged' })
    expect(asked).toHaveLength(2)
    expect(stored.size).toBe(0)
  })

  it('is saved by the second try when only the first was damaged', async () => {
    let tries = 0
    const { library } = setUp((path) => (++tries === 1 ? new Response('cut') : whole(path)))
    await library.keep([itemWith()])
    expect(library.states.value[sha256(film)]).toEqual({ kind: 'kept' })
  })

  it('says that the network fell out, and goes on at the next tap', async () => {
    let offline = true
    const { library } = setUp((path) => {
      if (offline) throw new TypeError('Failed to fetch')
      return whole(path)
    })
    await library.keep([itemWith()])
    expect(library.states.value[sha256(film)]).toMatchObject({ kind: 'stopped', reason: 'network' })
    offline = false
    await library.keep([itemWith()])
    expect(library.states.value[sha256(film)]).toEqual({ kind: 'kept' })
  })

  it('does not take a server error for a film', async () => {
    const { library, stored } = setUp(
      () => new Response('<h1>Log in to the train</h1>', { status: 502 }),
    )
    await library.keep([itemWith()])
    expect(library.states.value[sha256(film)]).toMatchObject({ kind: 'stopped', reason: 'network' })
    expect(stored.size).toBe(0)
  })

  it('asks for room first and leaves some to the words', async () => {
    const { deps, asked } = setUp(whole)
    const full = { estimate: async () => ({ usage: 95_000_000, quota: 100_000_000 }) }
    const library = createMediaLibrary({ ...deps, storage: full as StorageManager })
    await library.keep([itemWith()])
    expect(library.states.value[sha256(film)]).toMatchObject({ kind: 'stopped', reason: 'full' })
    expect(asked).toEqual([])
  })

  it('says that the device is full when the browser refuses to store it', async () => {
    const { library, cache } = setUp(whole)
    cache.put = async () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
    await library.keep([itemWith()])
    expect(library.states.value[sha256(film)]).toMatchObject({ kind: 'stopped', reason: 'full' })
  })

  it('can be cancelled on the way', async () => {
    const { library, stored } = setUp(
      (_path, signal) =>
        new Promise((_resolve, reject) => {
          if (signal.aborted) reject(signal.reason)
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    )
    const keeping = library.keep([itemWith()])
    await Promise.resolve()
    expect(library.states.value[sha256(film)]).toMatchObject({ kind: 'loading' })
    library.cancel([itemWith()])
    await keeping
    expect(library.states.value[sha256(film)]).toEqual({ kind: 'absent', bytes: 0 })
    expect(stored.size).toBe(0)
  })

  it('is gone after it was removed', async () => {
    const { library, stored } = setUp(whole)
    await library.keep([itemWith(true)])
    await library.remove(itemWith(true))
    expect(stored.size).toBe(0)
    expect(library.states.value[sha256(film)]).toEqual({ kind: 'absent', bytes: 0 })
  })
})
