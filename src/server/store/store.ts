import type { Transaction } from 'kysely'
import type { Database, Tables } from './schema.ts'

export type StoreKind = 'sqlite' | 'postgresql'

/** One database, SQLite or PostgreSQL, with the same queries on both. */
export interface Store {
  readonly kind: StoreKind
  /** For reading, and for writing what nobody waits for. */
  readonly db: Database
  /**
   * Does `work` in a transaction and resolves after its commit is durable; rejects, and nothing of it has happened, if `work`
   * or the commit fails. On SQLite, works that wait at the same time share one commit, each behind a savepoint of its own.
   */
  write<T>(work: (db: Transaction<Tables>) => Promise<T>): Promise<T>
  /** Takes deleted bytes out of the files: VACUUM and an emptied log, or VACUUM FULL of the tables of words. */
  scrub(): Promise<void>
  close(): Promise<void>
}
