import { expect, onTestFinished, test } from 'vitest'
import { createMergeThreads } from '../../../src/server/words/merge-thread.ts'
import { decodeCheckAnswer, encodeCheckRequest } from '../../../src/shared/protocol/check-frames.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { rivals } from '../../shared/words/rivals.ts'
import { own, push, sync } from '../sync/sync-client.ts'
import { signIn, testApp } from '../test-app.ts'

const doc = `${own}/refleksjon`
const honest = `${own}/notat`

const open = async (limitMs: number) => {
  const merging = createMergeThreads({ limitMs, tooMuch: () => undefined })
  onTestFinished(() => merging.close())
  const { app } = await testApp({ merging })
  const cookie = await signIn(app)
  return {
    app,
    push: (id: string, update: Uint8Array) =>
      sync(app, cookie, { id: own, pushes: [push(id, update)] }),
    /** Of a device that has nothing. */
    check: (...ids: string[]) => {
      const nothing = { stateVector: Uint8Array.of(0), hash: new Uint8Array(32) }
      const docs = ids.map((id) => ({ doc: id, ...nothing }))
      return app.inject({
        method: 'POST',
        url: paths.syncCheck,
        payload: Buffer.from(encodeCheckRequest({ scope: own, docs })),
        headers: { cookie, 'content-type': 'application/octet-stream' },
      })
    },
  }
}

test('while words are compared that hold up whoever builds them, others are answered', async () => {
  const { app, push, check } = await open(60_000)
  await push(doc, rivals(1500))
  const answered: string[] = []
  const checking = check(doc).then((response) => {
    answered.push('check')
    return response
  })
  for (let n = 0; n < 20; n++) {
    await app.inject(paths.health)
    answered.push('health')
    await new Promise((done) => setImmediate(done))
  }
  const response = await checking
  expect(answered.at(-1)).toBe('check')
  const { docs } = decodeCheckAnswer(own, response.rawPayload)
  expect(docs.map((one) => one.doc)).toEqual([doc])
})

test('words that take too long are put off, then left out, and hold up no other document', async () => {
  const { push, check } = await open(1000)
  await push(doc, rivals(12_000))
  await push(honest, rivals(3))
  const first = decodeCheckAnswer(own, (await check(honest, doc, honest)).rawPayload)
  expect([first.answered, first.docs.map((one) => one.doc)]).toEqual([1, [honest]])
  const second = await check(doc, honest)
  expect(second.statusCode).toBe(503)
  expect(second.json()).toEqual({ code: 'busy', message: expect.any(String) })
  expect(Number(second.headers['retry-after'])).toBeGreaterThan(0)
  const third = decodeCheckAnswer(own, (await check(doc, honest)).rawPayload)
  expect([third.answered, third.docs.map((one) => one.doc)]).toEqual([2, [honest]])
})
