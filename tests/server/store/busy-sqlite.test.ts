import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { signIn } from '../../../src/server/people/sessions.ts'
import { backupStore } from '../../../src/server/store/backup-store.ts'
import { migrate } from '../../../src/server/store/migrations.ts'
import { sqliteStore } from '../../../src/server/store/sqlite.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { createWriter, own, person, worldOf } from '../words/words-world.ts'

/** A server's store, and another process's connection to the same file. */
const setUp = async (patienceMs?: number) => {
  const file = join(temporaryFolder(), 'loft.sqlite')
  const store = sqliteStore(new DatabaseSync(file), patienceMs)
  onTestFinished(() => store.close())
  await migrate(store.db)
  const world = await worldOf(store)
  const mine = createWriter(world, person, 'mine', own)
  await mine.sync()
  const other = new DatabaseSync(file)
  onTestFinished(() => other.close())
  return { store, world, mine, other }
}

test('while another process writes, words wait, everything else goes on, and nothing is lost', async () => {
  const { store, world, mine, other } = await setUp()
  other.exec('BEGIN IMMEDIATE')
  const done: string[] = []
  mine.write('note', 'ord')
  const writing = [
    mine.sync().then(({ acks }) => done.push(`words ${acks.join()}`)),
    signIn({ db: store.db, now: world.now }, 'demo-deltakar-stord', true).then(() =>
      done.push('sign-in'),
    ),
    store.db
      .deleteFrom('presence')
      .execute()
      .then(() => done.push('presence')),
  ]
  // This thread is the other process, too: it would hang if a write waited without letting go.
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((next) => setTimeout(next, 10))
    expect(await store.db.selectFrom('person').select('id').execute()).not.toEqual([])
  }
  expect(done).toEqual([])
  other.exec("UPDATE person SET name = 'Ny' WHERE id = 'deltakar-stord'; COMMIT")
  await Promise.all(writing)
  expect(done.sort()).toEqual(['presence', 'sign-in', 'words accepted'])
  expect(await store.db.selectFrom('update').select('scope').execute()).toEqual([{ scope: own }])
})

test('a backup keeps nobody from writing', async () => {
  const { store, other } = await setUp(0)
  await backupStore.atOneMoment(store, async (db) => {
    const count = await backupStore.count(db, 'update')
    other.exec("UPDATE person SET name = 'Ny' WHERE id = 'deltakar-stord'")
    expect(await backupStore.count(db, 'update')).toBe(count)
  })
})

test('what is busy for too long fails, and the next write succeeds', async () => {
  const { store, mine, other } = await setUp(0)
  other.exec('BEGIN IMMEDIATE')
  mine.write('note', 'ord')
  const push = mine.outbox[0]
  await expect(mine.sync()).rejects.toThrow('database is locked')
  await expect(store.db.deleteFrom('presence').execute()).rejects.toThrow('database is locked')
  other.exec('COMMIT')
  if (push) mine.outbox.push(push)
  expect((await mine.sync()).acks).toEqual(['accepted'])
})
