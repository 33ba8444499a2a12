import { expect, test } from 'vitest'
import { createPost, type Fetch } from '../../../src/client/sync/transport.ts'
import { encodeAnswer } from '../../../src/shared/protocol/frames.ts'
import { principalHeader } from '../../../src/shared/protocol/paths.ts'
import { createManualClock } from '../manual-clock.ts'

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
  const post = createPost(answering(429, { 'retry-after': value }), createManualClock(), 'kari')
  expect(await post(request)).toEqual({ kind: 'wait', ms })
})

test('Retry-After that says nothing is a refusal', async () => {
  const post = createPost(answering(429, { 'retry-after': 'snart' }), createManualClock(), 'kari')
  expect(await post(request)).toEqual({ kind: 'refused', status: 429 })
})

test('a request that hangs ends after a minute', async () => {
  const clock = createManualClock()
  const hanging: Fetch = (_url, init) =>
    new Promise((_, reject) => {
      init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
      queueMicrotask(() => clock.advance(60_000))
    })
  expect(await createPost(hanging, clock, 'kari')(request)).toEqual({ kind: 'offline' })
})

test('a redirect is never followed, and nothing is cached', async () => {
  let sent: RequestInit = {}
  const clock = createManualClock()
  const post = createPost(
    async (_url, init) => {
      sent = init
      return new Response(encodeAnswer({ scopes: [] }) as Uint8Array<ArrayBuffer>)
    },
    clock,
    'kari',
  )
  expect(await post(request)).toEqual({ kind: 'answer', answer: { scopes: [] } })
  expect(sent).toMatchObject({ redirect: 'error', cache: 'no-store', method: 'POST' })
  expect(sent.headers).toMatchObject({ [principalHeader]: 'kari' })
  expect(clock.waiting()).toEqual([])
})
