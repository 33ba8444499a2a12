import { chunkKeys } from '../../shared/media/chunk-cache.ts'
import { type ChunkCache, makeRoom, putWithRoom } from '../../shared/media/evict.ts'
import { type ChunkSource, fetchChunk, RefusedChunk } from '../../shared/media/fetch-chunk.ts'
import { asManifest, type Manifest } from '../../shared/media/manifest.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { StopReason } from './keeping.ts'
import type { MediaDeps } from './media-deps.ts'
import type { Stored } from './stored-chunks.ts'
import { interrupt, isLeft, type Unit, unitBytes, unitSize } from './unit.ts'

export interface TransferDeps extends MediaDeps {
  cache: () => Cache
  /** `cache`, for what makes room: told when something is deleted. */
  evictable: ChunkCache
  stored: () => Stored
  /** In the order of the queue; none while nothing may be fetched. */
  units: () => readonly Unit[]
  /** Bytes that have come, negative ones if they were of no use. */
  arrived: (bytes: number) => void
  /** A piece is stored now. */
  came: (sha256: string, index: number) => void
  /** Deletes what is stored of a file, but for its pin. */
  forget: (sha256: string) => Promise<void>
  /** Something of a unit has changed. */
  changed: () => void
}

/** Requests at a time. More gained nothing, docs/decisions/0004. */
const parallel = 3

const firstRetryMs = 2000
const lastRetryMs = 60_000
const longestSilenceMs = 20_000

/** Where a piece comes as quickly, nobody misses to see how far it is. */
const quickMs = 1000

/**
 * Brings units to the device, piece by piece:
 *
 * 1. Take the next piece that nobody fetches, from the first unit that is not whole: three at a time, across files.
 * 2. Before a unit's first piece: its manifests, and room for it beside the words.
 * 3. Fetch, compare with the hash, put: only then it counts.
 * 4. A unit that cannot go on stops with its reason, and the next goes on. Without network all wait, and try again by
 *    themselves: at once when the browser tells that it is back, else after 2, 4 … 60 s.
 *
 * Ends when nothing is left.
 */
export const createTransfer = (deps: TransferDeps) => {
  const { evictable } = deps
  const prepared = new WeakMap<Unit, AbortSignal>()
  let isLost = false
  let failures = 0
  /** How long the last piece took. */
  let pieceMs = Number.POSITIVE_INFINITY
  let nudge = (): void => {}

  const run = async (): Promise<void> => {
    const running = new Set<Promise<void>>()
    isLost = false // nothing of an earlier round is known of this one
    for (;;) {
      const nudged = new Promise<void>((resolve) => {
        nudge = resolve
      })
      while (running.size < parallel && !isLost) {
        const job = await nextJob()
        if (!job) break
        const fetching = fetchOne(job).finally(() => running.delete(fetching))
        running.add(fetching)
        deps.changed()
      }
      if (running.size > 0) await Promise.race([...running, nudged])
      else if (!deps.units().some((unit) => isLeft(unit, deps.stored()))) return
      else await patience(nudged)
    }
  }

  const patience = async (nudged: Promise<void>): Promise<void> => {
    deps.changed()
    let timer: unknown
    const wait = Math.min(lastRetryMs, firstRetryMs * 2 ** failures++)
    await Promise.race([
      nudged,
      new Promise<void>((resolve) => {
        timer = deps.setTimeout(resolve, wait)
      }),
    ])
    deps.clearTimeout(timer)
    isLost = false
  }

  interface Job {
    unit: Unit
    manifest: Manifest
    index: number
  }

  const nextJob = async (): Promise<Job | null> => {
    for (const unit of deps.units()) {
      if (!isLeft(unit, deps.stored()) || !(await prepare(unit))) continue
      for (const { sha256 } of unit.pin.files) {
        const file = deps.stored().files.get(sha256)
        if (!file?.manifest) {
          prepared.delete(unit) // removed meanwhile
          continue
        }
        for (const index of file.manifest.chunks.keys()) {
          if (file.chunks.has(index) || unit.jobs.has(chunkKeys.chunk(sha256, index))) continue
          return { unit, manifest: file.manifest, index }
        }
      }
    }
    return null
  }

  /** False = it cannot go on now; the unit or the transfer knows why. */
  const prepare = async (unit: Unit): Promise<boolean> => {
    const { signal } = unit.abort
    if (prepared.get(unit) === signal) return true
    if (isLost) return false
    try {
      for (const file of unit.pin.files) {
        const known = deps.stored().files.get(file.sha256)?.manifest
        if (known && !unit.isDoubted) continue
        const manifest = await fetchManifest(file.sha256, signal, unit.isDoubted)
        if (manifest.size !== file.size) return doubt(unit)
        if (known && JSON.stringify(known) === JSON.stringify(manifest)) continue
        // Pieces of another manifest are no pieces, those that are just being stored among them.
        if (known) {
          await Promise.all(unit.jobs.values())
          await deps.forget(file.sha256)
        }
        if (!(await storeManifest(unit, manifest))) return stop(unit, 'full')
      }
      unit.isDoubted = false
      const missing = unitSize(unit) - unitBytes(unit, deps.stored())
      if (!(await makeRoom(evictable, spare(unit), missing, deps.estimate))) {
        return stop(unit, 'full')
      }
    } catch (error) {
      return fail(unit, signal, error)
    }
    if (signal.aborted) return false
    prepared.set(unit, signal)
    return true
  }

  const fetchManifest = async (
    sha256: string,
    signal: AbortSignal,
    anew: boolean,
  ): Promise<Manifest> => {
    const cache = anew ? 'reload' : 'default'
    const answer = await deps.fetch(paths.manifest(sha256), { signal, cache })
    if (!answer.ok) throw new RefusedChunk(answer.status)
    const manifest = asManifest(await answer.json().catch(() => null), sha256)
    if (!manifest) throw new RefusedChunk(0)
    return manifest
  }

  const storeManifest = async (unit: Unit, manifest: Manifest): Promise<boolean> => {
    const { sha256 } = manifest
    const headers = { 'content-type': 'application/json' }
    const fits = await putWithRoom(evictable, spare(unit), () =>
      deps
        .cache()
        .put(chunkKeys.manifest(sha256), new Response(JSON.stringify(manifest), { headers })),
    )
    const { files } = deps.stored()
    if (fits) files.set(sha256, { chunks: new Set(), ...files.get(sha256), manifest })
    return fits
  }

  const fetchOne = (job: Job): Promise<void> => {
    const { unit, manifest, index } = job
    const key = chunkKeys.chunk(manifest.sha256, index)
    const fetching = fetchAndKeep(job, key).finally(() => {
      unit.jobs.delete(key)
      deps.changed()
    })
    unit.jobs.set(key, fetching)
    return fetching
  }

  const fetchAndKeep = async ({ unit, manifest, index }: Job, key: string): Promise<void> => {
    const { signal } = unit.abort
    const silence = abortOnSilence(signal)
    const source: ChunkSource = {
      fetch: (address, init) => deps.fetch(address, { ...init, signal: silence.signal }),
      digest: deps.digest,
    }
    const arrived = (more: number): void => {
      unit.arriving += more
      if (more > 0) unit.isLost = false
      silence.restart()
      deps.arrived(more)
    }
    try {
      const isQuick = pieceMs < quickMs
      const from = deps.now()
      const piece = await fetchChunk(source, manifest, index, isQuick ? null : arrived)
      if (piece === 'damaged') {
        doubt(unit)
        return
      }
      pieceMs = deps.now() - from
      if (isQuick) arrived(piece.size)
      failures = 0
      const fits = await store(unit, key, piece, manifest.type).finally(() => {
        unit.arriving -= piece.size
      })
      if (fits) deps.came(manifest.sha256, index)
      else stop(unit, 'full')
    } catch (error) {
      pieceMs = Number.POSITIVE_INFINITY
      fail(unit, signal, error)
    } finally {
      silence.end()
    }
  }

  /** False = there is no room for it beside the words: much may have grown since room was looked for. */
  const store = async (unit: Unit, key: string, piece: Blob, type: string): Promise<boolean> =>
    (await makeRoom(evictable, spare(unit), piece.size, deps.estimate)) &&
    putWithRoom(evictable, spare(unit), () =>
      deps.cache().put(key, new Response(piece, { headers: { 'content-type': type } })),
    )

  /** In a tunnel a connection hangs for minutes before the browser gives it up. */
  const abortOnSilence = (outer: AbortSignal) => {
    const inner = new AbortController()
    const abort = (): void => inner.abort()
    outer.addEventListener('abort', abort, { once: true })
    let timer = deps.setTimeout(abort, longestSilenceMs)
    return {
      signal: inner.signal,
      restart: (): void => {
        deps.clearTimeout(timer)
        timer = deps.setTimeout(abort, longestSilenceMs)
      },
      end: (): void => {
        deps.clearTimeout(timer)
        outer.removeEventListener('abort', abort)
      },
    }
  }

  const fail = (unit: Unit, signal: AbortSignal, error: unknown): false => {
    if (signal.aborted) return false
    // The server knows this file no more: the others may come all the same.
    if (error instanceof RefusedChunk && [403, 404, 410].includes(error.status)) {
      return stop(unit, 'network')
    }
    isLost = true
    unit.isLost = true
    return false
  }

  const stop = (unit: Unit, reason: StopReason): false => {
    unit.stop = reason
    interrupt(unit)
    return false
  }

  /** Twice the wrong hash. The manifest may be what is wrong: the next try asks for a new one. */
  const doubt = (unit: Unit): false => {
    unit.isDoubted = true
    return stop(unit, 'damaged')
  }

  return {
    run,
    /** Something may be possible now that was not: the network is back, there is more to fetch, or nothing may be any more. */
    nudge: (): void => nudge(),
    isLost: (): boolean => isLost,
  }
}

const spare = (unit: Unit): ReadonlySet<string> =>
  new Set(unit.pin.files.map(({ sha256 }) => sha256))
