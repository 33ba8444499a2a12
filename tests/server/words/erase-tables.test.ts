import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { restoreBackup } from '../../../src/server/backup/restore.ts'
import { writeBackup } from '../../../src/server/backup/write-backup.ts'
import { backedUpTables } from '../../../src/server/store/backup-store.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { applyLedger, erasePerson } from '../../../src/server/words/erase.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { fillPerson, marksOf } from '../people/whole-person.ts'
import { eachStore } from '../stores.ts'
import { testStore } from '../test-app.ts'
import { filesWith } from './database-files.ts'
import { createWriter, own, person, worldOf } from './words-world.ts'

const theirs = marksOf('Skalbort')
const others = marksOf('Skalstaa')
const colleague = 'deltakar-sunnfjord'
const by = 'administrator'

/** All rows of all tables, as text. */
const everything = async ({ db }: Store): Promise<string> => {
  const rows: unknown[] = []
  for (const { name } of backedUpTables) rows.push(await db.selectFrom(name).selectAll().execute())
  return JSON.stringify(rows)
}

eachStore(({ kind, newStore }) => {
  const setUp = async () => {
    const file = join(temporaryFolder(), 'loft.sqlite')
    const store = kind === 'sqlite' ? await testStore(file) : await newStore()
    const world = await worldOf(store)
    const { now } = world.clock
    await fillPerson(store.db, { person, by, marks: theirs, now })
    await fillPerson(store.db, { person: colleague, by, marks: others, now })
    return { ...world, marksInFiles: (marks: object) => inFiles(store, file, marks) }
  }
  const inFiles = async (store: Store, file: string, marks: object): Promise<string[]> => {
    const found: string[] = []
    for (const [what, mark] of Object.entries(marks))
      if ((await filesWith(store, mark, file)).length > 0) found.push(what)
    return found
  }
  /** Their own act stays with what it says of somebody else. */
  const { detail, ...personal } = theirs

  test('nothing that any table tells of a person is in a row or a byte of the files afterwards', async () => {
    const world = await setUp()
    const { store } = world
    if (kind === 'postgresql') await sql`analyze`.execute(store.db) // takes samples of what it sees
    expect((await world.marksInFiles(personal)).toSorted()).toEqual(
      Object.keys(personal).toSorted(),
    )
    await erasePerson(world, person)
    const left = await everything(store)
    for (const mark of Object.values(personal)) expect(left).not.toContain(mark)
    expect(await world.marksInFiles(personal)).toEqual([])
    // What is another's is all there.
    for (const mark of Object.values(others))
      expect(left.toLowerCase()).toContain(mark.toLowerCase())
  })

  test('the id of somebody who is erased stands in their row and sessions alone', async () => {
    const world = await setUp()
    const { db } = world.store
    const mine = createWriter(world, person, 'mine', own)
    mine.write('note', 'ord')
    await mine.sync()
    await erasePerson(world, person)
    const holding: string[] = []
    for (const { name } of backedUpTables) {
      const rows = await db.selectFrom(name).selectAll().execute()
      const values = rows.flatMap((row) => Object.values(row)).map(String)
      if (values.some((value) => value === person || value.includes(`"${person}"`)))
        holding.push(name)
    }
    expect(holding).toEqual(['person', 'session'])
    const session = await db
      .selectFrom('session')
      .select('label')
      .where('person', '=', person)
      .executeTakeFirstOrThrow()
    expect(session.label).toBeNull()
    expect(await db.selectFrom('oidc_flow').select('state').execute()).toEqual([
      { state: `st-${colleague}` },
    ])
  })

  test('an act stays, without who did it and whom it was about', async () => {
    const world = await setUp()
    await erasePerson(world, person)
    const acts = await world.store.db
      .selectFrom('administrative_act')
      .select(['id', 'by_person', 'subject', 'detail'])
      .where('id', 'like', `%-${person}`)
      .orderBy('id')
      .execute()
    expect(acts).toEqual([
      {
        ...{ id: `av-${person}`, by_person: '', subject: 'gruppe' },
        detail: JSON.stringify({ what: detail }),
      },
      {
        ...{ id: `i-${person}`, by_person: by, subject: 'gruppe' },
        detail: JSON.stringify({ person: '', people: 1 }),
      },
      { id: `om-${person}`, by_person: by, subject: null, detail: '{}' },
    ])
  })

  test('another network keeps what it has under the same address', async () => {
    const world = await setUp()
    const { db } = world.store
    await db.insertInto('network').values({ id: 'anna', name: 'Anna', created_at: 1 }).execute()
    const row = { id: 'der', network: 'anna', municipality: null, name: 'Ein', task: 'svarar' }
    await db
      .insertInto('contact_person')
      .values({ ...row, email: theirs.email, phone: null })
      .execute()
    await erasePerson(world, person)
    const left = await db.selectFrom('contact_person').select('id').orderBy('id').execute()
    expect(left.map(({ id }) => id)).toEqual(['der', `kontakt-${colleague}`])
  })

  test('after an older backup is restored, it is all gone again', async () => {
    const world = await setUp()
    const file = join(temporaryFolder(), 'loft.ndjson.gz')
    await writeBackup(world.store, file, { version: '1', now: world.now })
    await erasePerson(world, person)
    let epoch = 1000
    const newEpoch = () => ++epoch
    const { takenAway } = await restoreBackup({ ...world, newEpoch }, file, { replace: true })
    expect(takenAway.erased).toBe(1)
    const left = await everything(world.store)
    for (const mark of Object.values(personal)) expect(left).not.toContain(mark)
    expect(await world.marksInFiles(personal)).toEqual([])
    expect(left).toContain(others.report)
  })

  test('what came in while somebody was being erased is taken away at the next start', async () => {
    const world = await setUp()
    const { db } = world.store
    await erasePerson(world, person)
    expect(await applyLedger(world)).toBe(0)
    await db
      .insertInto('content_report')
      .values({
        ...{ id: 'sein', network: 'vestland', person, package: 'base', version: '1.0.0' },
        ...{ item: 'x', language: 'nn', body: theirs.report, sent_at: 1, closed_at: null },
      })
      .execute()
    expect(await applyLedger(world)).toBe(1)
    expect(await world.marksInFiles({ report: theirs.report })).toEqual([])
  })
})
