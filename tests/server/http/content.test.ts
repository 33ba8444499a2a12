import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { databaseContentStore } from '../../../src/server/content/database-content-store.ts'
import { mediaFileName } from '../../../src/server/content/read-content.ts'
import type { PublishedPackage } from '../../../src/server/content/read-package.ts'
import { programmeAnswerSchema } from '../../../src/shared/domain/person.ts'
import { allItems } from '../../../src/shared/domain/travel-order.ts'
import { asManifest } from '../../../src/shared/media/manifest.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { contentFolder, edited, readGood, writeSample } from '../content/sample-package.ts'
import { signIn, type TestApp, testApp } from '../test-app.ts'

/** A server whose cohort follows the sample package; its article is open. */
const withProgramme = async (): Promise<TestApp & { pkg: PublishedPackage }> => {
  const server = await testApp()
  const open = edited(
    'modules/strategi/visjon/item.yaml',
    'kind: article',
    'kind: article\nopen: true',
  )
  const pkg = await readGood(writeSample(contentFolder(), open))
  await databaseContentStore(server.db, server.mediaDir, () => server.clock.now).publish(pkg)
  return { ...server, pkg }
}

const film = (pkg: PublishedPackage): { sha256: string; size: number } => {
  const file = allItems(pkg.outline).find((item) => item.kind === 'video')?.media?.file
  if (!file) throw new Error('the sample has no film')
  return file
}

const textOf = (pkg: PublishedPackage, path: string): string =>
  allItems(pkg.outline).find((item) => item.path === path)?.text.nn ?? ''

const programme = ({ app }: TestApp, cookie: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', url: paths.programme, headers: { cookie, ...headers } })

const texts = ({ app }: TestApp, hashes: unknown, cookie = '') =>
  app.inject({ method: 'POST', url: paths.content, payload: { hashes }, headers: { cookie } })

const media = ({ app }: TestApp, sha256: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', url: paths.media(sha256), headers })

test('the programme needs a session', async () => {
  const response = await programme(await withProgramme(), '')
  expect(response.statusCode).toBe(401)
  expect(response.json()).toMatchObject({ code: 'not-signed-in' })
})

test('the programme comes with its hash as ETag, for one person and checked each time', async () => {
  const server = await withProgramme()
  const response = await programme(server, await signIn(server.app))
  expect(response.headers).toMatchObject({
    etag: `"${server.pkg.hash}"`,
    'cache-control': 'private, no-cache',
  })
  expect(v.parse(programmeAnswerSchema, response.json())).toEqual({
    hash: server.pkg.hash,
    outline: server.pkg.outline,
  })
})

test.for([
  ['its own ETag', (hash: string) => `"${hash}"`],
  ['an ETag that a proxy made weak', (hash: string) => `W/"${hash}"`],
  ['a list of ETags', (hash: string) => `"other", "${hash}"`],
] as const)('a programme that the device has (%s) is not sent again', async ([, etag]) => {
  const server = await withProgramme()
  const cookie = await signIn(server.app)
  const response = await programme(server, cookie, { 'if-none-match': etag(server.pkg.hash) })
  expect(response.statusCode).toBe(304)
  expect(response.body).toBe('')
  expect(response.headers.etag).toBe(`"${server.pkg.hash}"`)
})

test('another ETag gets the programme', async () => {
  const server = await withProgramme()
  const cookie = await signIn(server.app)
  const response = await programme(server, cookie, { 'if-none-match': `"${'0'.repeat(64)}"` })
  expect(response.statusCode).toBe(200)
})

test('a cohort without a published programme gets 404', async () => {
  const server = await testApp()
  const response = await programme(server, await signIn(server.app))
  expect(response.statusCode).toBe(404)
  expect(response.json()).toMatchObject({ code: 'not-found' })
})

test('whoever is signed in reads all texts by their hashes', async () => {
  const server = await withProgramme()
  const hashes = [...server.pkg.texts.keys()]
  const response = await texts(server, hashes, await signIn(server.app))
  const expected = [...server.pkg.texts].map(([hash, body]) => [hash, JSON.parse(body)])
  expect(response.json()).toEqual(Object.fromEntries(expected))
})

test.for([
  ['nobody', ''],
  ['an unknown session', 'loft_session=abc'],
])('%s reads the open texts alone', async ([, cookie]) => {
  const server = await withProgramme()
  const open = textOf(server.pkg, 'strategi/visjon')
  const response = await texts(server, [...server.pkg.texts.keys()], cookie)
  expect(response.statusCode).toBe(200)
  expect(Object.keys(response.json())).toEqual(
    allItems(server.pkg.outline)
      .filter((item) => item.open)
      .flatMap((item) => [...new Set(Object.values(item.text))])
      .sort(),
  )
  expect(Object.keys(response.json())).toContain(open)
})

test('unknown texts are left out, like those that are not for me', async () => {
  const server = await withProgramme()
  const response = await texts(server, ['0'.repeat(64)], await signIn(server.app))
  expect(response.json()).toEqual({})
  expect((await texts(server, [textOf(server.pkg, 'strategi/klart')])).json()).toEqual({})
  expect((await texts(server, [])).json()).toEqual({})
})

test.for([
  ['no list', 'abc'],
  ['something that is no hash', ['abc']],
  ['a hash with a quote in it', [`${'0'.repeat(63)}"`]],
  ['more than two hundred', Array.from({ length: 201 }, () => '0'.repeat(64))],
] as const)('a request for texts with %s is a bad request', async ([, hashes]) => {
  const response = await texts(await testApp(), hashes)
  expect(response.statusCode).toBe(400)
  expect(response.json()).toMatchObject({ code: 'bad-request' })
})

test('a film is public by its hash, kept for ever and readable by another origin', async () => {
  const server = await withProgramme()
  const { sha256, size } = film(server.pkg)
  const response = await media(server, sha256)
  expect(response.statusCode).toBe(200)
  expect(response.rawPayload.length).toBe(size)
  expect(response.headers).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': String(size),
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    etag: expect.stringMatching(/"/),
  })
  expect(response.headers).not.toHaveProperty('set-cookie')
})

test.for([
  ['bytes=0-1', 0, 2],
  ['bytes=10-19', 10, 20],
  ['bytes=100-', 100, undefined],
  ['bytes=-7', -7, undefined],
  ['bytes=0-999999999', 0, undefined],
] as const)('Range %s gives exactly these bytes', async ([range, from, to]) => {
  const server = await withProgramme()
  const { sha256, size } = film(server.pkg)
  const whole = (await media(server, sha256)).rawPayload
  const response = await media(server, sha256, { range })
  const expected = whole.subarray(from, to)
  expect(response.statusCode).toBe(206)
  expect(response.rawPayload).toEqual(expected)
  const start = from < 0 ? size + from : from
  expect(response.headers).toMatchObject({
    'content-range': `bytes ${start}-${start + expected.length - 1}/${size}`,
    'content-length': String(expected.length),
    'content-type': 'video/mp4',
  })
  expect(response.headers).not.toHaveProperty('content-encoding')
})

test('a range behind the end is 416 with the size', async () => {
  const server = await withProgramme()
  const { sha256, size } = film(server.pkg)
  const response = await media(server, sha256, { range: `bytes=${size}-` })
  expect(response.statusCode).toBe(416)
  expect(response.headers['content-range']).toBe(`bytes */${size}`)
})

test('a range goes on only in the same file', async () => {
  const server = await withProgramme()
  const { sha256 } = film(server.pkg)
  const etag = String((await media(server, sha256)).headers.etag)
  const same = await media(server, sha256, { range: 'bytes=0-1', 'if-range': etag })
  expect(same.statusCode).toBe(206)
  const other = await media(server, sha256, { range: 'bytes=0-1', 'if-range': '"other"' })
  expect(other.statusCode).toBe(200)
})

test('a film that the device has is not sent again', async () => {
  const server = await withProgramme()
  const { sha256 } = film(server.pkg)
  const etag = String((await media(server, sha256)).headers.etag)
  const response = await media(server, sha256, { 'if-none-match': etag })
  expect(response.statusCode).toBe(304)
})

test('HEAD tells the size of a film and sends nothing', async () => {
  const server = await withProgramme()
  const { sha256, size } = film(server.pkg)
  const response = await server.app.inject({ method: 'HEAD', url: paths.media(sha256) })
  expect(response.headers['content-length']).toBe(String(size))
  expect(response.rawPayload.length).toBe(0)
})

test.for(['0'.repeat(64), 'abc', '..%2f..%2fpackage.json', 'a/b', ''])(
  '/media/%s is not there',
  async (name) => {
    const response = await media(await withProgramme(), name)
    expect(response.statusCode).toBe(404)
    expect(response.json()).toMatchObject({ code: 'not-found' })
  },
)

test('a film whose file is lost is not there, and nothing of it is kept in a cache', async () => {
  const server = await withProgramme()
  const { sha256 } = film(server.pkg)
  rmSync(join(server.mediaDir, mediaFileName(sha256, 'video/mp4')))
  const response = await media(server, sha256)
  expect(response.statusCode).toBe(404)
  expect(response.json()).toMatchObject({ code: 'not-found' })
  expect(response.headers).not.toHaveProperty('cache-control')
})

const manifest = ({ app }: TestApp, sha256: string) =>
  app.inject({ method: 'GET', url: paths.manifest(sha256) })

test('the pieces of a film are told with their hashes, for ever and without a session', async () => {
  const server = await withProgramme()
  const { sha256, size } = film(server.pkg)
  const response = await manifest(server, sha256)
  expect(response.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
  })
  expect(response.headers).not.toHaveProperty('set-cookie')
  const told = asManifest(response.json(), sha256)
  expect(told).toMatchObject({ size, type: 'video/mp4' })
  expect(told?.chunks).toEqual([sha256]) // one piece
})

test('a film that an earlier release published gets its manifest when it is asked for', async () => {
  const server = await withProgramme()
  const { sha256 } = film(server.pkg)
  const before = (await manifest(server, sha256)).body
  await server.db.deleteFrom('media_manifest').execute()
  const answers = await Promise.all([1, 2, 3].map(() => manifest(server, sha256)))
  expect(answers.map(({ body }) => body)).toEqual([before, before, before])
  expect(await server.db.selectFrom('media_manifest').select('hash').execute()).toEqual([
    { hash: sha256 },
  ])
})

test.for([
  ['an unknown file', async () => '0'.repeat(64)],
  ['no hash', async () => '..%2Floft'],
  [
    'a file that is damaged on the disk',
    async (server: TestApp & { pkg: PublishedPackage }) => {
      const { sha256 } = film(server.pkg)
      await server.db.deleteFrom('media_manifest').execute()
      writeFileSync(join(server.mediaDir, mediaFileName(sha256, 'video/mp4')), 'x')
      return sha256
    },
  ],
] as const)('%s has no manifest', async ([, hash]) => {
  const server = await withProgramme()
  const response = await manifest(server, await hash(server))
  expect(response.statusCode).toBe(404)
  expect(response.json()).toMatchObject({ code: 'not-found' })
})
