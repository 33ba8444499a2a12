import type { DatabaseFactory, Schema } from './database-schema.ts'

/** One connection, opened anew whenever the browser or another window has ended it. */
export interface Connection {
  /** Null while there is none. */
  current(): IDBDatabase | null
  /** Rejects if it cannot be had; asked again, it is tried again. */
  opened(): Promise<IDBDatabase>
  /** This one does not answer any more. */
  drop(): void
  /** For good. */
  close(): void
  /** Closes it for good; where another window holds the database, it is gone when that one lets go of it. */
  delete(): Promise<void>
}

/** Opens at once: before anybody asks, much else is done at a start. */
export const connectTo = (factory: DatabaseFactory, schema: Schema): Connection => {
  let current: IDBDatabase | null = null
  let opening: Promise<IDBDatabase> | null = null
  let closed = false

  const connect = async (): Promise<IDBDatabase> => {
    try {
      const database = await openNewest(factory, schema)
      const ended = (): void => {
        database.close()
        if (current === database) current = null
      }
      // Another window wants to raise the version, or to delete it.
      database.onversionchange = ended
      database.onclose = ended
      if (closed) database.close()
      else current = database
      return database
    } finally {
      opening = null
    }
  }
  const opened = (): Promise<IDBDatabase> => {
    if (current !== null) return Promise.resolve(current)
    if (closed) return Promise.reject(new DOMException('it is closed', 'InvalidStateError'))
    opening ??= connect()
    return opening
  }
  const drop = (): void => {
    current?.close()
    current = null
  }
  const close = (): void => {
    closed = true
    drop()
  }

  opened().catch(() => undefined) // whoever uses it first is told
  return {
    current: () => current,
    opened,
    drop,
    close,
    delete: () => {
      close()
      return answerOf(() => factory.indexedDB.deleteDatabase(schema.name)).then(() => undefined)
    },
  }
}

export const closedError = (): Error =>
  new DOMException('the database is closed', 'InvalidStateError')

export const answerOf = <T>(make: () => IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const request = make()
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const openNewest = async (factory: DatabaseFactory, schema: Schema): Promise<IDBDatabase> => {
  try {
    const database = await openOrMake(factory.indexedDB, schema)
    if (database) return database
    const { upgradeDatabase } = await import('./upgrade-database.ts')
    await upgradeDatabase(factory, schema)
    const upgraded = await openOrMake(factory.indexedDB, schema)
    if (upgraded) return upgraded
    throw new DOMException('an older window is at it', 'AbortError')
  } catch (error) {
    // A newer release has been here: what it added is not in our way.
    if ((error as DOMException | null)?.name !== 'VersionError') throw error
    return answerOf(() => factory.indexedDB.open(schema.name))
  }
}

/** Null, and nothing is changed, where there is an older one. */
const openOrMake = async (
  indexedDB: IDBFactory,
  { name, versions }: Schema,
): Promise<IDBDatabase | null> => {
  let isOlder = false
  try {
    return await answerOf(() => {
      const opening = indexedDB.open(name, versions.length * 10) // as Dexie counts
      opening.onupgradeneeded = ({ oldVersion }) => {
        isOlder = oldVersion > 0
        if (isOlder) opening.transaction?.abort()
        else makeStores(opening.result, Object.assign({}, ...versions))
      }
      return opening
    })
  } catch (error) {
    if (isOlder) return null
    throw error
  }
}

const makeStores = (database: IDBDatabase, stores: Readonly<Record<string, string>>): void => {
  for (const [name, fields] of Object.entries(stores)) {
    const [key = '', ...indexes] = fields.split(', ')
    const keyPath = key.replace('++', '')
    const store = database.createObjectStore(name, { keyPath, autoIncrement: keyPath !== key })
    for (const index of indexes) store.createIndex(index, index)
  }
}
