import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sha256 } from '../../../src/server/store/hash.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { eachStore } from '../stores.ts'
import { day, minute, signIn, type TestApp } from '../test-app.ts'

const post = ({ app }: TestApp, code: unknown, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: paths.session, payload: { code }, headers })

const me = ({ app }: TestApp, cookie: string) =>
  app.inject({ method: 'GET', url: paths.me, headers: { cookie } })

const makeCode = async ({ app }: TestApp, cookie: string) => {
  const request = { method: 'POST', url: paths.deviceCode, headers: { cookie } } as const
  return (await app.inject(request)).json<{ code: string; expiresAt: number }>()
}

eachStore(({ testApp }) => {
  test('a sign-in code gives a cookie for 90 days that scripts and other sites cannot use', async () => {
    const server = await testApp()
    const response = await post(server, 'demo-deltakar-stord')
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({ principal: 'deltakar-stord' })
    expect(response.cookies).toEqual([
      {
        name: 'loft_session',
        value: expect.stringMatching(/^[\w-]{43}$/),
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        expires: new Date(server.clock.now + 90 * day),
      },
    ])
  })

  test('behind https the cookie is for https and this host alone, signs in, and goes', async () => {
    const server = await testApp({ secureCookies: true })
    const [made] = (await post(server, 'demo-deltakar-stord')).cookies
    const alone = { name: '__Host-loft_session', secure: true, path: '/' }
    expect(made).toMatchObject(alone)
    expect(made).not.toHaveProperty('domain')
    const ask = async (name: string) => {
      const headers = { cookie: `${name}=${made?.value}` }
      return (await server.app.inject({ url: paths.me, headers })).statusCode
    }
    expect([await ask('__Host-loft_session'), await ask('loft_session')]).toEqual([200, 401])
    const left = await server.app.inject({
      method: 'DELETE',
      url: paths.session,
      headers: { cookie: `__Host-loft_session=${made?.value}` },
    })
    expect(left.cookies[0]).toMatchObject({ ...alone, value: '' })
    expect(await ask('__Host-loft_session')).toBe(401)
  })

  test('the database holds neither a code nor a session that would sign anybody in', async () => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    const { code } = await makeCode(server, cookie)
    const rows = [
      await server.db.selectFrom('session').selectAll().execute(),
      await server.db.selectFrom('sign_in_code').selectAll().execute(),
    ]
    const stored = JSON.stringify(rows)
    for (const secret of [cookie.split('=')[1] ?? '', code, 'demo-deltakar-stord']) {
      expect(stored).not.toContain(secret)
    }
  })

  test.for(['demo-deltakar-bergen', 'deltakar-stord', "' or 1=1 --", ' '])(
    'the wrong code "%s" signs nobody in',
    async (code) => {
      const response = await post(await testApp(), code)
      expect(response.statusCode).toBe(401)
      expect(response.json()).toMatchObject({ code: 'wrong-code' })
      expect(response.cookies).toEqual([])
    },
  )

  test.for([
    ['no code', {}],
    ['an empty code', { code: '' }],
    ['a number', { code: 7 }],
    ['a very long code', { code: 'x'.repeat(101) }],
    ['something else beside the code', { code: 'demo-deltakar-stord', role: 'administrator' }],
    ['a list', []],
  ] as const)('a sign-in with %s is a bad request', async ([, payload]) => {
    const { app } = await testApp()
    const response = await app.inject({ method: 'POST', url: paths.session, payload })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code: 'bad-request' })
  })

  test('a body that is no JSON is a bad request', async () => {
    const { app } = await testApp()
    const headers = { 'content-type': 'application/json' }
    const response = await app.inject({
      method: 'POST',
      url: paths.session,
      payload: '{"code":',
      headers,
    })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code: 'bad-request' })
  })

  test('codes cannot be guessed quickly', async () => {
    const server = await testApp()
    for (let tries = 0; tries < 60; tries += 1) await post(server, `gjett-${tries}`)
    const response = await post(server, 'demo-deltakar-stord')
    expect(response.statusCode).toBe(429)
    expect(response.json()).toMatchObject({ code: 'too-many' })
    expect(response.cookies).toEqual([])
  })

  test('a session that is used slides on, at most once a day', async () => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    server.clock.now += day - 1000
    expect((await me(server, cookie)).cookies).toEqual([])
    server.clock.now += 2000
    const renewed = await me(server, cookie)
    expect(renewed.cookies).toMatchObject([
      { value: cookie.split('=')[1], expires: new Date(server.clock.now + 90 * day) },
    ])
    expect((await me(server, cookie)).cookies).toEqual([])
  })

  test('a session used now and then lasts longer than its 90 days', async () => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    for (const _ of [1, 2, 3]) {
      server.clock.now += 89 * day
      expect((await me(server, cookie)).statusCode).toBe(200)
    }
  })

  test('a session that nobody used for 90 days is over', async () => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    server.clock.now += 90 * day - 1
    expect((await me(server, cookie)).statusCode).toBe(200)
    server.clock.now += 90 * day
    const response = await me(server, cookie)
    expect(response.statusCode).toBe(401)
    expect(response.json()).toMatchObject({ code: 'not-signed-in' })
  })

  test('signing out ends this session at the server and leaves the other device alone', async () => {
    const server = await testApp()
    const tablet = await signIn(server.app)
    const phone = await signIn(server.app)
    const response = await server.app.inject({
      method: 'DELETE',
      url: paths.session,
      headers: { cookie: tablet },
    })
    expect(response.statusCode).toBe(204)
    expect(response.cookies).toMatchObject([{ name: 'loft_session', value: '', path: '/' }])
    expect((await me(server, tablet)).statusCode).toBe(401)
    expect((await me(server, phone)).statusCode).toBe(200)
    // And in whatever backup is restored.
    const ledger = openLedger(join(server.folder, 'erased.ndjson'))
    expect(ledger.signedOutSessions()).toEqual([sha256(tablet.split('=')[1] ?? '')])
  })

  test('signing out without a session is nothing wrong', async () => {
    const { app } = await testApp()
    expect((await app.inject({ method: 'DELETE', url: paths.session })).statusCode).toBe(204)
  })

  test('a code for another device signs the same person in, once', async () => {
    const server = await testApp()
    const { code, expiresAt } = await makeCode(server, await signIn(server.app))
    expect(code).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/)
    expect(expiresAt).toBe(server.clock.now + 10 * minute)

    const first = await post(server, code)
    expect(first.json()).toMatchObject({ principal: 'deltakar-stord' })
    const second = await post(server, code)
    expect(second.statusCode).toBe(401)
    expect(second.json()).toMatchObject({ code: 'code-expired' })
  })

  test('two devices with the same code at the same moment: one is signed in', async () => {
    const server = await testApp()
    const { code } = await makeCode(server, await signIn(server.app))
    const responses = await Promise.all([1, 2, 3].map(() => post(server, code)))
    expect(responses.map((response) => response.statusCode).sort()).toEqual([200, 401, 401])
  })

  test.for([
    ['capitals', (code: string) => code.toUpperCase()],
    ['blanks around it', (code: string) => `  ${code} \n`],
    ['blanks inside it', (code: string) => code.split('').join(' ')],
    ['a blank for the hyphen', (code: string) => code.replace('-', ' ')],
    ['no hyphen', (code: string) => code.replace('-', '')],
    ['a dash for the hyphen', (code: string) => code.replace('-', '–')],
  ] as const)('a code is read with %s', async ([, typed]) => {
    const server = await testApp()
    const { code } = await makeCode(server, await signIn(server.app))
    expect((await post(server, typed(code))).statusCode).toBe(200)
  })

  test('a code for another device lasts ten minutes', async () => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    const early = await makeCode(server, cookie)
    const late = await makeCode(server, cookie)
    server.clock.now += 10 * minute - 1
    expect((await post(server, early.code)).statusCode).toBe(200)
    server.clock.now += 1
    const response = await post(server, late.code)
    expect(response.statusCode).toBe(401)
    expect(response.json()).toMatchObject({ code: 'code-expired' })
  })

  test('nobody gets a code for another device without a session', async () => {
    const { app } = await testApp()
    const response = await app.inject({ method: 'POST', url: paths.deviceCode })
    expect(response.statusCode).toBe(401)
  })

  test.for([
    ['a form of another site', 'cross-site'],
    ['a page of a neighbour domain', 'same-site'],
  ])('%s changes nothing', async ([, site = '']) => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    const headers = { cookie, 'sec-fetch-site': site }
    for (const [method, url] of [
      ['POST', paths.session],
      ['DELETE', paths.session],
      ['POST', paths.deviceCode],
      ['POST', paths.sync],
      ['POST', paths.content],
    ] as const) {
      const payload = { code: 'demo-politikar-stord' }
      const response = await server.app.inject({ method, url, headers, payload })
      expect(response.statusCode).toBe(404)
      expect(response.cookies).toEqual([])
    }
    expect((await me(server, cookie)).json()).toMatchObject({ principal: 'deltakar-stord' })
  })

  test('a link from another site opens the page', async () => {
    const { app } = await testApp()
    const headers = { 'sec-fetch-site': 'cross-site' }
    const response = await app.inject({ method: 'GET', url: paths.signIn('abc'), headers })
    expect(response.statusCode).toBe(200)
  })

  test('opening a sign-in link spends nothing: mail scanners open links', async () => {
    const server = await testApp()
    const { code } = await makeCode(server, await signIn(server.app))
    const opened = await server.app.inject({ method: 'GET', url: paths.signIn(code) })
    expect(opened.headers['content-type']).toContain('text/html')
    expect(opened.cookies).toEqual([])
    expect((await post(server, code)).statusCode).toBe(200)
  })

  test('behind a proxy each caller has a limit of their own; without one nobody can claim another address', async () => {
    const tries = async (behindProxy: boolean): Promise<number[]> => {
      const { app } = await testApp({ behindProxy })
      const guess = (address: string) =>
        app.inject({
          method: 'POST',
          url: paths.session,
          payload: { code: 'gjetta' },
          headers: { 'x-forwarded-for': address },
        })
      for (let count = 0; count < 60; count++) await guess('10.0.0.1')
      return [(await guess('10.0.0.1')).statusCode, (await guess('10.0.0.2')).statusCode]
    }
    expect(await tries(true)).toEqual([429, 401])
    expect(await tries(false)).toEqual([429, 429])
  })

  test('of many who spend the last use of a code at the same time, one is let in', async () => {
    const server = await testApp()
    const { code } = await makeCode(server, await signIn(server.app))
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => post(server, code)))
    expect(outcomes.map(({ statusCode }) => statusCode).sort()).toEqual([
      200,
      ...Array(7).fill(401),
    ])
  })
})
