import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { client } from './real-provider.ts'

export interface Lies {
  /** In place of what the ID token should say. */
  claims?: Record<string, unknown>
  /** Signed by a key that is not the provider's. */
  foreignKey?: boolean
  /** Without any signature. */
  unsigned?: boolean
  token?: (response: ServerResponse) => void
  discovery?: (response: ServerResponse) => void
}

/** A provider that says what a test wants: the real one cannot be made to lie. `lies` may be changed between requests. */
export const startLyingProvider = async (lies: Lies = {}) => {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const asked: string[] = []
  /** Of the flow under way, as its authorization request has it. */
  let nonce = ''
  const json = (response: ServerResponse, body: unknown) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    request.resume()
    if (path === '/.well-known/openid-configuration') {
      if (lies.discovery) return lies.discovery(response)
      return json(response, {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
        authorization_response_iss_parameter_supported: true,
      })
    }
    if (path === '/jwks') {
      const key = own.publicKey.export({ format: 'jwk' })
      return json(response, { keys: [{ ...key, use: 'sig', alg: 'ES256', kid: 'one' }] })
    }
    if (lies.token) return lies.token(response)
    const seconds = Math.floor(Date.now() / 1000)
    const claims = {
      iss: issuer,
      sub: 'subject-1',
      aud: client.clientId,
      iat: seconds,
      exp: seconds + 300,
      nonce,
      email: 'hr@stord.example',
      ...lies.claims,
    }
    const key = lies.foreignKey ? foreign.privateKey : own.privateKey
    json(response, {
      access_token: 'access',
      token_type: 'bearer',
      id_token: lies.unsigned ? unsigned(claims) : signed(claims, key),
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  return {
    issuer: new URL(issuer),
    lies,
    asked,
    /** Where it sends the browser after a login. */
    goBack: (redirectTo: string, changes: Record<string, string | null> = {}): string => {
      const request = new URL(redirectTo).searchParams
      nonce = request.get('nonce') ?? ''
      const back = new URL(request.get('redirect_uri') ?? '')
      const answer = { code: 'code-1', state: request.get('state') ?? '', iss: issuer, ...changes }
      for (const [name, value] of Object.entries(answer)) {
        if (value !== null) back.searchParams.set(name, value)
      }
      return back.href
    },
  }
}

const encoded = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')

const signed = (claims: unknown, key: KeyObject): string => {
  const text = `${encoded({ alg: 'ES256', kid: 'one' })}.${encoded(claims)}`
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

const unsigned = (claims: unknown): string => `${encoded({ alg: 'none' })}.${encoded(claims)}.`
