import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { decodeAnswer, limits } from '../../../src/shared/protocol/frames.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { eachStore } from '../stores.ts'
import { signIn } from '../test-app.ts'
import { frame, own, post, push, sync } from './sync-client.ts'

const pageHeaders = [
  'content-security-policy',
  'x-frame-options',
  'x-dns-prefetch-control',
  'referrer-policy',
  'cross-origin-opener-policy',
]

eachStore(({ testApp }) => {
  test.for([
    ['no cookie', ''],
    ['a cookie that nobody was given', 'loft_session=abc'],
    ['an empty cookie', 'loft_session='],
  ])('%s: 401, and nothing is stored', async ([, cookie = '']) => {
    const { app, db } = await testApp()
    const pushes = [push(`${own}/visjon`, 'ord')]
    const response = await post(app, cookie, frame([{ id: own, pushes }]))
    expect(response.statusCode).toBe(401)
    expect(response.json()).toMatchObject({ code: 'not-signed-in' })
    expect(await db.selectFrom('update').selectAll().execute()).toEqual([])
  })

  test.for([
    ['the future', 99],
    ['before the first release', 1],
  ])('a version from %s gets 426 with a readable text', async ([, version = 0]) => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const foreign = frame([{ id: own }])
    foreign[2] = Number(version)
    const response = await post(app, cookie, foreign)
    expect(response.statusCode).toBe(426)
    expect(response.json()).toEqual({
      code: 'unknown-version',
      message: expect.stringContaining('update the page'),
    })
  })

  test.for([
    ['an empty body', Buffer.alloc(0)],
    ['no frame', Buffer.from('hei')],
    ['a frame that is cut', frame([{ id: own }]).subarray(0, -1)],
    ['a frame cut in its first bytes', frame([{ id: own }]).subarray(0, 2)],
    ['a frame that is too long', Buffer.concat([frame([{ id: own }]), Buffer.from([0])])],
  ] as const)('%s is a bad request', async ([, body]) => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const response = await post(app, cookie, body)
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code: 'bad-request' })
  })

  test.for(['application/json', 'text/plain'])(
    'a frame sent as %s is a bad request',
    async (type) => {
      const { app } = await testApp()
      const cookie = await signIn(app)
      const response = await post(app, cookie, frame([{ id: own }]), { 'content-type': type })
      expect(response.statusCode).toBe(400)
    },
  )

  test('a request of the largest size is taken, one byte more is too large', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const filled = (size: number): Buffer => {
      const pushes = [0, 1, 2, 3].map((n) =>
        push(`${own}/task-${n}`, new Uint8Array(n < 3 ? limits.updateBytes : 0).fill(n)),
      )
      const rest = size - frame([{ id: own, pushes }]).length - 2 // its length takes two bytes more
      const last = push(`${own}/task-3`, new Uint8Array(rest).fill(3))
      return frame([{ id: own, pushes: [...pushes.slice(0, 3), last] }], 1_000_000)
    }
    const largest = filled(limits.requestBytes)
    expect(largest.length).toBe(limits.requestBytes)
    expect((await post(app, cookie, largest)).statusCode).toBe(200)
    const response = await post(app, cookie, Buffer.concat([largest, Buffer.from([0])]))
    expect(response.statusCode).toBe(413)
    expect(response.json()).toMatchObject({ code: 'too-large' })
  })

  test('a small body that unzips to more than a request may be is too large', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(limits.requestBytes)
    const before = process.memoryUsage().arrayBuffers
    const response = await post(app, cookie, bomb, { 'content-encoding': 'gzip' })
    expect(response.statusCode).toBe(413)
    expect(response.json()).toMatchObject({ code: 'too-large' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 1024 * 1024)
  })

  test('more scopes than anybody has are too large', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const scopes = Array.from({ length: limits.scopes + 1 }, (_, n) => ({ id: `g:${n}` }))
    expect((await post(app, cookie, frame(scopes))).statusCode).toBe(413)
    expect((await post(app, cookie, frame(scopes.slice(1)))).statusCode).toBe(200)
  })

  test('more pushes than a device sends at once are too large, in one scope or in several', async () => {
    const { app, db } = await testApp()
    const cookie = await signIn(app)
    const pushed = (id: string, count: number) => ({
      id,
      pushes: Array.from({ length: count }, (_, n) => push(`${id}/${n}`, 'x')),
    })
    const response = await post(app, cookie, frame([pushed('g:x', limits.pushes), pushed(own, 1)]))
    expect(response.statusCode).toBe(413)
    expect(response.json()).toMatchObject({ code: 'too-large' })
    expect(await db.selectFrom('update').selectAll().execute()).toEqual([])
    expect((await post(app, cookie, frame([pushed('g:x', limits.pushes)]))).statusCode).toBe(200)
  })

  test('a scope that is named twice is a bad request, and nothing is stored', async () => {
    const { app, db } = await testApp()
    const cookie = await signIn(app)
    const pushes = [push(`${own}/visjon`, 'ord')]
    const response = await post(app, cookie, frame([{ id: own, pushes }, { id: own }]))
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code: 'bad-request' })
    expect(await db.selectFrom('update').selectAll().execute()).toEqual([])
  })

  test('a zipped request is read', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const long = push(`${own}/visjon`, 'orda mine '.repeat(500))
    const response = await post(app, cookie, gzipSync(frame([{ id: own, pushes: [long] }])), {
      'content-encoding': 'gzip',
    })
    expect(response.statusCode).toBe(200)
    expect((await sync(app, cookie, { id: own })).items[0]?.update).toEqual(long.update)
  })

  test.for([
    ['gzip that is none', 'gzip', Buffer.from('hei')],
    ['gzip that is cut', 'gzip', gzipSync(frame([{ id: own }])).subarray(0, -4)],
    ['an unknown encoding', 'rot13', frame([{ id: own }])],
  ] as const)('%s is a bad request', async ([, encoding, body]) => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const response = await post(app, cookie, body, { 'content-encoding': encoding })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code: 'bad-request' })
  })

  test('a long answer is zipped for whoever takes it, and only then', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    await sync(app, cookie, { id: own, pushes: [push(`${own}/visjon`, 'orda mine '.repeat(500))] })
    const pull = (headers: Record<string, string>) =>
      post(app, cookie, frame([{ id: own }]), headers)

    const plain = await pull({})
    expect(plain.headers['content-encoding']).toBeUndefined()
    const zipped = await pull({ 'accept-encoding': 'gzip, deflate, br' })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    expect(zipped.rawPayload.length).toBeLessThan(plain.rawPayload.length / 10)
    expect(decodeAnswer(gunzipSync(zipped.rawPayload))).toEqual(decodeAnswer(plain.rawPayload))
    const refused = await pull({ 'accept-encoding': 'gzip;q=0' })
    expect(refused.headers['content-encoding']).toBeUndefined()
  })

  test('a short answer is not zipped', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const response = await post(app, cookie, frame([{ id: own }]), { 'accept-encoding': 'gzip' })
    expect(response.headers['content-encoding']).toBeUndefined()
    expect(decodeAnswer(response.rawPayload).scopes).toHaveLength(1)
  })

  test('an answer is bytes that no cache keeps, without the headers of a page', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const response = await post(app, cookie, frame([{ id: own }]))
    expect(response.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
    })
    for (const name of pageHeaders) expect(response.headers).not.toHaveProperty(name)
  })

  test.for([
    ['GET', paths.health],
    ['GET', paths.me],
    ['GET', paths.programme],
    ['GET', '/api/nothing'],
    ['POST', '/api/v1/nothing'],
  ] as const)('%s %s carries no headers of a page', async ([method, url]) => {
    const { app } = await testApp()
    const { headers } = await app.inject({ method, url })
    for (const name of pageHeaders) expect(headers).not.toHaveProperty(name)
  })

  test('a log never holds what people wrote, nor their sign-in', async () => {
    const lines: string[] = []
    const stream = { write: (line: string) => lines.push(line) }
    const { app, db } = await testApp({ logger: { level: 'trace', stream } })
    const cookie = await signIn(app)
    const pushes = [push(`${own}/visjon`, 'hemmeleg tanke')]
    await post(app, cookie, frame([{ id: own, pushes }]))
    await db.schema.alterTable('update').renameTo('away').execute()
    onTestFinished(() => db.schema.alterTable('away').renameTo('update').execute())
    await post(app, cookie, frame([{ id: own, pushes: [push(`${own}/x`, 'hemmeleg ord')] }]))
    expect(lines.join('')).toContain('unexpected failure')
    expect(lines.join('')).not.toContain('hemmeleg')
    expect(lines.join('')).not.toContain(cookie.slice('loft_session='.length))
  })
})
