import { browserClock } from '../storage/clock.ts'
import { indexedDbWords } from '../storage/indexed-db-words.ts'
import { browserPageEvents } from '../storage/page-events.ts'
import { openTabChannel } from '../storage/tab-channel.ts'
import { browserGzip } from '../sync/gzip.ts'
import type { WordsSurroundings } from './create-words.ts'

/** What `createWords` needs of the browser, for main.tsx. */
export const browserSurroundings = (window: Window & typeof globalThis): WordsSurroundings => ({
  fetch: (url, init) => window.fetch(url, init),
  clock: browserClock,
  random: Math.random,
  events: browserPageEvents(window),
  openDatabase: (principal) =>
    indexedDbWords(principal, { indexedDB: window.indexedDB, IDBKeyRange: window.IDBKeyRange }),
  gzip: browserGzip(),
  live: null,
  storage: localStorageOf(window),
  locks: window.navigator.locks ?? null,
  openChannel: openTabChannel,
})

/** Reading the property alone throws where cookies are blocked. */
const localStorageOf = (window: Window): Storage | null => {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
