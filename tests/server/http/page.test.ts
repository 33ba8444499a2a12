import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { testApp } from '../test-app.ts'

test.for(['/', '/inn/abcde-fghij', '/modul/strategi', '/finst/ikkje?x=1', '/index.html'])(
  '%s is the page, with its policy, and asked for again each time',
  async (url) => {
    const { app } = await testApp()
    const response = await app.inject({ method: 'GET', url })
    expect(response.statusCode).toBe(200)
    expect(response.body).toContain('<title>Løft</title>')
    expect(response.headers).toMatchObject({
      'content-type': expect.stringContaining('text/html'),
      'cache-control': 'no-cache',
      'content-security-policy': expect.stringContaining("script-src 'self'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'permissions-policy': expect.stringContaining('microphone=()'),
    })
  },
)

test('the policy of the page lets no foreign script, frame or form in', async () => {
  const { app } = await testApp()
  const { headers } = await app.inject({ method: 'GET', url: '/' })
  const policy = String(headers['content-security-policy']).split(';')
  for (const rule of [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]) {
    expect(policy).toContain(rule)
  }
})

test.for([
  [true, 'behind https the page tells browsers to stay there'],
  [false, 'on plain http the page does not ask for https'],
] as const)('%s: %s', async ([secureCookies]) => {
  const { app } = await testApp({ secureCookies })
  const { headers } = await app.inject({ method: 'GET', url: '/' })
  expect('strict-transport-security' in headers).toBe(secureCookies)
})

test('a built file is kept for ever', async () => {
  const { app } = await testApp()
  const response = await app.inject({ method: 'GET', url: '/assets/index-abc123.js' })
  expect(response.statusCode).toBe(200)
  expect(response.headers).toMatchObject({
    'content-type': expect.stringContaining('javascript'),
    'cache-control': 'public, max-age=31536000, immutable',
  })
})

test.for([
  ['GET', '/api/'],
  ['GET', '/api/nothing'],
  ['GET', '/api/v1/session'],
  ['POST', '/api/v1/nothing'],
  ['PUT', paths.me],
  ['GET', '/assets/index-old.js'],
  ['POST', '/'],
] as const)('%s %s is not there, said in JSON', async ([method, url]) => {
  const { app } = await testApp()
  const response = await app.inject({ method, url })
  expect(response.statusCode).toBe(404)
  expect(response.json()).toEqual({ code: 'not-found', message: expect.any(String) })
})

test('no path leads out of the page’s folder', async () => {
  const { app, folder } = await testApp()
  writeFileSync(join(folder, 'secret.txt'), 'hemmeleg')
  for (const url of [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/../../secret.txt',
  ]) {
    const response = await app.inject({ method: 'GET', url })
    expect(response.body).not.toContain('hemmeleg')
  }
})

test('without a built page the API answers all the same', async () => {
  const folder = temporaryFolder()
  const { app } = await testApp({ pageDir: folder })
  expect((await app.inject({ method: 'GET', url: '/' })).statusCode).toBe(404)
  const health = await app.inject({ method: 'GET', url: paths.health })
  expect(health.json()).toEqual({ status: 'ok', version: '0.0.0', database: 'sqlite' })
})

test('a server that has lost its database says so in its health', async () => {
  const { app, db } = await testApp()
  await db.schema.dropTable('update').execute()
  await db.schema.dropTable('scope').execute()
  const response = await app.inject({ method: 'GET', url: paths.health })
  expect(response.statusCode).toBe(500)
  expect(response.json()).toMatchObject({ code: 'server-error' })
  expect(response.body).not.toContain('scope')
})
