import { sha256By } from '../../shared/media/sha256.ts'
import { browserPageEvents } from '../storage/page-events.ts'
import { openTabChannel } from '../storage/tab-channel.ts'
import type { Connection, MediaDeps } from './media-deps.ts'

/** What the downloads need of the browser, for main.tsx. */
export const browserMediaDeps = (
  window: Window & typeof globalThis,
  settings: MediaDeps['settings'],
  hasTexts: MediaDeps['hasTexts'],
): MediaDeps => {
  const { navigator } = window
  const { connection } = navigator as { connection?: Connection }
  return {
    caches: window.caches,
    fetch: (address, init) => window.fetch(address, init),
    digest: sha256By(window.crypto.subtle),
    estimate: async () => (await navigator.storage?.estimate?.().catch(() => null)) ?? null,
    hasTexts,
    now: Date.now,
    setTimeout: (call, ms) => window.setTimeout(call, ms),
    clearTimeout: (timer) => window.clearTimeout(timer as number),
    settings,
    locks: navigator.locks ?? null,
    openChannel: openTabChannel,
    onReturn: (listener) => {
      const events = browserPageEvents(window)
      events.onReturn(listener)
      events.onOnline(listener)
    },
    connection: connection ?? null,
    wakeLock: navigator.wakeLock ? { request: () => navigator.wakeLock.request('screen') } : null,
  }
}
