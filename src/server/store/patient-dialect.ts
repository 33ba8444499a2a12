import { setTimeout as wait } from 'node:timers/promises'
import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver } from 'kysely'

const pauseMs = 20

/**
 * Kysely's SQLite dialect, with another answer to a file that another process is writing in. SQLite's own waiting would stop the
 * whole process; here a statement is tried again after a pause, in which others have the connection: they can read. Throws what
 * SQLite says if the file is busy for longer than `patienceMs`.
 *
 * A transaction takes the right to write when it begins, and not at its first write: SQLite lets nobody write who has read what
 * another process has changed since. One that is `read only` takes nothing.
 */
export const patientDialect = (dialect: Dialect, patienceMs: number): Dialect => ({
  // Not Kysely's lock, which would be held during the pauses.
  createAdapter: () =>
    Object.create(dialect.createAdapter(), { supportsMultipleConnections: { value: true } }),
  createDriver: () => patientDriver(dialect.createDriver(), patienceMs),
  createIntrospector: (db) => dialect.createIntrospector(db),
  createQueryCompiler: () => dialect.createQueryCompiler(),
})

const patientDriver = (driver: Driver, patienceMs: number): Driver => {
  const lock = createLock()
  let inTransaction = false

  const patient = (connection: DatabaseConnection): DatabaseConnection => ({
    executeQuery: async (query) => {
      const until = performance.now() + patienceMs
      for (;;) {
        try {
          return await connection.executeQuery(query)
        } catch (error) {
          if (!isBusy(error) || performance.now() >= until) throw error
        }
        if (inTransaction) {
          await wait(pauseMs)
          continue
        }
        lock.release()
        await wait(pauseMs)
        await lock.take()
      }
    },
    streamQuery: (query, size) => connection.streamQuery(query, size),
  })

  let only: DatabaseConnection | null = null
  return {
    init: (options) => driver.init(options),
    acquireConnection: async (options) => {
      await lock.take()
      only ??= patient(await driver.acquireConnection(options))
      return only
    },
    releaseConnection: async () => lock.release(),
    beginTransaction: async (connection, { accessMode }) => {
      const begin = accessMode === 'read only' ? 'begin' : 'begin immediate'
      await connection.executeQuery(CompiledQuery.raw(begin))
      inTransaction = true
    },
    commitTransaction: async (connection) => {
      await driver.commitTransaction(connection)
      inTransaction = false
    },
    rollbackTransaction: (connection) =>
      driver.rollbackTransaction(connection).finally(() => {
        inTransaction = false
      }),
    destroy: (options) => driver.destroy(options),
  }
}

/** One holder at a time, in the order of asking. */
const createLock = () => {
  const waiting: (() => void)[] = []
  let held = false
  return {
    take: async (): Promise<void> => {
      if (held) return new Promise((next) => waiting.push(next))
      held = true
    },
    release: (): void => {
      const next = waiting.shift()
      if (next) next()
      else held = false
    },
  }
}

/** Another one holds the file now. (Of its kin, that the snapshot is too old for writing stays so however long one waits.) */
const isBusy = (error: unknown): boolean => (error as { errcode?: number }).errcode === sqliteBusy
const sqliteBusy = 5
