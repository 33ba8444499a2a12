import { setTimeout as wait } from 'node:timers/promises'
import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely'
import type { Database, Tables } from './schema.ts'
import type { Store } from './store.ts'

const int8 = 20

/** A pool's setting, made of `types` of `pg`: counts and times, 64 bits wide there, are numbers here. */
export const numbersFrom = <P extends (oid: number, format?: never) => unknown>(types: {
  getTypeParser: P
}): { getTypeParser: P } => ({
  getTypeParser: ((oid, format) => (oid === int8 ? Number : types.getTypeParser(oid, format))) as P,
})

/** Where people's words and names stand. */
const personalColumns = {
  update: { bytes: 'bytea', person: 'text', device: 'text' },
  archive: { bytes: 'bytea', person: 'text', device: 'text' },
  held: { bytes: 'bytea', person: 'text', device: 'text' },
  document: { snapshot: 'bytea' },
  presence: { label: 'text' },
  person: { name: 'text', email: 'text', service_area: 'text' },
  session: { label: 'text' },
  identity: { issuer: 'text', subject: 'text' },
  waiting_person: { name: 'text', email: 'text' },
  contact_person: { name: 'text', email: 'text', phone: 'text' },
  lecturer: { name: 'text', about: 'text' },
  administrative_act: { by_person: 'text', subject: 'text', detail: 'text' },
  content_report: { body: 'text' },
  vote_sum: { body: 'text' },
  published_sum: { body: 'text' },
  shared_card: { body: 'text' },
  gathering: { practical: 'text', agenda: 'text' },
  certificate: { body: 'text' },
}

interface Failing {
  on(event: 'error', listener: (error: Error) => void): unknown
}
/** What this file needs of a Pool of `pg`; main.ts opens it. */
export interface PostgresPoolOf extends PostgresPool, Failing {
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'connect', listener: (client: Failing) => void): unknown
}

/** A PostgreSQL database. Any number of servers may share it. `broke` hears of connections that break, used or not. */
export const postgresStore = (
  pool: PostgresPoolOf,
  broke: (error: Error) => void = () => {},
): Store => {
  // Unheard, the error of a broken connection would end the process; its query fails in any case.
  pool.on('error', broke)
  pool.on('connect', (client) => client.on('error', broke))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const write: Store['write'] = (work) =>
    // Whatever the database's default is: after waiting for a row lock, what the one before has committed must be seen.
    db.transaction().setIsolationLevel('read committed').execute(work)
  return {
    kind: 'postgresql',
    db,
    write: async (work) => {
      for (let run = 1; ; run++) {
        try {
          return await write(work)
        } catch (error) {
          if (!isRolledBack(error) || run === mostRuns) throw error
          // Whoever goes on needs a moment: begun at once, this one may take again what the other is just about to lock.
          await wait(run * 30)
        }
      }
    },
    scrub: () => scrub(db),
    close: () => db.destroy(),
  }
}

/** Of a work that the database has rolled back because of others. */
const mostRuns = 4

const mostWaits = 300

/** Throws if something has been reading for more than a minute: the deleted bytes are in the files yet. */
const scrub = async (db: Database): Promise<void> => {
  await untilNobodySees(db)
  for (const [table, columns] of Object.entries(personalColumns)) {
    // The planner's statistics are samples of what stood in a column; naming its type again drops them.
    for (const [column, type] of Object.entries(columns)) {
      const retype = sql`alter table ${sql.table(table)} alter ${sql.ref(column)} type ${sql.raw(type)}`
      await retype.execute(db)
    }
    await sql`vacuum (full, analyze) ${sql.table(table)}`.execute(db)
  }
  // The dropped samples are deleted rows too.
  await untilNobodySees(db)
  await sql`vacuum full pg_catalog.pg_statistic`.execute(db)
}

/**
 * VACUUM keeps what a running transaction might still see. That counts its own snapshot, which reaches back to the oldest
 * transaction in any database of the cluster: waits until all that was begun before now has ended.
 */
const untilNobodySees = async (db: Database): Promise<void> => {
  const now = await sql<{ mark: string }>`select pg_current_xact_id() as mark`.execute(db)
  const mark = now.rows[0]?.mark
  for (let waits = 0; ; waits++) {
    const { rows } = await sql`
      select 1 where pg_snapshot_xmin(pg_current_snapshot()) <= ${mark}::xid8
      union all
      select 1 from pg_stat_activity
      where datname = current_database() and age(backend_xmin) >= age(${mark}::text::xid)`.execute(
      db,
    )
    if (rows.length === 0) break
    if (waits === mostWaits) throw new Error('an old transaction keeps deleted rows in the files')
    await sql`select pg_sleep(0.2)`.execute(db)
  }
}

/** Throws if this database answers a commit before it is on the disk: an acknowledgement would be a lie. */
export const requireDurability = async ({ db }: Store): Promise<void> => {
  const { rows } = await sql<{ name: string }>`
    select name from pg_settings
    where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`.execute(
    db,
  )
  if (rows.length === 0) return
  const names = rows.map((row) => row.name).join(', ')
  throw new Error(`PostgreSQL has ${names} off: words that it has confirmed would be lost`)
}

/** Serialization failure or deadlock: certainly nothing happened. A lost connection is not among them, for nobody knows. */
const isRolledBack = (error: unknown): boolean => {
  const code = (error as { code?: unknown } | null)?.code
  return code === '40001' || code === '40P01'
}
