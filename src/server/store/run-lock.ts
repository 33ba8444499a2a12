import { sql } from 'kysely'
import type { Database } from './schema.ts'
import type { SqliteDriver } from './sqlite.ts'
import type { Store } from './store.ts'

/** Any number of servers hold a database `shared`; whoever replaces what is in it must be alone. */
export type Hold = 'shared' | 'exclusive'

/**
 * Holds the database until the function it returns is called, or this process ends in any way; null if others hold it otherwise.
 * For SQLite by a second, empty database beside it: locks of its own file would be in the way of its log.
 */
export const holdDatabase = (
  store: Store,
  hold: Hold,
  openLockFile: () => SqliteDriver,
): Promise<(() => Promise<void>) | null> =>
  store.kind === 'sqlite' ? holdFile(openLockFile(), hold) : holdKey(store.db, hold)

const holdFile = async (
  driver: SqliteDriver,
  hold: Hold,
): Promise<(() => Promise<void>) | null> => {
  try {
    driver.exec('PRAGMA busy_timeout = 0')
    driver.exec(hold === 'shared' ? 'BEGIN' : 'BEGIN EXCLUSIVE')
    // A transaction that has read keeps everybody from an exclusive one.
    driver.prepare('SELECT count(*) FROM sqlite_master').all()
    return async () => driver.close()
  } catch (error) {
    driver.close()
    if ((error as { errcode?: number }).errcode === sqliteBusy) return null
    throw error
  }
}
const sqliteBusy = 5

/** The key of the advisory lock: any number, always the same. */
const key = 7_305_318

/** A connection of its own holds the lock. Where that breaks, a restore is not kept from beginning. */
const holdKey = (db: Database, hold: Hold): Promise<(() => Promise<void>) | null> =>
  new Promise((held, fail) => {
    const connection = db.connection().execute(async (one) => {
      const suffix = sql.raw(hold === 'shared' ? '_shared' : '')
      const { rows } = await sql<{ got: boolean }>`
        select pg_try_advisory_lock${suffix}(${sql.lit(key)}) as got`.execute(one)
      if (!rows[0]?.got) return held(null)
      await new Promise<void>((release) =>
        held(async () => {
          release()
          await connection
        }),
      )
      await sql`select pg_advisory_unlock${suffix}(${sql.lit(key)})`.execute(one)
    })
    connection.catch(fail)
  })
