import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { enter } from '../../../src/server/oidc/enter.ts'
import {
  finishFlow,
  type OidcDeps,
  type StartedFlow,
  startFlow,
} from '../../../src/server/oidc/flow.ts'
import { createProviders } from '../../../src/server/oidc/providers.ts'
import { hashOfCode, invite, lookAtInvitation } from '../../../src/server/people/invitations.ts'
import { readSession, signIn } from '../../../src/server/people/sessions.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { erase, type InvitedNetwork, invitedNetwork } from '../people/invited-network.ts'
import { eachStore } from '../stores.ts'
import { day, minute, testStore } from '../test-app.ts'
import { type Lies, startLyingProvider } from './lying-provider.ts'
import { client, startProvider, walk } from './real-provider.ts'

const origin = 'http://127.0.0.1:8787'
const redirectUri = (provider: string) => `${origin}/inn/oidc/${provider}/tilbake`

/** Everything but the pages. */
const desk = (store: Store, issuer: URL, more: { id: string; issuer: URL }[] = []) => {
  const clock = { now: Date.UTC(2026, 10, 25, 8) }
  const now = () => clock.now
  const settings = [{ id: 'kommune', issuer }, ...more].map((one) => ({
    ...one,
    ...client,
    label: 'Kommunen',
    scope: 'openid email',
  }))
  const deps: OidcDeps = {
    store,
    now,
    providers: createProviders(settings, now, 2000),
    redirectUri,
  }
  const start = async (invitation: string | null = null): Promise<StartedFlow> => {
    const started = await startFlow(deps, { provider: 'kommune', invitation })
    if (typeof started === 'string') throw new Error(started)
    return started
  }
  const finish = async (
    url: string,
    browserCookie: string | undefined,
    provider = 'kommune',
  ): Promise<string> => {
    const done = await finishFlow(deps, { provider, url, browserCookie, label: 'Firefox' })
    if (typeof done === 'string') return done
    const session = await readSession({ db: store.db, now }, done.token)
    expect(session?.person).toBe(done.person)
    return done.person
  }
  const codeFor = async (network: InvitedNetwork, person: string): Promise<string> => {
    const { id, administrator: by } = network
    const { links } = await store.write((db) =>
      invite(db, { network: id, by, people: [person], byMail: false }, now()),
    )
    return links[0]?.code ?? ''
  }
  return { clock, deps, start, finish, codeFor }
}

const identities = (store: Store) => store.db.selectFrom('identity').selectAll().execute()

eachStore(({ newStore }) => {
  test('a binding to somebody else’s login is mended by a new invitation', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const [mine, theirs] = [await network.person(), await network.person()]
    const now = () => 1_790_000_000_000
    const about = { network: network.id, by: network.administrator, byMail: false }
    const codeFor = async (person: string): Promise<string> => {
      const { links } = await store.write((db) => invite(db, { ...about, people: [person] }, now()))
      return hashOfCode(links[0]?.code ?? '')
    }
    const by = (subject: string, code: string | null) =>
      store.write((db) => enter({ now }, db, { issuer: 'https://idp', subject }, code, null))
    // The invitation was opened where a colleague was signed in at the provider.
    expect(await by('colleague', await codeFor(mine))).toMatchObject({ person: mine })
    expect(await by('me', await codeFor(mine))).toMatchObject({ person: mine })
    expect(await by('colleague', null)).toBe('no-invitation')
    expect(await by('colleague', await codeFor(theirs))).toMatchObject({ person: theirs })
    expect(await by('me', null)).toMatchObject({ person: mine })
  })

  test('an invitation binds an identity to its person, who comes in by it from then on', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const { issuer } = await startProvider([redirectUri('kommune')])
    const { clock, start, finish, codeFor } = desk(store, issuer)
    const person = await network.person()
    const code = await codeFor(network, person)
    const enter = async (invitation: string | null) => {
      const { redirectTo, browserCookie } = await start(invitation)
      const url = await walk(redirectTo, { login: 'hr-stord', backAt: redirectUri('kommune') })
      return finish(url, browserCookie)
    }
    expect(await enter(null)).toBe('no-invitation')
    expect(await enter(code)).toBe(person)
    expect(await lookAtInvitation(store.db, code, clock.now)).toBe('used')
    expect(await signIn({ db: store.db, now: () => clock.now }, code, false)).toBe('code-expired')
    clock.now += 100 * day
    expect(await enter(null)).toBe(person)

    const rows = await identities(store)
    expect(rows).toMatchObject([
      { issuer: issuer.href.replace(/\/$/, ''), subject: 'hr-stord', person },
    ])
    expect(JSON.stringify(rows)).not.toContain('kommune.example')
    expect(await store.db.selectFrom('oidc_flow').selectAll().execute()).toEqual([])
  })

  test('who binds a login says at the provider who they are, and who comes back need not', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const { issuer } = await startLyingProvider()
    const { start, codeFor } = desk(store, issuer)
    const promptOf = async (invitation: string | null) =>
      new URL((await start(invitation)).redirectTo).searchParams.get('prompt')
    expect(await promptOf(await codeFor(network, await network.person()))).toBe('login')
    expect(await promptOf(null)).toBeNull()
  })

  test('a flow is stored without what would finish it', async () => {
    const store = await newStore()
    const { issuer } = await startLyingProvider()
    const { redirectTo, browserCookie } = await desk(store, issuer).start()
    const stored = JSON.stringify(await store.db.selectFrom('oidc_flow').selectAll().execute())
    expect(stored).not.toContain(browserCookie)
    expect(stored).not.toContain(new URL(redirectTo).searchParams.get('state'))
    expect(new URL(redirectTo).searchParams.get('code_challenge_method')).toBe('S256')
  })

  test('a callback is good once, also for two nodes at the same time', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const provider = await startLyingProvider()
    const { start, finish, codeFor } = desk(store, provider.issuer)
    const person = await network.person()
    const { redirectTo, browserCookie } = await start(await codeFor(network, person))
    const url = provider.goBack(redirectTo)
    const ends = await Promise.all([1, 2, 3, 4].map(() => finish(url, browserCookie)))
    expect(ends.toSorted()).toEqual([person, 'no-flow', 'no-flow', 'no-flow'].toSorted())
    expect(await finish(url, browserCookie)).toBe('no-flow')
  })

  test('of two flows with one invitation, one binds', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const provider = await startLyingProvider()
    const { start, finish, codeFor } = desk(store, provider.issuer)
    const person = await network.person()
    const code = await codeFor(network, person)
    const [mine, theirs] = [await start(code), await start(code)]
    expect(await finish(provider.goBack(mine.redirectTo), mine.browserCookie)).toBe(person)
    provider.lies.claims = { sub: 'subject-2' }
    expect(await finish(provider.goBack(theirs.redirectTo), theirs.browserCookie)).toBe(
      'code-expired',
    )
    expect(await identities(store)).toMatchObject([{ subject: 'subject-1', person }])
  })

  test('an invitation that is used, ended or too old begins nothing, and a thief gets no further', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const provider = await startLyingProvider()
    const { clock, deps, start, finish, codeFor } = desk(store, provider.issuer)
    const person = await network.person()
    const code = await codeFor(network, person)
    const begin = (invitation: string) => startFlow(deps, { provider: 'kommune', invitation })
    const stolen = await start(code)
    await signIn({ db: store.db, now: () => clock.now }, code, false)
    // The thief has begun before the invitation was used.
    expect(await finish(provider.goBack(stolen.redirectTo), stolen.browserCookie)).toBe(
      'code-expired',
    )
    expect(await begin(code)).toBe('code-expired')
    expect(await begin('no-such-code')).toBe('code-expired')
    const late = await codeFor(network, person)
    clock.now += 14 * day
    expect(await begin(late)).toBe('code-expired')
    expect(await identities(store)).toEqual([])
  })

  test('an invitation that was ended or whose person was erased on the way binds nothing', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const provider = await startLyingProvider()
    const { clock, start, finish, codeFor } = desk(store, provider.issuer)
    const [again, erased] = [await network.person(), await network.person()]
    const ended = await start(await codeFor(network, again))
    const gone = await start(await codeFor(network, erased))
    await codeFor(network, again)
    await erase(store, erased, clock.now)
    for (const { redirectTo, browserCookie } of [ended, gone]) {
      expect(await finish(provider.goBack(redirectTo), browserCookie)).toBe('code-expired')
    }
    expect(await identities(store)).toEqual([])
  })

  test('an identity is one person in a network: another’s invitation is not spent on it', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const provider = await startLyingProvider()
    const { clock, start, finish, codeFor } = desk(store, provider.issuer)
    const [one, two] = [await network.person(), await network.person()]
    const enter = async (code: string | null) => {
      const { redirectTo, browserCookie } = await start(code)
      return finish(provider.goBack(redirectTo), browserCookie)
    }
    expect(await enter(await codeFor(network, one))).toBe(one)
    const code = await codeFor(network, two)
    expect(await enter(code)).toBe('already-bound')
    expect(await lookAtInvitation(store.db, code, clock.now)).toBe('open')
    // Their own, once more, is no harm.
    expect(await enter(await codeFor(network, one))).toBe(one)
    // Whoever is erased holds an identity no longer.
    await erase(store, one, clock.now)
    expect(await enter(null)).toBe('no-invitation')
    expect(await enter(code)).toBe(two)
  })

  test('two invitations at once do not make one identity two people of a network', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const provider = await startLyingProvider()
    const { start, finish, codeFor } = desk(store, provider.issuer)
    const [one, two] = [await network.person(), await network.person()]
    // Each flow has its own nonce; the provider answers one at a time here, so both claim what it says last.
    const flows = [
      await start(await codeFor(network, one)),
      await start(await codeFor(network, two)),
    ]
    await store.db.updateTable('oidc_flow').set({ nonce: 'same' }).execute()
    provider.lies.claims = { nonce: 'same' }
    const ends = await Promise.all(
      flows.map(({ redirectTo, browserCookie }) =>
        finish(provider.goBack(redirectTo), browserCookie),
      ),
    )
    expect(ends.filter((end) => end === 'already-bound')).toHaveLength(1)
    expect(await identities(store)).toHaveLength(1)
  })

  test('who is a person in two networks comes in as the one bound last', async () => {
    const store = await newStore()
    const [here, there] = [await invitedNetwork(store), await invitedNetwork(store, 'Rogaland')]
    const provider = await startLyingProvider()
    const { clock, start, finish, codeFor } = desk(store, provider.issuer)
    const [one, two] = [await here.person(), await there.person()]
    const enter = async (code: string | null) => {
      clock.now += 1
      const { redirectTo, browserCookie } = await start(code)
      return finish(provider.goBack(redirectTo), browserCookie)
    }
    expect(await enter(await codeFor(here, one))).toBe(one)
    expect(await enter(await codeFor(there, two))).toBe(two)
    expect(await enter(null)).toBe(two)
    await erase(store, two, clock.now)
    expect(await enter(null)).toBe(one)
  })

  test('an address that the provider tells lets nobody in', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    await network.person('hr@stord.example')
    const provider = await startLyingProvider({ claims: { email_verified: true } })
    const { start, finish } = desk(store, provider.issuer)
    const { redirectTo, browserCookie } = await start()
    expect(await finish(provider.goBack(redirectTo), browserCookie)).toBe('no-invitation')
  })

  test('the same subject at another provider is somebody else', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const [provider, other] = [await startLyingProvider(), await startLyingProvider()]
    const { deps, start, finish, codeFor } = desk(store, provider.issuer, [
      { id: 'anna', issuer: other.issuer },
    ])
    const { redirectTo, browserCookie } = await start(
      await codeFor(network, await network.person()),
    )
    await finish(provider.goBack(redirectTo), browserCookie)
    const started = await startFlow(deps, { provider: 'anna', invitation: null })
    if (typeof started === 'string') throw new Error(started)
    const url = other.goBack(started.redirectTo)
    expect(await finish(url, started.browserCookie, 'anna')).toBe('no-invitation')
  })

  test('after ten minutes a flow is over', async () => {
    const store = await newStore()
    const provider = await startLyingProvider()
    const { clock, start, finish } = desk(store, provider.issuer)
    const { redirectTo, browserCookie } = await start()
    clock.now += 10 * minute
    expect(await finish(provider.goBack(redirectTo), browserCookie)).toBe('flow-expired')
    await start()
    clock.now += 10 * minute
    await start()
    expect(await store.db.selectFrom('oidc_flow').selectAll().execute()).toHaveLength(1)
  })
})

/** One person invited, one flow begun with their invitation. */
const begun = async (lies: Lies = {}) => {
  const store = await testStore()
  const network = await invitedNetwork(store)
  const provider = await startLyingProvider(lies)
  const at = desk(store, provider.issuer, [{ id: 'anna', issuer: provider.issuer }])
  const person = await network.person()
  const code = await at.codeFor(network, person)
  const isUntouched = async () => {
    expect(await lookAtInvitation(store.db, code, at.clock.now)).toBe('open')
    expect(await identities(store)).toEqual([])
    expect(await store.db.selectFrom('session').selectAll().execute()).toEqual([])
  }
  return { ...at, ...(await at.start(code)), store, provider, person, isUntouched }
}

test('the provider that lies is believed when it does not', async () => {
  const { finish, provider, redirectTo, browserCookie, person } = await begun()
  expect(await finish(provider.goBack(redirectTo), browserCookie)).toBe(person)
})

test('an attacker who gives their callback to another browser signs nobody in as themselves', async () => {
  const { finish, start, provider, redirectTo, browserCookie, isUntouched } = await begun()
  const url = provider.goBack(redirectTo)
  const victim = await start()
  expect(await finish(url, undefined)).toBe('no-flow')
  expect(await finish(url, victim.browserCookie)).toBe('no-flow')
  expect(await finish(url, '')).toBe('no-flow')
  await isUntouched()
  expect(await finish(url, browserCookie)).not.toBe('no-flow')
})

test('a callback with another state, or none, or of another provider, is nothing', async () => {
  const { finish, provider, redirectTo, browserCookie, isUntouched } = await begun()
  expect(await finish(provider.goBack(redirectTo, { state: 'x' }), browserCookie)).toBe('no-flow')
  expect(await finish(provider.goBack(redirectTo, { state: null }), browserCookie)).toBe('no-flow')
  expect(await finish(provider.goBack(redirectTo), browserCookie, 'anna')).toBe('no-flow')
  expect(await finish(provider.goBack(redirectTo), browserCookie, 'nobody')).toBe('no-provider')
  await isUntouched()
})

test.for([
  ['access_denied', 'declined'],
  ['server_error', 'provider-failed'],
  ['login_required', 'provider-failed'],
] as const)('when the provider says %s the flow has %s', async ([error, outcome]) => {
  const { finish, provider, redirectTo, browserCookie, isUntouched } = await begun()
  const url = provider.goBack(redirectTo, { code: null, error })
  expect(await finish(url, browserCookie)).toBe(outcome)
  expect(await finish(url, browserCookie)).toBe('no-flow')
  await isUntouched()
})

test.for([
  ['another nonce', { claims: { nonce: 'another' } }],
  ['no nonce', { claims: { nonce: undefined } }],
  ['another issuer', { claims: { iss: 'http://127.0.0.1:1' } }],
  ['another client', { claims: { aud: 'somebody-else' } }],
  ['a time that is over', { claims: { exp: 1000 } }],
  ['no subject', { claims: { sub: undefined } }],
  ['an empty subject', { claims: { sub: '' } }],
  ['a signature of another key', { foreignKey: true }],
  ['no signature', { unsigned: true }],
] satisfies [string, Lies][])('an ID token with %s is not believed', async ([, lies]) => {
  const { finish, provider, redirectTo, browserCookie, isUntouched } = await begun(lies)
  expect(await finish(provider.goBack(redirectTo), browserCookie)).toBe('provider-failed')
  await isUntouched()
})

test.for([
  ['says that the code is wrong', (r) => r.writeHead(400).end('{"error":"invalid_grant"}')],
  ['breaks', (r) => r.writeHead(500).end('oops')],
  ['hangs up', (r) => r.destroy()],
  ['gives no ID token', (r) => r.end('{"access_token":"a","token_type":"bearer"}')],
  ['says nothing', () => undefined],
] satisfies [string, Lies['token']][])(
  'a token endpoint that %s is a failure of the provider',
  async ([, token]) => {
    const { finish, provider, redirectTo, browserCookie, isUntouched } = await begun({
      token: (response) => {
        response.setHeader('content-type', 'application/json')
        token?.(response)
      },
    })
    expect(await finish(provider.goBack(redirectTo), browserCookie)).toBe('provider-failed')
    await isUntouched()
  },
)

test('an answer in the name of another provider is not believed', async () => {
  const { finish, provider, redirectTo, browserCookie, isUntouched } = await begun()
  const url = provider.goBack(redirectTo, { iss: 'http://127.0.0.1:1' })
  expect(await finish(url, browserCookie)).toBe('provider-failed')
  await isUntouched()
})

test.for(['client_secret_basic', 'client_secret_post'] as const)(
  'a provider is told the secret as it likes it: %s',
  async (method) => {
    const { issuer } = await startProvider([redirectUri('kommune')], method)
    const { start, finish } = desk(await testStore(), issuer)
    const { redirectTo, browserCookie } = await start()
    const url = await walk(redirectTo, { login: 'hr-stord', backAt: redirectUri('kommune') })
    expect(await finish(url, browserCookie)).toBe('no-invitation')
  },
)

test('with the real provider a code that is redeemed in another flow is refused', async () => {
  const { issuer } = await startProvider([redirectUri('kommune')])
  const { start, finish } = desk(await testStore(), issuer)
  const [mine, theirs] = [await start(), await start()]
  const url = new URL(
    await walk(theirs.redirectTo, { login: 'victim', backAt: redirectUri('kommune') }),
  )
  url.searchParams.set('state', new URL(mine.redirectTo).searchParams.get('state') ?? '')
  expect(await finish(url.href, mine.browserCookie)).toBe('provider-failed')
})

test('who presses cancel at the real provider has declined', async () => {
  const { issuer } = await startProvider([redirectUri('kommune')])
  const { start, finish } = desk(await testStore(), issuer)
  const { redirectTo, browserCookie } = await start()
  const first = await fetch(redirectTo, { redirect: 'manual' })
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const page = new URL(first.headers.get('location') ?? '', issuer)
  let url = `${page.href}/abort`
  for (let steps = 0; steps < 3 && !url.startsWith(redirectUri('kommune')); steps++) {
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    url = new URL(answer.headers.get('location') ?? '', url).href
  }
  expect(await finish(url, browserCookie)).toBe('declined')
})

test('a provider that is down stops its own way in alone, and is found when it is back', async () => {
  const provider = await startLyingProvider({ discovery: (r) => r.writeHead(503).end() })
  const { clock, deps } = desk(await testStore(), provider.issuer)
  const begin = () => startFlow(deps, { provider: 'kommune', invitation: null })
  expect(provider.asked).toEqual([])
  expect(await Promise.all([begin(), begin(), begin()])).toEqual(Array(3).fill('provider-down'))
  expect(await begin()).toBe('provider-down')
  expect(provider.asked).toHaveLength(1)
  delete provider.lies.discovery
  clock.now += 10_000
  expect(await begin()).toMatchObject({ redirectTo: expect.stringContaining('/auth?') })
  await begin()
  expect(provider.asked).toHaveLength(2)
})

test('a provider that answers nobody is given up, and one that nobody has named is none', async () => {
  const silent = createServer((socket) => socket.on('error', () => undefined))
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
  onTestFinished(() => void silent.close())
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : 0
  const { deps } = desk(await testStore(), new URL(`http://127.0.0.1:${port}`))
  expect(await startFlow(deps, { provider: 'kommune', invitation: null })).toBe('provider-down')
  expect(await startFlow(deps, { provider: 'nobody', invitation: null })).toBe('no-provider')
})

test('a provider that says it is another one is not asked for anybody', async () => {
  const provider = await startLyingProvider({
    discovery: (response) => {
      response.setHeader('content-type', 'application/json')
      response.end(
        '{"issuer":"https://evil.example","authorization_endpoint":"https://evil.example"}',
      )
    },
  })
  const { deps } = desk(await testStore(), provider.issuer)
  expect(await startFlow(deps, { provider: 'kommune', invitation: null })).toBe('provider-down')
})
