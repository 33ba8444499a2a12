import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Pool, types } from 'pg'
import { inject } from 'vitest'
import { migrate } from '../../../src/server/store/migrations.ts'
import { numbersFrom, postgresStore } from '../../../src/server/store/postgres.ts'
import type { Store } from '../../../src/server/store/store.ts'

const starterAnswer = async (database: string): Promise<string> => {
  const response = await fetch(`${inject('postgresStarter')}/${database}`)
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}

/** The address of a new, empty database. */
export const makeDatabase = async (): Promise<string> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = openStore(await starterAnswer('postgres'))
  await sql`create database ${sql.ref(name)}`.execute(admin.db)
  await admin.close()
  return starterAnswer(name)
}

/** A store as one node opens it. */
export const openStore = (url: string): Store => {
  const pool = new Pool({ connectionString: url, types: numbersFrom(types), max: 20 })
  return postgresStore(pool)
}

/** One database for a test file, made at first use; each call empties it and gives a store of its own. */
export const createDatabaseOfFile = () => {
  let url: Promise<string> | null = null
  return async (): Promise<Store> => {
    const isNew = url === null
    url ??= makeDatabase()
    const store = openStore(await url)
    await migrate(store.db, 'postgresql')
    if (!isNew) await emptyTables(store)
    return store
  }
}

const emptyTables = async ({ db }: Store): Promise<void> => {
  const tables = (await db.introspection.getTables()).map(({ name }) => sql.table(name))
  if (tables.length > 0) await sql`truncate ${sql.join(tables)}`.execute(db)
}
