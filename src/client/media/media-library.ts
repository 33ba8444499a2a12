import { computed, signal } from '@preact/signals'
import type { MediaFile, OutlineItem } from '../../shared/domain/outline.ts'
import { paths } from '../../shared/protocol/paths.ts'
import { cacheName, type MediaDeps } from './media-deps.ts'

/** Where one film or sound is, with its description. Mirrors `KeepState` of the page's state. */
type State =
  | { kind: 'absent'; bytes: number }
  | { kind: 'waiting' | 'loading' | 'paused'; bytes: number; of: number }
  | { kind: 'stopped'; reason: 'network' | 'full' | 'damaged'; bytes: number; of: number }
  | { kind: 'kept' }

/** Room that films leave to the words, bytes. */
const reserve = 20 * 1000 * 1000

/** Keeps whole files in Cache Storage, each checked against its hash before it counts as kept. */
export const createMediaLibrary = (deps: MediaDeps) => {
  const states = signal<Record<string, State>>({})
  const wifiOnly = signal(false)
  let queued: OutlineItem[] = []
  let paused = false
  const running = new Map<string, AbortController>()
  const set = (file: MediaFile, state: State): void => {
    states.value = { ...states.value, [file.sha256]: state }
  }

  const filesOf = (item: OutlineItem): MediaFile[] =>
    item.media ? [item.media.file, ...(item.media.described ? [item.media.described] : [])] : []

  /** Reads what earlier visits kept. */
  const load = async (): Promise<void> => {
    const cache = await deps.caches.open(cacheName)
    const kept: Record<string, State> = {}
    for (const request of await cache.keys()) {
      const sha256 = new URL(request.url).pathname.split('/').at(-1)
      if (sha256) kept[sha256] = { kind: 'kept' }
    }
    states.value = { ...kept, ...states.value }
  }

  const estimate = async (): Promise<{ used: number; quota: number } | null> => {
    const answer = await deps.storage?.estimate?.().catch(() => null)
    return answer?.quota ? { used: answer.usage ?? 0, quota: answer.quota } : null
  }

  const queue = computed(() => {
    const all = states.value
    const left = queued.flatMap((item) => all[item.media?.file.sha256 ?? ''] ?? [])
    const open = left.flatMap((state) => ('of' in state && state.kind !== 'stopped' ? state : []))
    return {
      kind:
        open.length === 0 ? ('idle' as const) : paused ? ('paused' as const) : ('running' as const),
      items: queued.map(({ id }) => id),
      bytes: open.reduce((sum, { bytes }) => sum + bytes, 0),
      of: open.reduce((sum, { of }) => sum + of, 0),
      secondsLeft: null,
    }
  })

  const keep = async (items: readonly OutlineItem[]): Promise<void> => {
    for (const item of items) {
      const [main] = filesOf(item)
      if (!main || queued.includes(item)) continue
      queued.push(item)
      await keepOne(item)
      queued = queued.filter((one) => one !== item)
      states.value = { ...states.value }
      if (states.value[main.sha256]?.kind !== 'kept') return // stopped, or cancelled
    }
  }

  const keepOne = async (item: OutlineItem): Promise<void> => {
    const [main, ...others] = filesOf(item)
    if (!main || running.has(main.sha256) || states.value[main.sha256]?.kind === 'kept') return
    const of = [main, ...others].reduce((sum, file) => sum + file.size, 0)
    const abort = new AbortController()
    running.set(main.sha256, abort)
    let bytes = 0
    const stop = (reason: 'network' | 'full' | 'damaged'): void =>
      set(main, { kind: 'stopped', reason, bytes, of })
    set(main, { kind: 'loading', bytes, of })
    try {
      const room = await estimate()
      if (room && room.quota - room.used < of + reserve) return stop('full')
      // Most visits keep nothing.
      const { download } = await import('./download.ts')
      // The described version first: the item counts as kept when its main file is.
      for (const file of [...others, main]) {
        const result = await download(deps, file, abort.signal, (more) => {
          bytes += more
          set(main, { kind: 'loading', bytes, of })
        })
        if (result !== 'kept') return stop(result)
        if (file !== main) set(file, { kind: 'kept' })
      }
      set(main, { kind: 'kept' })
    } catch (error) {
      if (abort.signal.aborted)
        set(main, paused ? { kind: 'paused', bytes, of } : { kind: 'absent', bytes: 0 })
      else stop((error as DOMException).name === 'QuotaExceededError' ? 'full' : 'network')
    } finally {
      running.delete(main.sha256)
    }
  }

  return {
    states,
    queue,
    load,
    keep,
    estimate,
    pause: (): void => {
      paused = true
      for (const abort of running.values()) abort.abort()
    },
    resume: (): void => {
      paused = false
      void keep(queued)
    },
    wifiOnly,
    setWifiOnly: (on: boolean): void => {
      wifiOnly.value = on
    },
    cancel: (items: readonly OutlineItem[]): void => {
      for (const [main] of items.map(filesOf)) if (main) running.get(main.sha256)?.abort()
    },
    removeFile: async (sha256: string): Promise<void> => {
      const cache = await deps.caches.open(cacheName)
      await cache.delete(paths.media(sha256))
      states.value = { ...states.value, [sha256]: { kind: 'absent', bytes: 0 } }
    },
    stored: async () => {
      const cache = await deps.caches.open(cacheName)
      const files = []
      for (const request of await cache.keys()) {
        const sha256 = new URL(request.url).pathname.split('/').at(-1) ?? ''
        const bytes = (await (await cache.match(request.url))?.blob())?.size ?? 0
        files.push({ sha256, bytes, pinned: true, usedAt: null })
      }
      return files
    },
    check: async (items: readonly OutlineItem[]) => {
      const missing = items.filter((item) =>
        filesOf(item).some(({ sha256 }) => states.value[sha256]?.kind !== 'kept'),
      )
      return { ready: missing.length === 0, missing }
    },
    remove: async (item: OutlineItem): Promise<void> => {
      const cache = await deps.caches.open(cacheName)
      for (const file of filesOf(item)) {
        await cache.delete(paths.media(file.sha256))
        set(file, { kind: 'absent', bytes: 0 })
      }
    },
  }
}
