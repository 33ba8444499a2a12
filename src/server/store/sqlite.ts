import { Kysely, SqliteDialect } from 'kysely'
import type { Database, Tables } from './schema.ts'

/** What this file needs of `node:sqlite`'s DatabaseSync; main.ts opens it. */
export interface SqliteDriver {
  exec(sql: string): void
  prepare(sql: string): {
    columns(): unknown[]
    all(...parameters: never[]): unknown[]
    run(...parameters: never[]): { changes: number | bigint; lastInsertRowid: number | bigint }
    iterate(...parameters: never[]): Iterable<unknown>
  }
  close(): void
}

/**
 * Kysely over node:sqlite. WAL with synchronous=FULL: a commit that was answered survives a power cut, at the price of
 * one fsync each.
 */
export const openSqlite = (driver: SqliteDriver): Database => {
  driver.exec('PRAGMA journal_mode = WAL')
  driver.exec('PRAGMA synchronous = FULL')
  driver.exec('PRAGMA foreign_keys = ON')
  driver.exec('PRAGMA secure_delete = ON')
  driver.exec('PRAGMA busy_timeout = 5000')
  return new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        close: () => driver.close(),
        prepare: (sql) => {
          const statement = driver.prepare(sql)
          return {
            reader: statement.columns().length > 0,
            all: (parameters) => statement.all(...(parameters as never[])),
            run: (parameters) => statement.run(...(parameters as never[])),
            *iterate(parameters) {
              yield* statement.iterate(...(parameters as never[]))
            },
          }
        },
      },
    }),
  })
}
