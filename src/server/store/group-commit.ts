import { setImmediate } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import type { Database, Tables } from './schema.ts'
import type { Store } from './store.ts'

interface Waiting {
  /** Returns how to tell that it is durable. */
  work(db: Transaction<Tables>): Promise<() => void>
  reject(error: unknown): void
}

/** So that the first of a group does not wait for ever for the last. */
const mostInGroup = 200
/** Turns of the event loop, some ten microseconds each if there is nothing to do, in which nobody joins. */
const quietTurns = 8

/**
 * One commit, and one fsync, for all that wait. Each work runs behind a savepoint: one that fails rolls back and rejects alone.
 * Nobody is told of success before the commit; if that fails, nobody is. A work must wait for all it does, and for
 * nothing but the database: the others of its group wait with it.
 */
export const groupCommit = (db: Database, exec: (sql: string) => void): Store['write'] => {
  const waiting: Waiting[] = []
  let running = false

  const commitAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      await gather()
      const group = waiting.splice(0, mostInGroup)
      try {
        for (const tell of await commitGroup(group)) tell()
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    running = false
  }

  /** Requests that have arrived need a few turns of the event loop to come as far as this: read, unzipped, signed in. */
  const gather = async (): Promise<void> => {
    let before = 0
    for (let quiet = 0; quiet < quietTurns && waiting.length < mostInGroup; quiet++) {
      if (waiting.length > before) quiet = 0
      before = waiting.length
      await setImmediate()
    }
  }

  const commitGroup = (group: readonly Waiting[]): Promise<(() => void)[]> =>
    db.transaction().execute(async (tx) => {
      const tells: (() => void)[] = []
      for (const { work, reject } of group) {
        exec('SAVEPOINT work')
        try {
          tells.push(await work(tx))
        } catch (error) {
          exec('ROLLBACK TO work')
          reject(error)
        }
        exec('RELEASE work')
      }
      return tells
    })

  return <T>(work: (tx: Transaction<Tables>) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({
        work: async (tx) => {
          const value = await work(tx)
          return () => resolve(value)
        },
        reject,
      })
      if (running) return
      running = true
      void commitAll()
    })
}
