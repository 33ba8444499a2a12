import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/server/config.ts'
import { isLoopback } from '../../src/server/loopback.ts'

const config = (env: Record<string, string>) => {
  const read = readConfig(env)
  if (!read.ok) throw new Error(read.mistakes.join('\n'))
  return read.config
}

const mistakes = (env: Record<string, string>): string[] => {
  const read = readConfig(env)
  return read.ok ? [] : read.mistakes
}

test('without settings the server is for this machine alone, with the demonstration', () => {
  expect(config({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: resolve('data'),
    contentDir: null,
    databaseUrl: null,
    publicUrl: null,
    demo: true,
    mail: null,
    providers: [],
  })
})

test('every setting is read', () => {
  const read = config({
    PORT: '8080',
    HOST: '0.0.0.0',
    LOFT_DATA_DIR: '/var/lib/loft',
    LOFT_CONTENT_DIR: 'content',
    LOFT_DATABASE_URL: 'postgres://loft:hemmeleg@db.example.org:5433/loft?sslmode=require',
    LOFT_PUBLIC_URL: 'https://loft.example.org',
    LOFT_DEMO: '0',
    LOFT_SMTP_URL: 'smtp://loft:hemmeleg@mail.example',
    LOFT_MAIL_FROM: 'loft@kommune.example',
    LOFT_OIDC_ENTRA_ISSUER: 'https://login.example',
    LOFT_OIDC_ENTRA_CLIENT_ID: 'loft',
    LOFT_OIDC_ENTRA_CLIENT_SECRET: 'hemmeleg',
  })
  expect(read).toEqual({
    port: 8080,
    host: '0.0.0.0',
    dataDir: '/var/lib/loft',
    contentDir: resolve('content'),
    databaseUrl: 'postgres://loft:hemmeleg@db.example.org:5433/loft?sslmode=require',
    publicUrl: new URL('https://loft.example.org'),
    demo: false,
    mail: expect.objectContaining({ host: 'mail.example', port: 587 }),
    providers: [expect.objectContaining({ id: 'entra', clientId: 'loft' })],
  })
})

test('all mistakes are told at once, each with its name', () => {
  const told = mistakes({
    PORT: 'tretusen',
    HOST: '',
    LOFT_DATA_DIR: '',
    LOFT_CONTENT_DIR: 'no-such-folder',
    LOFT_DATABASE_URL: 'mysql://loft:hemmeleg@localhost/loft',
    LOFT_PUBLIC_URL: 'loft.example.org',
    LOFT_DEMO: 'yes',
  })
  expect(told.map((line) => line.split(':')[0])).toEqual([
    'PORT',
    'HOST',
    'LOFT_DATA_DIR',
    'LOFT_CONTENT_DIR',
    'LOFT_DATABASE_URL',
    'LOFT_PUBLIC_URL',
    'LOFT_DEMO',
  ])
  for (const line of told) expect(line).toMatch(/^[A-Z_]+: \S/)
})

test.for(['65536', '-1', '3000.5', '0x50', '', ' ', '3000 '])('PORT "%s" is a mistake', (PORT) => {
  expect(mistakes({ PORT })).toEqual(['PORT: a port number, 0–65535'])
})

test.for(['0', '1', '65535'])('PORT %s is a port', (PORT) => {
  expect(config({ PORT }).port).toBe(Number(PORT))
})

test.for(['ftp://example.org', 'javascript:alert(1)', 'https://', '/loft', 'localhost:3000'])(
  'LOFT_PUBLIC_URL "%s" is a mistake',
  (LOFT_PUBLIC_URL) => {
    expect(mistakes({ LOFT_PUBLIC_URL })).toEqual(['LOFT_PUBLIC_URL: a http(s) address'])
  },
)

test.for([
  'mysql://loft:hemmeleg@localhost/x',
  'hemmeleg',
  'postgres:loft@@:hemmeleg//[',
  '//hemmeleg',
])('LOFT_DATABASE_URL "%s" is a mistake, told without the address', (LOFT_DATABASE_URL) => {
  expect(mistakes({ LOFT_DATABASE_URL })).toEqual(['LOFT_DATABASE_URL: a postgres:// address'])
})

test.for(['postgres://localhost/loft', 'postgresql:///loft?host=/run/postgresql'])(
  'LOFT_DATABASE_URL %s is an address',
  (LOFT_DATABASE_URL) => {
    expect(config({ LOFT_DATABASE_URL }).databaseUrl).toBe(LOFT_DATABASE_URL)
  },
)

test('an empty optional setting counts as not set', () => {
  const empty = { LOFT_DATABASE_URL: '', LOFT_PUBLIC_URL: ' ', LOFT_DEMO: '' }
  expect(config(empty)).toMatchObject({ databaseUrl: null, publicUrl: null, demo: true })
})

test('a setting that is not ours is nobody’s mistake', () => {
  expect(mistakes({ HOME: '/root', npm_config_port: 'x' })).toEqual([])
})

test.for([
  [{}, true],
  [{ HOST: '::1' }, true],
  [{ HOST: 'localhost' }, true],
  [{ HOST: '127.0.1.1' }, true],
  [{ HOST: '0.0.0.0' }, false],
  [{ HOST: '::' }, false],
  [{ HOST: '192.168.1.20' }, false],
  [{ HOST: 'loft.example.org' }, false],
  [{ HOST: '127.example.org' }, false],
  [{ LOFT_PUBLIC_URL: 'http://localhost:3000' }, false],
  [{ LOFT_PUBLIC_URL: 'https://loft.example.org' }, false],
  [{ LOFT_DATABASE_URL: 'postgres://localhost/loft' }, false],
  [{ LOFT_DEMO: '0' }, false],
  [{ LOFT_DEMO: '1', LOFT_DATABASE_URL: 'postgres://localhost/loft' }, true],
  [{ LOFT_DEMO: '1', HOST: '0.0.0.0' }, true],
  [{ LOFT_DEMO: '1', LOFT_PUBLIC_URL: 'https://loft.example.org' }, true],
] as const)('with %o the demonstration exists: %s', ([env, demo]) => {
  expect(config(env).demo).toBe(demo)
})

test.for([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.255.255.254', true],
  ['[::1]', true],
  ['128.0.0.1', false],
  ['localhost.example.org', false],
  ['127.0.0.1.example.org', false],
  ['', false],
] as const)('"%s" is this machine: %s', ([host, expected]) => {
  expect(isLoopback(host)).toBe(expected)
})
