import { expect, test } from 'vitest'
import type { CohortGroups } from '../../../src/shared/domain/working-group.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { outlineOf, text } from '../../shared/domain/sample-outline.ts'
import { eachStore } from '../stores.ts'
import { day, signIn, type TestApp } from '../test-app.ts'

const cohort = 'vestland-1-kull-1'

/** The demonstration with a programme, an administrator, and ways to ask. */
const openWorld = async ({ app, db }: TestApp) => {
  const audiences = ['leiargruppe', 'hr', 'folkevalde'].map((id, index) => ({
    id,
    number: index + 1,
    title: text(id),
  }))
  await db
    .insertInto('package_version')
    .values({
      id: 'base',
      version: '1.0.0',
      hash: '0'.repeat(64),
      outline: JSON.stringify({ ...outlineOf([]), audiences }),
      published_at: 0,
    })
    .execute()
  const cookie = await signIn(app, 'demo-administrator')
  type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  const ask = (method: Method, url: string, payload?: object) =>
    app.inject({ method, url, headers: { cookie }, ...(payload && { payload }) })
  const guest = (method: 'GET' | 'POST', url: string, payload?: object) =>
    app.inject({ method, url, ...(payload && { payload }) })
  const makeLink = async (): Promise<string> => {
    const body = { municipality: '4614', lastDay: '2026-12-24' }
    const made = await ask('POST', paths.registrationLinks(cohort), body)
    return made.json<{ token: string }>().token
  }
  return { ask, guest, makeLink }
}

const person = (name: string, more: object = {}) => ({
  name,
  email: `${name}@stord.example`,
  audience: 'hr',
  serviceArea: null,
  ...more,
})
const body = (people: object[], attempt = 'an-attempt-of-this-test') => ({ attempt, people })

eachStore(({ testApp }) => {
  test('a stranger registers by the link, is nobody after it, and is told nothing of anybody', async () => {
    const { ask, guest, makeLink } = await openWorld(await testApp())
    const url = paths.registration(await makeLink())
    const sight = await guest('GET', url)
    expect(sight.json()).toMatchObject({ municipality: 'Stord', capacity: 50 })
    expect(sight.json().audiences.map(({ id }: { id: string }) => id)).toEqual([
      'leiargruppe',
      'hr',
    ])
    expect(sight.headers['cache-control']).toBe('no-store')
    const done = await guest('POST', url, body([person('a'), person('b')]))
    expect(done.json()).toEqual({ seats: 2, waiting: 0 })
    expect(done.cookies).toEqual([])
    expect((await ask('GET', paths.cohortRegistration(cohort))).json()).toMatchObject({
      links: [{ municipality: 'Stord', sent: 2 }],
      waiting: [],
    })
    const { groups } = (await ask('GET', paths.groups(cohort))).json<CohortGroups>()
    const stord = groups.find(({ id }) => id === 'leiargruppa-stord')
    expect(stord?.people.map(({ name }) => name)).toEqual(expect.arrayContaining(['a', 'b']))
  })

  test('what is not as described is refused, and registers nobody', async () => {
    const testing = await testApp()
    const { guest, makeLink } = await openWorld(testing)
    const url = paths.registration(await makeLink())
    const many = Array.from({ length: 31 }, (_, index) => person(`p${index}`))
    const wrong = [
      body([]),
      body(many),
      body([person('a'), person('a')]),
      body([person('a', { audience: 'folkevalde' })]),
      body([person('a', { serviceArea: 'sirkus' })]),
      body([person('a', { role: 'administrator' })]),
      body([person('a', { name: 'to\nlinjer' })]),
      body([person('a')], 'kort'),
    ]
    for (const payload of wrong) expect((await guest('POST', url, payload)).statusCode).toBe(400)
    const known = await testing.db.selectFrom('person').select('email').execute()
    expect(known.filter(({ email }) => email?.endsWith('stord.example'))).toEqual([])
  })

  test('an old link, a closed one and none are told apart, for whoever has them', async () => {
    const testing = await testApp()
    const { ask, guest, makeLink } = await openWorld(testing)
    const [closed, old] = [await makeLink(), await makeLink()]
    const { links } = (await ask('GET', paths.cohortRegistration(cohort))).json()
    for (const { id } of links) await ask('DELETE', paths.registrationLink(id))
    const codeOf = async (token: string) =>
      (await guest('POST', paths.registration(token), body([person('a')]))).json().code
    expect(await codeOf(closed)).toBe('link-closed')
    const open = await makeLink()
    testing.clock.now += 40 * day
    expect([await codeOf(open), await codeOf(old), await codeOf('ingen')]).toEqual([
      'link-expired',
      'link-closed',
      'wrong-link',
    ])
  })

  test('whoever sends too often waits', async () => {
    const { guest } = await openWorld(await testApp())
    const url = paths.registration('ingen')
    const codes: number[] = []
    for (let sent = 0; sent < 32; sent++)
      codes.push((await guest('POST', url, body([person('a')]))).statusCode)
    expect(codes.slice(0, 30)).toEqual(codes.slice(0, 30).fill(404))
    expect(codes.slice(30)).toEqual([429, 429])
  })

  test('groups are saved, renamed and left, and nobody sits twice', async () => {
    const { ask } = await openWorld(await testApp())
    const all = (await ask('GET', paths.groups(cohort))).json<CohortGroups>()
    expect(all.gatherings.map(({ stop }) => stop)).toEqual(['g1', 'g2'])
    const [one = '', other = ''] = all.people.map(({ id }) => id)
    const save = (groups: object[], stop = 'g1') =>
      ask('PUT', paths.gatheringGroups(cohort, stop), { groups })
    const twice = [
      { name: 'A', people: [one] },
      { name: 'B', people: [one] },
    ]
    expect((await save(twice)).statusCode).toBe(400)
    expect((await save([{ name: 'A', people: ['ingen'] }])).statusCode).toBe(404)
    expect((await save([{ name: ' ', people: [one] }])).statusCode).toBe(400)
    expect((await save([{ name: 'A', people: [] }])).statusCode).toBe(400)
    expect((await save([{ name: 'A', people: [one] }], 'pre')).statusCode).toBe(404)
    expect((await save([{ name: 'A', people: [one, other] }])).statusCode).toBe(204)
    const groups = async () =>
      (await ask('GET', paths.groups(cohort)))
        .json<CohortGroups>()
        .groups.filter(({ stop }) => stop === 'g1')
    const [made] = await groups()
    const id = made?.id ?? ''
    expect((await ask('PATCH', paths.group(id), { name: 'Bord 7' })).statusCode).toBe(204)
    const move = { person: one, from: id, to: null }
    expect((await ask('POST', paths.groupMoves(cohort), move)).statusCode).toBe(204)
    expect((await ask('POST', paths.groupMoves(cohort), move)).statusCode).toBe(404)
    expect(await groups()).toMatchObject([{ name: 'Bord 7', people: [{ id: other }] }])
  })
})
