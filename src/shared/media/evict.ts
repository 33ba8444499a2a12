import type { MediaFile } from '../domain/outline.ts'
import { type ChunkKey, chunkKeys, parseChunkKey } from './chunk-cache.ts'

/** An item that the person keeps: its film or sound, main file first, with the described version. */
export interface Pin {
  /** Null for a file that an earlier release kept. */
  item: string | null
  files: readonly Pick<MediaFile, 'sha256' | 'size' | 'type'>[]
  /** When it was asked for, ms since 1970: the order of the queue. */
  order: number
}

/** What is used of a `Cache`. */
export interface ChunkCache {
  keys(): Promise<readonly { url: string }[]>
  match(key: string): Promise<{ json(): Promise<unknown> } | undefined>
  delete(key: string): Promise<boolean>
}

/** Every entry of ours. */
export const listChunkKeys = async (cache: ChunkCache): Promise<ChunkKey[]> =>
  (await cache.keys()).flatMap(({ url }) => parseChunkKey(url) ?? [])

/** Null where there is none, or one that cannot be read. */
export const readEntry = async (cache: ChunkCache, key: string): Promise<unknown> =>
  (await cache.match(key))?.json().catch(() => null) ?? null

export const readPins = async (
  cache: ChunkCache,
  keys: readonly ChunkKey[],
): Promise<Map<string, Pin>> => {
  const pins = new Map<string, Pin>()
  const pinned = keys.filter(({ kind }) => kind === 'pin')
  await Promise.all(
    pinned.map(async ({ sha256 }) => {
      const pin = (await readEntry(cache, chunkKeys.pin(sha256))) as Pin | null
      if (pin && Array.isArray(pin.files)) pins.set(sha256, pin)
    }),
  )
  return pins
}

export const deleteFile = async (
  cache: ChunkCache,
  keys: readonly ChunkKey[],
  sha256: string,
): Promise<void> => {
  // The pin first: what a removal that is broken off leaves may go, and is not fetched again.
  const own = keys.filter((key) => key.sha256 === sha256)
  for (const isPin of [true, false]) {
    await Promise.all(
      own
        .filter(({ kind }) => (kind === 'pin') === isPin)
        .map((key) =>
          cache.delete(
            key.kind === 'chunk' ? chunkKeys.chunk(sha256, key.index) : chunkKeys[key.kind](sha256),
          ),
        ),
    )
  }
}

/** Removes the file that was played longest ago of those that nobody keeps; false if there is none. */
export const evictOldest = async (
  cache: ChunkCache,
  spare: ReadonlySet<string>,
): Promise<boolean> => {
  const keys = await listChunkKeys(cache)
  const pins = await readPins(cache, keys)
  const kept = new Set([...pins.values()].flatMap(({ files }) => files.map((file) => file.sha256)))
  // A pin that cannot be read keeps its file too.
  for (const { kind, sha256 } of keys) if (kind === 'pin') kept.add(sha256)
  const candidates = new Set(keys.flatMap(({ kind, sha256 }) => (kind === 'chunk' ? sha256 : [])))
  const usedAt = await Promise.all(
    [...candidates]
      .filter((sha256) => !kept.has(sha256) && !spare.has(sha256))
      .map(async (sha256) => {
        const at = await readEntry(cache, chunkKeys.used(sha256))
        return { sha256, at: typeof at === 'number' ? at : 0 }
      }),
  )
  const [oldest] = usedAt.sort((a, b) => a.at - b.at)
  if (!oldest) return false
  await deleteFile(cache, keys, oldest.sha256)
  return true
}

/** Puts something into the cache; on a full disk what nobody keeps goes first. False = there is no room. */
export const putWithRoom = async (
  cache: ChunkCache,
  spare: ReadonlySet<string>,
  put: () => Promise<void>,
): Promise<boolean> => {
  for (;;) {
    try {
      await put()
      return true
    } catch (error) {
      if ((error as Error).name !== 'QuotaExceededError') throw error
      if (!(await evictOldest(cache, spare))) return false
    }
  }
}

/** Room that films leave to the words, bytes. */
export const wordsReserve = 20 * 1000 * 1000

/** Before anything is fetched: is there room for `bytes` beside the words? What nobody keeps makes way. */
export const makeRoom = async (
  cache: ChunkCache,
  spare: ReadonlySet<string>,
  bytes: number,
  estimate: () => Promise<{ usage?: number; quota?: number } | null>,
): Promise<boolean> => {
  for (;;) {
    const room = await estimate()
    if (!room?.quota || room.quota - (room.usage ?? 0) >= bytes + wordsReserve) return true
    if (!(await evictOldest(cache, spare))) return false
  }
}
