import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeDeviceCode, readSession, signIn } from '../../../src/server/people/sessions.ts'
import { documentStore } from '../../../src/server/store/document-store.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { check } from '../../../src/server/words/check.ts'
import { compactDocument } from '../../../src/server/words/compact.ts'
import { applyLedger, erasePerson, UnfinishedErasure } from '../../../src/server/words/erase.ts'
import { readHistory } from '../../../src/server/words/history.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { restoreMembership, revokeMembership } from '../../../src/server/words/membership.ts'
import { blockLabelOf, erasedLabel } from '../../../src/shared/words/blocks.ts'
import { plainOfUpdates } from '../../../src/shared/words/document.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'
import { day, testStore } from '../test-app.ts'
import { filesWith } from './database-files.ts'
import { createWriter, group, otherGroup, own, person, tablet, worldOf } from './words-world.ts'

const doc = `${group}/visjon`
const marker = 'HemmelegOrdSomSkalBort'
const name = 'Kari Ærleg Nordmann'

eachStore(({ kind, newStore }) => {
  const setUp = async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'loft.sqlite')
    const store = kind === 'sqlite' ? await testStore(file) : await newStore()
    const world = await worldOf(store)
    const ledger = openLedger(join(folder, 'erased.ndjson'))
    await store.db.updateTable('person').set({ name }).where('id', '=', person).execute()
    return {
      ...world,
      ledger,
      ledgerFile: join(folder, 'erased.ndjson'),
      filesWith: (text: string) => filesWith(store, text, file),
    }
  }

  test('own words are in no row and no byte of the files afterwards', async () => {
    const world = await setUp()
    const { store } = world
    const mine = createWriter(world, person, 'mine', own)
    for (let n = 0; n < 50; n++) {
      mine.write(`note-${n % 5}`, `${marker} ${n} ${'lang tekst '.repeat(n * 20)}`)
    }
    await mine.sync()
    await compactDocument(store, own, `${own}/note-1`)
    mine.write('note-1', '') // deleted words are words too
    await mine.sync()
    // Held for them, in a group that they have left.
    await restoreMembership(world, otherGroup, person)
    await revokeMembership(world, otherGroup, person)
    const left = createWriter(world, person, 'mine', otherGroup)
    left.write('visjon', `${marker} halden`)
    await left.sync()
    await store.db
      .insertInto('presence')
      .values({
        scope: group,
        device: 'mine',
        doc: '',
        label: name,
        role: null,
        expires_at: 0,
      })
      .execute()
    const here = createWriter(world, person, 'mine')
    here.write('visjon', 'i gruppa')
    await here.sync()
    if (kind === 'postgresql') await sql`analyze`.execute(store.db) // takes samples of what it sees
    expect(await world.filesWith(marker)).not.toEqual([])
    expect(await world.filesWith(name)).not.toEqual([])

    await erasePerson(world, person)
    for (const table of ['update', 'archive', 'held', 'document'] as const) {
      const rows = await store.db.selectFrom(table).select('doc').where('scope', '=', own).execute()
      expect(rows).toEqual([])
    }
    expect(await store.db.selectFrom('held').selectAll().execute()).toEqual([])
    expect(await documentStore.scope(store.db, own)).toMatchObject({ status: 'gone' })
    expect(await world.filesWith(marker)).toEqual([])
    expect(await world.filesWith(name)).toEqual([])
  })

  test('words in a group stay, without person, device and name', async () => {
    const world = await setUp()
    const { store } = world
    const mine = createWriter(world, person, 'mine')
    const theirs = createWriter(world, tablet, 'theirs')
    theirs.label('visjon', { label: 'Leiargruppa, Stord', role: null })
    theirs.write('visjon', 'gruppa sine ord')
    await theirs.sync()
    world.clock.now += 5
    mine.label('visjon', { label: name, role: null })
    mine.write('visjon', 'ord som gruppa eig')
    await mine.sync()
    await compactDocument(store, group, doc)
    mine.label('visjon', { label: `${name} "Kari"`, role: null, at: world.clock.now })
    mine.write('visjon', 'ord som gruppa eig framleis')
    const [first] = mine.outbox
    await mine.sync()
    expect(await world.filesWith(name)).not.toEqual([])

    await erasePerson(world, person)
    const rows = await store.db
      .selectFrom('update')
      .select(['person', 'device'])
      .unionAll(store.db.selectFrom('archive').select(['person', 'device']))
      .execute()
    expect(rows.some((row) => row.person === person || row.device === 'mine')).toBe(false)
    expect(await world.filesWith(name)).toEqual([])

    // Devices of the group, old and new, read the same words as the server has.
    await theirs.sync()
    const late = createWriter(world, tablet, 'late')
    await late.sync()
    for (const reader of [theirs, late]) {
      const plain = reader.plain('visjon')
      expect(plain.texts).toEqual({
        'f/visjon/mine': 'ord som gruppa eig framleis',
        'f/visjon/theirs': 'gruppa sine ord',
      })
      expect(blockLabelOf(plain, 'mine')?.label).toBe(erasedLabel)
      expect(blockLabelOf(plain, 'theirs')?.label).toBe('Leiargruppa, Stord')
      const { bytes } = await documentStore.parts(store.db, group, doc)
      expect(plainOfUpdates(bytes)).toEqual(plain)
    }
    // The history can still be read, and names nobody.
    const history = await readHistory(store, tablet, doc, 0)
    expect(history?.changes.map(({ author }) => author)).toEqual([
      'Leiargruppa, Stord',
      'Leiargruppa, Stord',
      null,
      null,
      null,
      null,
      null,
    ])
    // What the tablet holds of it is known, not taken again.
    if (first) theirs.outbox.push(first)
    const { head } = await theirs.sync()
    expect(head).toBe(7)
  })

  test('another person of the same name, and of the same moment, keeps theirs', async () => {
    const world = await setUp()
    const mine = createWriter(world, person, 'mine')
    const theirs = createWriter(world, tablet, 'theirs')
    for (const writer of [mine, theirs]) {
      writer.label('visjon', { label: name, role: null })
      writer.write('visjon', 'ord')
      await writer.sync()
    }
    await erasePerson(world, person)
    await theirs.sync()
    const { bytes } = await documentStore.parts(world.store.db, group, doc)
    expect(plainOfUpdates(bytes)).toEqual(theirs.plain('visjon'))
    expect(blockLabelOf(theirs.plain('visjon'), 'theirs')?.label).toBe(name)
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

  test('pushes that race with it leave nothing behind', async () => {
    const world = await setUp()
    const { store } = world
    const writers = [own, group].flatMap((scope) =>
      [1, 2, 3].map((n) => createWriter(world, person, `mine-${n}`, scope)),
    )
    const pushing = writers.map(async (writer) => {
      for (let n = 0; n < 5; n++) {
        writer.write('note', `${marker} ${n}`)
        await writer.sync()
      }
    })
    await Promise.all([...pushing, erasePerson(world, person)])
    const rows = await store.db.selectFrom('update').select(['scope', 'person']).execute()
    expect(rows.filter((row) => row.scope === own || row.person === person)).toEqual([])
  })

  test('the ledger erases again whoever an older database brings back', async () => {
    const world = await setUp()
    await erasePerson(world, person)
    const erasedAt = world.clock.now
    world.clock.now += 10 * day
    expect(await applyLedger(world)).toBe(0)
    await bringBack(world.store)
    const mine = createWriter(world, person, 'mine', own)
    await world.store.db.updateTable('scope').set({ status: 'ok' }).where('id', '=', own).execute()
    mine.write('note', marker)
    expect((await mine.sync()).acks).toEqual(['accepted'])
    expect(await applyLedger(world)).toBe(1)
    expect(await world.filesWith(marker)).toEqual([])
    expect(await applyLedger(world)).toBe(0)
    const { erased_at } = await world.store.db
      .selectFrom('person')
      .select('erased_at')
      .where('id', '=', person)
      .executeTakeFirstOrThrow()
    expect(erased_at).toBe(erasedAt)
  })

  test('what is busy is tried again as long as there is patience, and what is left is told', async () => {
    const world = await setUp()
    let tries = 0
    const busy = (part: 'write' | 'scrub', until: number) => ({
      ...world,
      store: {
        ...world.store,
        [part]: (...args: never[]) => {
          tries++
          if (tries < until) return Promise.reject(new Error('database is locked'))
          return (world.store[part] as (...all: never[]) => Promise<unknown>)(...args)
        },
      } as Store,
    })
    let waits = 0
    const patience = async () => ++waits < 5
    for (const part of ['write', 'scrub'] as const) {
      ;[tries, waits] = [0, 0]
      await erasePerson(busy(part, 4), person, patience)
      expect([tries, waits]).toEqual([4, 3])
      ;[tries, waits] = [0, 0]
      const left = part === 'write' ? 'words' : 'bytes'
      const failed = await erasePerson(busy(part, 100), person, patience).catch((error) => error)
      expect(failed).toBeInstanceOf(UnfinishedErasure)
      expect(failed).toMatchObject({ left, message: 'database is locked' })
    }
    expect(world.ledger.isUnscrubbed()).toBe(true)
  })

  test('an erasure that was broken off anywhere is finished at the next start', async () => {
    const world = await setUp()
    const mine = createWriter(world, person, 'mine', own)
    mine.write('note', marker)
    await mine.sync()
    const broken = (part: keyof Store): Store => ({
      ...world.store,
      [part]: () => Promise.reject(new Error('the power went')),
    })
    await expect(erasePerson({ ...world, store: broken('write') }, person)).rejects.toThrow('power')
    expect(await applyLedger(world)).toBe(1)
    expect(await world.filesWith(marker)).toEqual([])

    await bringBack(world.store)
    await expect(erasePerson({ ...world, store: broken('scrub') }, person)).rejects.toThrow('power')
    let scrubbed = 0
    const counting: Store = {
      ...world.store,
      scrub: async () => {
        scrubbed++
      },
    }
    expect(await applyLedger({ ...world, store: counting })).toBe(0)
    expect(scrubbed).toBe(1)
  })
})

/** As after a restored backup: name and membership are there again. */
const bringBack = async ({ db }: Store): Promise<void> => {
  await db.updateTable('person').set({ name, erased_at: null }).where('id', '=', person).execute()
  await db.insertInto('membership').values({ scope: own, person }).execute()
}

test('a ledger with a line that was cut names the others', () => {
  const file = join(temporaryFolder(), 'erased.ndjson')
  const ledger = openLedger(file)
  expect([...ledger.people()]).toEqual([])
  ledger.erased('a', 1)
  appendFileSync(file, '{"erased":"b')
  expect([...ledger.people()]).toEqual([['a', 1]])
  ledger.erased('c', 2)
  ledger.erased('a', 3)
  expect([...openLedger(file).people()]).toEqual([
    ['a', 1],
    ['c', 2],
  ])
  expect(readFileSync(file, 'utf8')).toMatch(/\n$/)
})
