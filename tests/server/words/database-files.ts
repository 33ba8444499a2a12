import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Store } from '../../../src/server/store/store.ts'

/**
 * Which of the database's files hold this text. Of PostgreSQL those of this database, after a checkpoint; its write-ahead log
 * keeps old bytes until it is recycled.
 */
export const filesWith = async (
  store: Store,
  marker: string,
  sqliteFile: string,
): Promise<string[]> => {
  const files =
    store.kind === 'sqlite'
      ? ['', '-wal', '-shm'].map((end) => sqliteFile + end).filter(existsSync)
      : await postgresFiles(store)
  return files.filter((file) => statSync(file).isFile() && readFileSync(file).includes(marker))
}

const postgresFiles = async ({ db }: Store): Promise<string[]> => {
  await sql`checkpoint`.execute(db)
  const { rows } = await sql<{ folder: string; oid: number }>`
    select current_setting('data_directory') as folder, oid from pg_database where datname = current_database()
  `.execute(db)
  const [found] = rows
  if (!found) throw new Error('no database')
  const folder = join(found.folder, 'base', `${found.oid}`)
  return globSync('**', { cwd: folder }).map((name) => join(folder, name))
}
