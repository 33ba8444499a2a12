/** How a database is built. Versions are additive: a new one adds stores and fields, never takes or renames any. */
export interface Schema {
  name: string
  version: number
  /** In the transaction that raises the version; `from` is 0 for a database that was never there. */
  upgrade(database: IDBDatabase, transaction: IDBTransaction, from: number): void
}

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
export const connectTo = (indexedDB: IDBFactory, schema: Schema): Connection => {
  let current: IDBDatabase | null = null
  let opening: Promise<IDBDatabase> | null = null
  let closed = false

  const connect = async (): Promise<IDBDatabase> => {
    try {
      const database = await openNewest(indexedDB, schema)
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
      return answerOf(() => indexedDB.deleteDatabase(schema.name)).then(() => undefined)
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

const openNewest = async (indexedDB: IDBFactory, schema: Schema): Promise<IDBDatabase> => {
  try {
    return await open(indexedDB, schema, schema.version)
  } catch (error) {
    // A newer release has been here: what it added is not in our way.
    if ((error as DOMException | null)?.name === 'VersionError') return open(indexedDB, schema)
    throw error
  }
}

const open = (
  indexedDB: IDBFactory,
  { name, upgrade }: Schema,
  version?: number,
): Promise<IDBDatabase> =>
  answerOf(() => {
    const opening = indexedDB.open(name, version)
    opening.onupgradeneeded = ({ oldVersion }) => {
      if (opening.transaction) upgrade(opening.result, opening.transaction, oldVersion)
    }
    return opening
  })
