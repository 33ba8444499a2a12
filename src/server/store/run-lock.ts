import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from './schema.ts'
import type { SqliteDriver } from './sqlite.ts'
import type { Store } from './store.ts'

/** Any number of servers hold a database `shared`; whoever replaces what is in it must be alone. */
export type Hold = 'shared' | 'exclusive'

interface Watch {
  /** Called once if the hold was lost and others have the database now: whoever runs on it must stop. */
  lost(): void
  /** How often it is looked whether the hold is there yet. */
  everyMs: number
}

/**
 * Holds the database until the function it returns is called, or this process ends in any way; null if others hold it otherwise.
 * For SQLite by a second, empty database beside it: locks of its own file would be in the way of its log.
 */
export const holdDatabase = (
  store: Store,
  hold: Hold,
  openLockFile: () => SqliteDriver,
  watch: Partial<Watch> = {},
): Promise<(() => Promise<void>) | null> =>
  store.kind === 'sqlite'
    ? holdFile(openLockFile(), hold)
    : holdKey(store.db, hold, { lost: () => undefined, everyMs: 2000, ...watch })

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

/**
 * A connection of its own holds the lock, and is looked at now and then: where it broke, as with a restart of PostgreSQL, another
 * one takes the lock, if nobody else has it by then.
 */
const holdKey = async (
  db: Database,
  hold: Hold,
  { lost, everyMs }: Watch,
): Promise<(() => Promise<void>) | null> => {
  const letGo = new AbortController()
  let connection = await connectionWithKey(db, hold, everyMs, letGo.signal)
  if (connection === null) return null
  const watching = (async () => {
    while (connection !== null) {
      await connection.ended
      if (letGo.signal.aborted) return
      // The database may be away for a while.
      connection = await connectionWithKey(db, hold, everyMs, letGo.signal).catch(async () => {
        await pause(everyMs, letGo.signal)
        return brokenConnection
      })
    }
    lost()
  })()
  return async () => {
    letGo.abort()
    await watching
  }
}

const brokenConnection = { ended: Promise.resolve() }

/** `ended` resolves when the connection broke or has let the key go; null if others hold it. */
const connectionWithKey = (
  db: Database,
  hold: Hold,
  everyMs: number,
  letGo: AbortSignal,
): Promise<{ ended: Promise<void> } | null> =>
  new Promise((held, fail) => {
    const suffix = sql.raw(hold === 'shared' ? '_shared' : '')
    const connection = db.connection().execute(async (one) => {
      const { rows } = await sql<{ got: boolean }>`
        select pg_try_advisory_lock${suffix}(${sql.lit(key)}) as got`.execute(one)
      if (!rows[0]?.got) return held(null)
      held({ ended: connection.catch(() => undefined) })
      while (!letGo.aborted) {
        await pause(everyMs, letGo)
        await sql`select 1`.execute(one)
      }
      await sql`select pg_advisory_unlock${suffix}(${sql.lit(key)})`.execute(one)
    })
    connection.catch(fail)
  })

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal, ref: false }).catch(() => undefined)
