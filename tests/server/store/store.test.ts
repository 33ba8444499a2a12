import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../../../src/server/store/schema.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'
import { testStore } from '../test-app.ts'

const addTown = (db: Kysely<never> | Database, number: string): Promise<unknown> =>
  sql`insert into municipality (number, name, size) values (${number}, 'Ei bygd', 'S')`.execute(db)
const towns = async (db: Database): Promise<string[]> =>
  (await db.selectFrom('municipality').select('number').orderBy('number').execute()).map(
    ({ number }) => number,
  )
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

eachStore(({ kind, newStore }) => {
  test('a write gives back what its work gives, once others can read it', async () => {
    const store = await newStore()
    const given = await store.write(async (db) => {
      await addTown(db, '1')
      return 'ferdig'
    })
    expect(given).toBe('ferdig')
    expect(await towns(store.db)).toEqual(['1'])
  })

  test('a work that fails undoes what it has done, and rejects with its own error', async () => {
    const store = await newStore()
    const failed = store.write(async (db) => {
      await addTown(db, '1')
      throw new Error('gjekk ikkje')
    })
    await expect(failed).rejects.toThrow('gjekk ikkje')
    expect(await towns(store.db)).toEqual([])
  })

  test('of many that wait at the same time, those that fail reject alone', async () => {
    const store = await newStore()
    const outcomes = await Promise.allSettled(
      upTo(30).map((n) =>
        store.write(async (db) => {
          await addTown(db, String(100 + n))
          if (n % 3 === 0) throw new Error('gjekk ikkje')
          if (n % 3 === 1) await addTown(db, String(100 + n)) // the database itself refuses
        }),
      ),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(
      upTo(30).map((n) => (n % 3 === 2 ? 'fulfilled' : 'rejected')),
    )
    expect(await towns(store.db)).toEqual(
      upTo(30)
        .filter((n) => n % 3 === 2)
        .map((n) => String(100 + n)),
    )
  })

  test('works behind the same row lock see what the one before has done', async () => {
    const store = await newStore()
    const scope = { id: 'g:a', epoch: 1, head: 0, status: 'ok' as const }
    await store.db.insertInto('scope').values(scope).execute()
    await Promise.all(
      upTo(40).map(() =>
        store.write(async (db) => {
          const { head } = await db
            .updateTable('scope')
            .set((e) => ({ head: e.ref('head') }))
            .where('id', '=', 'g:a')
            .returning('head')
            .executeTakeFirstOrThrow()
          await db
            .updateTable('scope')
            .set({ head: head + 1 })
            .where('id', '=', 'g:a')
            .execute()
        }),
      ),
    )
    const { head } = await store.db.selectFrom('scope').select('head').executeTakeFirstOrThrow()
    expect(head).toBe(40)
  })

  test('counts, sums and 64-bit columns are numbers', async () => {
    const store = await newStore()
    const large = Number.MAX_SAFE_INTEGER
    const scope = { id: 'g:a', epoch: large, head: 0, status: 'ok' as const }
    await store.db.insertInto('scope').values(scope).execute()
    const row = await store.db
      .selectFrom('scope')
      .select((e) => ['epoch', e.fn.countAll().as('count'), e.fn.max('head').as('most')])
      .groupBy('epoch')
      .executeTakeFirst()
    expect(row).toEqual({ epoch: large, count: 1, most: 0 })
  })

  test('bytes come back as they were', async () => {
    const { db } = await newStore()
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    await db.insertInto('scope').values({ id: 'g:a', epoch: 1, head: 0, status: 'ok' }).execute()
    const doc = { scope: 'g:a', doc: 'g:a/b', snapshot: bytes, snapshot_seq: 1, size: 256 }
    await db.insertInto('document').values(doc).execute()
    const row = await db.selectFrom('document').select('snapshot').executeTakeFirstOrThrow()
    expect([...row.snapshot]).toEqual([...bytes])
  })

  test('scrubbing takes deleted words out of the files', async () => {
    const file = join(temporaryFolder(), 'loft.sqlite')
    const store = kind === 'sqlite' ? await testStore(file) : await newStore()
    const filesOf = async (table: string): Promise<Buffer> => {
      if (kind === 'sqlite') return Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)])
      await sql`checkpoint`.execute(store.db)
      const { rows } = await sql<{ path: string }>`
        select setting || '/' || pg_relation_filepath(${`"${table}"`}) as path
        from pg_settings where name = 'data_directory'`.execute(store.db)
      return readFileSync(rows[0]?.path ?? '')
    }
    const word = 'eit-ord-som-skal-bort'
    const bytes = Buffer.from(word.repeat(20))
    const row = {
      ...{ scope: 'g:a', doc: 'g:a/b', hash: 'h', bytes, size: bytes.length },
      ...{ person: '', device: '', written_at: 1, received_at: 1 },
    }
    const { db } = store
    await db.insertInto('scope').values({ id: 'g:a', epoch: 1, head: 0, status: 'ok' }).execute()
    await db
      .insertInto('update')
      .values({ ...row, seq: 1 })
      .execute()
    await db
      .insertInto('archive')
      .values({ ...row, seq: 1 })
      .execute()
    await db.insertInto('held').values(row).execute()
    const snapshot = { scope: 'g:a', doc: 'g:a/b', snapshot: bytes, snapshot_seq: 1, size: 1 }
    await db.insertInto('document').values(snapshot).execute()
    const tables = ['update', 'archive', 'held', 'document'] as const
    for (const table of tables) expect((await filesOf(table)).includes(word)).toBe(true)

    for (const table of tables) await db.deleteFrom(table).execute()
    await store.scrub()
    for (const table of tables) expect((await filesOf(table)).includes(word)).toBe(false)
  })
})
