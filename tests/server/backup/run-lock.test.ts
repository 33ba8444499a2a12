import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Hold, holdDatabase } from '../../../src/server/store/run-lock.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { makeDatabase, openStore } from '../store/postgres-database.ts'
import { eachStore } from '../stores.ts'

eachStore(({ newStore }) => {
  test('any number of servers hold a database, whoever replaces it is alone', async () => {
    const store = await newStore()
    const file = join(temporaryFolder(), 'loft.lock')
    const hold = (how: Hold) => holdDatabase(store, how, () => new DatabaseSync(file))
    const servers = [await hold('shared'), await hold('shared')]
    expect(servers).not.toContain(null)
    expect(await hold('exclusive')).toBeNull()
    await servers[0]?.()
    expect(await hold('exclusive')).toBeNull()
    await servers[1]?.()
    const restore = await hold('exclusive')
    expect(restore).not.toBeNull()
    expect(await hold('shared')).toBeNull()
    expect(await hold('exclusive')).toBeNull()
    await restore?.()
    const again = await hold('shared')
    expect(again).not.toBeNull()
    await again?.()
  })
})

/** Two servers' stores on one PostgreSQL; the function breaks the connection by which the first one holds the database. */
const onPostgres = async () => {
  const url = await makeDatabase()
  const [store, other] = [openStore(url), openStore(url)]
  onTestFinished(async () => {
    await Promise.all([store.close(), other.close()])
  })
  const locks = async (granted: boolean): Promise<number[]> => {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_locks where locktype = 'advisory' and granted = ${granted}
      and database = (select oid from pg_database where datname = current_database())`.execute(
      other.db,
    )
    return rows.map(({ pid }) => pid)
  }
  const breakHolder = async (): Promise<void> => {
    const [pid, ...more] = await locks(true)
    expect(more).toEqual([])
    await sql`select pg_terminate_backend(${pid})`.execute(other.db)
    await vi.waitFor(async () => expect(await locks(true)).not.toContain(pid), patient)
  }
  return { store, other, breakHolder, locks }
}
const patient = { timeout: 15_000 }
const noFile = (): never => {
  throw new Error('no file is locked')
}

test('a database whose connection broke is let go without a word', async () => {
  const { store, breakHolder } = await onPostgres()
  const letGo = await holdDatabase(store, 'shared', noFile)
  await breakHolder()
  await letGo?.()
})

test('a database whose connection broke is held again', async () => {
  const { store, other, breakHolder, locks } = await onPostgres()
  const lost = vi.fn()
  const letGo = await holdDatabase(store, 'shared', noFile, { lost, everyMs: 5 })
  for (let times = 0; times < 2; times++) {
    await breakHolder()
    await vi.waitFor(async () => expect(await locks(true)).toHaveLength(1), patient)
  }
  expect(await holdDatabase(other, 'exclusive', noFile)).toBeNull()
  await letGo?.()
  expect(lost).not.toHaveBeenCalled()
  const release = await holdDatabase(other, 'exclusive', noFile)
  expect(release).not.toBeNull()
  await release?.()
})

test('a server whose database is being replaced since its connection broke is told, once', async () => {
  const { store, other, breakHolder, locks } = await onPostgres()
  const lost = vi.fn()
  const letGo = await holdDatabase(store, 'shared', noFile, { lost, everyMs: 5 })
  // Whoever replaces it stands next in the queue.
  const replacing = other.db.connection().execute(async (one) => {
    await sql`select pg_advisory_lock(7305318)`.execute(one)
    await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1), patient)
  })
  await vi.waitFor(async () => expect(await locks(false)).toHaveLength(1), patient)
  await breakHolder()
  await replacing
  await letGo?.()
  expect(lost).toHaveBeenCalledTimes(1)
})
