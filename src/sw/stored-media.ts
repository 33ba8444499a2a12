import { chunkCacheName, chunkKeys, wholeCacheName } from '../shared/media/chunk-cache.ts'
import { type ChunkCache, makeRoom, putWithRoom } from '../shared/media/evict.ts'
import { type ChunkSource, fetchChunk } from '../shared/media/fetch-chunk.ts'
import { asManifest, chunkLength, type Manifest } from '../shared/media/manifest.ts'
import { paths } from '../shared/protocol/paths.ts'

export interface MediaDeps {
  caches: CacheStorage
  fetch: typeof fetch
  digest: ChunkSource['digest']
  now: () => number
  estimate: () => Promise<StorageEstimate | null>
  /** A piece has come to this device by watching. */
  kept: (sha256: string, index: number) => void
  /** What nobody keeps has made way for it. */
  freed: () => void
}

/** Films as they lie on this device, filled from the network where a piece is missing. */
export interface StoredMedia {
  /** Null if it is neither here nor to be had. */
  manifest(sha256: string): Promise<Manifest | null>
  /** A piece as a blob that is read where it is used. Rejects if it cannot be had, or has not the right bytes. */
  chunk(manifest: Manifest, index: number): Wanted
  /** A file that an earlier release kept whole. */
  whole(sha256: string): Promise<Response | null>
  /** It is played now. */
  played(sha256: string): Promise<void>
  /** Its manifest was wrong: the next is looked for anew. */
  forget(sha256: string): void
}

/** A piece on its way; whoever does not need it any more lets go, and what nobody needs is not fetched further. */
export interface Wanted {
  blob: Promise<Blob>
  letGo(): void
}

/** Manifests in memory; the largest is some 50 KB for a film of two hours. */
const mostManifests = 8

const stampEvery = 10 * 60 * 1000

export const storedMedia = (deps: MediaDeps): StoredMedia => {
  let opened: Promise<Cache> | null = null
  const cache = (): Promise<Cache> => {
    opened ??= deps.caches.open(chunkCacheName)
    return opened
  }
  /** Opened again before it is believed that something is not there: a cache that was deleted stays open, and empty. */
  const lookUp = async (key: string): Promise<Response | undefined> => {
    const found = await (await cache()).match(key)
    if (found) return found
    opened = null
    return (await cache()).match(key)
  }
  const manifests = new Map<string, Manifest>()
  const fetching = new Map<
    string,
    { blob: Promise<Blob>; wanted: number; abort: AbortController }
  >()
  const stamped = new Map<string, number>()
  let hasWhole = true

  const remember = (manifest: Manifest): Manifest => {
    manifests.delete(manifest.sha256)
    manifests.set(manifest.sha256, manifest)
    const [oldest] = manifests.keys()
    if (manifests.size > mostManifests && oldest) manifests.delete(oldest)
    return manifest
  }

  const storedManifest = async (sha256: string): Promise<Manifest | null> =>
    asManifest(await (await lookUp(chunkKeys.manifest(sha256)))?.json().catch(() => null), sha256)

  const keep = async (manifest: Manifest, index: number, piece: Blob) => {
    const store = await cache()
    const { sha256, type } = manifest
    const spare = new Set([sha256])
    let hasFreed = false
    const evictable: ChunkCache = {
      keys: () => store.keys(),
      match: (key) => store.match(key),
      delete: (key) => {
        hasFreed = true
        return store.delete(key)
      },
    }
    const put = (key: string, body: BodyInit, type: string) =>
      putWithRoom(evictable, spare, () =>
        store.put(key, new Response(body, { headers: { 'content-type': type } })),
      )
    try {
      if (!(await makeRoom(evictable, spare, piece.size, deps.estimate))) return
      // First, and anew where it was freed meanwhile: pieces without it are nothing.
      if (!(await store.match(chunkKeys.manifest(sha256)))) {
        await put(chunkKeys.manifest(sha256), JSON.stringify(manifest), 'application/json')
      }
      if (await put(chunkKeys.chunk(sha256, index), piece, type)) {
        deps.kept(sha256, index)
      }
    } finally {
      if (hasFreed) deps.freed()
    }
  }

  const fetchMissing = async (
    manifest: Manifest,
    index: number,
    signal: AbortSignal,
  ): Promise<Blob> => {
    const source: ChunkSource = {
      fetch: (address, init) => deps.fetch(address, { ...init, signal }),
      digest: deps.digest,
    }
    const piece = await fetchChunk(source, manifest, index)
    if (piece === 'damaged') throw new Error(`media: piece ${index} is damaged`)
    // It plays whether there is room for it or not.
    void keep(manifest, index, piece).catch(() => undefined)
    return piece
  }

  return {
    manifest: async (sha256) => {
      const known = manifests.get(sha256) ?? (await storedManifest(sha256))
      if (known) return remember(known)
      const answer = await deps.fetch(paths.manifest(sha256)).catch(() => null)
      const told = answer?.ok ? asManifest(await answer.json().catch(() => null), sha256) : null
      return told && remember(told)
    },

    chunk: (manifest, index) => {
      const key = chunkKeys.chunk(manifest.sha256, index)
      let isWanted = true
      let letGo = (): void => {}
      const ofLength = (piece: Blob): Blob => {
        if (piece.size === chunkLength(manifest, index)) return piece
        manifests.delete(manifest.sha256) // the page may have got another meanwhile
        throw new Error(`media: piece ${index} has another length`)
      }
      const find = async (): Promise<Blob> => {
        const stored = await lookUp(key)
        if (stored) return ofLength(await stored.blob())
        if (!isWanted) throw new DOMException('not needed any more', 'AbortError')
        let one = fetching.get(key)
        if (!one) {
          const abort = new AbortController()
          const blob = fetchMissing(manifest, index, abort.signal).finally(() => {
            if (fetching.get(key)?.abort === abort) fetching.delete(key)
          })
          one = { blob, wanted: 0, abort }
          fetching.set(key, one)
        }
        const shared = one
        shared.wanted++
        letGo = () => {
          if (--shared.wanted > 0) return
          if (fetching.get(key) === shared) fetching.delete(key)
          shared.abort.abort()
        }
        return shared.blob
      }
      return {
        blob: find(),
        letGo: () => {
          if (!isWanted) return
          isWanted = false
          letGo()
        },
      }
    },

    whole: async (sha256) => {
      // Every release that has pieces cuts what is there, and throws the cache away.
      hasWhole &&= await deps.caches.has(wholeCacheName)
      if (!hasWhole) return null
      const old = await deps.caches.open(wholeCacheName)
      return (await old.match(paths.media(sha256))) ?? null
    },

    played: async (sha256) => {
      const now = deps.now()
      if (Math.abs(now - (stamped.get(sha256) ?? 0)) < stampEvery) return
      stamped.set(sha256, now)
      const headers = { 'content-type': 'application/json' }
      await (await cache())
        .put(chunkKeys.used(sha256), new Response(JSON.stringify(now), { headers }))
        .catch(() => undefined)
    },

    forget: (sha256) => void manifests.delete(sha256),
  }
}
