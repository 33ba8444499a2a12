// Requests that nobody honest sends, made from the API's own description: whatever comes, the answer is one of ours.
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { errorStatus } from '../../../src/shared/protocol/errors.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { eachStore } from '../stores.ts'
import { callers, type MatrixWorld, openMatrixWorld, places } from './access-matrix/world.ts'
import {
  createRandom,
  fromSchema,
  hostileTexts,
  hostileValue,
  type JsonSchema,
  type Picker,
  pickBy,
} from './hostile-values.ts'

interface Operation {
  path: string
  method: string
  parameters?: { name: string; in: 'path' | 'query' }[]
  requestBody?: { content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, { content?: Record<string, unknown> }>
}

const operationsOf = async ({ app }: MatrixWorld): Promise<Operation[]> => {
  const answer = await app.inject({ method: 'GET', url: paths.openApi })
  const { paths: described } = answer.json() as {
    paths: Record<string, Record<string, Omit<Operation, 'path' | 'method'>>>
  }
  return Object.entries(described).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ path, method, ...operation })),
  )
}

const makeRequest = (
  world: MatrixWorld,
  { path, method, parameters = [], requestBody, responses }: Operation,
  pick: Picker,
  number: number,
): InjectOptions => {
  // Who erases themselves or signs out has nothing more to ask.
  const isLast = method === 'delete' && (path === paths.me || path === paths.session)
  const caller = isLast ? 'nobody' : pick.of(callers)
  const cookie = world.cookies[caller]
  const ids = Object.values(world.things(caller, pick.of(places)))
  const word = (): string => (pick.chance(0.5) ? pick.of(hostileTexts) : pick.of(ids))
  let url = path
  const query: string[] = []
  for (const { name, in: place } of parameters) {
    if (place === 'path') url = url.replace(`{${name}}`, () => encode(word(), pick) || 'x')
    else if (pick.chance(0.8)) query.push(`${name}=${encode(word(), pick)}`)
  }
  if (pick.chance(0.1)) query.push('__proto__=1', 'a[b]=c', 'a=1&a=2')
  const headers: Record<string, string> = {}
  if (cookie) headers.cookie = cookie
  if (pick.chance(0.05)) headers.cookie = pick.of(['loft_session=%', 'loft_session=', ';;=;', 'a'])
  if (pick.chance(0.05)) headers['loft-principal'] = 'nokon-annan'
  if (pick.chance(0.05)) headers['if-none-match'] = '"\\'
  if (pick.chance(0.05)) headers.range = pick.of(['bytes=-', 'bytes=9-1', 'bytes=0-0,1-1', 'x'])
  const isStream = Object.keys(responses['200']?.content ?? {}).includes('text/event-stream')
  return {
    method: (pick.chance(0.03)
      ? pick.of(['PATCH', 'DELETE', 'OPTIONS'])
      : method.toUpperCase()) as 'GET',
    url: query.length > 0 ? `${url}?${query.join('&')}` : url,
    remoteAddress: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
    ...bodyOf(requestBody, pick, ids, headers),
    headers,
    ...(isStream && { payloadAsStream: true }),
  }
}

/** What no address may hold stands encoded; now and then it does not. */
const encode = (text: string, pick: Picker): string => {
  const whole = text.toWellFormed()
  return pick.chance(0.1)
    ? whole.replaceAll(/[^\x21-\x7e]|[?#/]/g, '')
    : encodeURIComponent(whole).slice(0, pick.of([50, 4000]))
}

const bodyOf = (
  described: Operation['requestBody'],
  pick: Picker,
  ids: readonly string[],
  headers: Record<string, string>,
): { payload?: string | Buffer } => {
  const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(described?.content ?? {})
  if (type === '' && pick.chance(0.9)) return {}
  headers['content-type'] = pick.chance(0.9)
    ? type || 'application/json'
    : pick.of([
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/json; charset=utf-7',
        'x',
      ])
  if (type !== 'application/json') {
    return {
      payload: pick.of<() => Buffer>([
        () => Buffer.from(Array.from({ length: pick.whole(400) }, () => pick.whole(256))),
        () => Buffer.from(hostileTexts.join(';')),
        () =>
          Buffer.from(
            `namn;e-post;kommune;kull\n${pick.of(hostileTexts)};"${pick.of(hostileTexts)}`,
          ),
        () => Buffer.alloc(0),
      ])(),
    }
  }
  const value = pick.chance(0.8) ? fromSchema(schema, pick, ids) : hostileValue(pick)
  const json = JSON.stringify(value)
  switch (pick.whole(20)) {
    case 0:
      return { payload: json.slice(0, pick.whole(json.length + 1)) }
    case 1:
      return { payload: json.replace('{', '{"__proto__":{"a":1},"constructor":{"prototype":{}},') }
    case 2: {
      headers['content-encoding'] = 'gzip'
      return { payload: gzipSync(json).subarray(pick.whole(4)) }
    }
    case 3:
      return { payload: Buffer.from(json, 'latin1') }
    default:
      return { payload: json }
  }
}

/** What tells a stranger how the server is built, or what went wrong inside. */
const inside =
  /\n\s+at |node_modules|file:\/\/|\.ts:\d|SQLITE|syntax error at|constraint|kysely|TypeError|undefined/i
const codes = new Set<string>(Object.keys(errorStatus))

eachStore(({ kind, newStore }) => {
  const count = kind === 'sqlite' ? 10_000 : 2_000
  test(`${count} hostile requests get answers of ours, and afterwards all is as it should be`, async () => {
    const seed = Number(process.env.LOFT_SEED ?? Math.floor(Math.random() * 2 ** 31))
    const pick = pickBy(createRandom(seed))
    const logged: string[] = []
    const logger = { level: 'warn', stream: { write: (line: string) => void logged.push(line) } }
    const world = await openMatrixWorld({ store: await newStore(), logger })
    const operations = await operationsOf(world)
    const declared = new Set(world.app.declared.map(({ method, path }) => `${method} ${path}`))
    expect(operations).toHaveLength(declared.size)

    const seen = new Map<number, number>()
    for (let number = 0; number < count; number++) {
      const operation = operations[number % operations.length]
      if (!operation) throw new Error('there is no operation')
      const request = makeRequest(world, operation, pick, number)
      const answer = await world.app.inject(request)
      const { statusCode } = answer
      seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1)
      const isStream = request.payloadAsStream === true && statusCode === 200
      if (isStream) answer.stream().destroy()
      const said = isStream
        ? ''
        : request.payloadAsStream
          ? await text(answer.stream())
          : answer.body
      const what = `seed ${seed}, request ${number}: ${request.method} ${request.url} ${String(request.payload).slice(0, 300)} → ${statusCode} ${said.slice(0, 300)}`
      // 503 is said of a provider that is not there, and of a database that is busy.
      if (statusCode >= 500) expect.fail(what)
      if (statusCode < 400 || statusCode === 416 || request.method === 'HEAD') continue
      const failure = parse(said)
      if (!failure || !codes.has(failure.code) || inside.test(said)) expect.fail(what)
    }
    const secrets = Object.values(world.cookies).flatMap((cookie) => cookie?.split('=')[1] ?? [])
    const told = logged.filter((line) =>
      [...secrets, world.linkToken, 'etc/passwd', 'drop table', '.example'].some((one) =>
        line.includes(one),
      ),
    )
    expect([`seed ${seed}`, ...told]).toEqual([`seed ${seed}`])
    // Many were understood: else it is the first check alone that is tried.
    expect(seen.get(200) ?? 0).toBeGreaterThan(count / 20)
    expect(seen.get(204) ?? 0).toBeGreaterThan(count / 200)
    const health = await world.app.inject({ method: 'GET', url: paths.health })
    expect(health.json()).toMatchObject({ status: 'ok' })
  })
})

const parse = (text: string): { code: string; message: string } | null => {
  try {
    const { code, message } = JSON.parse(text)
    return typeof code === 'string' && typeof message === 'string' ? { code, message } : null
  } catch {
    return null
  }
}

test('the description names each operation once, with all its parameters', async () => {
  const world = await openMatrixWorld()
  const answer = await world.app.inject({ method: 'GET', url: paths.openApi })
  const described = answer.json()
  expect(described.openapi).toBe('3.1.0')
  const ids: string[] = []
  for (const [path, byMethod] of Object.entries<
    Record<string, Operation & { operationId: string }>
  >(described.paths)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(path).not.toMatch(/[:(]/)
    for (const { operationId, parameters = [], responses } of Object.values(byMethod)) {
      ids.push(operationId)
      const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
      expect([path, inPath.sort()]).toEqual([path, named.sort()])
      expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true)
    }
  }
  expect(new Set(ids).size).toBe(ids.length)
})
