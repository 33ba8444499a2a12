// The production words on a page without anything else.
import { browserSurroundings } from '../../../src/client/state/browser-surroundings.ts'
import { createWords, type OwnWords } from '../../../src/client/state/create-words.ts'
import { documentId, splitDocumentId } from '../../../src/shared/words/scope.ts'
import type { OursApi } from './api.ts'
import { watchCompletions } from './completions.ts'

const begunAt = performance.now()
const root = 'f/notat'
const completions = watchCompletions()
let words: OwnWords | null = null
let scopeOfAll = ''
let isOnline = true

const opened = (): OwnWords => {
  if (words === null) throw new Error('no words are open')
  return words
}
const idOf = (task: string): string => documentId(scopeOfAll, task)

const open = async (principal: string, scope: string, online: boolean): Promise<void> => {
  scopeOfAll = scope
  isOnline = online
  const surroundings = browserSurroundings(window)
  words = await createWords({
    ...surroundings,
    principal,
    personScope: scope,
    scopes: [],
    leftElsewhere: () => {},
    fetch: (url, init) =>
      isOnline ? surroundings.fetch(url, init) : Promise.reject(new TypeError('offline')),
  })
}

/** The page has been here for a while: what is loaded late in the product is loaded, for the limit loads nothing either. */
const warm = async (): Promise<void> => {
  await import('../../../src/client/storage/open-document.ts')
  await import('../../../src/shared/words/document.ts')
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
if (isCold !== 'cold') await warm()

window.ours = {
  open,
  setOnline: (online) => {
    isOnline = online
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
    isOnline = true
    dispatchEvent(new Event('online'))
    await until(opened().pending, (pending) => pending.documents === 0)
    return { ms: performance.now() - sentFrom }
  },
  receive: async (person, scopeOfPerson, count) => {
    const openedAt = performance.now()
    await open(person, scopeOfPerson, true)
    await until(
      opened().documents,
      (rows) => rows.length >= count && rows.every((row) => splitDocumentId(row.id) !== null),
    )
    return { ms: performance.now() - openedAt }
  },
  typeWord,
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
