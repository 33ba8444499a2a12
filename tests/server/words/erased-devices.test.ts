import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeDeviceCode, readSession, signIn } from '../../../src/server/people/sessions.ts'
import { check } from '../../../src/server/words/check.ts'
import { erasePerson } from '../../../src/server/words/erase.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'
import { day } from '../test-app.ts'
import { createWriter, group, otherGroup, own, person, tablet, worldOf } from './words-world.ts'

eachStore(({ newStore }) => {
  const setUp = async () => ({
    ...(await worldOf(await newStore())),
    ledger: openLedger(join(temporaryFolder(), 'erased.ndjson')),
  })

  test('codes and memberships are gone; a session tells its devices so, for 90 days at most', async () => {
    const world = await setUp()
    const { clock } = world
    const session = { db: world.store.db, now: world.now }
    const { code } = await makeDeviceCode(session, person)
    const signedIn = await signIn(session, code, true)
    if (typeof signedIn === 'string') throw new Error(signedIn)
    const unspent = await makeDeviceCode(session, person)
    clock.now += 2 * day
    const erasedAt = clock.now
    await erasePerson(world, person)
    for (const known of ['demo-deltakar-stord', unspent.code])
      expect(await signIn(session, known, true)).toBe('wrong-code')
    const row = await world.store.db
      .selectFrom('person')
      .selectAll()
      .where('id', '=', person)
      .executeTakeFirst()
    expect(row).toMatchObject({ name: '', audience: null, municipality: null, erased_at: erasedAt })

    // Used every day, it does not slide on.
    for (; clock.now < signedIn.expiresAt; clock.now += day) {
      const { isErased, renewed, expiresAt } = (await readSession(session, signedIn.token)) ?? {}
      expect({ isErased, renewed }).toEqual({ isErased: true, renewed: false })
      expect(expiresAt).toBe(signedIn.expiresAt)
    }
    expect(await readSession(session, signedIn.token)).toBeNull()
  })

  test('a clock that went wrong keeps no session of theirs alive', async () => {
    const world = await setUp()
    const { store, clock } = world
    const session = { db: store.db, now: world.now }
    const signedIn = await signIn(session, 'demo-deltakar-stord', true)
    if (typeof signedIn === 'string') throw new Error(signedIn)
    await store.db
      .updateTable('session')
      .set({ expires_at: clock.now + 9000 * day })
      .execute()
    await erasePerson(world, person)
    const { expiresAt } = (await readSession(session, signedIn.token)) ?? {}
    expect(expiresAt).toBe(clock.now + 90 * day)
  })

  test('whatever their devices ask for is gone, and nothing of them is taken', async () => {
    const world = await setUp()
    const { store } = world
    const theirs = createWriter(world, tablet, 'theirs')
    theirs.write('visjon', 'gruppa sine ord')
    await theirs.sync()
    await erasePerson(world, person)
    for (const scope of [own, group, otherGroup, 'g:finst-ikkje', `u:${tablet}:vestland-1`]) {
      const mine = createWriter(world, person, 'mine', scope)
      mine.write('visjon', 'etterpå')
      expect(await mine.sync()).toEqual({
        id: scope,
        status: 'gone',
        epoch: 0,
        head: 0,
        cursor: 0,
        more: false,
        listening: 0,
        acks: [],
        items: [],
      })
      const { doc, ...digest } = { doc: `${scope}/visjon`, ...mine.digest('visjon') }
      expect(await check(world, person, { scope, docs: [{ doc, ...digest }] })).toEqual({
        status: 'gone',
        epoch: 0,
        head: 0,
        answered: 0,
        docs: [],
      })
    }
    const rows = await store.db.selectFrom('update').select('person').execute()
    expect(rows).toEqual([{ person: tablet }])
    expect(await store.db.selectFrom('held').selectAll().execute()).toEqual([])
    // Others are answered as before.
    expect(await theirs.sync()).toMatchObject({ status: 'ok' })
    const stranger = createWriter(world, 'politikar-stord', 'x', group)
    expect(await stranger.sync()).toMatchObject({ status: 'unknown' })
  })
})
