import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eraseByAdministrator } from '../../../src/server/people/erase-people.ts'
import {
  createRetention,
  dayOf,
  erasedOn,
  retentionOf,
} from '../../../src/server/people/retention.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'
import { testStore } from '../test-app.ts'
import { filesWith } from '../words/database-files.ts'
import { createWriter, own, person, tablet, type World, worldOf } from '../words/words-world.ts'

const run = 'vestland-1'

test.for([
  ['2026-11-25', 6, '2027-05-25'],
  ['2026-08-31', 6, '2027-02-28'],
  ['2027-08-31', 6, '2028-02-29'],
  ['2026-12-01', 1, '2027-01-01'],
  ['2026-11-30', 24, '2028-11-30'],
  ['2026-01-15', 0, '2026-01-15'],
  [null, 6, null],
  ['2026-11-25', null, null],
] as const)(
  'a run that ends on %s and is kept for %s months is erased on %s',
  ([end, months, day]) => {
    expect(erasedOn({ ends_on: end, keep_months: months })).toBe(day)
  },
)

test('the day begins at midnight in Norway, in winter and in summer', () => {
  expect(dayOf(Date.UTC(2026, 10, 24, 22, 59))).toBe('2026-11-24')
  expect(dayOf(Date.UTC(2026, 10, 24, 23, 0))).toBe('2026-11-25')
  expect(dayOf(Date.UTC(2026, 5, 30, 22, 0))).toBe('2026-07-01')
})

const jobOf = (world: World, more: Partial<Parameters<typeof createRetention>[0]> = {}) => {
  let wanted = 0
  const job = createRetention({ ...world, scrubber: { wanted: () => wanted++ }, ...more })
  return { job, wanted: () => wanted }
}
const left = async ({ db }: Store): Promise<string[]> => {
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where('erased_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
const ends = ({ db }: Store, id = run, keep = 1) =>
  db
    .updateTable('programme_run')
    .set({ ends_on: '2026-10-25', keep_months: keep })
    .where('id', '=', id)
    .execute()
/** Another run of the same network, with a cohort of its own. */
const addRun = async ({ db }: Store, id: string, network = 'vestland') => {
  await db
    .insertInto('programme_run')
    .values({ id, network, name: id, ends_on: null, keep_months: null })
    .execute()
  await db
    .insertInto('cohort')
    .values({ id: `${id}-kull`, run: id, name: 'Kull', package: 'base', version: '1.0.0' })
    .execute()
}

const beside = {
  vote: 'RøystOrdSomSkalBort',
  sum: 'TalOrdSomSkalBort',
  card: 'KortOrdSomSkalBort',
  practical: 'PraktiskOrdSomSkalBort',
  who: 'NamnSomSkalBort',
}
/** What people wrote beside their documents: in a vote, in a council's answers, on cards, in a programme; each marked. */
const writeBeside = async ({ db }: Store, marks = beside) => {
  const cohort = 'vestland-1-kull-1'
  const counted = { cohort, item: 'i', field: 'f', counted_at: 1 }
  await db
    .insertInto('vote_sum')
    .values({ ...counted, body: JSON.stringify(marks.vote) })
    .execute()
  await db.insertInto('closed_vote').values({ cohort, item: 'i', closed_at: 1 }).execute()
  await db
    .insertInto('published_sum')
    .values({ ...counted, municipality: '4614', body: JSON.stringify(marks.sum) })
    .execute()
  for (const group of ['stord', 'sunnfjord']) {
    await db
      .insertInto('shared_card')
      .values({
        ...{ id: `kort-${group}`, network: 'vestland', cohort, reach: 'network' },
        ...{ working_group: `leiargruppa-${group}`, published_at: 1, withdrawn_at: null },
        body: JSON.stringify({ title: `${marks.card} ${group}` }),
      })
      .execute()
  }
  await db
    .updateTable('gathering')
    .set({
      practical: `Ring ${marks.practical}`,
      agenda: JSON.stringify([{ time: '10:00', title: 'x', who: marks.who }]),
    })
    .where('stop', '=', 'samling-1')
    .execute()
}

eachStore(({ kind, newStore }) => {
  const setUp = async (opened?: Store) => {
    const store = opened ?? (await newStore())
    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine', own)
    const theirs = createWriter(world, tablet, 'theirs')
    mine.write('note', 'ord')
    theirs.write('visjon', 'våre ord')
    for (const writer of [mine, theirs]) await writer.sync()
    return { ...world, theirs }
  }

  test('on its day everybody is erased with their words, but for the network’s last administrator', async () => {
    const world = await setUp()
    const { store, ledger } = world
    const before = await left(store)
    await ends(store)
    world.clock.now = Date.UTC(2026, 10, 24, 22, 59)
    const { job, wanted } = jobOf(world)
    expect([await job.round(), wanted()]).toEqual([0, 0])
    expect(await left(store)).toEqual(before)

    world.clock.now += 60_000
    expect(await job.round()).toBe(before.length - 1)
    expect(wanted()).toBe(1)
    expect(await left(store)).toEqual(['administrator'])
    for (const table of ['update', 'archive', 'document', 'held'] as const)
      expect(await store.db.selectFrom(table).selectAll().execute()).toEqual([])
    expect([...ledger.people().keys()].toSorted()).toEqual(
      before.filter((id) => id !== 'administrator').toSorted(),
    )
    expect(await world.theirs.sync()).toMatchObject({ status: 'gone' })
    const acts = await store.db.selectFrom('administrative_act').selectAll().execute()
    expect(acts).toMatchObject([{ by_person: null, act: 'run.erased', subject: run }])
    expect(JSON.parse(acts[0]?.detail ?? '')).toEqual({ people: before.length - 1, groups: 2 })
    // Nothing is done, or told, twice.
    expect(await job.round()).toBe(0)
    expect(await store.db.selectFrom('administrative_act').select('id').execute()).toHaveLength(1)
  })

  test('who serves another run that lives stays, until that one has ended too', async () => {
    const world = await setUp()
    const { store } = world
    await ends(store)
    await addRun(store, 'vestland-2')
    await store.db
      .insertInto('cohort_staff')
      .values({ cohort: 'vestland-2-kull', person: 'fasilitator' })
      .execute()
    await store.db.insertInto('person_role').values({ person, role: 'administrator' }).execute()
    const { job } = jobOf(world)
    await job.round()
    expect(await left(store)).toEqual(
      ['administrator', person, 'fasilitator', 'redaktor'].toSorted(),
    )
    // The group of the one who stays is not emptied.
    expect(await store.db.selectFrom('update').select('doc').execute()).not.toEqual([])
    await ends(store, 'vestland-2')
    await job.round()
    expect(await left(store)).toHaveLength(1)
  })

  test('a run of another network keeps nobody, and loses nobody', async () => {
    const world = await setUp()
    const { store } = world
    await store.db
      .insertInto('network')
      .values({ id: 'nord', name: 'Nord', created_at: 1 })
      .execute()
    await addRun(store, 'nord-1', 'nord')
    await store.db
      .insertInto('person')
      .values({ id: 'der', name: 'Der', role: 'participant', cohort: 'nord-1-kull' })
      .execute()
    await ends(store)
    await jobOf(world).job.round()
    expect(await left(store)).toEqual(['administrator', 'der'])
  })

  test('names on waiting lists and of lecturers go too, and the links are closed', async () => {
    const world = await setUp()
    const { db } = world.store
    const cohort = 'vestland-1-kull-1'
    await db
      .insertInto('lecturer')
      .values({
        id: 'f',
        cohort,
        stop: 'samling-1',
        name: 'Foredragshaldar',
        topic: 'x',
        about: 'x',
      })
      .execute()
    await db
      .insertInto('waiting_person')
      .values({
        ...{ id: 'v', cohort, municipality: '4614', name: 'Ventar', email: 'v@kommune.example' },
        ...{ audience: 'hr', service_area: null, asked_at: 1 },
      })
      .execute()
    await ends(world.store)
    await jobOf(world).job.round()
    expect(await db.selectFrom('lecturer').selectAll().execute()).toEqual([])
    expect(await db.selectFrom('waiting_person').selectAll().execute()).toEqual([])
    const links = await db.selectFrom('municipality_link').select('closed_at').execute()
    expect(links).toEqual([{ closed_at: world.clock.now }])
  })

  test('what people wrote in votes, on cards and in the programme of a gathering goes too, with its bytes', async () => {
    const file = join(temporaryFolder(), 'loft.sqlite')
    const world = await setUp(kind === 'sqlite' ? await testStore(file) : undefined)
    const { store } = world
    await writeBeside(store)
    for (const mark of Object.values(beside))
      expect(await filesWith(store, mark, file)).not.toEqual([])
    const before = await store.db
      .selectFrom('gathering')
      .select('sequence')
      .where('stop', '=', 'samling-1')
      .executeTakeFirstOrThrow()
    await ends(store)
    const { job, wanted } = jobOf(world)
    await job.round()

    for (const table of ['vote_sum', 'closed_vote', 'published_sum'] as const)
      expect(await store.db.selectFrom(table).selectAll().execute()).toEqual([])
    const cards = await store.db
      .selectFrom('shared_card')
      .select(['body', 'withdrawn_at'])
      .execute()
    const withdrawn = { body: '{}', withdrawn_at: world.clock.now }
    expect(cards).toEqual([withdrawn, withdrawn])
    const gatherings = await store.db
      .selectFrom('gathering')
      .select(['stop', 'practical', 'agenda', 'sequence'])
      .execute()
    expect(gatherings.length).toBeGreaterThan(1)
    for (const gathering of gatherings)
      expect(gathering).toMatchObject({ practical: null, agenda: '[]' })
    expect(gatherings.find(({ stop }) => stop === 'samling-1')?.sequence).toBe(before.sequence + 1)

    await store.scrub()
    for (const mark of Object.values(beside)) expect(await filesWith(store, mark, file)).toEqual([])
    // Once.
    expect([await job.round(), wanted()]).toEqual([0, 1])
    expect(await store.db.selectFrom('gathering').select('sequence').execute()).toEqual(
      gatherings.map(({ sequence }) => ({ sequence })),
    )
  })

  test('a card of a group in which somebody stays is shared yet', async () => {
    const world = await setUp()
    const { store } = world
    await writeBeside(store)
    await ends(store)
    await addRun(store, 'vestland-2')
    await store.db.insertInto('person_role').values({ person, role: 'administrator' }).execute()
    await jobOf(world).job.round()
    const cards = await store.db
      .selectFrom('shared_card')
      .select('id')
      .where('withdrawn_at', 'is', null)
      .execute()
    expect(cards).toEqual([{ id: 'kort-stord' }])
  })

  test('a server whose run was erased before it knew of all this makes up for it, and has the bytes taken out', async () => {
    const world = await setUp()
    const { store } = world
    await ends(store)
    const { job, wanted } = jobOf(world)
    await job.round()
    await writeBeside(store)
    expect([await job.round(), wanted()]).toEqual([0, 2])
    expect(await store.db.selectFrom('vote_sum').selectAll().execute()).toEqual([])
    const cards = await store.db.selectFrom('shared_card').select('body').execute()
    expect(cards).toEqual([{ body: '{}' }, { body: '{}' }])
    expect([await job.round(), wanted()]).toEqual([0, 2])
  })

  test('what breaks off goes on at the next round', async () => {
    const world = await setUp()
    const { store } = world
    await ends(store)
    const all = await left(store)
    let writes = 0
    const breaking: Store = {
      ...store,
      write: (work) =>
        ++writes > 3 ? Promise.reject(new Error('the power went')) : store.write(work),
    }
    await expect(jobOf({ ...world, store: breaking }).job.round()).rejects.toThrow('power')
    expect((await left(store)).length).toBe(all.length - 2) // one of the three was the last administrator
    await jobOf(world).job.round()
    expect(await left(store)).toEqual(['administrator'])
  })

  test('the overview is told the day and how many people, a month and a week before', async () => {
    const world = await setUp()
    const { db } = world.store
    expect(await retentionOf(db, run, world.clock.now)).toBeNull()
    expect(await retentionOf(db, 'ingen', world.clock.now)).toBeNull()
    await ends(world.store, run, 6) // 2027-04-25
    const people = (await left(world.store)).length - 1
    const at = (day: string) => retentionOf(db, run, Date.parse(`${day}T12:00:00Z`))
    expect(await at('2027-03-24')).toEqual({ day: '2027-04-25', people, soon: null })
    expect(await at('2027-03-25')).toEqual({ day: '2027-04-25', people, soon: 'month' })
    expect(await at('2027-04-17')).toMatchObject({ soon: 'month' })
    expect(await at('2027-04-18')).toMatchObject({ soon: 'week' })
    world.clock.now = Date.parse('2027-04-25T12:00:00Z')
    expect(await jobOf(world).job.round()).toBe(people)
    expect(await at('2027-04-26')).toMatchObject({ people: 0 })
  })

  test('an administrator erases others, and it is noted that it was done, not to whom', async () => {
    const world = await setUp()
    const { db } = world.store
    const asked = { by: 'administrator', network: 'vestland' }
    expect(await eraseByAdministrator(world, asked, person)).toBe('erased')
    expect(await eraseByAdministrator(world, asked, person)).toBe('not-found')
    expect(await eraseByAdministrator(world, asked, 'ingen')).toBe('not-found')
    expect(await eraseByAdministrator(world, asked, 'administrator')).toBe('last-administrator')
    expect(world.ledger.people().has('administrator')).toBe(false)
    expect(await db.selectFrom('administrative_act').selectAll().execute()).toMatchObject([
      { by_person: 'administrator', act: 'person.erased', subject: null, detail: '{}' },
    ])
    expect(await left(world.store)).not.toContain(person)
  })

  test('two administrators who erase themselves at the same moment leave one', async () => {
    const world = await setUp()
    const { db } = world.store
    await db.insertInto('person_role').values({ person, role: 'administrator' }).execute()
    const asked = { by: 'x', network: 'vestland' }
    const outcomes = await Promise.all([
      eraseByAdministrator(world, asked, person),
      eraseByAdministrator(world, asked, 'administrator'),
    ])
    expect(outcomes.toSorted()).toEqual(['erased', 'last-administrator'])
  })
})

test('it begins at the start, and ends when it is told to', async () => {
  const world = await worldOf(await testStore())
  await ends(world.store)
  const { job } = jobOf(world)
  job.start(1_000_000)
  await expect.poll(() => left(world.store)).toEqual(['administrator'])
  await job.stop()
  await addRun(world.store, 'vestland-2')
  await ends(world.store, 'vestland-2')
  expect(await job.round()).toBe(0)
})

test('a round that fails is told of', async () => {
  const world = await worldOf(await testStore())
  await ends(world.store)
  const told: unknown[] = []
  const broken = { ...world.store, write: () => Promise.reject(new Error('no room')) }
  const { job } = jobOf({ ...world, store: broken }, { onError: (error) => told.push(error) })
  job.start(1_000_000)
  await expect.poll(() => told).toEqual([new Error('no room')])
  await job.stop()
})
