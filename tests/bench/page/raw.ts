import type { Note } from '../notes.ts'

// IndexedDB without a library.

const openDatabase = (name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('notes', { keyPath: 'task' })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })

const databases = new Map<string, Promise<IDBDatabase>>()
export const database = (name: string): Promise<IDBDatabase> => {
  const opening = databases.get(name) ?? openDatabase(name)
  databases.set(name, opening)
  return opening
}

/** One strict transaction. */
export const putAll = async (name: string, rows: readonly object[]): Promise<number> => {
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

export const readAll = async (name: string): Promise<Note[]> => {
  const all = (await database(name)).transaction('notes').objectStore('notes').getAll()
  return new Promise((resolve, reject) => {
    all.onsuccess = () => resolve(all.result)
    all.onerror = () => reject(all.error)
  })
}

/** A full row: a text and the bytes of an update as long. */
export const fill = async (name: string, notes: readonly Note[]): Promise<void> => {
  const update = (text: string) => new TextEncoder().encode(text)
  await putAll(
    name,
    notes.map((note) => ({ ...note, update: update(note.text) })),
  )
}

/** One put of a text and of an update of one word. */
export const putOne = async (name: string, note: Note): Promise<{ ms: number }> => {
  await database(name)
  await new Promise((resolve) => setTimeout(resolve, 20))
  const row = { ...note, update: new Uint8Array(40) }
  const from = performance.now()
  return { ms: (await putAll(name, [row])) - from }
}
