import { sha256By } from '../../shared/media/sha256.ts'
import { browserPageEvents } from '../storage/page-events.ts'
import { type Downloads, openDownloads } from './downloads.ts'
import type { Shown } from './keeping.ts'
import type { Connection, MediaDeps } from './media-deps.ts'

/** The downloads with what they need of the browser, for main.tsx. */
export const openBrowserDownloads = (
  window: Window & typeof globalThis,
  shown: Shown,
  given: Pick<MediaDeps, 'settings' | 'hasTexts' | 'channel' | 'estimate'>,
): Promise<Downloads> => {
  const { navigator } = window
  const { connection } = navigator as { connection?: Connection }
  const deps: MediaDeps = {
    ...given,
    caches: window.caches,
    fetch: (address, init) => window.fetch(address, init),
    digest: sha256By(window.crypto.subtle),
    persisted: async () => (await navigator.storage?.persisted?.()) ?? null,
    hasWorker: () => hasWorker(window),
    now: Date.now,
    setTimeout: (call, ms) => window.setTimeout(call, ms),
    clearTimeout: (timer) => window.clearTimeout(timer as number),
    locks: navigator.locks ?? null,
    onReturn: (listener) => {
      const events = browserPageEvents(window)
      events.onReturn(listener)
      events.onOnline(listener)
    },
    connection: connection ?? null,
    wakeLock: navigator.wakeLock ? { request: () => navigator.wakeLock.request('screen') } : null,
  }
  return openDownloads(deps, shown)
}

const longestClaimMs = 5000

/** At the first visit, and after a reload past the cache, it takes a moment until it does. */
const hasWorker = async (window: Window): Promise<boolean> => {
  const { serviceWorker } = window.navigator
  if (!serviceWorker) return false
  if (!serviceWorker.controller) {
    await new Promise((resolve) => {
      serviceWorker.addEventListener('controllerchange', resolve, { once: true })
      window.setTimeout(resolve, longestClaimMs)
    })
  }
  return serviceWorker.controller !== null
}
