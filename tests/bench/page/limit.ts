// The limit: what the browser itself takes for the same bytes with the same durability, and nothing else.
import type { Note } from '../notes.ts'
import type { LimitApi } from './api.ts'

const begunAt = performance.now()

const openDatabase = (name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('notes', { keyPath: 'task' })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })

const databases = new Map<string, Promise<IDBDatabase>>()
const database = (name: string): Promise<IDBDatabase> => {
  const opening = databases.get(name) ?? openDatabase(name)
  databases.set(name, opening)
  return opening
}

/** One strict transaction. */
const put = async (name: string, rows: readonly object[]): Promise<number> => {
  const transaction = (await database(name)).transaction('notes', 'readwrite', {
    durability: 'strict',
  })
  const notes = transaction.objectStore('notes')
  for (const row of rows) notes.put(row)
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(performance.now())
    transaction.onabort = () => reject(transaction.error)
  })
}

const readAll = async (name: string): Promise<Note[]> => {
  const all = (await database(name)).transaction('notes').objectStore('notes').getAll()
  return new Promise((resolve, reject) => {
    all.onsuccess = () => resolve(all.result)
    all.onerror = () => reject(all.error)
  })
}

const zipped = (text: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).bytes()

/** An update of one word is some 30 bytes, that of a new note some 620; the row holds text and update, as ours do. */
const rowOf = (note: Note) => ({ ...note, update: new TextEncoder().encode(note.text) })

const waiting = new Map<string, (at: number) => void>()

window.limit = {
  post: async (notes) => {
    const from = performance.now()
    const body = await zipped(JSON.stringify(notes))
    const answer = await fetch('/notes', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body,
    })
    if (!answer.ok) throw new Error(`${answer.status}`)
    await answer.arrayBuffer()
    return { ms: performance.now() - from }
  },
  receive: async (name, count) => {
    const from = performance.now()
    const opening = database(name)
    const notes: Note[] = await (await fetch('/notes', { cache: 'no-store' })).json()
    if (notes.length !== count) throw new Error(`${notes.length} notes`)
    await opening
    const complete = await put(name, notes)
    return { ms: complete - from }
  },
  fill: async (name, notes) => {
    await put(name, notes.map(rowOf))
  },
  put: async (name, note) => {
    await database(name)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const row = { ...note, update: new Uint8Array(40) }
    const from = performance.now()
    return { ms: (await put(name, [row])) - from }
  },
  listen: async (name) => {
    await database(name)
    const events = new EventSource('/events')
    events.onmessage = async ({ data }) => {
      const note = JSON.parse(data) as Note
      const at = await put(name, [note])
      waiting.get(note.text)?.(at)
    }
    await new Promise((resolve) => {
      events.onopen = resolve
    })
  },
  postWord: async (word) => {
    const begun = performance.now()
    const body = JSON.stringify({ task: 'notat-0001', text: word })
    const answer = await fetch('/word', { method: 'POST', body })
    await answer.arrayBuffer()
    return { begunAt: begun }
  },
  waitForWord: (word) => new Promise((resolve) => waiting.set(word, resolve)),
  now: () => performance.now(),
  cold: location.hash.startsWith('#cold=') ? coldStart(location.hash.slice(6)) : null,
}

async function coldStart(name: string) {
  const notes = await readAll(name)
  const ms = performance.now()
  return { ms, scriptMs: ms - begunAt, texts: notes.filter((note) => note.text !== '').length }
}
