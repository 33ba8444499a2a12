import { expect, test } from 'vitest'
import { demoLink } from '../../../src/server/people/demonstration.ts'
import { enterByLink } from '../../../src/server/people/municipality-link.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { readSums } from '../../../src/server/sums/read-sums.ts'
import { compactDocument } from '../../../src/server/words/compact.ts'
import { erasePerson } from '../../../src/server/words/erase.ts'
import type { Field } from '../../../src/shared/domain/field.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import type { Scalar } from '../../../src/shared/words/plain.ts'
import { eachStore } from '../stores.ts'
import { minute, signIn } from '../test-app.ts'
import { createWriter, type World, worldOf } from '../words/words-world.ts'

const label = { nn: 'x', nb: 'x' }
const options = ['a', 'b'].map((id) => ({ id, label }))
const fields: Field[] = [
  { id: 'val', kind: 'single', sees: 'aggregate', label, options },
  { id: 'fritt', kind: 'longtext', sees: 'aggregate', label },
  { id: 'mitt', kind: 'single', sees: 'me', label, options },
]
const item = 'base.folkevalde.film'
const secret = 'HemmelegOrdSomIngenSkalSjå'
const resource = 'ressursperson-stord'

const publish = (store: Store) =>
  store.db
    .insertInto('package_version')
    .values({
      id: 'base',
      version: '1.0.0',
      hash: 'x',
      outline: JSON.stringify({
        tracks: [{ id: 'folkevalde', audience: 'folkevalde', items: [{ id: item, fields }] }],
      }),
      published_at: 1,
    })
    .execute()

/** An anonymous politician of Stord who writes. */
const createPolitician = async (world: World, number: number) => {
  const { store, now } = world
  const entered = await enterByLink(
    { db: store.db, now },
    demoLink.token,
    { attempt: `forsok-${number}`, language: 'nn', present: null, label: null },
    true,
  )
  if (typeof entered === 'string') throw new Error(entered)
  const scope = `u:${entered.person}:vestland-1`
  const writer = createWriter(world, entered.person, `eining-${number}`, scope)
  return {
    id: entered.person,
    scope,
    answer: async (value: Scalar) => {
      writer.set(item, [
        ['val', value],
        ['mitt', 'a'],
      ])
      writer.write(item, `${secret} ${number}`, 'fritt')
      await writer.sync()
    },
  }
}
type Politician = Awaited<ReturnType<typeof createPolitician>>

eachStore(({ newStore, testApp }) => {
  const setUp = async () => {
    const store = await newStore()
    const world = await worldOf(store)
    await publish(store)
    const council: Politician[] = []
    return {
      ...world,
      council,
      answer: async (...values: Scalar[]) => {
        for (const value of values) {
          const politician = await createPolitician(world, council.length)
          council.push(politician)
          await politician.answer(value)
        }
      },
      /** After the time in which it is counted once. */
      told: async () => {
        world.clock.now += minute
        const answer = await readSums(world, resource)
        return answer?.sums[0]?.told ?? null
      },
    }
  }
  const counts = (a: unknown, b: unknown) => [
    { id: 'a', ...(a as object) },
    { id: 'b', ...(b as object) },
  ]

  test('nothing is told of four, and from five on how many chose what', async () => {
    const world = await setUp()
    expect(await world.told()).toBeNull()
    await world.answer('a', 'a', 'b', 'b')
    expect(await world.told()).toBeNull()
    await world.answer('a')
    expect(await world.told()).toEqual({
      persons: 5,
      countedAt: world.clock.now,
      counts: counts({ count: 3, bound: null }, { count: 2, bound: null }),
    })
  })

  test('only choices of summed fields leave the people’s documents', async () => {
    const world = await setUp()
    await world.answer('a', 'a', 'b', 'b', 'a')
    const answer = await readSums(world, resource)
    expect(answer).toMatchObject({ municipality: 'Stord', audience: 'folkevalde' })
    expect(answer?.sums.map(({ field }) => field)).toEqual(['val'])
    const stored = JSON.stringify([
      answer,
      await world.store.db.selectFrom('published_sum').selectAll().execute(),
    ])
    for (const word of [secret, 'anonym-', 'mitt']) expect(stored).not.toContain(word)
  })

  test('between two readings lie the answers of five people at least', async () => {
    const world = await setUp()
    await world.answer('a', 'a', 'b', 'b', 'a')
    const first = await world.told()
    // Four more, one who changes their answer, and one who takes it back.
    await world.answer('b', 'b', 'b', 'b')
    await world.council[0]?.answer('b')
    await world.council[1]?.answer(null)
    expect(await world.told()).toEqual(first)
    await world.answer('b')
    expect(await world.told()).toMatchObject({
      persons: 5, // nine
      counts: counts({ count: 1, bound: 'atMost' }, { count: 8, bound: 'atLeast' }),
    })
  })

  test('what is compacted counts as before', async () => {
    const world = await setUp()
    await world.answer('a', 'a', 'b', 'b', 'a')
    for (const { scope } of world.council) {
      expect(await compactDocument(world.store, scope, `${scope}/${item}`)).not.toBe('broken')
    }
    expect(await world.told()).toMatchObject({ persons: 5 })
  })

  test('a count that takes long does not undo a later one', async () => {
    const world = await setUp()
    await world.answer('a', 'a', 'b', 'b')
    const reached = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const slowStore: Store = {
      ...world.store,
      db: world.store.db.withoutPlugins(), // of another process
      write: async (work) => {
        reached.resolve()
        await goOn.promise
        return world.store.write(work)
      },
    }
    const slow = readSums({ ...world, store: slowStore }, resource)
    await reached.promise
    await world.answer('a')
    expect(await world.told()).toMatchObject({ persons: 5 })
    goOn.resolve()
    await slow
    expect(await world.told()).toMatchObject({ persons: 5 })
  })

  test('one count is made at a time, and the next finds what came meanwhile', async () => {
    const world = await setUp()
    await world.answer('a', 'a', 'b', 'b', 'a')
    const reached = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const slowStore: Store = {
      ...world.store, // of the same database
      write: async (work) => {
        reached.resolve()
        await goOn.promise
        return world.store.write(work)
      },
    }
    world.clock.now += minute
    const slow = readSums({ ...world, store: slowStore }, resource)
    await reached.promise
    await world.answer('b')
    expect(await world.told()).toBeNull()
    goOn.resolve()
    expect((await slow)?.sums[0]?.told).toMatchObject({ persons: 5 })
    await world.answer('b', 'b', 'b', 'b')
    expect(await world.told()).toMatchObject({ persons: 10 })
  })

  test('whoever asks often gets the last count, and it is not counted anew', async () => {
    const world = await setUp()
    await world.answer('a', 'a', 'b', 'b')
    expect(await world.told()).toBeNull()
    await world.answer('a')
    expect((await readSums(world, resource))?.sums[0]?.told).toBeNull()
    expect(await world.told()).not.toBeNull()
  })

  test('many who ask at the same moment get the same', async () => {
    const world = await setUp()
    await world.answer('a', 'a', 'b', 'b', 'a')
    world.clock.now += minute
    await Promise.all(Array.from({ length: 6 }, () => readSums(world, resource)))
    const counted = await world.store.db.selectFrom('counted_person').select('person').execute()
    expect(counted).toHaveLength(5)
    expect(await world.told()).toMatchObject({ persons: 5 })
  })

  test('an erased person is in no later count, and when too few are left nothing is told', async () => {
    const world = await setUp()
    await world.answer('a', 'a', 'b', 'b', 'a')
    expect(await world.told()).not.toBeNull()
    const gone = world.council[0]?.id ?? ''
    await erasePerson(world, gone)
    const { db } = world.store
    const left = await db.selectFrom('counted_person').select('person').execute()
    expect(left.map(({ person }) => person)).not.toContain(gone)
    expect(await world.told()).toBeNull()
    // One more would tell the one who is gone by the difference.
    await world.answer('b')
    expect(await world.told()).toBeNull()
    await world.answer('b', 'b', 'a', 'a')
    expect(await world.told()).toMatchObject({ persons: 5 })
  })

  test('people of other municipalities, cohorts and audiences are not counted', async () => {
    const world = await setUp()
    await world.answer('a', 'a', 'b', 'b', 'a', 'a')
    const { db } = world.store
    const [other, audience] = world.council
    await db
      .updateTable('person')
      .set({ municipality: '4647' })
      .where('id', '=', other?.id ?? '')
      .execute()
    await db
      .updateTable('person')
      .set({ audience: 'hr' })
      .where('id', '=', audience?.id ?? '')
      .execute()
    expect(await world.told()).toBeNull()
  })

  test('bytes that are no document, or far too many, hold up nobody', async () => {
    const world = await setUp()
    await world.answer('a', 'a', 'b', 'b', 'a', 'b')
    const { db } = world.store
    const [broken, large] = world.council
    await db
      .updateTable('update')
      .set({ bytes: Uint8Array.of(9, 9, 9) })
      .where('scope', '=', broken?.scope ?? '')
      .execute()
    await db
      .updateTable('update')
      .set({ bytes: new Uint8Array(2_000_000) })
      .where('scope', '=', large?.scope ?? '')
      .execute()
    expect(await world.told()).toBeNull() // four are left
    await world.answer('a')
    expect(await world.told()).toMatchObject({ persons: 5 })
  })

  test('nobody but the resource person is told anything', async () => {
    const server = await testApp()
    await publish(server.store)
    const ask = async (cookie: string | null) =>
      server.app.inject({
        method: 'GET',
        url: paths.sums,
        headers: cookie === null ? {} : { cookie },
      })
    expect((await ask(null)).statusCode).toBe(401)
    for (const code of [
      'demo-deltakar-stord',
      'demo-politikar-stord',
      'demo-gruppe-stord',
      'demo-fasilitator',
      'demo-administrator',
    ]) {
      const response = await ask(await signIn(server.app, code))
      expect(response.statusCode).toBe(404)
      expect(response.json()).toEqual({ code: 'not-found', message: 'nothing here' })
    }
    const response = await ask(await signIn(server.app, 'demo-ressursperson-stord'))
    expect(response.statusCode).toBe(200)
    expect(response.headers['cache-control']).toBe('no-store')
    expect(response.json()).toMatchObject({ sums: [{ item, field: 'val', told: null }] })
  })
})
