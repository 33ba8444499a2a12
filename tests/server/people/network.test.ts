import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readActor } from '../../../src/server/people/actors.ts'
import { endDemonstration, seedDemonstration } from '../../../src/server/people/demonstration.ts'
import { eraseThemselves } from '../../../src/server/people/erase-people.ts'
import { readMe } from '../../../src/server/people/me.ts'
import { firstAdministrator, makeNetwork } from '../../../src/server/people/network.ts'
import { signIn } from '../../../src/server/people/sessions.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { erasePerson } from '../../../src/server/words/erase.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'

const programme = { package: 'base', version: '1.0.0' }
const now = Date.UTC(2026, 10, 25, 8)
const day = 24 * 60 * 60_000

const start = ({ write }: Store, at = now) =>
  write((tx) => firstAdministrator(tx, { name: 'Løft', ...programme }, at))
/** A started server whose first administrator has come in. */
const begun = async (store: Store) => {
  const code = await start(store)
  const signedIn = await signIn({ db: store.db, now: () => now }, code ?? '', false)
  if (typeof signedIn === 'string') throw new Error(signedIn)
  const row = await store.db
    .selectFrom('person')
    .select(['id', 'cohort'])
    .where('id', '=', signedIn.person)
    .executeTakeFirstOrThrow()
  const deps = {
    store,
    now: () => now,
    newEpoch: () => 7,
    ledger: openLedger(join(temporaryFolder(), 'erased.ndjson')),
  }
  return { ...deps, administrator: row.id, cohort: row.cohort }
}
const addAdministrator = ({ db }: Store, cohort: string) =>
  db
    .insertInto('person')
    .values({ id: 'neste', name: 'Neste', role: 'administrator', cohort })
    .execute()

eachStore(({ newStore }) => {
  test('a network comes with one administrator, whose code works once', async () => {
    const { db, write } = await newStore()
    const code = await write((tx) => makeNetwork(tx, { name: 'Trøndelag', ...programme }, now))
    const deps = { db, now: () => now }
    const signedIn = await signIn(deps, code, false)
    if (typeof signedIn === 'string') throw new Error(signedIn)
    expect(await readMe(db, signedIn.person)).toMatchObject({
      name: 'Administrator, Trøndelag',
      network: 'Trøndelag',
      roles: ['administrator'],
      cohort: { name: 'Kull 1', stops: [] },
    })
    expect(await signIn(deps, code, false)).toBe('code-expired')
  })

  test('people of two networks are actors of their own one', async () => {
    const { db, write } = await newStore()
    const people: string[] = []
    for (const name of ['Vestland', 'Trøndelag']) {
      const code = await write((tx) => makeNetwork(tx, { name, ...programme }, now))
      const signedIn = await signIn({ db, now: () => now }, code, false)
      if (typeof signedIn !== 'string') people.push(signedIn.person)
    }
    const actors = await Promise.all(people.map((person) => readActor(db, person)))
    expect(new Set(actors.map((actor) => actor?.network)).size).toBe(2)
    expect(new Set(actors.flatMap((actor) => actor?.cohorts ?? [])).size).toBe(2)
  })

  test('a new start gives a new code and ends the one before, until somebody has come in', async () => {
    const store = await newStore()
    const { db } = store
    const first = await start(store)
    const second = await start(store, now + day)
    if (first === null || second === null) throw new Error('no code')
    const deps = { db, now: () => now + day }
    expect(await signIn(deps, first, false)).toBe('wrong-code')
    expect(await db.selectFrom('network').select('name').execute()).toEqual([{ name: 'Løft' }])
    expect(await signIn(deps, second, false)).toMatchObject({ token: expect.any(String) })
    expect(await start(store, now + 2 * day)).toBeNull()
  })

  test('there is no second way in when the first administrator has gone, and another one is there', async () => {
    const store = await newStore()
    const { administrator, cohort, ...deps } = await begun(store)
    await addAdministrator(store, cohort)
    expect(await eraseThemselves(deps, administrator)).toBe('erased')
    expect(await start(store, now + day)).toBeNull()
    expect(await store.db.selectFrom('network').select('name').execute()).toHaveLength(1)
  })

  test('nor when the first administrator is a participant before all', async () => {
    const store = await newStore()
    const { administrator: person } = await begun(store)
    await store.db
      .updateTable('person')
      .set({ role: 'participant' })
      .where('id', '=', person)
      .execute()
    await store.db.insertInto('person_role').values({ person, role: 'administrator' }).execute()
    expect(await start(store, now + day)).toBeNull()
  })

  test('nor when whoever runs the server has erased the last one', async () => {
    const store = await newStore()
    const { administrator, ...deps } = await begun(store)
    await erasePerson(deps, administrator)
    expect(await start(store, now + day)).toBeNull()
  })

  test('nor when a network has an administrator besides one who never came', async () => {
    const store = await newStore()
    await start(store)
    const { cohort } = await store.db
      .selectFrom('person')
      .select('cohort')
      .executeTakeFirstOrThrow()
    await addAdministrator(store, cohort)
    expect(await start(store, now + day)).toBeNull()
  })

  test('nodes that start at once make one network, and one of their codes opens it', async () => {
    const store = await newStore()
    const { db } = store
    // In transactions of their own, as of two nodes.
    const node = () =>
      db.transaction().execute((tx) => firstAdministrator(tx, { name: 'Løft', ...programme }, now))
    for (let time = 0; time < 2; time++) {
      const codes = await Promise.all([node(), node(), node()])
      expect(await db.selectFrom('network').select('name').execute()).toEqual([{ name: 'Løft' }])
      expect(await db.selectFrom('invitation').select('hash').execute()).toHaveLength(1)
      expect(new Set(codes).size).toBe(3)
    }
  })

  test('people of a demonstration that is over administer nothing; who else was made one there does', async () => {
    const store = await newStore()
    const { db } = store
    await seedDemonstration(db, { id: 'base', version: '1.0.0' }, now)
    const { cohort } = await db.selectFrom('person').select('cohort').executeTakeFirstOrThrow()
    await db
      .insertInto('person')
      .values({ id: 'anonym', name: '', role: 'participant', cohort, erased_at: now })
      .execute()
    await endDemonstration(db)
    expect(await start(store)).toEqual(expect.any(String))
    expect(await db.selectFrom('network').select('id').execute()).toHaveLength(2)
    await addAdministrator(store, cohort)
    expect(await start(store, now + day)).toBeNull()
  })

  test('a code that nobody has used for a month opens nothing', async () => {
    const { db, write } = await newStore()
    const code = await write((tx) => makeNetwork(tx, { name: 'Løft', ...programme }, now))
    expect(await signIn({ db, now: () => now + 30 * day }, code, false)).toBe('code-expired')
  })
})
