import { expect, test } from 'vitest'
import { presenceExpiryMs } from '../../../src/shared/protocol/event-frames.ts'
import { eachStore } from '../stores.ts'
import { group, own, sync } from '../sync/sync-client.ts'
import { testApp } from '../test-app.ts'
import { eventually, listen, openNode, report, twoMembers } from './event-client.ts'

const plan = `${group}/plan`
const hr = { device: 'a-device', doc: plan, label: 'HR-leiar', role: 'hr' }

eachStore(({ testApp, newStore }) => {
  const twoNodes = async () => {
    const store = await newStore()
    const make = () => openNode((changes) => testApp({ store, ...changes }))
    return [await make(), await make()] as const
  }

  test('who opens a document is told to the group, who closes it too, on every node', async () => {
    const [one, two] = await twoNodes()
    const { leader, tablet } = await twoMembers(one)
    const here = await listen(one, tablet, { device: 'here' })
    const there = await listen(two, tablet, { device: 'there' })
    expect(await report(one, leader)).toBe(204)
    await eventually(() => expect(here.presence().at(-1)?.present).toEqual([hr]))
    await two.tick()
    await eventually(() => expect(there.presence().at(-1)?.present).toEqual([hr]))
    // Another document in the same scope: one device is in one place.
    expect(await report(one, leader, { doc: `${group}/mål`, label: 'IKT-leiar', role: 'it' })).toBe(
      204,
    )
    const moved = { ...hr, doc: `${group}/mål`, label: 'IKT-leiar', role: 'it' }
    await eventually(() => expect(here.presence().at(-1)?.present).toEqual([moved]))
    expect(await report(one, leader, { doc: null })).toBe(204)
    await two.tick()
    for (const listener of [here, there]) {
      await eventually(() =>
        expect(listener.presence().at(-1)).toEqual({ scope: group, present: [] }),
      )
    }
  })

  test('who goes silent is gone after half a minute', async () => {
    const [node] = await twoNodes()
    const { leader, tablet } = await twoMembers(node)
    const here = await listen(node, tablet, { device: 'here' })
    await report(node, leader)
    await eventually(() => expect(here.presence().at(-1)?.present).toEqual([hr]))
    node.clock.now += presenceExpiryMs - 1001
    await node.tick()
    await here.caughtUp(node) // time has passed by this as well
    await eventually(() => expect(here.presence().at(-1)?.present).toEqual([]))
    expect(here.presence()).toHaveLength(3)
  })

  test('each device is told how many others follow, and the sync says the same', async () => {
    const [one, two] = await twoNodes()
    const { leader, tablet } = await twoMembers(one)
    const mine = await listen(one, leader, { device: 'mine' })
    expect(mine.listening()).toEqual([])
    const theirs = await listen(two, tablet, { device: 'theirs' })
    await one.tick()
    await eventually(() => expect(mine.listening()).toEqual([1]))
    await eventually(() => expect(theirs.listening()).toEqual([1]))
    for (const { app } of [one, two]) {
      // 'a-device' of the test client is none of them.
      expect(await sync(app, leader, { id: group })).toMatchObject({ listening: 2 })
    }
    theirs.request.destroy()
    await eventually(async () => {
      await one.tick()
      expect(mine.listening()).toEqual([1, 0])
    })
  })

  test('a connection that stays is counted for as long as it stays', async () => {
    const [one, two] = await twoNodes()
    const { leader, tablet } = await twoMembers(one)
    const mine = await listen(one, leader, { device: 'mine' })
    await listen(two, tablet, { device: 'theirs' })
    await one.tick()
    await eventually(() => expect(mine.listening()).toEqual([1]))
    for (let second = 0; second < 90; second += 15) {
      for (const node of [two, one]) {
        node.clock.now += 14_000
        await node.tick()
      }
    }
    await mine.caughtUp(one)
    expect(mine.listening()).toEqual([1])
    // The other node is killed: its rows expire.
    one.clock.now += presenceExpiryMs
    await one.tick()
    await eventually(() => expect(mine.listening()).toEqual([1, 0]))
  })
})

test('a device with two connections is one listener, until both are gone', async () => {
  const node = await openNode(testApp)
  const { leader, tablet } = await twoMembers(node)
  const mine = await listen(node, leader, { device: 'mine' })
  const first = await listen(node, tablet, { device: 'theirs' })
  const second = await listen(node, tablet, { device: 'theirs' })
  await eventually(() => expect(mine.listening()).toEqual([1]))
  first.request.destroy()
  await mine.caughtUp(node)
  expect(mine.listening()).toEqual([1])
  second.request.destroy()
  await eventually(() => expect(mine.listening()).toEqual([1, 0]))
})

test('one’s own scope tells of nobody', async () => {
  const node = await openNode(testApp)
  const { leader } = await twoMembers(node)
  const mine = await listen(node, leader, { at: [`${group},1,0`, `${own},1,0`] })
  await mine.caughtUp(node)
  expect(mine.presence()).toEqual([{ scope: group, present: [] }])
})

test.each([
  ['a label beyond all measure', { label: 'x'.repeat(81) }],
  ['no device', { device: '' }],
  ['a document of another scope', { doc: 'g:leiargruppa-sunnfjord/plan' }],
  ['no document', { doc: '' }],
  ['a zero character in the label', { label: 'a\u0000b' }],
  ['a zero character in the role', { role: '\u0000' }],
  ['a zero character in the device', { device: 'a\u0000' }],
  ['a zero character in the scope', { scope: 'g:\u0000', doc: null }],
  ['a field too many', { admin: true } as object],
])('%s is refused', async (_, changes) => {
  const node = await testApp()
  const { leader } = await twoMembers(node)
  expect(await report(node, leader, changes)).toBe(400)
  expect(await node.db.selectFrom('presence').selectAll().execute()).toEqual([])
})

test('nobody is present in a group that is not theirs, or without a session', async () => {
  const node = await testApp()
  const { leader } = await twoMembers(node)
  const scope = 'g:leiargruppa-sunnfjord'
  expect(await report(node, leader, { scope, doc: `${scope}/plan` })).toBe(404)
  expect(await report(node, leader, { scope: 'g:x', doc: null })).toBe(404)
  expect(await report(node, 'loft_session=x')).toBe(401)
  expect(await node.db.selectFrom('presence').selectAll().execute()).toEqual([])
})

test('a session that reports without end is asked to wait, and no other', async () => {
  const node = await testApp()
  const { leader, tablet } = await twoMembers(node)
  const codes: number[] = []
  for (let n = 0; n < 121; n++) codes.push(await report(node, leader))
  expect(codes.slice(0, 120)).toEqual(codes.slice(0, 120).fill(204))
  expect(codes[120]).toBe(429)
  expect(await report(node, tablet)).toBe(204)
})
