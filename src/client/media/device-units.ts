import { chunkCacheName, chunkKeys } from '../../shared/media/chunk-cache.ts'
import {
  type ChunkCache,
  deleteFile,
  listChunkKeys,
  putWithRoom,
  readEntry,
} from '../../shared/media/evict.ts'
import { cutWholeFiles } from './cut-whole-files.ts'
import type { MediaDeps } from './media-deps.ts'
import { bytesOf, readStored, type Stored } from './stored-chunks.ts'
import { isLeft, newUnit, type Unit } from './unit.ts'

export type DeviceUnits = Awaited<ReturnType<typeof openDeviceUnits>>

/**
 * What this device holds: its pieces as they were last read, and a unit for each pin. A unit is there from the tap on, its pin
 * follows. `changed` is called after each look, and when something goes.
 */
export const openDeviceUnits = async (deps: MediaDeps, changed: () => void) => {
  let cache = await deps.caches.open(chunkCacheName)
  await cutWholeFiles(deps, cache).catch((error) => console.error(error))
  let stored: Stored = await readStored(cache)
  const units = new Map<string, Unit>()

  /** Pieces that came while it was read anew. */
  let cameMeanwhile: { sha256: string; index: number }[] = []
  let turns: Promise<void> = Promise.resolve()
  /** Looking, pinning and unpinning, one after the other: a look that began before a pin was written would drop what it is for. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = turns.then(work)
    turns = turn.catch(() => {})
    return turn
  }
  const reload = (): Promise<void> =>
    inTurn(async () => {
      cameMeanwhile = []
      // Opened again: a cache that the browser has cleared stays open here, and full.
      cache = await deps.caches.open(chunkCacheName)
      const fresh = await readStored(cache)
      for (const { sha256, index } of cameMeanwhile) fresh.files.get(sha256)?.chunks.add(index)
      stored = fresh
      takePins()
      changed()
    })

  /** Main files whose pins are being deleted. */
  const leaving = new Set<string>()
  const takePins = (): void => {
    for (const [main, pin] of stored.pins) {
      if (!units.has(main) && !leaving.has(main)) units.set(main, newUnit(main, pin, true))
    }
    for (const unit of units.values()) {
      if (!unit.isSaved || stored.pins.has(unit.main)) continue
      drop(unit)
      clearRests(unit).catch((error) => console.error(error))
    }
  }

  /** Another window has removed it while its pieces came: without a manifest they would lie there and count for nothing. */
  const clearRests = async (unit: Unit): Promise<void> => {
    await Promise.all(unit.jobs.values())
    await inTurn(async () => {
      if (units.has(unit.main)) return // asked for again
      const keys = await listChunkKeys(cache)
      for (const { sha256 } of unit.pin.files) {
        const isThere = keys.some((key) => key.kind === 'manifest' && key.sha256 === sha256)
        if (!isThere) await deleteFile(cache, keys, sha256)
      }
    })
  }

  const drop = (unit: Unit): void => {
    units.delete(unit.main)
    unit.abort.abort()
  }

  let hasFreed = false
  const evictable: ChunkCache = {
    keys: () => cache.keys(),
    match: (key) => cache.match(key),
    delete: (key) => {
      hasFreed = true
      return cache.delete(key)
    },
  }

  const pin = async (unit: Unit): Promise<void> => {
    if (units.get(unit.main) !== unit) return // cancelled meanwhile
    const headers = { 'content-type': 'application/json' }
    const fits = await putWithRoom(evictable, new Set([unit.main]), () =>
      cache.put(chunkKeys.pin(unit.main), new Response(JSON.stringify(unit.pin), { headers })),
    )
    if (!fits) unit.stop = 'full'
    else if (units.get(unit.main) === unit) {
      unit.isSaved = true
      stored.pins.set(unit.main, unit.pin)
    }
  }

  const unpin = async (unit: Unit): Promise<void> => {
    drop(unit)
    leaving.add(unit.main)
    stored.pins.delete(unit.main)
    changed()
    await Promise.all(unit.jobs.values())
    await inTurn(async () => {
      leaving.delete(unit.main)
      // Asked for again at once, it has another unit and its pin.
      if (!units.has(unit.main)) await cache.delete(chunkKeys.pin(unit.main))
    })
  }

  const inOrder = (): Unit[] => [...units.values()].sort((a, b) => a.pin.order - b.pin.order)
  takePins()

  return {
    units: units as ReadonlyMap<string, Unit>,
    inOrder,
    left: (): Unit[] => inOrder().filter((unit) => isLeft(unit, stored)),
    cache: () => cache,
    stored: () => stored,
    /** `cache`, for what makes room: what goes is seen by `freed`. */
    evictable,
    /** Something has made way since this was last asked. */
    freed: (): boolean => {
      const before = hasFreed
      hasFreed = false
      return before
    },
    reload,
    /** A piece is stored now. False = it is of a file that was not known to be here. */
    came: (sha256: string, index: number): boolean => {
      cameMeanwhile.push({ sha256, index })
      const file = stored.files.get(sha256)
      file?.chunks.add(index)
      return file?.manifest != null
    },
    /** In the place of one for the same file; pinned when those before are done. */
    add: (unit: Unit): Promise<void> => {
      const known = units.get(unit.main)
      if (known) drop(known)
      units.set(unit.main, unit)
      return inTurn(() => pin(unit))
    },
    unpin,
    removeFiles: async (hashes: readonly string[]): Promise<void> => {
      for (const unit of [...units.values()]) {
        if (unit.pin.files.some(({ sha256 }) => hashes.includes(sha256))) await unpin(unit)
      }
      const keys = await listChunkKeys(cache)
      for (const sha256 of hashes) await deleteFile(cache, keys, sha256)
      await reload()
    },
    /** Deletes what is stored of a file, but for its pin. */
    forget: async (sha256: string): Promise<void> => {
      const keys = await listChunkKeys(cache)
      await deleteFile(
        cache,
        keys.filter(({ kind }) => kind !== 'pin'),
        sha256,
      )
      stored.files.delete(sha256)
    },
    /** Each file, whole or in part, as it lies there now. */
    list: async () => {
      await reload()
      const pinned = new Set(
        [...stored.pins.values()].flatMap(({ files }) => files.map((file) => file.sha256)),
      )
      const files = [...stored.files].filter(([, file]) => bytesOf(file) > 0)
      return Promise.all(
        files.map(async ([sha256, file]) => {
          const usedAt = await readEntry(cache, chunkKeys.used(sha256))
          return {
            sha256,
            bytes: bytesOf(file),
            pinned: pinned.has(sha256),
            usedAt: typeof usedAt === 'number' ? usedAt : null,
          }
        }),
      )
    },
  }
}
