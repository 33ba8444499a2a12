// Every route × everybody who may ask × everything that it can be asked about. access-matrix/rows.ts says what is expected.
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { describe, expect, test } from 'vitest'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { isExpected, type Row } from './access-matrix/row.ts'
import { rows } from './access-matrix/rows.ts'
import {
  type Caller,
  callers,
  type MatrixWorld,
  openMatrixWorld,
  type Place,
  type Things,
} from './access-matrix/world.ts'

type Method = NonNullable<InjectOptions['method']>
const nobodies: readonly Caller[] = ['nobody', 'ended', 'erased']

/** Each request comes from an address of its own: limits are another matter. */
let asked = 0
const ask = async (
  world: MatrixWorld,
  route: string,
  row: Row,
  caller: Caller,
  place: Place,
): Promise<LightMyRequestResponse> => {
  asked += 1
  const [method = '', declared = ''] = route.split(' ')
  const { path = declared, headers, ...rest } = row.ask(world.things(caller, place), world)
  const cookie = world.cookies[caller]
  const response = await world.app.inject({
    ...rest,
    method: method as Method,
    url: path,
    headers: { ...headers, ...(cookie && { cookie }) },
    remoteAddress: `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`,
  })
  if (rest.payloadAsStream && response.statusCode === 200) response.stream().destroy()
  return response
}

/** All that a stranger can tell two answers apart by. */
const lookOf = async ({ statusCode, headers, ...response }: LightMyRequestResponse) => {
  const { date: _, 'content-length': __, ...rest } = headers
  return { statusCode, headers: rest, body: await bodyOf(response) }
}
const bodyOf = async (response: Pick<LightMyRequestResponse, 'body' | 'stream'>): Promise<string> =>
  response.body

const isReached = (row: Row, response: LightMyRequestResponse): boolean =>
  row.reached
    ? response.statusCode === 200 && row.reached(response)
    : response.statusCode === (row.answer ?? 200)

const all = Object.entries(rows).flatMap(([route, given]) =>
  [given].flat().map((row, index) => ({ route, row: row as Row, name: `${route} ${index + 1}` })),
)

const tablesOf = async ({ db }: MatrixWorld): Promise<Record<string, unknown[]>> => {
  const names = (await db.introspection.getTables()).map(({ name }) => name as 'person')
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await db.selectFrom(name).selectAll().execute()] as const),
    ),
  )
}

/** Names of days and demonstration places stand in many networks. */
const ownIds = (things: Things): string[] =>
  Object.values(things).filter((id) => id.length > 12 && !id.startsWith('vestland'))

test('every declared route has a row, and every row a route', async () => {
  const { app } = await openMatrixWorld()
  const declared = app.declared.map(({ method, path }) => `${method} ${path}`)
  expect(Object.keys(rows).sort()).toEqual(declared.sort())
})

test('an overview tells of runs to administrators alone', async () => {
  const world = await openMatrixWorld()
  const told = async (caller: Caller): Promise<number> => {
    const cookie = world.cookies[caller] ?? ''
    const answer = await world.app.inject({ url: paths.overview, headers: { cookie } })
    return answer.json().runs.length
  }
  expect(await told('administrator')).toBe(1)
  expect(await told('facilitator')).toBe(0)
})

describe('what is out of reach', () => {
  test.for(all)('$name', async ({ route, row }) => {
    const world = await openMatrixWorld()
    const before = await tablesOf(world)
    for (const caller of callers) {
      for (const place of row.targets) {
        if (isExpected(row.may, caller, place)) continue
        const cell = `${caller} asks ${route} about ${place}`
        const response = await ask(world, route, row, caller, place)
        if (nobodies.includes(caller) && !(caller === 'erased' && row.erasedToo)) {
          expect([cell, response.statusCode]).toEqual([cell, 401])
          continue
        }
        expect([cell, isReached(row, response)]).toEqual([cell, false])
        expect([cell, response.statusCode]).toEqual([cell, row.reached ? 200 : 404])
        if (row.reached || !row.targets.includes('missing')) continue
        const missing = await ask(world, route, row, caller, 'missing')
        expect([cell, await lookOf(response)]).toEqual([cell, await lookOf(missing)])
      }
    }
    expect(await tablesOf(world)).toEqual(before)
  })
})

describe('what is within reach', () => {
  test.for(all)('$name', async ({ route, row }) => {
    let world = await openMatrixWorld()
    for (const caller of callers) {
      for (const place of row.targets) {
        if (!isExpected(row.may, caller, place)) continue
        if (row.destroys) world = await openMatrixWorld()
        const cell = `${caller} asks ${route} about ${place}`
        const response = await ask(world, route, row, caller, place)
        const said = isReached(row, response) ? '' : `${response.statusCode} ${response.body}`
        expect([cell, said]).toEqual([cell, ''])
        if (row.ask(world.things(caller, place), world).payloadAsStream) continue
        const isNarrow = row.lists && row.may !== 'anyone' && row.may[caller] === 'cohort'
        const foreign = [
          ...ownIds(world.things(caller, 'other')),
          ...(isNarrow ? ownIds(world.things(caller, 'network')) : []),
        ]
        expect([cell, foreign.filter((id) => response.body.includes(id))]).toEqual([cell, []])
      }
    }
  })
})
