import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { onTestFinished, vi } from 'vitest'

export const client = { clientId: 'loft', clientSecret: 'a-secret-of-forty-letters-for-the-tests' }

/** Listens on this machine, and knows one client that is sent back to these addresses. */
export const startProvider = async (
  redirectUris: string[],
  authMethod: 'client_secret_basic' | 'client_secret_post' = 'client_secret_basic',
): Promise<{ issuer: URL; server: Server; stop(): Promise<void> }> => {
  for (const say of ['warn', 'info', 'log'] as const) {
    vi.spyOn(console, say).mockImplementation(() => undefined)
  }
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: redirectUris,
        token_endpoint_auth_method: authMethod,
      },
    ],
    clientAuthMethods: [authMethod],
    claims: { openid: ['sub'], email: ['email'] },
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@kommune.example` }),
    }),
    cookies: { keys: ['for the tests'] },
  })
  server.on('request', provider.callback())
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  onTestFinished(stop)
  return { issuer: new URL(issuer), server, stop }
}

/** Walks through login and consent as a browser does, and returns where the provider sends it at last. */
export const walk = async (
  redirectTo: string,
  { login, backAt }: { login: string; backAt: string },
): Promise<string> => {
  const jar = new Map<string, string>()
  const go = async (url: string, body: URLSearchParams | null): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, {
      method: body ? 'POST' : 'GET',
      body,
      headers: { cookie },
      redirect: 'manual',
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  let [url, body]: [string, URLSearchParams | null] = [redirectTo, null]
  for (let steps = 0; steps < 20; steps++) {
    const answer = await go(url, body)
    body = null
    const location = answer.headers.get('location')
    if (location !== null) {
      url = new URL(location, url).href
      if (url.startsWith(backAt)) return url
      continue
    }
    const page = await answer.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    const action = /action="([^"]+)"/.exec(page)?.[1]
    if (prompt === undefined || action === undefined) throw new Error(`${answer.status}: ${page}`)
    url = new URL(action, url).href
    body = new URLSearchParams({ prompt, login, password: 'any' })
  }
  throw new Error('the provider goes round in circles')
}
