// The production words on a page without anything else.
import { browserSurroundings } from '../../../src/client/state/browser-surroundings.ts'
import { createWords, type OwnWords } from '../../../src/client/state/create-words.ts'
import { createPresence } from '../../../src/client/state/presence.ts'
import { documentId } from '../../../src/shared/words/scope.ts'
import type { OursApi } from './api.ts'
import { watchCompletions } from './completions.ts'
import { fill, putOne } from './raw.ts'

const begunAt = performance.now()
const root = 'f/notat'
const completions = watchCompletions()
let words: OwnWords | null = null
let scopeOfAll = ''
let network: AbortController | null = new AbortController()

const opened = (): OwnWords => {
  if (words === null) throw new Error('no words are open')
  return words
}
const idOf = (task: string): string => documentId(scopeOfAll, task)

const setOnline = (online: boolean): void => {
  if (!online) network?.abort()
  network = online ? (network ?? new AbortController()) : null
}

/** The browser's fetch while there is a network; without one every request that is under way ends. */
const networkFetch: typeof fetch = (url, init) =>
  network === null
    ? Promise.reject(new TypeError('offline'))
    : fetch(url, {
        ...init,
        signal: AbortSignal.any([network.signal, ...(init?.signal ? [init.signal] : [])]),
      })

const open = async (principal: string, scope: string, online: boolean): Promise<void> => {
  scopeOfAll = scope
  setOnline(online)
  const surroundings = { ...browserSurroundings(window), fetch: networkFetch }
  const { startLive } = createPresence({
    ...surroundings,
    isVisible: () => document.visibilityState === 'visible',
  })
  words = await createWords({
    ...surroundings,
    live: startLive,
    principal,
    personScope: scope,
    scopes: [],
    leftElsewhere: () => {},
  })
}

/**
 * The page has been here for a while: what the product loads late is here, for the limit loads nothing either. (A pattern, not
 * imports: a file that is gone is left out.)
 */
const warm = async (): Promise<void> => {
  const late = import.meta.glob([
    '../../../src/client/storage/{open-document,read-words,waiting-words,heal-words,store-answer,store-items}.ts',
    '../../../src/client/sync/{start-sync,live}.ts',
    '../../../src/shared/words/document.ts',
  ])
  await Promise.all(Object.values(late).map((load) => load()))
}

const textOf = (task: string): string => {
  const row = opened().documents.value.find((one) => one.id === idOf(task))
  return row?.plain.texts[root] ?? ''
}

/** Resolves at the first value that holds. */
const until = <T>(
  signal: { subscribe(run: (value: T) => void): () => void },
  holds: (value: T) => boolean,
): Promise<void> =>
  new Promise((resolve) => {
    let isOver = false
    const end: { now?: () => void } = {}
    end.now = signal.subscribe((value) => {
      if (isOver || !holds(value)) return
      isOver = true
      resolve()
      queueMicrotask(() => end.now?.())
    })
  })

const typeWord: OursApi['typeWord'] = async (task, word) => {
  const document = await opened().open(idOf(task))
  const before = document.plain.value.texts[root] ?? ''
  await idle()
  document.setText(root, `${before} ${word}`)
  const flushedAt = performance.now()
  await document.close()
  const completedAt = completions.last()
  return { ms: completedAt - flushedAt, closedMs: performance.now() - flushedAt, completedAt }
}

/** What an opening has begun is over. */
const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

const coldStart = async (principal: string, scope: string) => {
  await open(principal, scope, true)
  const { length } = opened().documents.value.filter((row) => row.plain.texts[root])
  const ms = performance.now()
  return { ms, scriptMs: ms - begunAt, texts: length }
}

const [isCold, principal = '', scope = ''] = location.hash.slice(1).split('=')

window.ours = {
  ready: isCold === 'cold' ? Promise.resolve() : warm(),
  open,
  setOnline: (online) => {
    setOnline(online)
    dispatchEvent(new Event(online ? 'online' : 'offline'))
  },
  write: async (notes) => {
    for (const { task, text } of notes) {
      const document = await opened().open(idOf(task))
      document.setText(root, text)
      await document.close()
    }
  },
  sendAll: async () => {
    const sentFrom = performance.now()
    setOnline(true)
    dispatchEvent(new Event('online'))
    await until(opened().pending, (pending) => pending.documents === 0)
    return { ms: performance.now() - sentFrom }
  },
  receive: async (person, scopeOfPerson, count) => {
    const openedAt = performance.now()
    await open(person, scopeOfPerson, true)
    await until(
      opened().documents,
      (rows) => rows.filter((row) => row.plain.texts[root]).length >= count,
    )
    return { ms: completions.last() - openedAt }
  },
  typeWord,
  raw: { fill, putOne },
  waitForEnd: async (task, end) => {
    await until(opened().documents, () => textOf(task).endsWith(end))
    return completions.last()
  },
  text: textOf,
  unsent: () => opened().pending.value.documents,
  now: () => performance.now(),
  stop: async () => {
    await words?.stop()
    words = null
  },
  cold: isCold === 'cold' ? coldStart(principal, scope) : null,
}
