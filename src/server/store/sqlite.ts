import { Kysely, SqliteDialect } from 'kysely'
import { groupCommit } from './group-commit.ts'
import { patientDialect } from './patient-dialect.ts'
import type { Database, Tables } from './schema.ts'
import type { Store } from './store.ts'

interface Statement {
  columns(): unknown[]
  all(...parameters: never[]): unknown[]
  run(...parameters: never[]): { changes: number | bigint; lastInsertRowid: number | bigint }
  iterate(...parameters: never[]): Iterable<unknown>
}
/** What this file needs of `node:sqlite`'s DatabaseSync; main.ts opens it. */
export interface SqliteDriver {
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}

/**
 * One SQLite file. All its requests share one connection; those that write at the same time share a commit. While another process
 * writes in the file, writes wait for it, `patienceMs` at most, and everything else goes on.
 */
export const sqliteStore = (driver: SqliteDriver, patienceMs = 10_000): Store => {
  const db = openSqlite(driver, patienceMs)
  return {
    kind: 'sqlite',
    db,
    write: groupCommit(db, (sql) => driver.exec(sql)),
    scrub: () =>
      // Nobody else has the connection meanwhile.
      db.connection().execute(async () => {
        driver.exec(`PRAGMA busy_timeout = ${Math.min(patienceMs, 5000)}`)
        try {
          emptyLog(driver)
          driver.exec('VACUUM')
          emptyLog(driver)
        } finally {
          driver.exec('PRAGMA busy_timeout = 0')
        }
      }),
    close: () => db.destroy(),
  }
}

/**
 * Kysely over node:sqlite. WAL with synchronous=FULL: a commit that was answered survives a power cut, at the price of
 * one fsync each.
 */
const openSqlite = (driver: SqliteDriver, patienceMs: number): Database => {
  driver.exec('PRAGMA busy_timeout = 5000') // another process may be opening it
  driver.exec('PRAGMA journal_mode = WAL')
  driver.exec('PRAGMA synchronous = FULL')
  driver.exec('PRAGMA foreign_keys = ON')
  driver.exec('PRAGMA secure_delete = ON')
  driver.exec('PRAGMA busy_timeout = 0') // SQLite's own waiting would stop the whole process
  const dialect = new SqliteDialect({
    database: { close: () => driver.close(), prepare: statementCache(driver) },
  })
  return new Kysely<Tables>({ dialect: patientDialect(dialect, patienceMs) })
}

/** Throws if somebody reads from the log: deleted bytes are still in it then. */
const emptyLog = (driver: SqliteDriver): void => {
  const [row] = driver.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all() as { busy: number }[]
  if (row?.busy) throw new Error('the log is being read and cannot be emptied now')
}

const mostStatements = 200

/** Statements by their text, the one used longest ago goes first: preparing one takes longer than most of them run. */
const statementCache = (driver: SqliteDriver) => {
  const statements = new Map<string, ReturnType<typeof kyselyStatement>>()
  return (sql: string) => {
    const statement = statements.get(sql) ?? kyselyStatement(driver.prepare(sql))
    statements.delete(sql)
    statements.set(sql, statement)
    if (statements.size > mostStatements) {
      for (const oldest of statements.keys()) {
        statements.delete(oldest)
        break
      }
    }
    return statement
  }
}

const kyselyStatement = (statement: Statement) => ({
  reader: statement.columns().length > 0,
  all: (parameters: readonly unknown[]) => statement.all(...(parameters as never[])),
  run: (parameters: readonly unknown[]) => statement.run(...(parameters as never[])),
  *iterate(parameters: readonly unknown[]) {
    yield* statement.iterate(...(parameters as never[]))
  },
})
