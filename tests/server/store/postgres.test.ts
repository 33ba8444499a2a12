import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { migrate } from '../../../src/server/store/migrations.ts'
import { requireDurability } from '../../../src/server/store/postgres.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { makeDatabase, openStore } from './postgres-database.ts'

const newStore = async (url?: string): Promise<Store> => {
  const store = openStore(url ?? (await makeDatabase()))
  onTestFinished(() => store.close())
  return store
}

const failure = (code: string): Error => Object.assign(new Error(code), { code })

test.for(['40001', '40P01'])(
  'a work that the database has rolled back (%s) is done once more',
  async (code) => {
    const store = await newStore()
    let runs = 0
    const work = async () => {
      runs += 1
      if (runs === 1) throw failure(code)
      return runs
    }
    expect(await store.write(work)).toBe(2)
  },
)

test('a work that is rolled back again and again rejects', async () => {
  const store = await newStore()
  let runs = 0
  const work = async () => {
    runs += 1
    throw failure('40001')
  }
  await expect(store.write(work)).rejects.toThrow('40001')
  expect(runs).toBe(4)
})

test('two works that wait for each other are both done', async () => {
  const store = await newStore()
  await migrate(store.db, 'postgresql')
  for (const number of ['1', '2']) {
    await store.db.insertInto('municipality').values({ number, name: '', size: 'S' }).execute()
  }
  let waiting = 0
  let meet = () => {}
  const met = new Promise<void>((done) => {
    meet = done
  })
  const write = (...order: string[]) =>
    store.write(async (db) => {
      for (const number of order) {
        await db
          .updateTable('municipality')
          .set((e) => ({ name: sql`${e.ref('name')} || ${order[0] ?? ''}` }))
          .where('number', '=', number)
          .execute()
        waiting += 1
        if (waiting >= 2) meet()
        await met
      }
    })
  await Promise.all([write('1', '2'), write('2', '1')])
  const rows = await store.db.selectFrom('municipality').select('name').execute()
  for (const { name } of rows) expect([...name].sort().join('')).toBe('12')
})

test('when the connection is lost nobody knows what happened: the work rejects and is not repeated', async () => {
  const store = await newStore()
  let runs = 0
  const work = store.write(async (db) => {
    runs += 1
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)
  })
  await expect(work).rejects.toThrow()
  expect(runs).toBe(1)
  expect(await store.write(async () => 'neste')).toBe('neste')
})

test('scrubbing waits for a transaction of another database, which would keep deleted rows', async () => {
  const store = await newStore()
  await migrate(store.db, 'postgresql')
  const other = await newStore()
  await migrate(other.db, 'postgresql')
  const row = { number: '1', name: '', size: 'S' } as const
  let release = () => {}
  const released = new Promise<void>((done) => {
    release = done
  })
  let begun = () => {}
  const isBegun = new Promise<void>((done) => {
    begun = done
  })
  const running = other.write(async (db) => {
    await db.insertInto('municipality').values(row).execute()
    begun()
    await released
  })
  await isBegun
  let scrubbed = false
  const scrubbing = store.scrub().then(() => {
    scrubbed = true
  })
  const isWaiting = async () => {
    const { rows } = await sql`
      select 1 from pg_stat_activity where query like '%pg_sleep%' and datname = (
        select datname from pg_stat_activity where pid = pg_backend_pid())
      and pid <> pg_backend_pid()`.execute(store.db)
    return rows.length > 0
  }
  while (!scrubbed && !(await isWaiting())) await new Promise(setImmediate)
  expect(scrubbed).toBe(false)
  release()
  await Promise.all([running, scrubbing])
})

test('a write sees what is committed while it waits, whatever the default of the database', async () => {
  const url = await makeDatabase()
  const admin = await newStore(url)
  await sql`do $$ begin execute format(
    'alter database %I set default_transaction_isolation = serializable', current_database());
  end $$`.execute(admin.db)
  const store = await newStore(url)
  const level = await store.write((db) => sql`show transaction_isolation`.execute(db))
  expect(level.rows).toEqual([{ transaction_isolation: 'read committed' }])
})

test('several nodes that start at once on an empty database make its tables once', async () => {
  const url = await makeDatabase()
  const stores = await Promise.all([1, 2, 3, 4].map(() => newStore(url)))
  await Promise.all(stores.map(({ db }) => migrate(db, 'postgresql')))
  expect(await stores[0]?.db.selectFrom('scope').selectAll().execute()).toEqual([])
})

test('a database that confirms before it has written is refused', async () => {
  const url = await makeDatabase()
  const admin = await newStore(url)
  await requireDurability(admin)
  await sql`do $$ begin execute format(
    'alter database %I set synchronous_commit = off', current_database()); end $$`.execute(admin.db)
  await expect(requireDurability(await newStore(url))).rejects.toThrow('synchronous_commit')
})
