import { expect, test } from 'vitest'
import { demoLink, endDemonstration } from '../../../src/server/people/demonstration.ts'
import { closeLinks, makeLink, peopleByLink } from '../../../src/server/people/municipality-link.ts'
import { erasePerson } from '../../../src/server/words/erase.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { eachStore } from '../stores.ts'
import { push, syncAll } from '../sync/sync-client.ts'
import { day, signIn, type TestApp } from '../test-app.ts'

const link = { cohort: 'vestland-1-kull-1', municipality: '4647', audience: 'folkevalde' }
let attempts = 0
const attempt = (): string => `forsok-${String(attempts++).padStart(20, '0')}`

const press = (
  { app }: TestApp,
  token: string,
  { cookie, ...body }: { cookie?: string; attempt?: string; language?: string } = {},
) =>
  app.inject({
    method: 'POST',
    url: paths.link(token),
    headers: cookie ? { cookie } : {},
    payload: { attempt: attempt(), language: 'nn', ...body },
  })
const look = ({ app }: TestApp, token: string) =>
  app.inject({ method: 'GET', url: paths.link(token) })
const cookieOf = (response: Awaited<ReturnType<typeof press>>): string =>
  `loft_session=${response.cookies[0]?.value}`
const anonymous = async ({ db }: TestApp): Promise<number> =>
  (await db.selectFrom('person').select('id').where('link', 'is not', null).execute()).length

eachStore(({ testApp }) => {
  test('looking at a link says whose it is, and makes nobody', async () => {
    const server = await testApp()
    const token = await makeLink(server.db, { ...link, expiresAt: null })
    for (let n = 0; n < 3; n++) {
      const response = await look(server, token)
      expect(response.json()).toEqual({ municipality: 'Sunnfjord', audience: 'folkevalde' })
      expect(response.cookies).toEqual([])
    }
    expect(await anonymous(server)).toBe(0)
  })

  test('the button makes an anonymous person of the municipality with words of their own', async () => {
    const server = await testApp()
    const token = await makeLink(server.db, { ...link, expiresAt: null })
    const response = await press(server, token)
    expect(response.statusCode).toBe(200)
    const me = response.json()
    expect(me).toMatchObject({
      name: 'Folkevald, Sunnfjord',
      role: 'participant',
      audience: 'folkevalde',
      municipality: { number: '4647' },
      groups: [],
      anonymous: true,
      resourceFor: null,
    })
    expect(me.personScope).toBe(`u:${me.principal}:vestland-1`)
    expect(response.cookies[0]).toMatchObject({ name: 'loft_session', httpOnly: true })

    const other = await press(server, token, { language: 'nb' })
    expect(other.json()).toMatchObject({ name: 'Folkevalgt, Sunnfjord' })
    expect(other.json().principal).not.toBe(me.principal)
  })

  test('pressed twice, also at the same moment and without an answer to the first, it makes one person', async () => {
    const server = await testApp()
    const token = await makeLink(server.db, { ...link, expiresAt: null })
    const same = attempt()
    const pressed = await Promise.all([1, 2, 3].map(() => press(server, token, { attempt: same })))
    const people = new Set(pressed.map((response) => response.json().principal))
    expect(people.size).toBe(1)
    const [first] = pressed
    if (!first) throw new Error('nobody pressed')
    const again = await press(server, token, { cookie: cookieOf(first) })
    expect(people.has(again.json().principal)).toBe(true)
    expect(again.cookies).toEqual([])
    expect(await anonymous(server)).toBe(1)
    const row = await server.db
      .selectFrom('municipality_link')
      .select('people_left')
      .where('demo', '=', 0)
      .executeTakeFirst()
    expect(row?.people_left).toBe(peopleByLink - 1)
  })

  test('somebody else who is signed in on the device becomes a new person', async () => {
    const server = await testApp()
    const token = await makeLink(server.db, { ...link, expiresAt: null })
    const leader = await signIn(server.app, 'demo-deltakar-sunnfjord')
    const response = await press(server, token, { cookie: leader })
    expect(response.json()).toMatchObject({ anonymous: true })
    expect(response.cookies).toHaveLength(1)
  })

  test('a code carries the person on to another device, where words and rights are the same', async () => {
    const server = await testApp()
    const token = await makeLink(server.db, { ...link, expiresAt: null })
    const entered = await press(server, token)
    const made = await server.app.inject({
      method: 'POST',
      url: paths.deviceCode,
      headers: { cookie: cookieOf(entered) },
    })
    const other = await server.app.inject({
      method: 'POST',
      url: paths.session,
      payload: { code: made.json().code },
    })
    expect(other.json()).toEqual(entered.json())
    expect(await anonymous(server)).toBe(1)
  })

  test.for([
    ['wrong', 'wrong-link', 404],
    ['too old', 'link-expired', 410],
    ['closed', 'link-closed', 410],
    ['full', 'link-full', 409],
  ] as const)('a link that is %s says so and lets nobody in', async ([kind, code, status]) => {
    const server = await testApp()
    const expiresAt = server.clock.now + day
    const token = await makeLink(server.db, { ...link, expiresAt })
    const inside = await press(server, token)
    if (kind === 'too old') server.clock.now += day
    if (kind === 'closed') expect(await closeLinks(server.db, link, server.clock.now)).toBe(1)
    if (kind === 'full')
      await server.db.updateTable('municipality_link').set({ people_left: 0 }).execute()
    const used = kind === 'wrong' ? `${token}x` : token
    for (const response of [await look(server, used), await press(server, used)]) {
      expect(response.statusCode).toBe(status)
      expect(response.json()).toMatchObject({ code })
      expect(response.cookies).toEqual([])
    }
    expect(await anonymous(server)).toBe(1)
    // Whoever is in already goes on.
    const again = await press(server, token, { cookie: cookieOf(inside) })
    expect(again.json()).toEqual(inside.json())
  })

  test('a link lets in so many people and no more, however many press at the same time', async () => {
    const server = await testApp()
    const token = await makeLink(server.db, { ...link, expiresAt: null })
    await server.db.updateTable('municipality_link').set({ people_left: 3 }).execute()
    const pressed = await Promise.all(Array.from({ length: 8 }, () => press(server, token)))
    const statuses = pressed.map(({ statusCode }) => statusCode).sort()
    expect(statuses).toEqual([200, 200, 200, 409, 409, 409, 409, 409])
    expect(await anonymous(server)).toBe(3)
  })

  test('a council of 77 behind one address gets in at once; the address that goes on is held back', async () => {
    const server = await testApp()
    const token = await makeLink(server.db, { ...link, expiresAt: null })
    const council = await Promise.all(Array.from({ length: 77 }, () => press(server, token)))
    expect(council.filter(({ statusCode }) => statusCode === 200)).toHaveLength(77)
    let refused = 0
    for (let n = 0; n < 50; n++) if ((await press(server, token)).statusCode === 429) refused++
    expect(refused).toBe(7)
    expect(await anonymous(server)).toBe(120)
  })

  test('the database holds no token of a link', async () => {
    const server = await testApp()
    const token = await makeLink(server.db, { ...link, expiresAt: null })
    const entered = await press(server, token)
    const rows = [
      await server.db.selectFrom('municipality_link').selectAll().execute(),
      await server.db.selectFrom('person').selectAll().execute(),
    ]
    const stored = JSON.stringify(rows)
    for (const secret of [token, demoLink.token, entered.cookies[0]?.value ?? 'none'])
      expect(stored).not.toContain(secret)
  })

  test('whoever has been erased is not let in again by the same button', async () => {
    const server = await testApp()
    const token = await makeLink(server.db, { ...link, expiresAt: null })
    const same = attempt()
    const entered = await press(server, token, { attempt: same })
    const person = entered.json().principal
    const { store, clock, folder } = server
    const ledger = openLedger(`${folder}/erased.ndjson`)
    await erasePerson({ store, ledger, now: () => clock.now, newEpoch: () => 7 }, person)
    for (const cookie of [undefined, cookieOf(entered)]) {
      const again = await press(server, token, { attempt: same, ...(cookie && { cookie }) })
      expect(again.json()).toMatchObject({ code: 'wrong-link' })
    }
    const row = await server.db
      .selectFrom('person')
      .selectAll()
      .where('id', '=', person)
      .executeTakeFirst()
    expect(row).toMatchObject({ name: '', link: null, municipality: null })
  })

  test('an anonymous person erases themselves, words and all', async () => {
    let wanted = 0
    const server = await testApp({ scrubber: { wanted: () => wanted++ } })
    const { app, db } = server
    const erase = (cookie: string) =>
      app.inject({ method: 'DELETE', url: paths.me, headers: { cookie } })
    expect((await app.inject({ method: 'DELETE', url: paths.me })).statusCode).toBe(401)

    const token = await makeLink(db, { ...link, expiresAt: null })
    const entered = await press(server, token)
    const other = await press(server, token)
    const { principal, personScope: scope } = entered.json()
    const cookie = cookieOf(entered)
    const pushes = [push(`${scope}/film`, 'ord')]
    await syncAll(app, cookie, [{ id: scope, pushes }])
    const sizes = async () =>
      (await db.selectFrom('update').select('seq').where('scope', '=', scope).execute()).length
    expect(await sizes()).toBe(1)

    expect((await erase(cookie)).statusCode).toBe(204)
    expect(await sizes()).toBe(0)
    expect(wanted).toBe(1)
    const person = await db
      .selectFrom('person')
      .selectAll()
      .where('id', '=', principal)
      .executeTakeFirst()
    expect(person).toMatchObject({ name: '', link: null, erased_at: server.clock.now })
    expect(openLedger(`${server.folder}/erased.ndjson`).people().has(principal)).toBe(true)
    // Their devices are told so, and nobody comes in as them.
    expect((await syncAll(app, cookie, [{ id: scope }]))[0]?.status).toBe('gone')
    expect((await erase(cookie)).statusCode).toBe(401)
    const still = await app.inject({
      method: 'GET',
      url: paths.me,
      headers: { cookie: cookieOf(other) },
    })
    expect(still.statusCode).toBe(200)
  })

  test.for([
    ['no attempt', { language: 'nn' }],
    ['a short attempt', { attempt: 'x', language: 'nn' }],
    ['another language', { attempt: 'x'.repeat(24), language: 'se' }],
    ['something beside', { attempt: 'x'.repeat(24), language: 'nn', role: 'administrator' }],
  ] as const)('a press with %s is a bad request', async ([, payload]) => {
    const server = await testApp()
    const request = { method: 'POST', url: paths.link(demoLink.token), payload } as const
    expect((await server.app.inject(request)).statusCode).toBe(400)
    expect(await anonymous(server)).toBe(0)
  })

  test('a form of another site lets nobody in', async () => {
    const { app } = await testApp()
    const response = await app.inject({
      method: 'POST',
      url: paths.link(demoLink.token),
      headers: { 'sec-fetch-site': 'cross-site' },
      payload: { attempt: attempt(), language: 'nn' },
    })
    expect(response.statusCode).toBe(404)
    expect(response.cookies).toEqual([])
  })

  test('the demonstration link is Stord’s, for this machine alone, and ends with the demonstration', async () => {
    const server = await testApp()
    const entered = await press(server, demoLink.token)
    expect(entered.json()).toMatchObject({ name: 'Folkevald, Stord' })
    const far = await server.app.inject({
      method: 'POST',
      url: paths.link(demoLink.token),
      headers: { 'x-forwarded-for': '10.0.0.5' },
      payload: { attempt: attempt(), language: 'nn' },
    })
    expect(far.json()).toMatchObject({ code: 'wrong-link' })
    // A code for another device is no way around it.
    const cookie = cookieOf(entered)
    const { code } = (
      await server.app.inject({ method: 'POST', url: paths.deviceCode, headers: { cookie } })
    ).json()
    const farCode = await server.app.inject({
      method: 'POST',
      url: paths.session,
      payload: { code },
      headers: { 'x-forwarded-for': '10.0.0.5' },
    })
    expect(farCode.statusCode).toBe(401)

    await endDemonstration(server.db)
    const me = await server.app.inject({ method: 'GET', url: paths.me, headers: { cookie } })
    expect(me.statusCode).toBe(401)
    expect((await press(server, demoLink.token)).json()).toMatchObject({ code: 'wrong-link' })
  })
})
