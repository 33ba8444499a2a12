import type { OutlineItem } from '../../shared/domain/outline.ts'
import { chunkCacheName, chunkKeys } from '../../shared/media/chunk-cache.ts'
import {
  type ChunkCache,
  deleteFile,
  listChunkKeys,
  type Pin,
  putWithRoom,
  readEntry,
} from '../../shared/media/evict.ts'
import { isOnWifi, readChoices, writeChoices } from './choices.ts'
import { cutWholeFiles } from './cut-whole-files.ts'
import { emptyQueue, filesOf, type Queue, type Shown, type State } from './keeping.ts'
import type { MediaDeps } from './media-deps.ts'
import { createSpeed } from './speed.ts'
import { bytesOf, isWhole, readStored, type Stored } from './stored-chunks.ts'
import { createTransfer } from './transfer.ts'
import {
  interrupt,
  isLeft,
  isUnitWhole,
  newUnit,
  type Unit,
  unitBytes,
  unitSize,
  unitState,
} from './unit.ts'
import { createWakeLock } from './wake-lock.ts'

/** What windows tell each other; `came` is the service worker's: a film that is watched stays. */
type Message =
  | { kind: 'came'; sha256: string; index: number }
  | { kind: 'changed' | 'choices' | 'ended' }
  | { kind: 'progress'; states: Record<string, State>; queue: Queue }

export type Downloads = Awaited<ReturnType<typeof openDownloads>>

/** What is shown moves at most this often. */
const showEveryMs = 250

/**
 * The queue of downloads. It lies on the device: each pin without all its pieces is left to fetch, in the order of the pins. One
 * window at a time fetches; the others show what it tells, and take over when it is gone.
 */
export const openDownloads = async (deps: MediaDeps, shown: Shown) => {
  let cache = await deps.caches.open(chunkCacheName)
  await cutWholeFiles(deps, cache).catch((error) => console.error(error))
  let stored: Stored = await readStored(cache)
  let choices = readChoices(deps.settings)
  const units = new Map<string, Unit>()
  /** Main files of this round, the finished among them: the bar does not jump back when one is done. */
  const round = new Set<string>()
  const speed = createSpeed()
  const wakeLock = createWakeLock(deps)
  const { channel } = deps
  const post = (message: Message): void => channel?.post(message)
  let isLeading = false
  let isAsking = false
  let told: Extract<Message, { kind: 'progress' }> | null = null

  // 1. What the device holds.

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
      show()
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
    round.delete(unit.main)
    unit.abort.abort()
  }

  let isStale = false
  const evictable: ChunkCache = {
    keys: () => cache.keys(),
    match: (key) => cache.match(key),
    delete: (key) => {
      isStale = true
      return cache.delete(key)
    },
  }

  // 2. What is shown.

  const inOrder = (): Unit[] => [...units.values()].sort((a, b) => a.pin.order - b.pin.order)
  const left = (): Unit[] => inOrder().filter((unit) => isLeft(unit, stored))
  const waitsForWifi = (): boolean => choices.wifiOnly && isOnWifi(deps) === false
  const mayFetch = (): boolean => !choices.paused && !waitsForWifi()

  const show = (): void => {
    const states: Record<string, State> = {}
    for (const [sha256, file] of stored.files) {
      const bytes = bytesOf(file)
      if (bytes > 0) states[sha256] = { kind: 'absent', bytes }
    }
    for (const unit of units.values()) {
      states[unit.main] = unitState(unit, stored, choices.paused)
    }
    if (told && !isLeading) Object.assign(states, told.states)
    shown.states.value = states
    shown.queue.value = told && !isLeading ? told.queue : queue()
    shown.wifiOnly.value = choices.wifiOnly
    shown.rate.value = choices.rate
    if (!isLeading) return
    const moving = Object.fromEntries(
      [...units.keys()].map((main) => [main, states[main] as State]),
    )
    post({ kind: 'progress', states: moving, queue: shown.queue.value })
  }

  const queue = (): Queue => {
    const all = left()
    if (all.length === 0) {
      round.clear()
      return emptyQueue
    }
    for (const unit of all) round.add(unit.main)
    let [bytes, of] = [0, 0]
    for (const main of round) {
      const unit = units.get(main)
      if (!unit || unit.stop) continue
      of += unitSize(unit)
      bytes += Math.min(unitSize(unit), unitBytes(unit, stored) + unit.arriving)
    }
    const kind = choices.paused
      ? 'paused'
      : waitsForWifi()
        ? 'no-wifi'
        : isLeading && transfer.isLost()
          ? 'no-network'
          : 'running'
    const secondsLeft = kind === 'running' ? speed.secondsFor(of - bytes) : null
    return { kind, items: all.flatMap(({ pin }) => pin.item ?? []), bytes, of, secondsLeft }
  }

  let isShowing = false
  const showSoon = (): void => {
    if (isShowing) return
    isShowing = true
    deps.setTimeout(() => {
      isShowing = false
      show()
    }, showEveryMs)
  }

  // 3. Fetching, in one window.

  const transfer = createTransfer({
    ...deps,
    cache: () => cache,
    evictable,
    stored: () => stored,
    units: () => (mayFetch() ? inOrder() : []),
    arrived: (bytes) => {
      speed.add(bytes, deps.now())
      showSoon()
    },
    came: (sha256, index) => {
      cameMeanwhile.push({ sha256, index })
      stored.files.get(sha256)?.chunks.add(index)
    },
    forget: async (sha256) => {
      const keys = await listChunkKeys(cache)
      await deleteFile(
        cache,
        keys.filter(({ kind }) => kind !== 'pin'),
        sha256,
      )
      stored.files.delete(sha256)
    },
    changed: () => {
      if (isStale) {
        isStale = false
        void reload()
      } else showSoon()
    },
  })

  const lead = async (): Promise<void> => {
    isLeading = true
    isAsking = false
    told = null
    try {
      await reload()
      speed.reset()
      wakeLock.want(true)
      await transfer.run()
    } finally {
      wakeLock.want(false)
      const rate = speed.rate()
      if (rate !== null) {
        choices = { ...choices, rate }
        writeChoices(deps.settings, choices)
        post({ kind: 'choices' })
      }
      show()
      isLeading = false
      post({ kind: 'ended' })
    }
  }

  /** Whatever has changed: fetch if there is something that may be fetched. */
  const wake = (): void => {
    if (isLeading) transfer.nudge()
    else if (!isAsking && mayFetch() && left().length > 0) {
      isAsking = true
      const leading = deps.locks ? deps.locks.request('loft-downloads', lead) : lead()
      leading.then(
        () => wake(),
        (error) => {
          isAsking = false // the storage is broken: the next tap tries again
          console.error(error)
        },
      )
    }
    show()
  }

  const choose = (change: Partial<typeof choices>): void => {
    choices = { ...choices, ...change }
    writeChoices(deps.settings, choices)
    post({ kind: 'choices' })
    obey()
  }
  const obey = (): void => {
    if (!mayFetch()) for (const unit of units.values()) interrupt(unit)
    wake()
  }

  // 4. What others tell.

  channel?.listen((data) => {
    const message = data as Message
    if (message.kind === 'came') {
      cameMeanwhile.push(message)
      const file = stored.files.get(message.sha256)
      if (!file?.manifest) return void reload()
      file.chunks.add(message.index)
      showSoon()
    } else if (message.kind === 'progress') {
      if (isLeading) return
      told = message
      show()
    } else if (message.kind === 'choices') {
      choices = readChoices(deps.settings)
      obey()
    } else {
      if (message.kind === 'ended') told = null
      void reload().then(wake)
    }
  })
  deps.connection?.addEventListener('change', obey)
  deps.onReturn(() => {
    wakeLock.returned()
    wake()
  })

  // 5. What the person does.

  const pinUnit = async (unit: Unit): Promise<void> => {
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
    show()
    await Promise.all(unit.jobs.values())
    await inTurn(async () => {
      leaving.delete(unit.main)
      // Asked for again at once, it has another unit and its pin.
      if (!units.has(unit.main)) await cache.delete(chunkKeys.pin(unit.main))
    })
  }

  const removeFiles = async (hashes: readonly string[]): Promise<void> => {
    for (const unit of [...units.values()]) {
      if (unit.pin.files.some(({ sha256 }) => hashes.includes(sha256))) await unpin(unit)
    }
    const keys = await listChunkKeys(cache)
    for (const sha256 of hashes) await deleteFile(cache, keys, sha256)
    await reload()
    post({ kind: 'changed' })
    wake()
  }

  takePins()
  wake()

  return {
    keep: (items: readonly OutlineItem[]): void => {
      let order = Math.max(deps.now(), ...inOrder().map(({ pin }) => pin.order + 1))
      const pinning: Promise<void>[] = []
      for (const item of items) {
        const files = filesOf(item).map(({ sha256, size, type }) => ({ sha256, size, type }))
        const main = files[0]?.sha256
        if (!main) continue
        const known = units.get(main)
        if (known) Object.assign(known, { stop: null, isLost: false })
        const isSame = JSON.stringify(known?.pin.files) === JSON.stringify(files)
        if (known?.isSaved && known.pin.item === item.id && isSame) continue
        const pin: Pin = { item: item.id, files, order: order++ }
        const unit = newUnit(main, pin, false)
        if (known) drop(known)
        units.set(main, unit)
        pinning.push(inTurn(() => pinUnit(unit)))
      }
      // Whoever asks for something now does not want to wait for it.
      if (choices.paused) choose({ paused: false })
      show()
      void Promise.all(pinning)
        .then(reload) // what was watched may have been freed since the last look
        .then(() => {
          post({ kind: 'changed' })
          wake()
        })
        .catch((error) => console.error(error))
    },
    pause: (): void => choose({ paused: true }),
    resume: (): void => choose({ paused: false }),
    setWifiOnly: (on: boolean): void => choose({ wifiOnly: on }),
    cancel: (items: readonly OutlineItem[]): void => {
      const cancelled = items.flatMap((item) => units.get(item.media?.file.sha256 ?? '') ?? [])
      const unfinished = cancelled.filter((unit) => !isUnitWhole(unit, stored))
      void Promise.all(unfinished.map(unpin))
        .then(() => post({ kind: 'changed' }))
        .catch((error) => console.error(error))
    },
    remove: (item: OutlineItem): Promise<void> =>
      removeFiles(filesOf(item).map(({ sha256 }) => sha256)),
    removeFile: (sha256: string): Promise<void> => removeFiles([sha256]),

    stored: async () => {
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

    browser: async () => ({
      lasts: await deps.persisted().catch(() => null),
      tellsWifi: isOnWifi(deps) !== null,
    }),

    check: async (items: readonly OutlineItem[]) => {
      await reload()
      if (!(await deps.hasWorker())) return { ready: false, missing: [...items] }
      const missing: OutlineItem[] = []
      for (const item of items) {
        const isHere =
          filesOf(item).every(({ sha256 }) => isWhole(stored.files.get(sha256))) &&
          (await deps.hasTexts([item.text.nn, item.text.nb]))
        if (!isHere) missing.push(item)
      }
      return { ready: missing.length === 0, missing }
    },
  }
}
