/** The browser's IndexedDB, or another one in its place. */
export interface DatabaseFactory {
  indexedDB: IDBFactory
  IDBKeyRange: typeof IDBKeyRange
}

/** How a database is built. */
export interface Schema {
  name: string
  /**
   * The stores of each version, as Dexie writes them, the first one first: the key, `++` before it if the database gives it, and
   * indexes by the name of their field. Additive: a new version adds stores and fields, never takes or renames any.
   */
  versions: readonly Readonly<Record<string, string>>[]
}
