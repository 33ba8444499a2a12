import { expect, test } from 'vitest'
import { documentStore } from '../../../src/server/store/document-store.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { sync } from '../../../src/server/sync/sync.ts'
import { compactDocument } from '../../../src/server/words/compact.ts'
import { createCompactor } from '../../../src/server/words/compactor.ts'
import { mostClients } from '../../../src/shared/words/count-clients.ts'
import { createDocument, readPlain } from '../../../src/shared/words/document.ts'
import { crowd } from '../../shared/words/crowd.ts'
import { eachStore } from '../stores.ts'
import { createWriter, group, person, tablet, worldOf } from './words-world.ts'

const task = 'visjon'
const doc = `${group}/${task}`

/** Types a text with as many updates. */
const type = async (
  writer: ReturnType<typeof createWriter>,
  text: string,
  pieces = 10,
): Promise<void> => {
  for (let n = 1; n <= pieces; n++) {
    writer.write(task, n === pieces ? text : `${text} ${n}`)
  }
  await writer.sync()
}

const archived = (store: Store) =>
  store.db.selectFrom('archive').selectAll().orderBy('seq').execute()

eachStore(({ newStore }) => {
  test('devices at any cursor read the same before, between and after compactions', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const writer = createWriter(world, person, 'mine')
    const early = createWriter(world, tablet, 'early')
    const middle = createWriter(world, tablet, 'middle')
    await type(writer, 'Kai eller ferje?')
    await early.sync()
    expect(await compactDocument(store, group, doc)).toBe('compacted')
    await middle.sync()
    await type(writer, 'Kai eller ferje? Begge delar.')
    expect(await compactDocument(store, group, doc)).toBe('compacted')
    await type(writer, 'Kai eller ferje? Begge delar, seier vi.', 3)
    const late = createWriter(world, tablet, 'late')
    for (const reader of [early, middle, late]) {
      await reader.sync()
      expect(reader.plain(task)).toEqual(writer.plain(task))
      expect(reader.at()).toBe(23)
    }
  })

  test('the archive keeps every byte and number, and a push of them is known', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const writer = createWriter(world, person, 'mine')
    for (const text of ['a', 'ab', 'abc']) writer.write(task, text)
    const pushes = [...writer.outbox]
    await writer.sync()
    const before = await store.db.selectFrom('update').selectAll().orderBy('seq').execute()
    await compactDocument(store, group, doc)
    expect(await archived(store)).toEqual(before)
    expect(await store.db.selectFrom('update').selectAll().execute()).toEqual([])
    const answer = await sync(world, person, {
      device: 'mine',
      budget: 1_000_000,
      scopes: [{ id: group, epoch: 0, cursor: 0, pushes }],
    })
    expect(answer.scopes[0]).toMatchObject({ acks: ['accepted', 'accepted', 'accepted'], head: 3 })
  })

  test('what was deleted is still in the snapshot', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const writer = createWriter(world, person, 'mine')
    writer.write(task, 'Hemmeleg draum')
    writer.write(task, '')
    await writer.sync()
    await compactDocument(store, group, doc)
    const { bytes } = await documentStore.parts(store.db, group, doc)
    expect(bytes).toHaveLength(1)
    expect(Buffer.from(bytes[0] ?? []).includes('Hemmeleg draum')).toBe(true)
  })

  test('what is pushed between reading and writing stays an update', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const writer = createWriter(world, person, 'mine')
    await type(writer, 'Ein fjord')
    const slow: Store = {
      ...store,
      write: async (work) => {
        await type(writer, 'Ein fjord til', 2)
        return store.write(work)
      },
    }
    expect(await compactDocument(slow, group, doc)).toBe('compacted')
    const parts = await documentStore.parts(store.db, group, doc)
    expect(parts).toMatchObject({ snapshotSeq: 10, seq: 12, updates: 2 })
    expect(readPlain(createDocument(parts.bytes))).toEqual(writer.plain(task))
  })

  test('of two compactors at once one is overtaken', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const writer = createWriter(world, person, 'mine')
    await type(writer, 'Ein kai')
    const slow: Store = {
      ...store,
      write: async (work) => {
        await compactDocument(store, group, doc)
        return store.write(work)
      },
    }
    expect(await compactDocument(slow, group, doc)).toBe('overtaken')
    const outcomes = await Promise.all([1, 2, 3].map(() => compactDocument(store, group, doc)))
    expect(outcomes).toEqual(['nothing', 'nothing', 'nothing'])
    expect(await archived(store)).toHaveLength(10)
  })

  test('a new epoch overtakes a compaction', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    await type(createWriter(world, person, 'mine'), 'Ein kai')
    const restored: Store = {
      ...store,
      write: async (work) => {
        await store.db.updateTable('scope').set({ epoch: 77 }).execute()
        return store.write(work)
      },
    }
    expect(await compactDocument(restored, group, doc)).toBe('overtaken')
    expect(await archived(store)).toEqual([])
  })

  test('a document that lacks an update, or has a broken one, is left alone', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const writer = createWriter(world, person, 'mine')
    writer.write(task, 'fyrst')
    const [lost] = writer.outbox.splice(0, 1)
    writer.write(task, 'fyrst så')
    await writer.sync()
    expect(await compactDocument(store, group, doc)).toBe('broken')
    if (lost) writer.outbox.push(lost)
    await writer.sync()
    writer.outbox.push({ doc, writtenAt: 0, update: new Uint8Array([1, 2, 3]) })
    await writer.sync()
    expect(await compactDocument(store, group, doc)).toBe('broken')
    expect(await archived(store)).toEqual([])
  })

  test('a document that would take too long to merge is left alone', async () => {
    const store = await newStore()
    const world = await worldOf(store)
    const writer = createWriter(world, person, 'mine')
    for (const update of [crowd(1, mostClients), crowd(mostClients + 1, 1)])
      writer.outbox.push({ doc, writtenAt: 0, update })
    await writer.sync()
    expect(await compactDocument(store, group, doc)).toBe('broken')
    expect(await archived(store)).toEqual([])
  })

  test('a round takes the large quiet documents, and comes back for the rest', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const writer = createWriter(world, person, 'mine')
    const limits = { updates: 5, bytes: 4000, quietMs: 1000, perRound: 1 }
    const compactor = createCompactor({ ...world, limits })
    await type(writer, 'for få', 5)
    expect(await compactor.round()).toBe(0)
    await type(writer, 'for få, no mange', 2)
    expect(await compactor.round()).toBe(0) // somebody writes
    world.clock.now += 2000
    expect(await compactor.round()).toBe(1) // and has stopped
    for (const text of ['x'.repeat(3000), 'y'.repeat(3000)]) writer.write('lang', text)
    await writer.sync()
    await type(writer, 'for få, no altfor mange', 6)
    world.clock.now += 2000
    expect(await compactor.round()).toBe(1)
    expect(await compactor.round()).toBe(1)
    expect(await compactor.round()).toBe(0)
    const docs = await store.db.selectFrom('document').select(['doc', 'snapshot_seq']).execute()
    expect(docs.sort((a, b) => a.snapshot_seq - b.snapshot_seq)).toEqual([
      { doc: `${group}/lang`, snapshot_seq: 9 },
      { doc, snapshot_seq: 15 },
    ])
  })

  test('a broken document keeps no other from its turn, and is tried again when it changes', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const writer = createWriter(world, person, 'mine')
    const limits = { updates: 1, quietMs: 0, perRound: 1 }
    const compactor = createCompactor({ ...world, limits })
    writer.write('a', 'fyrst')
    const [lost] = writer.outbox.splice(0, 1)
    for (const text of ['fyrst så', 'fyrst så då']) writer.write('a', text)
    for (const text of ['k', 'ka', 'kai']) writer.write('b', text)
    await writer.sync()
    expect(await compactor.round()).toBe(0)
    expect(await compactor.round()).toBe(1)
    if (lost) writer.outbox.push(lost)
    await writer.sync()
    expect(await compactor.round()).toBe(1)
  })
})
