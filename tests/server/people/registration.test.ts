import * as v from 'valibot'
import { expect, test } from 'vitest'
import { importPeople } from '../../../src/server/people/people-file/import-people.ts'
import { listGroups } from '../../../src/server/people/read-groups.ts'
import { lookAtRegistration, registerPeople } from '../../../src/server/people/registration.ts'
import {
  closeRegistrationLink,
  makeRegistrationLink,
} from '../../../src/server/people/registration-links.ts'
import { readSeats } from '../../../src/server/people/seats.ts'
import {
  admitWaiting,
  readCohortRegistration,
  removeWaiting,
} from '../../../src/server/people/waiting-list.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { tellEntered } from '../../../src/server/words/membership.ts'
import {
  cohortRegistrationSchema,
  mostByLink,
  mostRegistrants,
  registrationSchema,
  registrationSightSchema,
} from '../../../src/shared/domain/registration.ts'
import { eachStore } from '../stores.ts'
import { day } from '../test-app.ts'
import { everything, type NetworkWorld, networkWorld } from './network-world.ts'

interface RegistrationWorld extends NetworkWorld {
  cohort: string
  token: string
  by: { network: string; by: string }
}

/** Kull 1 with so many seats, none taken, and a link for Stord. */
const registrationWorld = async (store: Store, capacity = 50): Promise<RegistrationWorld> => {
  const world = await networkWorld(store)
  const [cohort = ''] = world.cohorts
  await store.db.updateTable('cohort').set({ capacity }).where('id', '=', cohort).execute()
  await store.db.deleteFrom('administrative_act').execute()
  const by = { network: world.network, by: world.administrator }
  return { ...world, cohort, by, token: await makeLink(world, by, cohort) }
}

const makeLink = async (
  { store, now }: NetworkWorld,
  by: RegistrationWorld['by'],
  cohort: string,
  municipality = '4614',
): Promise<string> => {
  const wanted = { cohort, municipality, lastDay: '2027-01-24' }
  const made = await store.write((db) => makeRegistrationLink(db, by, wanted, now()))
  return typeof made === 'string' ? made : made.token
}

const person = (name: string, more: object = {}) => ({
  name: `Leiar ${name}`,
  email: `${name}@stord.example`,
  audience: 'leiargruppe',
  serviceArea: 'kultur',
  ...more,
})
let attempts = 0
const register = async (
  world: RegistrationWorld,
  people: object[],
  attempt = `attempt-attempt-${++attempts}`.padEnd(24, 'x'),
  token = world.token,
) => {
  const body = v.parse(registrationSchema, { attempt, people })
  const done = await world.store.write((db) => registerPeople(db, world, token, body))
  if (typeof done === 'string') return done
  await tellEntered(world, done.entered)
  return done.registered
}
const admit = (world: RegistrationWorld, id: string) =>
  world.store.write((db) => admitWaiting(db, world, world.by, id))
const waitingOf = async ({ store, cohort }: RegistrationWorld) =>
  v.parse(cohortRegistrationSchema, await readCohortRegistration(store.db, cohort)).waiting
const emailsOf = async (world: RegistrationWorld): Promise<string[]> =>
  (await waitingOf(world)).map(({ email }) => email)
const actsOf = async ({ store: { db } }: RegistrationWorld) =>
  (
    await db
      .selectFrom('administrative_act')
      .select(['act', 'subject', 'by_person', 'detail'])
      .orderBy('act')
      .execute()
  ).map((row) => ({ ...row, detail: JSON.parse(row.detail) as object }))

eachStore(({ newStore }) => {
  test('several are registered at once, with words of their own and their leadership group', async () => {
    const world = await registrationWorld(await newStore())
    const { db } = world.store
    const people = [person('a'), person('b', { email: ' B@Stord.example ', serviceArea: null })]
    expect(await register(world, people)).toEqual({ seats: 2, waiting: 0 })
    const { groups } = await listGroups(db, world.cohort)
    const stord = groups.find(({ municipality }) => municipality === '4614')
    expect(stord?.people.map(({ name }) => name)).toEqual(['Leiar a', 'Leiar b'])
    const rows = await db
      .selectFrom('person')
      .innerJoin('membership', 'membership.person', 'person.id')
      .select(['email', 'person.cohort', 'scope'])
      .where('email', 'is not', null)
      .where('scope', 'like', 'u:%')
      .orderBy('email')
      .execute()
    const registered = rows.filter(({ email }) => email?.endsWith('stord.example'))
    expect(registered.map(({ email }) => email)).toEqual(['a@stord.example', 'b@stord.example'])
    expect(await actsOf(world)).toMatchObject([
      {
        act: 'person.registered',
        subject: '4614',
        by_person: null,
        detail: { rows: 2, seats: 2, seated: 2, waiting: 0 },
      },
      { act: 'registration.opened', subject: '4614', by_person: world.administrator },
    ])
    expect(JSON.stringify(await actsOf(world))).not.toMatch(/stord\.example|Leiar/)
  })

  test('the page learns what it is for, and of nobody who is registered', async () => {
    const world = await registrationWorld(await newStore(), 12)
    await register(world, [person('a')])
    const sight = await lookAtRegistration(world.store.db, world.token, world.now())
    expect(v.parse(registrationSightSchema, sight)).toMatchObject({
      network: 'Vestland',
      municipality: 'Stord',
      capacity: 12,
      free: 11,
    })
    expect(JSON.stringify(sight)).not.toContain('stord.example')
  })

  test('sent twice it registers once, and is answered the same, even when the link is closed', async () => {
    const world = await registrationWorld(await newStore(), 1)
    const people = [person('a'), person('b')]
    const attempt = 'the-same-attempt-twice-1'
    const first = await register(world, people, attempt)
    expect(first).toEqual({ seats: 1, waiting: 1 })
    const before = await everything(world.store.db)
    expect(await register(world, people, attempt)).toEqual(first)
    expect(await everything(world.store.db)).toEqual(before)
    const { links } = v.parse(
      cohortRegistrationSchema,
      await readCohortRegistration(world.store.db, world.cohort),
    )
    expect(links).toMatchObject([{ sent: 2, closedAt: null }])
    await world.store.write((db) =>
      closeRegistrationLink(db, world.by, links[0]?.id ?? '', world.now()),
    )
    expect(await register(world, people, attempt)).toEqual(first)
    expect(await register(world, people)).toBe('link-closed')
  })

  test('beyond the seats they wait, in the order in which they came', async () => {
    const world = await registrationWorld(await newStore(), 2)
    expect(
      await register(
        world,
        ['a', 'b', 'd', 'c'].map((name) => person(name)),
      ),
    ).toEqual({
      seats: 2,
      waiting: 2,
    })
    world.clock.now -= 5000 // a clock that was set back lets nobody past
    expect(await register(world, [person('e')])).toEqual({ seats: 0, waiting: 1 })
    expect(await emailsOf(world)).toEqual(['d@stord.example', 'c@stord.example', 'e@stord.example'])
    expect(await readSeats(world.store.db, world.cohort)).toEqual({ capacity: 2, taken: 2 })
  })

  test('nobody goes past those who wait when there is room again', async () => {
    const world = await registrationWorld(await newStore(), 1)
    await register(world, [person('a'), person('b')])
    await world.store.db.updateTable('cohort').set({ capacity: 9 }).execute()
    expect(await lookAtRegistration(world.store.db, world.token, world.now())).toMatchObject({
      free: 0,
    })
    expect(await register(world, [person('c')])).toEqual({ seats: 0, waiting: 1 })
  })

  test('an address that is known is answered as a new one, with seats and without', async () => {
    for (const free of [0, 1, 2, 9]) {
      const world = await registrationWorld(await newStore(), 1 + free)
      await register(world, [person('known')])
      const people = (email: string) => [person('x', { email }), person('new')]
      const before = await world.store.db.selectFrom('person').selectAll().execute()
      const known = await register(world, people('known@stord.example'))
      const after = await world.store.db.selectFrom('person').selectAll().execute()
      // Whoever was known is as they were, and what was said of the new one is true.
      expect(after).toEqual(expect.arrayContaining(before))
      expect(after).toHaveLength(before.length + (free > 1 ? 1 : 0))
      expect(await emailsOf(world)).toEqual(free > 1 ? [] : ['new@stord.example'])
      const other = await registrationWorld(await newStore(), 1 + free)
      await register(other, [person('known')])
      expect(known).toEqual(await register(other, people('unknown@stord.example')))
    }
  })

  test('who waits already does not wait twice', async () => {
    const world = await registrationWorld(await newStore(), 0)
    await register(world, [person('a')])
    expect(await register(world, [person('a', { name: 'Ein annan' })])).toEqual({
      seats: 0,
      waiting: 1,
    })
    expect(await waitingOf(world)).toMatchObject([{ name: 'Leiar a', municipality: 'Stord' }])
  })

  test('of two who ask for the last seat one gets it, and one waits', async () => {
    const world = await registrationWorld(await newStore(), 1)
    const bergen = await makeLink(world, world.by, world.cohort, '4601')
    const answers = await Promise.all([
      register(world, [person('a')]),
      register(world, [person('b')], 'another-attempt-at-once-1', bergen),
    ])
    expect(answers).toEqual(
      expect.arrayContaining([
        { seats: 1, waiting: 0 },
        { seats: 0, waiting: 1 },
      ]),
    )
    expect(await readSeats(world.store.db, world.cohort)).toEqual({ capacity: 1, taken: 1 })
    expect(await waitingOf(world)).toHaveLength(1)
  })

  test('the same attempt twice at once registers once', async () => {
    const world = await registrationWorld(await newStore())
    const attempt = 'pressed-twice-in-a-hurry'
    const answers = await Promise.all([1, 2].map(() => register(world, [person('a')], attempt)))
    expect(answers).toEqual([
      { seats: 1, waiting: 0 },
      { seats: 1, waiting: 0 },
    ])
    expect((await actsOf(world)).filter(({ act }) => act === 'person.registered')).toHaveLength(1)
  })

  test('a link that is wrong, old or closed, or of a day that cannot be, registers nobody', async () => {
    const world = await registrationWorld(await newStore())
    const { store, by, cohort } = world
    expect(await register(world, [person('a')], undefined, 'no-such-token')).toBe('wrong-link')
    expect(await lookAtRegistration(store.db, 'no-such-token', world.now())).toBe('wrong-link')
    const make = (lastDay: string, municipality = '4614') =>
      store.write((db) =>
        makeRegistrationLink(db, by, { cohort, municipality, lastDay }, world.now()),
      )
    expect(await make('2026-11-24')).toBe('no-such-day')
    expect(await make('2029-01-01')).toBe('no-such-day')
    expect(await make('2026-11-25')).toHaveProperty('token')
    expect(await make('2026-12-25', '9999')).toBe('not-found')
    await make('2027-07-01')
    const { links } = (await readCohortRegistration(store.db, cohort)) ?? { links: [] }
    const ends = links.map(({ expiresAt }) => new Date(Number(expiresAt)).toISOString())
    expect(ends).toEqual(
      expect.arrayContaining(['2026-11-25T22:59:59.000Z', '2027-07-01T21:59:59.000Z']),
    )
    world.clock.now += 90 * day
    const before = await everything(store.db)
    expect(await register(world, [person('a')])).toBe('link-expired')
    expect(await everything(store.db)).toEqual(before)
  })

  test('politicians, audiences that there are not, and more than a link may bring are refused', async () => {
    const world = await registrationWorld(await newStore(), 500)
    const { db } = world.store
    const before = await everything(db)
    expect(await register(world, [person('a', { audience: 'ingen' })])).toBe('no-such-audience')
    expect(await everything(db)).toEqual(before)
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => person(`p${from + index}`))
    for (let sent = 0; sent + mostRegistrants <= mostByLink; sent += mostRegistrants)
      await register(world, many(sent, mostRegistrants))
    expect(await register(world, many(1000, mostRegistrants))).toBe('link-full')
  })

  test('who waits gets a seat when there is one, and only then', async () => {
    const world = await registrationWorld(await newStore(), 1)
    await register(world, [person('a'), person('b'), person('c')])
    const [b = '', c = ''] = (await waitingOf(world)).map(({ id }) => id)
    expect(await admit(world, b)).toBe('over-capacity')
    await world.store.db.updateTable('cohort').set({ capacity: 2 }).execute()
    const [one, other] = await Promise.all([admit(world, b), admit(world, c)])
    expect([one, other].filter((done) => done === 'over-capacity')).toHaveLength(1)
    expect(await waitingOf(world)).toHaveLength(1)
    expect(await admit(world, one === 'over-capacity' ? c : b)).toBe('not-found')
    const { groups } = await listGroups(world.store.db, world.cohort)
    expect(groups.find(({ municipality }) => municipality === '4614')?.people).toHaveLength(2)
    const admitted = (await actsOf(world)).filter(({ act }) => act === 'person.admitted')
    expect(admitted).toMatchObject([{ by_person: world.administrator }])
  })

  test('who came in by another way meanwhile only leaves the list', async () => {
    const world = await registrationWorld(await newStore(), 0)
    await register(world, [person('a')])
    await world.store.db.updateTable('cohort').set({ capacity: 9 }).execute()
    const file = `Namn;E-post;Kommune;Målgruppe;Kull\nLeiar a;a@stord.example;Stord;1;Kull 1\n`
    await world.store.write((db) =>
      importPeople(db, world, { network: world.network, by: null, bytes: Buffer.from(file) }),
    )
    const [waits] = await waitingOf(world)
    expect(await admit(world, waits?.id ?? '')).toEqual({ entered: [] })
    expect(await waitingOf(world)).toEqual([])
    expect(await readSeats(world.store.db, world.cohort)).toEqual({ capacity: 9, taken: 1 })
  })

  test('who is taken off the list leaves nothing behind', async () => {
    const world = await registrationWorld(await newStore(), 0)
    await register(world, [person('a'), person('b')])
    const [first] = await waitingOf(world)
    const remove = () =>
      world.store.write((db) => removeWaiting(db, world.by, first?.id ?? '', world.now()))
    expect(await remove()).toBe(true)
    expect(await remove()).toBe(false)
    expect(await emailsOf(world)).toEqual(['b@stord.example'])
    const all = JSON.stringify(await everything(world.store.db))
    expect(all).not.toContain('a@stord.example')
  })
})

test('what is sent is looked at: thirty at most, no address twice, no empty name', () => {
  const parse = (people: object[], attempt = 'an-attempt-that-is-long') =>
    v.safeParse(registrationSchema, { attempt, people }).success
  const many = (count: number) => Array.from({ length: count }, (_, index) => person(`p${index}`))
  expect(parse(many(mostRegistrants))).toBe(true)
  expect(parse(many(mostRegistrants + 1))).toBe(false)
  expect(parse([])).toBe(false)
  expect(parse([person('a'), person('b', { email: 'A@stord.example' })])).toBe(false)
  for (const wrong of [{ name: ' ' }, { email: 'stord' }, { name: 'a\u0000' }, { more: 1 }])
    expect(parse([person('a', wrong)])).toBe(false)
  expect(parse([person('a')], 'short')).toBe(false)
})
