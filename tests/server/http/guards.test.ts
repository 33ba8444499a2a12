import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { tellable } from '../../../src/server/http/answers.ts'
import { networkOf } from '../../../src/server/http/guards.ts'
import { createProviders } from '../../../src/server/oidc/providers.ts'
import { demoLink } from '../../../src/server/people/demonstration.ts'
import { needsNobody } from '../../../src/shared/domain/policy.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { startLyingProvider } from '../oidc/lying-provider.ts'
import { client } from '../oidc/real-provider.ts'
import { signIn, testApp, testStore } from '../test-app.ts'
import { openMatrixWorld } from './access-matrix/world.ts'

test.for([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8::5', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
] as const)('%s counts as %s', ([ip, network]) => {
  expect(networkOf(ip)).toBe(network)
})

const guesses = {
  'a sign-in code': (n: number) =>
    ({ method: 'POST', url: paths.session, payload: { code: `gjett-${n}` } }) as const,
  'a municipality’s link': (n: number) =>
    ({ method: 'GET', url: paths.link(`gjett-${n}`) }) as const,
  'a registration’s link': (n: number) =>
    ({ method: 'GET', url: paths.registration(`gjett${n}`.padEnd(22, 'x')) }) as const,
  'a calendar’s address': (n: number) =>
    ({ method: 'GET', url: paths.calendarFeed(`gjett${n}`.padEnd(22, 'x')) }) as const,
  'a certificate’s code': (n: number) =>
    ({ method: 'GET', url: paths.verifiedCertificate(`gjett${n}`.padEnd(20, 'x')) }) as const,
  'a mail address': (n: number) =>
    ({ method: 'POST', url: paths.newLink, payload: { email: `g${n}@stord.example` } }) as const,
  'an invitation at a provider': (n: number) =>
    ({ method: 'POST', url: paths.oidcStart, payload: { provider: 'x', code: `g${n}` } }) as const,
}

test.for(Object.entries(guesses))(
  '1,000 guesses of %s are stopped, and nobody else with them',
  async ([, guess]) => {
    const { app } = await testApp()
    const statuses: number[] = []
    for (let n = 0; n < 1000; n++) {
      // The guesser has a whole network of addresses.
      const remoteAddress = `2001:db8:1:2::${(n % 50).toString(16)}`
      statuses.push((await app.inject({ ...guess(n), remoteAddress })).statusCode)
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(300)
    expect(statuses.filter((status) => status < 400)).toEqual([])
    const other = await app.inject({ ...guess(0), remoteAddress: '2001:db8:1:3::1' })
    expect(other.statusCode).not.toBe(429)
    await signIn(app)
  },
)

test('behind no proxy, nobody speaks for another address', async () => {
  const { app } = await testApp()
  let last = 0
  for (let n = 0; n < 100; n++) {
    const headers = { 'x-forwarded-for': `10.0.0.${n}` }
    const answer = await app.inject({ ...guesses['a sign-in code'](n), headers })
    last = answer.statusCode
  }
  expect(last).toBe(429)
})

test('behind a proxy on this machine, each counts by the address that it tells', async () => {
  const { app } = await testApp({ behindProxy: true })
  for (let n = 0; n < 100; n++) {
    const headers = { 'x-forwarded-for': `10.0.0.${n}` }
    const answer = await app.inject({ ...guesses['a sign-in code'](n), headers })
    expect(answer.statusCode).toBe(401)
  }
})

test('behind a proxy, what somebody wrote into the header themselves counts for nothing', async () => {
  const { app } = await testApp({ behindProxy: true })
  let last = 0
  for (let n = 0; n < 100; n++) {
    const headers = { 'x-forwarded-for': `10.0.0.${n}, 192.0.2.9` }
    last = (await app.inject({ ...guesses['a sign-in code'](n), headers })).statusCode
  }
  expect(last).toBe(429)
})

test('six thousand addresses at work are counted, each one', async () => {
  const { app } = await testApp()
  const left = async (n: number) => {
    const remoteAddress = `10.1.${n >> 8}.${n & 255}`
    const answer = await app.inject({ ...guesses['a sign-in code'](n), remoteAddress })
    return answer.headers['x-ratelimit-remaining']
  }
  for (let n = 0; n < 6000; n++) await left(n)
  expect(await left(0)).toBe('58')
})

test('a failure repeats nothing of what was sent', async () => {
  const { app } = await testApp()
  const word = 'HemmelegOrd'
  const type = { 'content-type': 'application/json' }
  for (const [payload, headers] of [
    [JSON.stringify({ code: 'x', [word]: 1 }), type],
    [`{"code": ${word}}`, type],
    [`{"__proto__": {"${word}": 1}}`, type],
    [word, { 'content-type': `text/${word}` }],
    [word, { ...type, 'content-encoding': word }],
  ] as const) {
    const answer = await app.inject({ method: 'POST', url: paths.session, payload, headers })
    expect([payload, answer.statusCode]).toEqual([payload, 400])
    expect(answer.body).not.toContain(word)
  }
})

test('a log says where something failed, and not the value that could not be read', () => {
  const error = new SyntaxError('"HemmelegOrd\n    at HemmelegOrd" is not valid JSON')
  const told = tellable(error)
  expect(told.name).toBe('SyntaxError')
  expect(told.stack).toContain('guards.test.ts')
  expect(told.stack).not.toContain('HemmelegOrd')
})

test('another page can change nothing, whichever way the browser tells whose it is', async () => {
  const { app } = await testApp()
  const cookie = await signIn(app)
  const change = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: paths.deviceCode, headers: { cookie, ...headers } })
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { origin: 'http://localhost.elsewhere.example' },
  ]) {
    expect([headers, (await change(headers)).statusCode]).toEqual([headers, 404])
  }
  for (const headers of [
    {},
    { 'sec-fetch-site': 'same-origin' },
    { origin: 'http://localhost:80' },
  ]) {
    const answer = await change({ host: 'localhost', ...headers })
    expect([headers, answer.statusCode]).toEqual([headers, 200])
  }
})

test('what is somebody’s stays in no cache, and nothing is guessed at by the browser', async () => {
  const world = await openMatrixWorld()
  const cookie = world.cookies.administrator ?? ''
  for (const { method, path, access, isFrame } of world.app.declared) {
    if (method !== 'GET' || isFrame || /[:]/.test(path) || path === paths.events) continue
    const answer = await world.app.inject({ method, url: path, headers: { cookie } })
    if (answer.statusCode !== 200) continue
    expect([path, answer.headers['x-content-type-options']]).toEqual([path, 'nosniff'])
    if (needsNobody(access)) continue
    expect([path, answer.headers['cache-control']]).toEqual([
      path,
      expect.stringMatching(/no-store|private/),
    ])
  }
})

test('no code, token, address or word is in the log', async () => {
  const lines: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  const { app, db } = await testApp({ logger: { level: 'warn', stream } })
  const cookie = await signIn(app, 'demo-deltakar-stord')
  const secrets = ['demo-deltakar-stord', cookie.slice('loft_session='.length), demoLink.token]
  await app.inject({ method: 'GET', url: paths.link(demoLink.token) })
  const word = { email: 'hemmeleg@stord.example', provider: 'HemmelegOrd', code: 'HemmelegKode' }
  for (const url of [paths.session, paths.newLink, paths.oidcStart, paths.reports, paths.sync]) {
    await app.inject({ method: 'POST', url, payload: word, headers: { cookie } })
  }
  // Something fails in the middle: the failure is told, and what it was about is not.
  await db.schema.dropTable('sign_in_code').execute()
  const broken = await app.inject({
    method: 'POST',
    url: paths.session,
    payload: { code: 'HemmelegKode' },
  })
  expect(broken.statusCode).toBe(500)
  expect(lines.join('')).toContain('unexpected failure')
  for (const secret of [...secrets, ...Object.values(word)]) {
    expect(lines.join('')).not.toContain(secret)
  }
})

test('behind https no neighbour on the same domain sets the cookie of a sign-in under way', async () => {
  const store = await testStore()
  const provider = await startLyingProvider()
  const now = () => Date.UTC(2026, 10, 25, 8)
  const settings = [
    { id: 'kommune', issuer: provider.issuer, ...client, label: 'K', scope: 'openid' },
  ]
  const origin = 'https://loft.vestland.example'
  const oidc = {
    ...{ store, now, providers: createProviders(settings, now, 2000) },
    redirectUri: (id: string) => origin + paths.oidcReturn(id),
  }
  const https = { secureCookies: true, publicOrigin: origin, behindProxy: true }
  const { app, db } = await testApp({ store, oidc, ...https })
  const issuer = provider.issuer.href.replace(/\/$/, '')
  const bound = { issuer, subject: 'subject-1', person: 'deltakar-sunnfjord', bound_at: 1 }
  await db.insertInto('identity').values(bound).execute()
  const begun = await app.inject({
    method: 'POST',
    url: paths.oidcStart,
    payload: { provider: 'kommune', code: null },
  })
  const [cookie] = begun.cookies
  expect(cookie).toMatchObject({ name: '__Host-loft_flow', path: '/', secure: true })
  const back = new URL(provider.goBack(begun.json<{ redirectTo: string }>().redirectTo))
  const returned = async (name: string) => {
    const headers = { cookie: `${name}=${cookie?.value}` }
    return (await app.inject({ url: back.pathname + back.search, headers })).cookies
  }
  const names = (await returned('loft_flow')).map(({ name }) => name)
  expect(names).not.toContain('__Host-loft_session')
})
