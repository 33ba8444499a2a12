import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createLive, mostOfPerson, mostOfSession } from '../../../src/server/live/live.ts'
import { inlineBytes } from '../../../src/shared/protocol/event-frames.ts'
import { paths, principalHeader } from '../../../src/shared/protocol/paths.ts'
import { frame, group, syncAll } from '../sync/sync-client.ts'
import { signIn, testApp } from '../test-app.ts'
import {
  ask,
  eventually,
  listen,
  manualTimers,
  openNode,
  twoMembers,
  write,
} from './event-client.ts'

const newNode = async () => {
  const node = await openNode(testApp)
  return { node, ...(await twoMembers(node)) }
}

test('the answer is a stream that nobody keeps, zips or holds back', async () => {
  const { node, leader } = await newNode()
  const { response } = await ask(node, leader, {
    headers: { 'accept-encoding': 'gzip, deflate, br' },
  })
  response.resume()
  const { date, ...headers } = response.headers
  expect(headers).toEqual({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
    'transfer-encoding': 'chunked',
  })
})

test.each([
  ['nobody is signed in', 401, { headers: { cookie: 'loft_session=x' } }],
  ['somebody else is', 401, { headers: { [principalHeader]: 'gruppe-stord' } }],
  ['no scope is theirs', 404, { at: ['g:leiargruppa-sunnfjord,1,0', 'g:none,1,0'] }],
  ['no scope is named', 400, { at: [] }],
  ['a position is none', 400, { at: [`${group},1`] }],
  ['a number is none', 400, { at: [`${group},1,-1`] }],
  ['the device has no name', 400, { device: '' }],
  ['the device has a zero character', 400, { device: 'a\u0000' }],
  ['the scope has a zero character', 400, { at: ['g:\u0000,1,0'] }],
  ['there are too many scopes', 400, { at: Array.from({ length: 51 }, () => `${group},1,0`) }],
])('where %s, the answer is %i', async (_, status, asking) => {
  const { node, leader } = await newNode()
  const { response } = await ask(node, leader, asking)
  expect(response.statusCode).toBe(status)
  expect(response.headers['content-type']).toContain('application/json')
  response.resume()
  await once(response, 'end')
  expect(await node.db.selectFrom('presence').selectAll().execute()).toEqual([])
})

test('a line of comment comes every 25 seconds', async () => {
  const { node, leader } = await newNode()
  const mine = await listen(node, leader)
  await mine.caughtUp(node)
  await mine.caughtUp(node)
  expect(mine.events).toHaveLength(1)
})

test('one connection too many of a session ends its oldest, and nobody else’s', async () => {
  const { node, leader, tablet } = await newNode()
  const other = await listen(node, tablet, { device: 'other' })
  const mine = []
  for (let n = 0; n <= mostOfSession; n++) {
    mine.push(await listen(node, leader, { device: `d${n}` }))
  }
  await mine[0]?.ended
  await mine.at(-1)?.caughtUp(node)
  for (const one of [...mine.slice(1), other]) expect(one.response.complete).toBe(false)
})

test('one connection too many of a person ends their oldest, whichever session has it', async () => {
  const { app, db, clock } = await testApp()
  const failures: unknown[] = []
  const live = createLive({
    db,
    now: () => clock.now,
    timers: manualTimers(),
    failed: (error) => failures.push(error),
  })
  onTestFinished(() => live.close())
  const ended: string[] = []
  const follow = async (person: string, session: string, name: string): Promise<void> => {
    const visitor = { person, session, device: name, at: [{ scope: group, epoch: 1, cursor: 0 }] }
    const leave = await live.connect(visitor, () => ({
      write: () => true,
      end: () => {
        ended.push(name)
        if (typeof leave === 'function') leave()
      },
    }))
    expect(leave).toBeTypeOf('function')
  }
  const tokenOf = (cookie: string) => cookie.split('=')[1] ?? ''
  const tablet = tokenOf(await signIn(app, 'demo-gruppe-stord'))
  await follow('gruppe-stord', tablet, 'the tablet')
  for (let n = 0; n <= mostOfPerson; ) {
    const session = tokenOf(await signIn(app))
    for (let of = 0; of < mostOfSession && n <= mostOfPerson; of++, n++)
      await follow('deltakar-stord', session, `${n}`)
  }
  expect(ended).toEqual(['0'])
  await live.close()
  expect(failures).toEqual([])
})

test('a reader that does not read is dropped, and holds nobody up', async () => {
  const { node, leader, tablet } = await newNode()
  await syncAll(node.app, leader, [{ id: group }])
  const quick = await listen(node, tablet, { device: 'quick' })
  const slow = connect(node.port, '127.0.0.1')
  onTestFinished(() => void slow.destroy())
  slow.on('error', () => {})
  const query = new URLSearchParams({ device: 'slow', at: `${group},1,0` })
  slow.write(`GET ${paths.events}?${query} HTTP/1.1\r\nHost: loft\r\nCookie: ${tablet}\r\n\r\n`)
  await once(slow, 'data')
  slow.pause()
  const follows = async () =>
    (await node.db.selectFrom('presence').selectAll().where('device', '=', 'slow').execute()).length
  await eventually(async () => expect(await follows()).toBe(1))

  // The kernel takes some megabytes off the server's hands first.
  let sent = 0
  while ((await follows()) === 1 && sent < 3000) {
    const texts = Array.from(
      { length: 50 },
      (_, n) => `${sent + n} ${'x'.repeat(inlineBytes - 10)}`,
    )
    for (const text of texts) await write(node, leader, 'mine', [text])
    sent += texts.length
  }
  expect(await follows()).toBe(0)
  await eventually(() => expect(quick.words().at(-1)?.answer.cursor).toBe(sent))
}, 60_000)

test('the server closes with open streams, which end, and nobody is counted any more', async () => {
  const { node, leader, tablet } = await newNode()
  const open = [
    await listen(node, leader, { device: 'mine' }),
    await listen(node, tablet, { device: 'theirs' }),
  ]
  const stuck = connect(node.port, '127.0.0.1')
  onTestFinished(() => void stuck.destroy())
  const query = new URLSearchParams({ device: 'stuck', at: `${group},1,0` })
  stuck.write(`GET ${paths.events}?${query} HTTP/1.1\r\nHost: loft\r\nCookie: ${tablet}\r\n\r\n`)
  await once(stuck, 'data')
  stuck.pause()
  await node.app.close()
  for (const { ended, response } of open) {
    await ended
    expect(response.complete).toBe(true)
  }
  expect(await node.db.selectFrom('presence').selectAll().execute()).toEqual([])
})

test('a device that leaves is forgotten', async () => {
  const { node, leader } = await newNode()
  const mine = await listen(node, leader)
  mine.request.destroy()
  await eventually(async () =>
    expect(await node.db.selectFrom('presence').selectAll().execute()).toEqual([]),
  )
})

test('an answer to a sync says what is needed and no more', async () => {
  const { node, leader } = await newNode()
  const answer = await fetch(`http://127.0.0.1:${node.port}${paths.sync}`, {
    method: 'POST',
    headers: { cookie: leader, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(frame([{ id: group }])),
  })
  expect(answer.status).toBe(200)
  const names = [...answer.headers.keys()]
  expect(names).toEqual(['cache-control', 'content-length', 'content-type', 'date'])
})
