import { join } from 'node:path'
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { expect, test } from 'vitest'
import { restoreBackup } from '../../../src/server/backup/restore.ts'
import { writeBackup } from '../../../src/server/backup/write-backup.ts'
import { deviceLabel } from '../../../src/server/people/devices.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import type { DeviceList } from '../../../src/shared/domain/devices.ts'
import { needsNobody } from '../../../src/shared/domain/policy.ts'
import { presenceRepeatMs } from '../../../src/shared/protocol/event-frames.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { listen, openNode } from '../live/event-client.ts'
import { eachStore } from '../stores.ts'
import { day, signIn, testApp as sqliteApp } from '../test-app.ts'

const list = async (app: FastifyInstance, cookie: string): Promise<DeviceList['devices']> => {
  const answer = await app.inject({ method: 'GET', url: paths.devices, headers: { cookie } })
  expect(answer.headers['cache-control']).toBe('no-store')
  return answer.json<DeviceList>().devices
}
const end = async (app: FastifyInstance, cookie: string, id: string): Promise<number> =>
  (await app.inject({ method: 'DELETE', url: paths.device(id), headers: { cookie } })).statusCode
const otherOf = async (app: FastifyInstance, cookie: string): Promise<string> =>
  (await list(app, cookie)).find(({ isThis }) => !isThis)?.id ?? ''

/** Every declared route that needs somebody, asked with this cookie. */
const statusesOf = async (
  app: FastifyInstance,
  cookie: string,
  only?: string,
): Promise<Record<string, number>> => {
  const statuses: Record<string, number> = {}
  for (const { method, path, access } of app.declared) {
    if (needsNobody(access) || (only && method !== only)) continue
    const url = path.replaceAll(/:\w+(\([^)]*\))?/g, 'x')
    const asked = { method: method as Exclude<HTTPMethods, 'TRACE'>, url, headers: { cookie } }
    statuses[`${method} ${path}`] = (await app.inject(asked as never)).statusCode
  }
  return statuses
}

eachStore(({ testApp }) => {
  test('one that is signed out leaves no code behind by which its holder comes back', async () => {
    const { app } = await testApp()
    const [lost, owner] = [await signIn(app), await signIn(app)]
    const asked = await app.inject({
      method: 'POST',
      url: paths.deviceCode,
      headers: { cookie: lost },
    })
    const { code } = asked.json<{ code: string }>()
    const listed = await app.inject({ url: paths.devices, headers: { cookie: owner } })
    for (const { id } of listed.json<DeviceList>().devices.filter(({ isThis }) => !isThis)) {
      const url = paths.device(id)
      await app.inject({ method: 'DELETE', url, headers: { cookie: owner } })
    }
    const back = await app.inject({ method: 'POST', url: paths.session, payload: { code } })
    expect(back.statusCode).toBe(401)
  })

  test('one sees where one is signed in, the latest used first, and nobody else does', async () => {
    const { app, clock } = await testApp()
    const agents = [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
    ]
    const cookies: string[] = []
    for (const agent of agents) {
      const answer = await app.inject({
        method: 'POST',
        url: paths.session,
        payload: { code: 'demo-deltakar-stord' },
        headers: { 'user-agent': agent },
      })
      cookies.push(`loft_session=${answer.cookies[0]?.value}`)
      clock.now += 3 * day
    }
    await signIn(app, 'demo-deltakar-sunnfjord')
    const [first = ''] = cookies
    const devices = await list(app, first)
    expect(devices).toMatchObject([
      {
        label: 'Firefox, Windows',
        isThis: true,
        usedAt: clock.now,
        signedInAt: clock.now - 6 * day,
      },
      { label: 'Safari, iPhone', isThis: false, usedAt: clock.now - 3 * day },
    ])
    expect(JSON.stringify(devices)).not.toContain(first.split('=')[1])
  })

  test('a device that is signed out is out of everything', async () => {
    const { app } = await testApp()
    const [here, there] = [await signIn(app), await signIn(app)]
    // While it is in, none of the routes finds nobody there.
    const asked = await statusesOf(app, await signIn(app), 'GET')
    expect(Object.values(asked)).not.toContain(401)
    const before = await list(app, here)
    expect(before).toHaveLength(3)
    for (const { id, isThis } of before) if (!isThis) expect(await end(app, here, id)).toBe(204)
    const statuses = await statusesOf(app, there)
    expect(Object.keys(statuses).length).toBeGreaterThan(10)
    expect(new Set(Object.values(statuses)), JSON.stringify(statuses)).toEqual(new Set([401]))
    expect(await list(app, here)).toMatchObject([{ isThis: true }])
  })

  test('its open stream of events ends too', async () => {
    const node = await openNode((changes) => testApp(changes))
    const [here, there] = [await signIn(node.app), await signIn(node.app)]
    const stream = await listen(node, there)
    const mine = await listen(node, here, { device: 'mine' })
    expect(await end(node.app, here, await otherOf(node.app, here))).toBe(204)
    node.clock.now += presenceRepeatMs
    await node.tick()
    await stream.ended
    await mine.caughtUp(node)
  })

  test('nobody ends another’s device, nor one that is not there', async () => {
    const { app } = await testApp()
    const [mine, stranger] = [await signIn(app), await signIn(app, 'demo-deltakar-sunnfjord')]
    const [device] = await list(app, mine)
    for (const id of [device?.id ?? '', 'x', '%00', "' or 1=1 --", 'a'.repeat(2000)])
      expect(await end(app, stranger, encodeURIComponent(id)), id).toBe(404)
    expect(await list(app, mine)).toHaveLength(1)
    // Of an id nothing leads to the session: the hash itself names nothing.
    expect(await end(app, mine, device?.id ?? '')).toBe(204)
    expect((await app.inject({ url: paths.devices, headers: { cookie: mine } })).statusCode).toBe(
      401,
    )
  })

  test('a device that was signed out since a backup stays so when it is restored', async () => {
    const { app, store, clock, folder } = await testApp()
    const [here, there] = [await signIn(app), await signIn(app)]
    const file = join(temporaryFolder(), 'loft.ndjson.gz')
    await writeBackup(store, file, { version: '1', now: () => clock.now })
    expect(await end(app, here, await otherOf(app, here))).toBe(204)
    const ledger = openLedger(join(folder, 'erased.ndjson'))
    const deps = { store, ledger, now: () => clock.now, newEpoch: () => 77 }
    const { takenAway } = await restoreBackup(deps, file, { replace: true })
    expect(takenAway.signedOut).toBe(1)
    const asked = (cookie: string) => app.inject({ url: paths.me, headers: { cookie } })
    expect([(await asked(there)).statusCode, (await asked(here)).statusCode]).toEqual([401, 200])
  })

  test('one whose session has run out is not listed', async () => {
    const { app, clock } = await testApp()
    await signIn(app)
    clock.now += 89 * day
    const later = await signIn(app)
    clock.now += 2 * day
    expect(await list(app, later)).toMatchObject([{ isThis: true }])
  })
})

const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
test.for([
  [
    'Firefox, Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  ],
  ['Firefox, Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'],
  ['Firefox, Android', 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'],
  [
    'Firefox, iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 Mobile/15E148 Safari/605.1.15',
  ],
  [
    'Chrome, Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/142.0.0.0 Safari/537.36`,
  ],
  [
    'Chrome, Mac',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Chrome/142.0.0.0 Safari/537.36`,
  ],
  [
    'Chrome, Android',
    `Mozilla/5.0 (Linux; Android 10; K) ${webKit} Chrome/142.0.0.0 Mobile Safari/537.36`,
  ],
  [
    'Chrome, ChromeOS',
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webKit} Chrome/142.0.0.0 Safari/537.36`,
  ],
  [
    'Chrome, iPad',
    'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.0.0 Mobile/15E148 Safari/604.1',
  ],
  [
    'Edge, Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
  ],
  [
    'Edge, Android',
    `Mozilla/5.0 (Linux; Android 10; HD1913) ${webKit} Chrome/142.0.0.0 Mobile Safari/537.36 EdgA/142.0.0.0`,
  ],
  [
    'Opera, Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`,
  ],
  [
    'Samsung Internet, Android',
    `Mozilla/5.0 (Linux; Android 10; K) ${webKit} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`,
  ],
  [
    'Safari, Mac',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  ],
  [
    'Safari, iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  ],
  [null, 'curl/8.17.0'],
  [null, ''],
  [null, undefined],
] as const)('a browser that is %s is called so', ([label, agent]) => {
  expect(deviceLabel(agent)).toBe(label)
})

test('what a browser says of itself beyond that is not stored', async () => {
  const { app, db } = await sqliteApp()
  const secret = 'SerieNummer12345'
  await app.inject({
    method: 'POST',
    url: paths.session,
    payload: { code: 'demo-deltakar-stord' },
    headers: { 'user-agent': `Mozilla/5.0 (Linux; Android 10; ${secret}) Firefox/145.0` },
  })
  expect(await db.selectFrom('session').select('label').execute()).toEqual([
    { label: 'Firefox, Android' },
  ])
})
