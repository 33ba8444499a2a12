import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, expect, test } from 'vitest'
import { openDeviceDatabase } from '../../../src/client/storage/device-database.ts'
import { indexedDbWords } from '../../../src/client/storage/indexed-db-words.ts'
import { databaseName } from '../../../src/client/storage/words-database.ts'
import { createFlakyDatabase } from '../flaky-database.ts'

let indexedDB: IDBFactory
beforeEach(() => {
  indexedDB = new IDBFactory()
})

const row = { key: 'sentAt', version: 1, value: 7 } as const
const openWords = () => indexedDbWords('kari', { indexedDB, IDBKeyRange })
const sentAt = (words: ReturnType<typeof openWords>) =>
  words.transaction('readonly', ['meta'], ({ meta }) => meta.get('sentAt'))

const storesAndIndexes = (name: string): Promise<Record<string, string[]>> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const { result } = opening
      const names = [...result.objectStoreNames]
      const transaction = result.transaction(names)
      resolve(
        Object.fromEntries(
          names.map((store) => [store, [...transaction.objectStore(store).indexNames]]),
        ),
      )
      result.close()
    }
  })

const firstRelease = (): Dexie => {
  const dexie = new Dexie(databaseName('kari'), { indexedDB, IDBKeyRange })
  dexie.version(1).stores({
    docs: 'id, scope',
    updates: '++n, doc, scope',
    outbox: '++n, scope',
    scopes: 'id',
    meta: 'key',
  })
  return dexie
}

test('a database of the first release keeps its words, and becomes what a new one is', async () => {
  const before = firstRelease()
  await before.table('meta').put(row)
  await before.table('outbox').add({ doc: 'u:kari:haust/a', scope: 'u:kari:haust' })
  before.close()
  const words = openWords()
  expect(await sentAt(words)).toEqual(row)
  const count = await words.transaction('readonly', ['outbox'], ({ outbox }) => outbox.count())
  expect(count).toBe(1)
  words.close()
  const upgraded = await storesAndIndexes(databaseName('kari'))
  indexedDB = new IDBFactory()
  const fresh = openWords()
  await sentAt(fresh)
  fresh.close()
  expect(upgraded).toEqual(await storesAndIndexes(databaseName('kari')))
  expect(upgraded).toEqual({
    docs: [],
    held: [],
    meta: [],
    outbox: [],
    scopes: [],
    updates: ['doc'],
  })
})

test('a database that a newer release has raised is used as it is', async () => {
  const newer = openWords()
  await sentAt(newer)
  newer.close()
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(databaseName('kari'), 30)
    opening.onupgradeneeded = () => opening.result.createObjectStore('later')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      opening.result.close()
      resolve()
    }
  })
  const words = openWords()
  await words.transaction('readwrite', ['meta'], ({ meta }) => meta.put(row))
  expect(await sentAt(words)).toEqual(row)
})

test('another window may delete the database under an open page, which then has a new one', async () => {
  const words = openWords()
  await words.transaction('readwrite', ['meta'], ({ meta }) => meta.put(row))
  await new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase(databaseName('kari'))
    deleting.onsuccess = resolve
    deleting.onerror = reject
  })
  expect(await sentAt(words)).toBeUndefined()
})

test('a transaction that the browser refuses a dropped connection is made on another', async () => {
  const flaky = createFlakyDatabase(indexedDB)
  const { people } = openDeviceDatabase(flaky)
  await people.put({ key: 'current', me: null })
  flaky.dropConnections()
  expect(await people.get('current')).toEqual({ key: 'current', me: null })
})

test('a database that could not be opened is tried again at the next use', async () => {
  const flaky = createFlakyDatabase(indexedDB)
  flaky.broken = true
  const { people } = openDeviceDatabase(flaky)
  await expect(people.get('current')).rejects.toThrow()
  flaky.broken = false
  await people.put({ key: 'current', me: null })
  expect(await people.keys()).toEqual(['current'])
})
