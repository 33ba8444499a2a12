import { type AddressInfo, connect } from 'node:net'
import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import {
  demoPeople,
  endDemonstration,
  seedDemonstration,
} from '../../../src/server/people/demonstration.ts'
import { meSchema } from '../../../src/shared/domain/person.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { day, signIn, testApp, testDatabase } from '../test-app.ts'

const code = 'demo-deltakar-stord'
const stord = { scope: 'g:leiargruppa-stord', name: 'Leiargruppa, Stord' }
const sunnfjord = { scope: 'g:leiargruppa-sunnfjord', name: 'Leiargruppa, Sunnfjord' }

test.for([
  [
    'demo-deltakar-stord',
    'participant',
    'leiargruppe',
    'Stord',
    'u:deltakar-stord:vestland-1',
    [stord],
  ],
  [
    'demo-deltakar-sunnfjord',
    'participant',
    'hr',
    'Sunnfjord',
    'u:deltakar-sunnfjord:vestland-1',
    [sunnfjord],
  ],
  [
    'demo-politikar-stord',
    'participant',
    'folkevalde',
    'Stord',
    'u:politikar-stord:vestland-1',
    [],
  ],
  [
    'demo-ressursperson-stord',
    'participant',
    'leiargruppe',
    'Stord',
    'u:ressursperson-stord:vestland-1',
    [],
  ],
  ['demo-gruppe-stord', 'group-tablet', null, 'Stord', null, [stord]],
  ['demo-fasilitator', 'facilitator', null, undefined, 'u:fasilitator:vestland-1', []],
  ['demo-administrator', 'administrator', null, undefined, 'u:administrator:vestland-1', []],
] as const)('%s is who the code says', async ([demoCode, role, audience, place, own, groups]) => {
  const { app } = await testApp()
  const cookie = await signIn(app, demoCode)
  const me = v.parse(
    meSchema,
    (await app.inject({ method: 'GET', url: paths.me, headers: { cookie } })).json(),
  )
  expect(me).toMatchObject({ role, audience, personScope: own, groups, run: 'vestland-1' })
  expect(me.municipality?.name).toBe(place)
  // Stord's politicians meet on a day of their own.
  expect(me.cohort.stops).toHaveLength(place === 'Stord' ? 9 : 8)
})

test('every code belongs to one person, and every person to one code', () => {
  expect(new Set(demoPeople.map((person) => person.code)).size).toBe(8)
  expect(new Set(demoPeople.map((person) => person.id)).size).toBe(8)
})

test('a stop that a municipality has by itself stands in the place of the cohort’s', async () => {
  const { app, db } = await testApp()
  const stop = { stop: 'avslutting', starts: '2027-04-01', ends: null, place: 'Rådhuset' }
  await db
    .insertInto('municipality_stop')
    .values({ cohort: 'vestland-1-kull-1', municipality: '4614', drawing: null, ...stop })
    .execute()
  const stopsOf = async (demoCode: string) => {
    const cookie = await signIn(app, demoCode)
    const me = await app.inject({ method: 'GET', url: paths.me, headers: { cookie } })
    const { stops } = v.parse(meSchema, me.json()).cohort
    return stops.filter((one) => one.stop === 'avslutting').map(({ place }) => place)
  }
  expect(await stopsOf('demo-deltakar-stord')).toEqual(['Rådhuset'])
  expect(await stopsOf('demo-deltakar-sunnfjord')).toEqual(['Teams'])
})

test.for([
  ['x-forwarded-for', '10.0.0.1'],
  ['x-forwarded-host', 'localhost'],
  ['x-forwarded-proto', 'https'],
  ['x-forwarded-server', 'proxy'],
  ['forwarded', 'for=10.0.0.1'],
  ['via', '1.1 proxy'],
  ['x-real-ip', '10.0.0.1'],
  ['x-client-ip', '10.0.0.1'],
  ['x-cluster-client-ip', '10.0.0.1'],
  ['true-client-ip', '10.0.0.1'],
  ['fastly-client-ip', '10.0.0.1'],
  ['fly-client-ip', '10.0.0.1'],
  ['cf-connecting-ip', '10.0.0.1'],
  ['cf-ray', '7a1'],
  ['cdn-loop', 'cloudflare'],
  ['x-original-forwarded-for', '10.0.0.1'],
  ['x-original-host', 'localhost'],
  ['x-envoy-external-address', '10.0.0.1'],
  ['x-azure-clientip', '10.0.0.1'],
  ['x-amzn-trace-id', 'Root=1'],
])(
  'a demonstration code with the forwarding header %s looks like a wrong one',
  async ([name = '', value = '']) => {
    const { app } = await testApp()
    const response = await app.inject({
      method: 'POST',
      url: paths.session,
      payload: { code },
      headers: { [name]: value },
    })
    expect(response.statusCode).toBe(401)
    expect(response.json()).toMatchObject({ code: 'wrong-code' })
    expect(response.cookies).toEqual([])
  },
)

test.for([
  'loft.vestlandfylke.no',
  'loft.vestlandfylke.no:3000',
  '192.168.1.20:3000',
  '0.0.0.0:3000',
  'localhost.example.com',
  '127.0.0.1.example.com',
  'example.com#localhost',
  'localhost@example.com',
  'example.com@localhost',
  'localhost/example.com',
  'localhost, example.com',
  ' ',
])('a demonstration code sent to the host "%s" looks like a wrong one', async (host) => {
  const { app } = await testApp()
  const response = await app.inject({
    method: 'POST',
    url: paths.session,
    payload: { code },
    headers: { host },
  })
  expect(response.statusCode).toBe(401)
  expect(response.json()).toMatchObject({ code: 'wrong-code' })
})

test.for(['localhost', 'localhost:3000', 'LOCALHOST:3000', '127.0.0.1:3000', '[::1]:3000'])(
  'a demonstration code sent to the host "%s" signs in',
  async (host) => {
    const { app } = await testApp()
    const response = await app.inject({
      method: 'POST',
      url: paths.session,
      payload: { code },
      headers: { host },
    })
    expect(response.statusCode).toBe(200)
  },
)

test('where the demonstration is off, its codes look like wrong ones even in its own database', async () => {
  const { app } = await testApp({ demo: false })
  for (const person of demoPeople) {
    const request = { method: 'POST', url: paths.session, payload: { code: person.code } } as const
    const response = await app.inject(request)
    expect(response.statusCode).toBe(401)
    expect(response.json()).toMatchObject({ code: 'wrong-code' })
  }
})

test('the dates of the demonstration are days around its first start, in the order of the stops', async () => {
  const db = await testDatabase()
  await seedDemonstration(db, { id: 'base', version: '1.0.0' }, Date.UTC(2026, 10, 25, 12))
  const stops = await db.selectFrom('cohort_stop').selectAll().execute()
  const byStop = Object.fromEntries(stops.map((stop) => [stop.stop, [stop.starts, stop.ends]]))
  expect(byStop).toMatchObject({
    oppstart: ['2026-11-09', '2026-11-09'],
    forarbeid: ['2026-11-10', null],
    'samling-1': ['2026-12-09', '2026-12-10'],
    'samling-2': ['2027-02-03', '2027-02-04'],
    avslutting: ['2027-03-11', '2027-03-11'],
  })
  const starts = [...stops].map((stop) => stop.starts ?? '').sort()
  expect(new Set(starts).size).toBe(8)
})

test.for([
  ['a Sunday', Date.UTC(2026, 10, 29, 12), '2026-11-09'],
  ['a Monday', Date.UTC(2026, 10, 30, 12), '2026-11-16'],
  ['the turn of the year', Date.UTC(2027, 0, 1, 12), '2026-12-14'],
] as const)(
  'a first start on %s counts from the Monday of that week',
  async ([, now, oppstart]) => {
    const db = await testDatabase()
    await seedDemonstration(db, { id: 'base', version: '1.0.0' }, now)
    const stop = await db
      .selectFrom('cohort_stop')
      .select('starts')
      .where('stop', '=', 'oppstart')
      .executeTakeFirst()
    expect(stop?.starts).toBe(oppstart)
  },
)

test('a later start keeps dates, people, sessions and words, and follows the newer version', async () => {
  const { app, db, clock } = await testApp()
  const cookie = await signIn(app)
  await db
    .updateTable('person')
    .set({ name: 'Ny tittel' })
    .where('id', '=', 'deltakar-stord')
    .execute()
  const everything = async () => ({
    stops: await db.selectFrom('cohort_stop').selectAll().orderBy('stop').execute(),
    people: await db.selectFrom('person').selectAll().orderBy('id').execute(),
    memberships: await db.selectFrom('membership').selectAll().orderBy('scope').execute(),
    groups: await db.selectFrom('working_group').selectAll().orderBy('id').execute(),
    sessions: await db.selectFrom('session').selectAll().execute(),
    codes: await db.selectFrom('sign_in_code').selectAll().orderBy('hash').execute(),
  })
  const before = await everything()
  await seedDemonstration(db, { id: 'base', version: '1.1.0' }, clock.now + 40 * day)
  expect(await everything()).toEqual(before)
  expect(await db.selectFrom('cohort').select('version').execute()).toEqual([{ version: '1.1.0' }])
  const me = await app.inject({ method: 'GET', url: paths.me, headers: { cookie } })
  expect(me.json()).toMatchObject({ name: 'Ny tittel' })
})

test('a later start brings nobody back who has been erased', async () => {
  const { app, db, clock } = await testApp()
  const erased = { name: '', erased_at: clock.now }
  const person = 'deltakar-stord'
  await db.updateTable('person').set(erased).where('id', '=', person).execute()
  for (const table of ['membership', 'sign_in_code'] as const)
    await db.deleteFrom(table).where('person', '=', person).execute()
  await seedDemonstration(db, { id: 'base', version: '1.0.0' }, clock.now + day)
  for (const table of ['membership', 'sign_in_code'] as const) {
    const rows = await db.selectFrom(table).select('person').where('person', '=', person).execute()
    expect(rows).toEqual([])
  }
  await expect(signIn(app)).rejects.toThrow('wrong-code')
})

test('a demonstration code from another machine looks like a wrong one, whatever Host it names', async () => {
  const { app } = await testApp()
  const request = { method: 'POST', url: paths.session, payload: { code } } as const
  for (const remoteAddress of ['10.0.0.5', '::ffff:10.0.0.5', '2001:db8::1']) {
    expect((await app.inject({ ...request, remoteAddress })).statusCode).toBe(401)
  }
  expect((await app.inject({ ...request, remoteAddress: '::ffff:127.0.0.1' })).statusCode).toBe(200)
})

test('when the demonstration ends, so do its sessions and the codes for their other devices', async () => {
  const { app, db } = await testApp()
  const cookie = await signIn(app)
  const made = await app.inject({ method: 'POST', url: paths.deviceCode, headers: { cookie } })
  const { code: other } = made.json()
  const far = { method: 'POST', url: paths.session, payload: { code: other } } as const
  expect(
    (await app.inject({ ...far, headers: { 'x-forwarded-for': '10.0.0.5' } })).statusCode,
  ).toBe(401)

  await endDemonstration(db)
  expect((await app.inject({ method: 'GET', url: paths.me, headers: { cookie } })).statusCode).toBe(
    401,
  )
  expect((await app.inject(far)).statusCode).toBe(401)
})

test('a demonstration code over HTTP/1.0, as a proxy sends it that nobody has set up, looks like a wrong one', async () => {
  const { app } = await testApp()
  onTestFinished(() => app.close())
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const body = JSON.stringify({ code })
  const statusOver = (version: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(
          `POST ${paths.session} HTTP/${version}\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n` +
            `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        ),
      )
      let answer = ''
      socket.setEncoding('utf8')
      socket.on('data', (part) => {
        answer += part
      })
      socket.on('end', () => resolve(answer.split(' ')[1] ?? ''))
      socket.on('error', reject)
    })
  expect(await statusOver('1.0')).toBe('401')
  expect(await statusOver('1.1')).toBe('200')
})
