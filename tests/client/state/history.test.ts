import { toBase64 } from 'lib0/buffer'
import { expect, test } from 'vitest'
import { readEarlierVersions } from '../../../src/client/state/history.ts'
import type { HistoryAnswer } from '../../../src/shared/protocol/history.ts'
import { createDocument, onLocalUpdate, writeText } from '../../../src/shared/words/document.ts'

const document = 'u:kari:haust/refleksjon'
const hour = 3_600_000

/** A document's life as the server tells it: each text of a root in its turn, an hour apart. */
const lifeOf = (texts: [root: string, text: string][]): HistoryAnswer['changes'] => {
  const doc = createDocument()
  const changes: HistoryAnswer['changes'] = []
  onLocalUpdate(doc, (update) => {
    const seq = changes.length + 1
    changes.push({ seq, at: seq * hour, author: 'Kari', own: true, update: toBase64(update) })
  })
  for (const [root, text] of texts) writeText(doc, root, text)
  return changes
}

type Answer = { status: number; body?: unknown }
const serverOf = (answers: (query: URLSearchParams) => Answer) => {
  const asked: string[] = []
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    init.signal?.throwIfAborted()
    const { status, body } = answers(new URL(url, 'https://loft.test').searchParams)
    asked.push(url)
    return new Response(typeof body === 'string' ? body : JSON.stringify(body ?? {}), { status })
  }
  return { fetch: fetch as typeof globalThis.fetch, asked }
}

const asking = (progress: (changes: number) => void = () => undefined) => ({
  signal: new AbortController().signal,
  progress,
})
const read = (fetch: typeof globalThis.fetch, how = asking()) =>
  readEarlierVersions({ fetch, principal: 'kari' }, document, how)

test('reads a history of several pages to its end, and gives the versions of every text', async () => {
  const changes = lifeOf([
    ['f/nei', 'Rapporten'],
    ['f/nei', 'Rapporten til fylket'],
    ['f/ja', 'Opplæringa'],
    ['f/nei', ''],
  ])
  const { fetch, asked } = serverOf((query) => {
    expect(query.get('doc')).toBe(document)
    const page = changes.filter(({ seq }) => seq > Number(query.get('after'))).slice(0, 2)
    return { status: 200, body: { changes: page, more: page.at(-1)?.seq !== changes.length } }
  })
  const told: number[] = []
  const answer = await read(
    fetch,
    asking((count) => told.push(count)),
  )
  expect(asked).toHaveLength(2)
  expect(told).toEqual([2, 4])
  const versions = answer.kind === 'versions' ? answer.versions : []
  const textsOf = (root: string) =>
    versions.filter((one) => one.root === root).map(({ text }) => text)
  expect(textsOf('f/nei')).toEqual(['', 'Rapporten til fylket', 'Rapporten'])
  expect(textsOf('f/ja')).toEqual(['Opplæringa'])
  expect(versions[0]).toMatchObject({ at: 4 * hour, author: 'Kari' })
})

test('what the server knows nothing of has no earlier versions', async () => {
  const { fetch } = serverOf(() => ({ status: 404, body: { code: 'not-found' } }))
  expect(await read(fetch)).toEqual({ kind: 'versions', versions: [] })
})

test.each([
  ['a session that has ended', { status: 401 }, 'signed-out'],
  ['a broken server', { status: 500 }, 'failed'],
  ["a portal's page", { status: 200, body: '<html>Velkomen til hotellet</html>' }, 'failed'],
  ["a portal's JSON", { status: 200, body: { hello: 1 } }, 'failed'],
  [
    'an update that is no text',
    { status: 200, body: { changes: [{ seq: 1, at: 1, author: null, update: 5 }], more: false } },
    'failed',
  ],
] as const)('%s is told', async (_, answer, kind) => {
  const { fetch } = serverOf(() => answer)
  expect(await read(fetch)).toEqual({ kind })
})

test('without a network it says so', async () => {
  const fetch = () => Promise.reject(new TypeError('Failed to fetch'))
  expect(await read(fetch as typeof globalThis.fetch)).toEqual({ kind: 'offline' })
})

test('a server that repeats itself is not asked for ever', async () => {
  const { fetch, asked } = serverOf(() => ({ status: 200, body: { changes: [], more: true } }))
  expect(await read(fetch)).toEqual({ kind: 'versions', versions: [] })
  expect(asked).toHaveLength(1)
})
