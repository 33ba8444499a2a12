import { answerOf, type Connection } from './open-database.ts'

/** Rows by their key, a transaction for each call. */
export interface KeyedTable<Row> {
  get(key: string): Promise<Row | undefined>
  keys(): Promise<string[]>
  put(...rows: Row[]): Promise<void>
  delete(...keys: string[]): Promise<void>
}

/** `strict` = a write has ended when it is on the disk. */
export const keyedTable = <Row>(
  connection: Connection,
  name: string,
  durability: 'strict' | 'relaxed',
): KeyedTable<Row> => {
  const begin = async (mode: IDBTransactionMode): Promise<IDBTransaction> => {
    const start = async (): Promise<IDBTransaction> =>
      (await connection.opened()).transaction([name], mode, { durability })
    try {
      return await start()
    } catch {
      connection.drop() // WebKit ends some without a word
      return start()
    }
  }
  const read = async <T>(ask: (store: IDBObjectStore) => IDBRequest): Promise<T> => {
    const store = (await begin('readonly')).objectStore(name)
    return answerOf(() => ask(store) as IDBRequest<T>)
  }
  const write = async (work: (store: IDBObjectStore) => void): Promise<void> => {
    const transaction = await begin('readwrite')
    const ended = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('not stored'))
    })
    work(transaction.objectStore(name))
    await ended
  }
  return {
    get: (key) => read((store) => store.get(key)),
    keys: () => read((store) => store.getAllKeys()),
    put: (...rows) =>
      write((store) => {
        for (const row of rows) store.put(row)
      }),
    delete: (...keys) =>
      write((store) => {
        for (const key of keys) store.delete(key)
      }),
  }
}
