// The limit: what the browser itself takes for the same bytes with the same durability, and nothing else.
import type { Note } from '../notes.ts'
import { database, fill, putAll, readAll } from './raw.ts'

const begunAt = performance.now()

const zipped = (text: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).bytes()

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
    // First: where to go on from would stand in it.
    await database(name)
    const notes: Note[] = await (await fetch('/notes', { cache: 'no-store' })).json()
    if (notes.length !== count) throw new Error(`${notes.length} notes`)
    const complete = await putAll(name, notes)
    return { ms: complete - from }
  },
  fill,
  listen: async (name) => {
    await database(name)
    const events = new EventSource('/events')
    events.onmessage = async ({ data }) => {
      const note = JSON.parse(data) as Note
      const at = await putAll(name, [note])
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
