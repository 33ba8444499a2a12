import { expect, test } from 'vitest'
import { makeNetwork } from '../../../src/server/people/network.ts'
import type { Database } from '../../../src/server/store/schema.ts'
import type { Acts, Overview } from '../../../src/shared/domain/administration.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { eachStore } from '../stores.ts'
import { day, signIn, type TestApp } from '../test-app.ts'

const cohort = 'vestland-1-kull-1'
const run = 'vestland-1'
type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

const as = async ({ app }: TestApp, code: string) => {
  const cookie = await signIn(app, code)
  return (method: Method, url: string, payload?: object) =>
    app.inject({ method, url, headers: { cookie }, ...(payload && { payload }) })
}
const administrator = (server: TestApp) => as(server, 'demo-administrator')

/** Participants by name in the demonstration's cohort, besides those who are there. */
const addPeople = async (db: Database, ids: readonly string[], of = cohort): Promise<void> => {
  for (const id of ids) {
    await db
      .insertInto('person')
      .values({
        id,
        name: `Rådgjevar ${id}`,
        role: 'participant',
        audience: 'hr',
        municipality: '4614',
        cohort: of,
      })
      .execute()
  }
}

const publish = async (db: Database, version: string): Promise<void> => {
  const outline = {
    title: { nn: 'Løft', nb: 'Løft' },
    stops: [
      { id: 'oppstart', kind: 'home', title: { nn: 'Oppstart', nb: 'Oppstart' } },
      { id: 'samling-1', kind: 'gathering', title: { nn: 'Samling 1', nb: 'Samling 1' } },
      { id: 'samling-2', kind: 'gathering', title: { nn: 'Samling 2', nb: 'Samling 2' } },
    ],
    audiences: [],
    tracks: [{ audience: 'folkevalde' }],
    modules: [],
  }
  await db
    .insertInto('package_version')
    .values({
      id: 'base',
      version,
      hash: version,
      outline: JSON.stringify(outline),
      published_at: 1,
    })
    .execute()
}

const otherNetwork = async ({ store, app, clock }: TestApp) => {
  const code = await store.write((db) =>
    makeNetwork(db, { name: 'Nordland', package: 'base', version: '1.0.0' }, clock.now),
  )
  const cookie = await signIn(app, code)
  return (method: Method, url: string, payload?: object) =>
    app.inject({ method, url, headers: { cookie }, ...(payload && { payload }) })
}

eachStore(({ testApp }) => {
  test('the overview tells how far each cohort’s people have come, and what is next', async () => {
    const server = await testApp()
    const { db, clock } = server
    await publish(db, '1.0.0')
    await publish(db, '1.10.0')
    await publish(db, '1.9.0')
    await addPeople(db, ['invitert', 'inne', 'ny'])
    for (const [person, used_at] of [
      ['invitert', null],
      ['inne', 5],
    ] as const) {
      const never = {
        made_by: null,
        made_at: 1,
        expires_at: 2,
        mail: 'none',
        mail_at: null,
      } as const
      await db
        .insertInto('invitation')
        .values({ ...never, hash: person, person, used_at })
        .execute()
    }
    const before = (await (await administrator(server))('GET', paths.overview)).json<Overview>()
    const [shown] = before.cohorts
    expect(before.network).toEqual({ id: 'vestland', name: 'Vestland' })
    expect(shown).toMatchObject({
      name: 'Kull 1',
      capacity: 50,
      programme: { id: 'base', version: '1.0.0', versions: ['1.10.0', '1.9.0', '1.0.0'] },
      next: { stop: 'samling-1', place: 'Førde', title: { nn: 'Samling 1' } },
      invited: 1,
      arrived: 1,
      waiting: 0,
    })
    expect(shown?.participants).toBe(
      (shown?.arrived ?? 0) + (shown?.invited ?? 0) + (shown?.notInvited ?? 0),
    )
    // Politicians have a line of their own and take no seat.
    const ids = await db
      .selectFrom('person')
      .select('id')
      .where('role', '=', 'participant')
      .execute()
    expect(shown?.participants).toBe(ids.length - 1)

    clock.now += 40 * day
    await db
      .updateTable('cohort_stop')
      .set({ starts: '2027-01-20', ends: '2027-01-21' })
      .where('stop', '=', 'samling-2')
      .execute()
    const later = (await (await administrator(server))('GET', paths.overview)).json<Overview>()
    expect(later.cohorts[0]?.next).toMatchObject({ stop: 'samling-2', starts: '2027-01-20' })
  })

  test('a facilitator sees their own cohorts, and no runs', async () => {
    const server = await testApp()
    const ask = await administrator(server)
    await ask('POST', paths.cohorts, { name: 'Kull 2', capacity: 40, run, like: cohort })
    const facilitator = await as(server, 'demo-fasilitator')
    const seen = (await facilitator('GET', paths.overview)).json<Overview>()
    expect(seen.cohorts.map(({ name }) => name)).toEqual(['Kull 1'])
    expect(seen.runs).toEqual([])
    expect((await ask('GET', paths.overview)).json<Overview>().cohorts).toHaveLength(2)
    for (const [method, url, body] of [
      ['PATCH', paths.cohort(cohort), { name: 'Mitt' }],
      ['POST', paths.cohorts, { name: 'Kull 3', capacity: 40, run, like: cohort }],
      ['PATCH', paths.network, { name: 'Mitt' }],
      ['PATCH', paths.run(run), { name: 'Mitt' }],
      ['GET', paths.acts, undefined],
    ] as const) {
      expect((await facilitator(method, url, body)).statusCode, `${method} ${url}`).toBe(404)
    }
  })

  test('a new cohort follows the newest version, with the stops of its model and no days', async () => {
    const server = await testApp()
    await publish(server.db, '1.0.0')
    await publish(server.db, '1.2.0')
    const ask = await administrator(server)
    const made = await ask('POST', paths.cohorts, {
      name: 'Kull 2',
      capacity: 40,
      run,
      like: cohort,
    })
    const { id } = made.json<{ id: string }>()
    const { cohorts } = (await ask('GET', paths.overview)).json<Overview>()
    expect(cohorts.find((one) => one.id === id)).toMatchObject({
      name: 'Kull 2',
      capacity: 40,
      programme: { version: '1.2.0' },
      participants: 0,
      next: null,
    })
    const stops = await server.db
      .selectFrom('cohort_stop')
      .selectAll()
      .where('cohort', '=', id)
      .execute()
    expect(stops).toHaveLength(8)
    expect(stops.every(({ starts, place }) => starts === null && place === null)).toBe(true)
  })

  test('a cohort never has fewer seats than are taken, and nothing of such a change stays', async () => {
    const server = await testApp()
    await addPeople(server.db, ['ein', 'to', 'tre'])
    const ask = await administrator(server)
    const [before] = (await ask('GET', paths.overview)).json<Overview>().cohorts
    const taken = before?.participants ?? 0
    const tooFew = await ask('PATCH', paths.cohort(cohort), { name: 'Nytt', capacity: taken - 1 })
    expect(tooFew.statusCode).toBe(409)
    expect(tooFew.json()).toMatchObject({ code: 'over-capacity' })
    const [same] = (await ask('GET', paths.overview)).json<Overview>().cohorts
    expect(same).toMatchObject({ name: 'Kull 1', capacity: 50 })
    expect((await ask('GET', paths.acts)).json<Acts>().acts).toEqual([])
    const exact = await ask('PATCH', paths.cohort(cohort), { capacity: taken })
    expect(exact.statusCode).toBe(204)
  })

  test('a cohort follows newer versions that are published, and never goes back', async () => {
    const server = await testApp()
    await publish(server.db, '1.0.0')
    await publish(server.db, '1.10.0')
    await publish(server.db, '1.9.0')
    const ask = await administrator(server)
    const follow = async (version: string) =>
      (await ask('PATCH', paths.cohort(cohort), { version })).statusCode
    expect(await follow('1.10.1')).toBe(409)
    expect(await follow('1.10.0')).toBe(204)
    expect(await follow('1.9.0')).toBe(409)
    expect(await follow('1.10.0')).toBe(204)
  })

  test('a cohort with people stays in its run', async () => {
    const server = await testApp()
    const ask = await administrator(server)
    const made = await ask('POST', paths.runs, { name: 'Haust', endsOn: null, keepMonths: null })
    const { id } = made.json<{ id: string }>()
    expect((await ask('PATCH', paths.cohort(cohort), { run: id })).statusCode).toBe(404)
    const empty = await ask('POST', paths.cohorts, {
      name: 'Kull 2',
      capacity: 5,
      run,
      like: cohort,
    })
    const moved = await ask('PATCH', paths.cohort(empty.json<{ id: string }>().id), { run: id })
    expect(moved.statusCode).toBe(204)
  })

  test.for([
    { capacity: 0 },
    { capacity: 501 },
    { capacity: 4.5 },
    { name: '   ' },
    { name: 'a\u0000b' },
    { version: 'ny' },
    { unknown: 1 },
  ])('a cohort is not changed by %j', async (body) => {
    const ask = await administrator(await testApp())
    expect((await ask('PATCH', paths.cohort(cohort), body)).statusCode).toBe(400)
  })

  test('a run’s last day and months say when its people are erased', async () => {
    const server = await testApp()
    const ask = await administrator(server)
    const patch = { name: 'Vår 2027', endsOn: '2027-11-30', keepMonths: 3 }
    expect((await ask('PATCH', paths.run(run), patch)).statusCode).toBe(204)
    const [shown] = (await ask('GET', paths.overview)).json<Overview>().runs
    expect(shown).toMatchObject({ ...patch, erasure: { day: '2028-02-29', soon: null } })
    expect(shown?.erasure?.people).toBeGreaterThan(1)
    await ask('PATCH', paths.run(run), { keepMonths: null })
    expect((await ask('GET', paths.overview)).json<Overview>().runs[0]?.erasure).toBeNull()
  })

  test.for([
    { endsOn: '2027-02-29' },
    { endsOn: '2027-13-01' },
    { endsOn: 'i morgon' },
    { keepMonths: 0 },
    { keepMonths: 61 },
    { keepMonths: 1.5 },
  ])('a run is not changed by %j', async (body) => {
    const ask = await administrator(await testApp())
    expect((await ask('PATCH', paths.run(run), body)).statusCode).toBe(400)
  })

  test('another network’s administrator reaches nothing of this one', async () => {
    const server = await testApp()
    const other = await otherNetwork(server)
    const seen = (await other('GET', paths.overview)).json<Overview>()
    expect(seen.network.name).toBe('Nordland')
    expect(seen.cohorts.map(({ id }) => id)).not.toContain(cohort)
    const own = seen.runs[0]?.id ?? ''
    for (const [method, url, body] of [
      ['PATCH', paths.cohort(cohort), { name: 'Vårt' }],
      ['PATCH', paths.run(run), { name: 'Vårt' }],
      ['POST', paths.cohorts, { name: 'X', capacity: 5, run: own, like: cohort }],
      ['POST', paths.cohorts, { name: 'X', capacity: 5, run, like: seen.cohorts[0]?.id }],
      ['PATCH', paths.cohort(seen.cohorts[0]?.id ?? ''), { run }],
    ] as const) {
      expect((await other(method, url, body)).statusCode, `${method} ${url}`).toBe(404)
    }
    expect((await other('GET', paths.acts)).json<Acts>().acts).toEqual([])
    const ask = await administrator(server)
    await ask('PATCH', paths.network, { name: 'Vestland fylke' })
    expect((await other('GET', paths.overview)).json<Overview>().network.name).toBe('Nordland')
    expect((await other('GET', paths.acts)).json<Acts>().acts).toEqual([])
  })

  test('the log has what was done, by whom and about what, fifty at a time', async () => {
    const server = await testApp()
    const ask = await administrator(server)
    await ask('PATCH', paths.network, { name: 'Vestland fylke' })
    await ask('PATCH', paths.network, { name: 'Vestland fylke' }) // nothing is changed
    for (let n = 1; n <= 60; n++) {
      if (n % 3 === 0) server.clock.now += 1
      await ask('PATCH', paths.cohort(cohort), { capacity: 100 + n })
    }
    const first = (await ask('GET', paths.acts)).json<Acts>()
    expect(first.acts).toHaveLength(50)
    expect(first.acts[0]).toMatchObject({ act: 'cohort.changed', detail: { capacity: 160 } })
    expect(first.names).toMatchObject({
      [cohort]: 'Kull 1',
      administrator: 'Administrator, Vestland',
    })
    const second = (await ask('GET', `${paths.acts}?before=${first.older}`)).json<Acts>()
    expect(second.older).toBeNull()
    const ids = [...first.acts, ...second.acts].map(({ id }) => id)
    expect(new Set(ids).size).toBe(61)
    const times = [...first.acts, ...second.acts].map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(second.acts.map(({ act }) => act)).toContain('network.renamed')
    expect((await ask('GET', `${paths.acts}?before=x`)).statusCode).toBe(400)
  })
})
