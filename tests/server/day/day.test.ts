import { expect, test } from 'vitest'
import type { DayTaken } from '../../../src/shared/domain/day.ts'
import { forgottenMs, minuteMs } from '../../../src/shared/domain/day.ts'
import type { DayEvent } from '../../../src/shared/protocol/event-frames.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { outlineOf, text } from '../../shared/domain/sample-outline.ts'
import { eventually, type Listener, listen, openNode, twoMembers } from '../live/event-client.ts'
import { eachStore } from '../stores.ts'
import { signIn, type TestApp } from '../test-app.ts'

const cohort = 'vestland-1-kull-1'
const activity = (id: string, minutes: number) => ({
  id,
  minutes,
  title: text(id),
  text: text(`${id}?`),
  item: null,
  guide: { nn: 'a'.repeat(64), nb: 'b'.repeat(64) },
})

/** The demonstration's cohort follows a programme with two activities at its first gathering. */
const publish = async ({ db }: TestApp): Promise<void> => {
  const gatherings = [{ stop: 'g1', activities: [activity('opning', 20), activity('ark', 60)] }]
  const { package: id, version } = await db
    .selectFrom('cohort')
    .select(['package', 'version'])
    .where('id', '=', cohort)
    .executeTakeFirstOrThrow()
  await db.deleteFrom('package_version').where('id', '=', id).execute()
  await db
    .insertInto('package_version')
    .values({
      id,
      version,
      hash: '0'.repeat(64),
      outline: JSON.stringify({ ...outlineOf([]), gatherings }),
      published_at: 0,
    })
    .execute()
}

const change = (
  { app }: TestApp,
  cookie: string,
  payload: object,
  path = paths.cohortDay(cohort, 'g1'),
) => app.inject({ method: 'PUT', url: path, headers: { cookie }, payload })

const taken = async (...asked: Parameters<typeof change>): Promise<DayTaken> => {
  const response = await change(...asked)
  expect([response.statusCode, response.body.slice(0, 200)]).toEqual([
    200,
    response.body.slice(0, 200),
  ])
  return response.json()
}

const daysOf = async ({ app }: TestApp, cookie: string) =>
  (await app.inject({ url: paths.day, headers: { cookie } })).json()

const told = ({ events }: Listener): DayEvent[] =>
  events.filter(({ event }) => event === 'day').map(({ data }) => JSON.parse(data))

eachStore(({ testApp, newStore }) => {
  test('a facilitator begins an activity, and everybody of the cohort is told by the server’s clock', async () => {
    const world = await testApp()
    await publish(world)
    const facilitator = await signIn(world.app, 'demo-fasilitator')
    const { leader } = await twoMembers(world)
    expect(await daysOf(world, leader)).toEqual({ now: world.clock.now, days: [] })

    const endsAt = world.clock.now + 20 * minuteMs
    const wish = { activity: 'opning', endsAt, leftMs: null, revision: 0 }
    const { day, now } = await taken(world, facilitator, wish)
    expect(now).toBe(world.clock.now)
    expect(day).toEqual({
      ...wish,
      cohort,
      stop: 'g1',
      revision: 1,
      changedAt: world.clock.now,
    })
    expect(await daysOf(world, leader)).toEqual({ now: world.clock.now, days: [day] })
  })

  test('the plan of the day has its activities, its place, and what goes on', async () => {
    const world = await testApp()
    await publish(world)
    const facilitator = await signIn(world.app, 'demo-fasilitator')
    const asked = await world.app.inject({
      url: paths.cohortDay(cohort, 'g1'),
      headers: { cookie: facilitator },
    })
    expect(asked.json()).toMatchObject({
      now: world.clock.now,
      day: { activity: null, revision: 0 },
      cohort: { id: cohort },
      kind: 'gathering',
      activities: [{ id: 'opning' }, { id: 'ark' }],
    })
  })

  test('of two facilitators the second is told what the first did, and the same again is no quarrel', async () => {
    const world = await testApp()
    await publish(world)
    const facilitator = await signIn(world.app, 'demo-fasilitator')
    const first = { activity: 'opning', endsAt: null, leftMs: minuteMs, revision: 0 }
    const second = { ...first, activity: 'ark' }
    expect(await taken(world, facilitator, first)).toMatchObject({ taken: true })
    // Its answer got lost, and it is sent again.
    expect(await taken(world, facilitator, first)).toMatchObject({
      taken: true,
      day: { activity: 'opning', revision: 1 },
    })
    expect(await taken(world, facilitator, second)).toMatchObject({
      taken: false,
      day: { activity: 'opning', revision: 1 },
    })
    expect(await taken(world, facilitator, { ...second, revision: 1 })).toMatchObject({
      taken: true,
      day: { activity: 'ark', revision: 2 },
    })
  })

  test('many who begin at the same moment: one of them is taken', async () => {
    const world = await testApp()
    await publish(world)
    const facilitator = await signIn(world.app, 'demo-fasilitator')
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        taken(world, facilitator, {
          activity: 'ark',
          endsAt: null,
          leftMs: index * minuteMs,
          revision: 0,
        }),
      ),
    )
    expect(all.filter((one) => one.taken)).toHaveLength(1)
    expect(new Set(all.map(({ day }) => day.leftMs)).size).toBe(1)
  })

  test.each([
    ['no such activity', { activity: 'ingen', endsAt: null, leftMs: null, revision: 0 }, 400],
    ['a time without an activity', { activity: null, endsAt: null, leftMs: 1, revision: 0 }, 400],
    ['a time in another year', { activity: 'ark', endsAt: 1, leftMs: null, revision: 0 }, 400],
    ['a field too many', { activity: null, endsAt: null, leftMs: null, revision: 0, x: 1 }, 400],
  ])('refused, and nothing changed: %s', async (_, wish, status) => {
    const world = await testApp()
    await publish(world)
    const facilitator = await signIn(world.app, 'demo-fasilitator')
    expect((await change(world, facilitator, wish)).statusCode).toBe(status)
    expect(await world.db.selectFrom('gathering_day').selectAll().execute()).toEqual([])
  })

  test('a stop at which nothing is done is answered as what is not there', async () => {
    const world = await testApp()
    await publish(world)
    const facilitator = await signIn(world.app, 'demo-fasilitator')
    const wish = { activity: null, endsAt: null, leftMs: null, revision: 0 }
    for (const stop of ['pre', 'g2', 'ingen']) {
      const path = paths.cohortDay(cohort, stop)
      expect((await change(world, facilitator, wish, path)).statusCode).toBe(404)
      const read = await world.app.inject({ url: path, headers: { cookie: facilitator } })
      expect(read.statusCode).toBe(404)
    }
  })

  test('a day that was never ended is forgotten', async () => {
    const world = await testApp()
    await publish(world)
    const facilitator = await signIn(world.app, 'demo-fasilitator')
    await taken(world, facilitator, { activity: 'ark', endsAt: null, leftMs: 1, revision: 0 })
    world.clock.now += forgottenMs
    expect((await daysOf(world, facilitator)).days).toEqual([])
  })

  test('a change is told at once here, within a second on another node, and at each new connection', async () => {
    const store = await newStore()
    const make = () => openNode((changes) => testApp({ store, ...changes }))
    const [one, two] = [await make(), await make()]
    await publish(one)
    const facilitator = await signIn(one.app, 'demo-fasilitator')
    const { leader, tablet } = await twoMembers(one)
    const here = await listen(one, tablet, { device: 'here' })
    const there = await listen(two, leader, { device: 'there' })
    expect([told(here), told(there)]).toEqual([[], []])

    const wish = { activity: 'ark', endsAt: null, leftMs: minuteMs, revision: 0 }
    const { day } = await taken(one, facilitator, wish)
    await eventually(() => expect(told(here).map((event) => event.day)).toEqual([day]))
    await two.tick()
    await eventually(() => expect(told(there).map((event) => event.day)).toEqual([day]))

    const later = await listen(two, tablet, { device: 'later' })
    await eventually(() => expect(told(later).map((event) => event.day)).toEqual([day]))
    // Nothing has changed: nothing is told again.
    await two.tick()
    await there.caughtUp(two)
    expect(told(there)).toHaveLength(1)

    const ended = { activity: null, endsAt: null, leftMs: null, revision: 1 }
    await taken(two, facilitator, ended)
    await eventually(() => expect(told(there).at(-1)?.day).toMatchObject({ activity: null }))
  })

  test.each([
    ['ended', { ended_at: 1 }],
    ['over', { expires_at: 1 }],
  ])('a tablet whose time is %s is told nothing', async (_, time) => {
    const node = await openNode((changes) => testApp(changes))
    await publish(node)
    const facilitator = await signIn(node.app, 'demo-fasilitator')
    const { tablet } = await twoMembers(node)
    const left = await listen(node, tablet)
    const { now } = node.clock
    await node.db
      .insertInto('tablet')
      .values({
        person: 'gruppe-stord',
        working_group: 'leiargruppa-stord',
        stop: null,
        label: 'Nettbrett',
        joined_at: now,
        expires_at: now + 60_000,
        ended_at: null,
        seen_at: now,
        unsent: 0,
        ...time,
      })
      .execute()
    await taken(node, facilitator, { activity: 'ark', endsAt: null, leftMs: 1, revision: 0 })
    await left.ended
    expect(told(left)).toEqual([])
  })

  test('another cohort is told nothing, and nobody whose session has ended', async () => {
    const node = await openNode((changes) => testApp(changes))
    await publish(node)
    const facilitator = await signIn(node.app, 'demo-fasilitator')
    const { leader, tablet } = await twoMembers(node)
    const moved = await listen(node, leader, { device: 'moved' })
    const left = await listen(node, tablet, { device: 'left' })
    const home = await node.db
      .selectFrom('cohort')
      .select(['run', 'name', 'package', 'version'])
      .where('id', '=', cohort)
      .executeTakeFirstOrThrow()
    await node.db
      .insertInto('cohort')
      .values({ id: 'eit-anna-kull', ...home })
      .execute()
    await node.db
      .updateTable('person')
      .set({ cohort: 'eit-anna-kull' })
      .where('id', '=', 'deltakar-stord')
      .execute()
    await node.db
      .updateTable('session')
      .set({ ended_at: node.clock.now })
      .where('person', '=', 'gruppe-stord')
      .execute()
    await taken(node, facilitator, { activity: 'ark', endsAt: null, leftMs: 1, revision: 0 })
    await node.tick()
    await left.ended
    expect([told(moved), told(left)]).toEqual([[], []])
  })
})
