import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { documentStore } from '../../../src/server/store/document-store.ts'
import type { Store } from '../../../src/server/store/store.ts'
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

  test('in words that others have given back, the writer is known by device and by name', async () => {
    const world = await setUp()
    const { store } = world
    const mine = createWriter(world, person, 'mine')
    const phone = createWriter(world, person, 'phone')
    const theirs = createWriter(world, tablet, 'theirs')
    // Nothing in the group has come from her: an older backup was restored, and her group had all of it.
    mine.label('visjon', { label: name })
    mine.write('visjon', 'ord som gruppa eig')
    phone.label('visjon', { label: 'Som eg heitte før', at: 7 })
    phone.write('plan', 'utan merkelapp')
    theirs.label('visjon', { label: 'Leiargruppa, Stord' })
    theirs.write('anna', 'heilt utan henne')
    theirs.label('anna', { label: 'Leiargruppa, Stord' })
    theirs.outbox.push(...mine.outbox, ...phone.outbox)
    await theirs.sync()
    const own_ = createWriter(world, person, 'phone', own)
    own_.write('note', 'mitt')
    await own_.sync()
    const others = () =>
      store.db
        .selectFrom('update')
        .select(['seq', 'bytes'])
        .where('doc', '=', `${group}/anna`)
        .orderBy('seq')
        .execute()
    const before = await others()
    for (const known of [name, 'Som eg heitte før'])
      expect(await world.filesWith(known)).not.toEqual([])

    await erasePerson(world, person)
    for (const known of [name, 'Som eg heitte før'])
      expect(await world.filesWith(known)).toEqual([])
    const late = createWriter(world, tablet, 'late')
    await late.sync()
    const plain = late.plain('visjon')
    expect(blockLabelOf(plain, 'mine')?.label).toBe(erasedLabel)
    expect(blockLabelOf(plain, 'phone')?.label).toBe(erasedLabel)
    expect(blockLabelOf(plain, 'theirs')?.label).toBe('Leiargruppa, Stord')
    expect(plain.texts).toEqual({ 'f/visjon/mine': 'ord som gruppa eig' })
    expect(await others()).toEqual(before)
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

  test('a name by which somebody only read is gone from the presence too', async () => {
    const world = await setUp()
    const row = { scope: group, doc, role: null, expires_at: world.clock.now }
    await world.store.db
      .insertInto('presence')
      .values({ ...row, device: 'les-berre', label: marker })
      .execute()
    await erasePerson(world, person)
    expect(await world.store.db.selectFrom('presence').selectAll().execute()).toEqual([])
    expect(await world.filesWith(marker)).toEqual([])
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

test('what else a ledger notes does not make an erasure look finished', () => {
  const ledger = openLedger(join(temporaryFolder(), 'erased.ndjson'))
  ledger.erased('a', 1)
  ledger.putOut(group, 'b', 2)
  ledger.signedOut('hash', 3)
  expect(ledger.isUnscrubbed()).toBe(true)
  ledger.scrubbed(4)
  ledger.letIn(group, 'b', 5)
  expect(ledger.isUnscrubbed()).toBe(false)
  ledger.putOut(group, 'c', 6)
  ledger.putOut(otherGroup, 'b', 7)
  expect(ledger.out()).toEqual([
    { scope: group, person: 'c' },
    { scope: otherGroup, person: 'b' },
  ])
  expect([ledger.isOut(group, 'b'), ledger.isOut(otherGroup, 'b')]).toEqual([false, true])
  // From another node's ledger, put behind this one.
  ledger.letIn(otherGroup, 'b', 6)
  expect(ledger.isOut(otherGroup, 'b')).toBe(true)
})

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
