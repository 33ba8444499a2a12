import * as v from 'valibot'
import { expect, test } from 'vitest'
import { changeGathering } from '../../../src/server/people/change-gathering.ts'
import { readGathering, readGatherings } from '../../../src/server/people/gatherings.ts'
import { seedMunicipalities } from '../../../src/server/people/municipalities.ts'
import {
  type GatheringChange,
  gatheringChangeSchema,
  gatheringsSchema,
} from '../../../src/shared/domain/gathering.ts'
import { eachStore } from '../stores.ts'
import { everything, type NetworkWorld, networkWorld } from './network-world.ts'

const change = (
  world: NetworkWorld,
  body: GatheringChange,
  { cohort = world.cohorts[0] ?? '', stop = 'g1', network = world.network } = {},
) =>
  world.store.write((db) =>
    changeGathering(db, { network, by: world.administrator }, { cohort, stop }, body, world.now()),
  )
const g1 = (world: NetworkWorld, municipality: string | null = null) =>
  readGathering(world.store.db, world.cohorts[0] ?? '', 'g1', municipality)
const acts = ({ store }: NetworkWorld) =>
  store.db.selectFrom('administrative_act').select(['act', 'subject', 'detail']).execute()

const days = { starts: '2026-12-09', ends: '2026-12-10' }
const full: GatheringChange = {
  ...days,
  startsAt: '12:00',
  endsAt: '13:00',
  place: 'Førde',
  address: 'Storehagen 2',
  meetingLink: 'https://meet.example/a',
  practical: 'Ta med ladar.\nMiddag kl. 19.',
  agenda: [{ time: '12:00', title: 'Lunsj', who: null }],
  travelDay: true,
  lecturers: [
    { name: 'Førelesar, Vestland', topic: 'Data', about: 'Leiar i ein kommune.' },
    { name: 'Førelesar, Bergen', topic: 'Folk', about: null },
  ],
}

eachStore(({ newStore }) => {
  test('a cohort has all stops of its programme, with the meetings of tracks, before anybody has said a word', async () => {
    const world = await networkWorld(await newStore())
    const gatherings = await readGatherings(world.store.db, 'kull-2')
    expect(v.parse(gatheringsSchema, { gatherings }).gatherings).toEqual(gatherings)
    expect(gatherings.map(({ stop, kind }) => `${stop} ${kind}`)).toEqual([
      ...['start home', 'pre own', 'g1 gathering', 'mid own', 'g2 gathering', 'end home'],
      'folkevalde home',
    ])
    expect(gatherings.at(-1)).toMatchObject({ audience: 'folkevalde', title: { nn: 'Møtet' } })
    expect(gatherings[2]).toMatchObject({ starts: null, agenda: [], sequence: 0, changedAt: null })
  })

  test('all that is said of a stop is read again, and of that stop of that cohort alone', async () => {
    const world = await networkWorld(await newStore())
    expect(await change(world, full)).toBe('changed')
    const read = await g1(world)
    expect(read).toMatchObject({ ...full, sequence: 1, changedAt: world.clock.now, own: false })
    expect(v.parse(gatheringsSchema, { gatherings: [read] }).gatherings[0]).toEqual(read)
    const { db } = world.store
    expect(await readGathering(db, 'kull-2', 'g1')).toMatchObject({ starts: null, lecturers: [] })
    expect(await readGathering(db, world.cohorts[0] ?? '', 'g2')).toMatchObject({ place: null })
  })

  test('the version rises by one for each change that a calendar shows, and for no other', async () => {
    const world = await networkWorld(await newStore())
    await change(world, full)
    expect(await change(world, full)).toBe('same')
    expect(await change(world, { starts: '2026-12-09' })).toBe('same')
    expect(await change(world, {})).toBe('same')
    expect((await g1(world))?.sequence).toBe(1)
    expect(await change(world, { lecturers: [] })).toBe('changed')
    expect(await g1(world)).toMatchObject({ sequence: 1, lecturers: [], place: 'Førde' })
    const shown: GatheringChange[] = [
      { ends: '2026-12-11' },
      { startsAt: '11:30' },
      { place: 'Florø' },
      { address: null },
      { meetingLink: null },
      { practical: null },
      { agenda: [] },
      { travelDay: false },
      { cancelled: true },
    ]
    for (const [index, body] of shown.entries()) {
      expect(await change(world, body), JSON.stringify(body)).toBe('changed')
      expect((await g1(world))?.sequence, JSON.stringify(body)).toBe(index + 2)
    }
  })

  test('two who change it at the same time make two versions', async () => {
    const world = await networkWorld(await newStore())
    await Promise.all([change(world, { place: 'Førde' }), change(world, { address: 'Torget 1' })])
    expect(await g1(world)).toMatchObject({ place: 'Førde', address: 'Torget 1', sequence: 2 })
  })

  test('cancelling and taking it back is told in the log, without what anybody wrote', async () => {
    const world = await networkWorld(await newStore())
    await change(world, full)
    await change(world, { cancelled: true })
    expect((await g1(world))?.cancelled).toBe(true)
    await change(world, { cancelled: false })
    expect((await g1(world))?.cancelled).toBe(false)
    const told = await acts(world)
    expect(told.map(({ act }) => act).toSorted()).toEqual([
      'gathering.cancelled',
      'gathering.changed',
      'gathering.changed',
    ])
    expect(new Set(told.map(({ subject }) => subject))).toEqual(new Set([world.cohorts[0]]))
    expect(JSON.stringify(told)).toContain('2026-12-09')
    expect(JSON.stringify(told)).not.toMatch(/Førde|Storehagen|meet\.example|ladar|Lunsj|Data/)
  })

  test.for<[GatheringChange, string]>([
    [{ starts: '2026-12-09', ends: '2026-12-08' }, 'ends-before-start'],
    [{ starts: '2026-12-09', startsAt: '12:00', endsAt: '12:00' }, 'ends-before-start'],
    [
      { starts: '2026-12-09', ends: '2026-12-09', startsAt: '12:00', endsAt: '09:00' },
      'ends-before-start',
    ],
    [{ ends: '2026-12-09' }, 'no-first-day'],
    [{ startsAt: '12:00' }, 'no-first-day'],
  ])('%j changes nothing: %s', async ([body, failure]) => {
    const world = await networkWorld(await newStore())
    const before = await everything(world.store.db)
    expect(await change(world, body)).toBe(failure)
    expect(await everything(world.store.db)).toEqual(before)
  })

  test('what stands already is held against what is new', async () => {
    const world = await networkWorld(await newStore())
    await change(world, full)
    expect(await change(world, { starts: '2026-12-11' })).toBe('ends-before-start')
    expect(await change(world, { starts: null })).toBe('no-first-day')
    expect(await change(world, { ends: null })).toBe('changed') // 12:00–13:00 on one day
    expect(await change(world, { endsAt: '11:00' })).toBe('ends-before-start')
    expect(await change(world, { starts: null, startsAt: null, endsAt: null })).toBe('changed')
    expect(await g1(world)).toMatchObject({ starts: null, ends: null, place: 'Førde' })
  })

  test.for([
    ['an unknown stop', { stop: 'g3' }],
    ['an unknown cohort', { cohort: 'kull-9' }],
    ['the cohort of another network', { network: 'nordland' }],
  ] as const)('%s is not found and not made', async ([, of]) => {
    const world = await networkWorld(await newStore())
    const before = await everything(world.store.db)
    expect(await change(world, full, of)).toBe('not-found')
    expect(await everything(world.store.db)).toEqual(before)
  })

  test('a cohort whose programme is not published here has no stops', async () => {
    const world = await networkWorld(await newStore())
    const { db } = world.store
    await db.updateTable('cohort').set({ version: '9.0.0' }).where('id', '=', 'kull-2').execute()
    expect(await readGatherings(db, 'kull-2')).toEqual([])
    expect(await readGatherings(db, 'kull-9')).toEqual([])
    expect(await change(world, full, { cohort: 'kull-2' })).toBe('not-found')
  })

  test("a municipality has its own days without the times and the journey of the cohort's", async () => {
    const world = await networkWorld(await newStore())
    const { db } = world.store
    await seedMunicipalities(db)
    await change(world, full)
    const own = { starts: '2026-12-16', ends: '2026-12-16', place: 'Leirvik', drawing: 'stord' }
    await db
      .insertInto('municipality_stop')
      .values({ cohort: world.cohorts[0] ?? '', municipality: '4614', stop: 'g1', ...own })
      .execute()
    expect(await g1(world, '4614')).toMatchObject({
      ...own,
      own: true,
      startsAt: null,
      endsAt: null,
      address: null,
      travelDay: false,
      practical: full.practical,
      meetingLink: full.meetingLink,
    })
    expect(await g1(world, '4647')).toMatchObject({ ...days, own: false, startsAt: '12:00' })
    expect(await g1(world)).toMatchObject({ ...days, own: false })
  })

  test('a drawing stays with its place', async () => {
    const world = await networkWorld(await newStore())
    const { db } = world.store
    const none = { starts: null, ends: null }
    await db
      .insertInto('cohort_stop')
      .values([
        { cohort: world.cohorts[0] ?? '', stop: 'g1', ...none, place: 'Førde', drawing: 'forde' },
        { cohort: world.cohorts[0] ?? '', stop: 'g2', ...none, place: 'Stord', drawing: 'stord' },
      ])
      .execute()
    await change(world, { practical: 'a' })
    expect((await g1(world))?.drawing).toBe('forde')
    await change(world, { place: 'Voss' })
    expect((await g1(world))?.drawing).toBeNull()
    await change(world, { place: 'Stord' })
    expect((await g1(world))?.drawing).toBe('stord')
  })
})

test.for<[string, object]>([
  ['a time that there is not', { startsAt: '24:00' }],
  ['a time without its nought', { startsAt: '9:00' }],
  ['a day that there is not', { starts: '2026-02-30' }],
  ['a link that is not https', { meetingLink: 'http://meet.example' }],
  ['a script for a link', { meetingLink: 'javascript:alert(1)' }],
  ['a link without a host', { meetingLink: 'https://' }],
  ['a link with a space', { meetingLink: 'https://meet.example/a b\nc' }],
  ['an address of two lines', { address: 'a\nb' }],
  ['an agenda without a title', { agenda: [{ time: '12:00', title: '', who: null }] }],
  ['a NUL', { practical: 'a\u0000b' }],
  ['a lecturer without a name', { lecturers: [{ name: ' ', topic: 'a', about: null }] }],
  ['a key of another body', { sequence: 3 }],
])('%s is not taken', ([, body]) => {
  expect(v.safeParse(gatheringChangeSchema, body).success).toBe(false)
})
