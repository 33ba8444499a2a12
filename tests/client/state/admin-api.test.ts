import * as v from 'valibot'
import { expect, test } from 'vitest'
import { createAsk } from '../../../src/client/state/admin-api.ts'
import { contactsKey, readContacts } from '../../../src/client/state/contacts.ts'
import { principalHeader } from '../../../src/shared/protocol/paths.ts'

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const answering = (answer: () => Response) => {
  const asked: { path: string; init: RequestInit }[] = []
  const fetch = (async (path: string, init: RequestInit) => {
    asked.push({ path, init })
    return answer()
  }) as unknown as typeof globalThis.fetch
  return { ask: createAsk({ fetch, principal: 'kari' }), fetch, asked }
}
const schema = v.strictObject({ id: v.string() })

test('an answer is a value, and the request names whose it is', async () => {
  const { ask, asked } = answering(() => json({ id: 'kull-1' }))
  const answer = await ask('/a', { method: 'POST', body: { name: 'Kull' }, answer: schema })
  expect(answer).toEqual({ ok: true, value: { id: 'kull-1' } })
  expect(asked[0]?.init).toMatchObject({
    method: 'POST',
    body: '{"name":"Kull"}',
    headers: { [principalHeader]: 'kari', 'content-type': 'application/json' },
  })
})

test('a file is sent as it is', async () => {
  const { ask, asked } = answering(() => new Response(null, { status: 204 }))
  expect(await ask('/a', { method: 'POST', body: 'namn;e-post' })).toEqual({ ok: true })
  expect(asked[0]?.init).toMatchObject({
    body: 'namn;e-post',
    headers: { [principalHeader]: 'kari' },
  })
})

test('what the server refuses comes with its code', async () => {
  const { ask } = answering(() => json({ code: 'over-capacity', message: 'more are taken' }, 409))
  expect(await ask('/a')).toEqual({
    ok: false,
    error: 'over-capacity',
    detail: 'more are taken',
  })
})

test.for([
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')) as never],
  ['a portal’s page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ['a portal’s failure', () => new Response('<html>', { status: 511 })],
  ['JSON of somebody else', () => json({ redirect: 'http://portal.example' })],
  ['a failure without a code', () => json({}, 500)],
] as const)('%s is unreachable, and never thrown', async ([, answer]) => {
  const { ask } = answering(answer as () => Response)
  expect(await ask('/a', { answer: schema })).toMatchObject({ ok: false, error: 'unreachable' })
})

test('whom to ask is there without a network, for the same person alone', async () => {
  const values = new Map<string, string>()
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  }
  const contacts = [{ id: 'a', name: 'Koordinator, Stord' }]
  const online = answering(() => json({ contacts })).fetch
  const offline = answering(() => {
    throw new TypeError('Failed to fetch')
  }).fetch
  const portal = answering(() => json({ hello: 1 })).fetch
  const read = (fetch: typeof globalThis.fetch, principal = 'kari') =>
    readContacts({ fetch, storage, principal })
  expect(await read(offline)).toEqual([])
  expect(await read(online)).toEqual(contacts)
  expect(await read(offline)).toEqual(contacts)
  expect(await read(portal)).toEqual(contacts)
  expect(await read(offline, 'ola')).toEqual([])
  values.set(contactsKey('kari'), '{')
  expect(await read(offline)).toEqual([])
})
