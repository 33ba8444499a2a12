import { sql, type Transaction } from 'kysely'
import type { Database, Tables } from './schema.ts'
import type { Store } from './store.ts'

export type TableName = keyof Tables
export type Row = Record<string, unknown>

interface BackedUp {
  name: TableName
  /** What its rows are read by, a page at a time. */
  key: readonly string[]
  /** Rows held in memory at once: words can be large. */
  page: number
}

const table = (name: TableName, key: readonly string[], page = 500): BackedUp => ({
  name,
  key,
  page,
})

/** What a backup holds, each table after those that it refers to. Who is present now is nothing to keep. */
export const backedUpTables: readonly BackedUp[] = [
  table('municipality', ['number']),
  table('network', ['id']),
  table('programme_run', ['id']),
  table('cohort', ['id']),
  table('cohort_stop', ['cohort', 'stop']),
  table('municipality_stop', ['cohort', 'municipality', 'stop']),
  table('municipality_link', ['hash']),
  table('person', ['id']),
  table('person_role', ['person', 'role']),
  table('person_audience', ['person', 'audience']),
  table('cohort_staff', ['cohort', 'person']),
  table('resource_person', ['person']),
  table('sum_reading', ['cohort', 'municipality', 'audience']),
  table('published_sum', ['cohort', 'municipality', 'item', 'field']),
  table('counted_person', ['cohort', 'municipality', 'item', 'field', 'person']),
  table('working_group', ['id']),
  table('secret', ['name']),
  table('tablet', ['person']),
  table('membership', ['scope', 'person']),
  table('former_member', ['scope', 'person']),
  table('sign_in_code', ['hash']),
  table('session', ['hash']),
  table('invitation', ['hash']),
  table('identity', ['issuer', 'subject', 'person']),
  table('gathering', ['cohort', 'stop']),
  table('gathering_day', ['cohort', 'stop']),
  table('closed_vote', ['cohort', 'item']),
  table('vote_sum', ['cohort', 'item', 'field']),
  table('shared_card', ['id']),
  table('lecturer', ['id']),
  table('contact_person', ['id']),
  table('registration_link', ['hash']),
  table('waiting_person', ['id']),
  table('administrative_act', ['id']),
  table('content_report', ['id']),
  table('calendar_feed', ['hash']),
  table('certificate', ['code']),
  table('scope', ['id']),
  table('update', ['scope', 'seq'], 50),
  table('archive', ['scope', 'seq'], 50),
  table('document', ['scope', 'doc'], 4),
  table('held', ['scope', 'person', 'hash'], 50),
  table('package_version', ['id', 'version'], 10),
  table('package_text', ['hash'], 100),
  table('open_text', ['hash']),
  table('media', ['hash']),
  table('media_manifest', ['hash'], 100),
]

export const backupStore = {
  /** Reads the database as it is at one moment, however long `work` takes; writers do not wait for it. */
  atOneMoment: <T>({ db, kind }: Store, work: (db: Transaction<Tables>) => Promise<T>) =>
    (kind === 'sqlite' ? db.transaction() : db.transaction().setIsolationLevel('repeatable read'))
      .setAccessMode('read only')
      .execute(work),

  /** The newest step that the database's shape has taken; null for an empty database. */
  migration: async (db: Database): Promise<string | null> => {
    const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
    if (!tables.some(({ name }) => name === 'kysely_migration')) return null
    const { rows } = await sql<{ name: string }>`
      select name from kysely_migration order by name desc limit 1`.execute(db)
    return rows[0]?.name ?? null
  },

  /** Those that the database has: one that an older program runs on can be backed up before the update. */
  tables: async (db: Database): Promise<BackedUp[]> => {
    const there = new Set((await db.introspection.getTables()).map(({ name }) => name))
    return backedUpTables.filter(({ name }) => there.has(name))
  },

  count: async (db: Database, name: TableName): Promise<number> => {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${sql.table(name)}`.execute(db)
    return Number(rows[0]?.count)
  },

  async *rows(db: Database, { name, key, page }: BackedUp): AsyncGenerator<Row> {
    const columns = sql.join(key.map((column) => sql.ref(column)))
    for (let last: Row | undefined; ; ) {
      const values: unknown[] = key.map((column) => last?.[column])
      const after = last ? sql`where (${columns}) > (${sql.join(values)})` : sql``
      const { rows } = await sql<Row>`
        select * from ${sql.table(name)} ${after} order by ${columns} limit ${sql.lit(page)}`.execute(
        db,
      )
      yield* rows
      last = rows.at(-1)
      if (rows.length < page) return
    }
  },

  /** Is there anything that somebody has written? */
  hasWords: async (db: Database): Promise<boolean> => {
    for (const name of ['update', 'archive', 'document', 'held'] as const) {
      if ((await backupStore.count(db, name)) > 0) return true
    }
    return false
  },

  empty: async (db: Transaction<Tables>): Promise<void> => {
    await db.deleteFrom('presence').execute()
    for (const { name } of backedUpTables.toReversed()) await db.deleteFrom(name).execute()
  },

  insert: async (db: Transaction<Tables>, name: TableName, rows: readonly Row[]): Promise<void> => {
    if (rows.length > 0)
      await db
        .insertInto(name)
        .values(rows as never)
        .execute()
  },
}
