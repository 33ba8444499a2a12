import { join } from 'node:path'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { erasePerson } from '../../../src/server/words/erase.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { revokeMembership } from '../../../src/server/words/membership.ts'
import { decodeCheckAnswer, encodeCheckRequest } from '../../../src/shared/protocol/check-frames.ts'
import { decodeAnswer, encodeRequest } from '../../../src/shared/protocol/frames.ts'
import { heldAnswerSchema, historyAnswerSchema } from '../../../src/shared/protocol/history.ts'
import { paths, principalHeader } from '../../../src/shared/protocol/paths.ts'
import { digestOf } from '../../../src/shared/words/compare.ts'
import { createDocument, plainOfUpdates } from '../../../src/shared/words/document.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { signIn, testApp } from '../test-app.ts'
import { createWriter, group, person, worldOf } from './words-world.ts'

const doc = `${group}/visjon`

const setUp = async () => {
  const server = await testApp()
  const world = await worldOf(server.store)
  const mine = createWriter(world, person, 'mine')
  mine.write('visjon', 'ord')
  await mine.sync()
  const cookie = await signIn(server.app)
  const get = (url: string, headers: Record<string, string> = { cookie }) =>
    server.app.inject({ url, headers })
  return { ...server, world, mine, cookie, get }
}
const historyOf = (id: string, after?: string) =>
  `${paths.history}?${new URLSearchParams({ doc: id, ...(after === undefined ? {} : { after }) })}`

test('a history is JSON that the page can apply', async () => {
  const { get } = await setUp()
  const response = await get(historyOf(doc))
  expect(response.headers['cache-control']).toBe('no-store')
  const { changes, more } = v.parse(historyAnswerSchema, response.json())
  expect(more).toBe(false)
  expect(plainOfUpdates(changes.map(({ update }) => Buffer.from(update, 'base64'))).texts).toEqual({
    'f/visjon/mine': 'ord',
  })
  expect(v.parse(historyAnswerSchema, (await get(historyOf(doc, '1'))).json()).changes).toEqual([])
})

test('histories are for who may read the document, and asked for properly', async () => {
  const { get, app, cookie } = await setUp()
  const codes = async (url: string, headers?: Record<string, string>) => {
    const response = await get(url, headers)
    return [response.statusCode, response.json().code]
  }
  expect(await codes(historyOf(doc), {})).toEqual([401, 'not-signed-in'])
  expect(await codes(historyOf(doc), { cookie, [principalHeader]: 'ein-annan' })).toEqual([
    401,
    'not-signed-in',
  ])
  const stranger = await signIn(app, 'demo-politikar-stord')
  const answers = await Promise.all(
    [doc, `${group}/finst-ikkje`, 'g:finst-ikkje/visjon', 'tull'].map((id) =>
      get(historyOf(id), { cookie: stranger }),
    ),
  )
  expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
  expect(answers[0]?.statusCode).toBe(404)
  for (const url of [
    paths.history,
    historyOf(doc, '-1'),
    historyOf(doc, 'x'),
    `${historyOf(doc)}&mykje=1`,
    historyOf('g:\u0000/x'),
  ]) {
    expect(await codes(url)).toEqual([400, 'bad-request'])
  }
})

test('held words are read by their author alone', async () => {
  const { get, app, world, mine } = await setUp()
  await revokeMembership(world, group, person)
  mine.write('visjon', 'ord, halde')
  expect((await mine.sync()).acks).toEqual(['held'])
  const { held } = v.parse(heldAnswerSchema, (await get(paths.held)).json())
  expect(held.map((one) => [one.scope, one.doc])).toEqual([[group, doc]])
  const tablet = await signIn(app, 'demo-gruppe-stord')
  expect((await get(paths.held, { cookie: tablet })).json()).toEqual({ held: [], next: null })
  expect((await get(paths.held, {})).statusCode).toBe(401)
  const nothing = `${paths.held}?after=9999999999999-0-${'0'.repeat(64)}`
  expect((await get(nothing)).json()).toEqual({ held: [], next: null })
  for (const query of ['after=tull', 'after=', 'before=1'])
    expect((await get(`${paths.held}?${query}`)).statusCode).toBe(400)
})

test('who has been erased is nobody, but for the sync that tells their devices', async () => {
  const { app, get, cookie, store, world } = await setUp()
  const ledger = openLedger(join(temporaryFolder(), 'erased.ndjson'))
  await erasePerson({ ...world, ledger }, person)
  const at = `${group},1,0`
  for (const url of [
    paths.me,
    paths.programme,
    paths.held,
    historyOf(doc),
    `${paths.events}?${new URLSearchParams({ device: 'mine', at })}`,
  ]) {
    const answer = await get(url)
    expect([url, answer.statusCode, answer.json().code]).toEqual([url, 401, 'not-signed-in'])
  }
  const present = { scope: group, device: 'mine', doc: null, label: '', role: null }
  for (const [url, payload] of [
    [paths.deviceCode, {}],
    [paths.presence, present],
  ] as const) {
    const answer = await app.inject({ method: 'POST', url, payload, headers: { cookie } })
    expect([url, answer.statusCode]).toEqual([url, 401])
  }

  const post = (url: string, frame: Uint8Array, headers: Record<string, string> = { cookie }) =>
    app.inject({
      method: 'POST',
      url,
      payload: Buffer.from(frame),
      headers: { 'content-type': 'application/octet-stream', ...headers },
    })
  const asked = [group, 'g:finst-ikkje'].map((id) => ({
    id,
    epoch: 0,
    cursor: 0,
    pushes: [{ doc: `${id}/x`, writtenAt: 1, update: Uint8Array.of(1) }],
  }))
  const frame = encodeRequest({ device: 'mine', budget: 1000, scopes: asked })
  const synced = await post(paths.sync, frame)
  expect(synced.headers['set-cookie']).toBeUndefined()
  expect(decodeAnswer(synced.rawPayload).scopes.map(({ status, acks }) => [status, acks])).toEqual([
    ['gone', []],
    ['gone', []],
  ])
  const checked = await post(paths.syncCheck, encodeCheckRequest({ scope: group, docs: [] }))
  expect(decodeCheckAnswer(group, checked.rawPayload)).toMatchObject({ status: 'gone', head: 0 })
  // Theirs alone: as ever, another principal is not answered.
  const claiming = { cookie, [principalHeader]: 'ein-annan' }
  expect((await post(paths.sync, frame, claiming)).statusCode).toBe(401)
  expect(await store.db.selectFrom('held').selectAll().execute()).toEqual([])

  expect(
    (await app.inject({ method: 'DELETE', url: paths.session, headers: { cookie } })).statusCode,
  ).toBe(204)
  expect((await post(paths.sync, frame)).statusCode).toBe(401)
})

test('a check is a frame for a frame', async () => {
  const { app, cookie } = await setUp()
  const digest = digestOf(createDocument())
  const frame = encodeCheckRequest({ scope: group, docs: [{ doc, ...digest }] })
  const post = (payload: Buffer, headers: Record<string, string> = { cookie }) =>
    app.inject({
      method: 'POST',
      url: paths.syncCheck,
      payload,
      headers: { 'content-type': 'application/octet-stream', ...headers },
    })
  const response = await post(Buffer.from(frame))
  expect(response.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'cache-control': 'no-store',
  })
  const answer = decodeCheckAnswer(group, response.rawPayload)
  expect(answer).toMatchObject({ status: 'ok', answered: 1 })
  expect(plainOfUpdates(answer.docs.map(({ update }) => update)).texts).toEqual({
    'f/visjon/mine': 'ord',
  })
  expect((await post(Buffer.from(frame), {})).statusCode).toBe(401)
  expect((await post(Buffer.from('tull'))).statusCode).toBe(400)
  expect((await post(Buffer.from(frame.with(2, 99)))).statusCode).toBe(426)
  expect((await post(Buffer.alloc(1_100_000))).statusCode).toBe(413)
})
