import { signal } from '@preact/signals'
import type { OutlineItem } from '../../shared/domain/outline.ts'
import { chunkCacheName, wholeCacheName } from '../../shared/media/chunk-cache.ts'
import type { Downloads } from './downloads.ts'
import { emptyQueue, type Shown } from './keeping.ts'
import type { MediaChannel, MediaDeps } from './media-deps.ts'

export interface LibraryDeps {
  caches: Pick<CacheStorage, 'has'>
  channel: MediaChannel | null
  estimate: MediaDeps['estimate']
  open(shown: Shown): Promise<Downloads>
}

/** Films and sound on this device. Here are the signals alone; what is behind them is loaded when there is something to do. */
export const createMediaLibrary = (deps: LibraryDeps) => {
  const shown: Shown = {
    states: signal({}),
    queue: signal(emptyQueue),
    wifiOnly: signal(false),
    rate: signal(null),
  }
  let opening: Promise<Downloads> | null = null
  const open = (): Promise<Downloads> => {
    opening ??= deps.open(shown).catch((error) => {
      opening = null // no network, or no storage: the next tap tries again
      throw error
    })
    return opening
  }
  const tell = (act: (downloads: Downloads) => void): void =>
    void open().then(act, (error) => console.error(error))

  return {
    ...shown,
    /** Reads what earlier visits kept, and goes on with what they began; where there is nothing, when something comes. */
    start: async (): Promise<void> => {
      deps.channel?.listen(() => tell(() => {}))
      const there = await Promise.all(
        [chunkCacheName, wholeCacheName].map((name) => deps.caches.has(name)),
      )
      if (there.includes(true)) tell(() => {})
    },
    keep: (items: readonly OutlineItem[]): void => tell((downloads) => downloads.keep(items)),
    pause: (): void => tell((downloads) => downloads.pause()),
    resume: (): void => tell((downloads) => downloads.resume()),
    cancel: (items: readonly OutlineItem[]): void => tell((downloads) => downloads.cancel(items)),
    setWifiOnly: (on: boolean): void => tell((downloads) => downloads.setWifiOnly(on)),
    remove: async (item: OutlineItem) => (await open()).remove(item),
    removeFile: async (sha256: string) => (await open()).removeFile(sha256),
    stored: async () => (await open()).stored(),
    browser: async () => (await open()).browser(),
    check: async (items: readonly OutlineItem[]) => (await open()).check(items),
    estimate: async (): Promise<{ used: number; quota: number } | null> => {
      const answer = await deps.estimate()
      return answer?.quota ? { used: answer.usage ?? 0, quota: answer.quota } : null
    },
  }
}
