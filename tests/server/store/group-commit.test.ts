import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { migrate } from '../../../src/server/store/migrations.ts'
import { sqliteStore } from '../../../src/server/store/sqlite.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** A store in a file; `before.commit` is called when a commit is about to begin, and may throw in its place. */
const watchedStore = async () => {
  const file = join(temporaryFolder(), 'loft.sqlite')
  const driver = new DatabaseSync(file)
  const before = { commit: () => {} }
  const store = sqliteStore({
    exec: (text) => driver.exec(text),
    close: () => driver.close(),
    prepare: (text) => {
      const statement = driver.prepare(text)
      if (text !== 'commit') return statement
      return {
        columns: () => statement.columns(),
        all: () => statement.all(),
        iterate: () => statement.iterate(),
        run: () => {
          before.commit()
          return statement.run()
        },
      }
    },
  })
  onTestFinished(() => store.close())
  await migrate(store.db)
  return { store, before, file }
}

const addTown = (store: Store, number: string): Promise<unknown> =>
  store.write((db) =>
    db.insertInto('municipality').values({ number, name: '', size: 'S' }).execute(),
  )

/** What a server finds that starts on the files as they are now, as after a crash. */
const townsAfterCrash = (file: string): unknown[] => {
  const copy = join(temporaryFolder(), 'copy.sqlite')
  for (const end of ['', '-wal']) {
    if (existsSync(file + end)) copyFileSync(file + end, copy + end)
  }
  const database = new DatabaseSync(copy)
  const rows = database.prepare('select number from municipality order by number').all()
  database.close()
  return rows.map((row) => row.number)
}

const numbers = Array.from({ length: 50 }, (_, index) => String(100 + index))

test('what waits at the same time shares one commit', async () => {
  const { store, before } = await watchedStore()
  let commits = 0
  before.commit = () => {
    commits += 1
  }
  await Promise.all(numbers.map((number) => addTown(store, number)))
  expect(commits).toBe(1)
  await addTown(store, '999')
  expect(commits).toBe(2)
})

test('a crash before the commit: nobody was told, and nothing is there', async () => {
  const { store, before, file } = await watchedStore()
  let told = 0
  let found: unknown[] = ['never looked']
  before.commit = () => {
    expect(told).toBe(0)
    found = townsAfterCrash(file)
  }
  await Promise.all(
    numbers.map(async (number) => {
      await addTown(store, number)
      told += 1
    }),
  )
  expect(found).toEqual([])
})

test('a crash as soon as the first is told: everything is there', async () => {
  const { store, file } = await watchedStore()
  const writes = numbers.map((number) => addTown(store, number))
  await Promise.race(writes)
  expect(townsAfterCrash(file)).toEqual(numbers)
  await Promise.all(writes)
})

test('when the commit fails, all are told so, nothing is there, and the next write succeeds', async () => {
  const { store, before, file } = await watchedStore()
  before.commit = () => {
    throw new Error('disk full')
  }
  const outcomes = await Promise.allSettled(numbers.map((number) => addTown(store, number)))
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'disk full' } })
  }
  expect(townsAfterCrash(file)).toEqual([])
  before.commit = () => {}
  await addTown(store, '1')
  expect(townsAfterCrash(file)).toEqual(['1'])
})

test('when the database gives up the whole transaction, all are told so, and the next write succeeds', async () => {
  const { store, file } = await watchedStore()
  const driver = new DatabaseSync(file)
  driver.exec(`create trigger full before insert on municipality when new.number = '110'
    begin select raise(rollback, 'disk full'); end`)
  driver.close()
  const outcomes = await Promise.allSettled(numbers.map((number) => addTown(store, number)))
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']))
  expect(townsAfterCrash(file)).toEqual([])
  await addTown(store, '1')
  expect(townsAfterCrash(file)).toEqual(['1'])
})

test('what comes while others are being written is written next', async () => {
  const { store, before } = await watchedStore()
  const later: Promise<unknown>[] = []
  before.commit = () => {
    if (later.length === 0) later.push(addTown(store, '2'))
  }
  await addTown(store, '1')
  await Promise.all(later)
  expect(await store.db.selectFrom('municipality').select('number').execute()).toHaveLength(2)
})
