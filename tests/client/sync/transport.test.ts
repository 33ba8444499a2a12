import { expect, test } from 'vitest'
import { createTransport, type Fetch } from '../../../src/client/sync/transport.ts'
import { encodeAnswer } from '../../../src/shared/protocol/frames.ts'
import { principalHeader } from '../../../src/shared/protocol/paths.ts'
import { createManualClock } from '../manual-clock.ts'

const post = (fetch: Fetch, clock = createManualClock()) =>
  createTransport({ fetch, clock, gzip: null, principal: 'kari' }).sync
const request = { device: 'd', budget: 1, scopes: [] }
const answering =
  (status: number, headers: Record<string, string>): Fetch =>
  async () =>
    new Response('{}', { status, headers: { 'content-type': 'application/json', ...headers } })

test.each([
  ['seconds', '30', 30_000],
  ['a date', 'Sat, 14 Nov 2026 09:01:00 GMT', 60_000],
  ['a date that is past', 'Sat, 14 Nov 2026 08:00:00 GMT', 0],
  ['days, which a wrong clock may ask for', '864000', 3_600_000],
])('Retry-After in %s', async (_, value, ms) => {
  const send = post(answering(429, { 'retry-after': value }))
  expect(await send(request)).toEqual({ kind: 'wait', ms })
})

test('Retry-After that says nothing is a refusal', async () => {
  const send = post(answering(429, { 'retry-after': 'snart' }))
  expect(await send(request)).toEqual({ kind: 'refused', status: 429 })
})

test('a request that hangs ends after a minute', async () => {
  const clock = createManualClock()
  const hanging: Fetch = (_url, init) =>
    new Promise((_, reject) => {
      init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
      queueMicrotask(() => clock.advance(60_000))
    })
  expect(await post(hanging, clock)(request)).toEqual({ kind: 'offline' })
})

test('a redirect is never followed, and the principal is named', async () => {
  let sent: RequestInit = {}
  const clock = createManualClock()
  const send = post(async (_url, init) => {
    sent = init
    return new Response(encodeAnswer({ scopes: [] }) as Uint8Array<ArrayBuffer>)
  }, clock)
  expect(await send(request)).toEqual({ kind: 'answer', answer: { scopes: [] } })
  expect(sent).toMatchObject({ redirect: 'error', method: 'POST' })
  expect(sent.headers).toMatchObject({ [principalHeader]: 'kari' })
  expect(clock.waiting()).toEqual([])
})
