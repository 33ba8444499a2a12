import { expect, test } from 'vitest'
import { inlineBytes } from '../../../src/shared/protocol/event-frames.ts'
import { eachStore } from '../stores.ts'
import { group, own, syncAll } from '../sync/sync-client.ts'
import { eventually, listen, openNode, textOf, twoMembers, write } from './event-client.ts'

eachStore(({ testApp, newStore }) => {
  const oneNode = () => openNode(testApp)
  /** Two servers on one database. */
  const twoNodes = async () => {
    const store = await newStore()
    const make = () => openNode((changes) => testApp({ store, ...changes }))
    return [await make(), await make()] as const
  }

  test('a word comes to the other device with its update, and not back to its own', async () => {
    const node = await oneNode()
    const { leader, tablet } = await twoMembers(node)
    await syncAll(node.app, leader, [{ id: group }])
    const mine = await listen(node, leader, { device: 'mine' })
    const theirs = await listen(node, tablet, { device: 'theirs' })
    await write(node, leader, 'mine', ['Ein plan'])
    await eventually(() => expect(theirs.words()).toHaveLength(1))
    const [event] = theirs.words()
    expect(event).toMatchObject({
      from: 0,
      answer: { id: group, status: 'ok', epoch: 1, head: 1, cursor: 1, more: false, acks: [] },
    })
    expect(event && textOf(event)).toEqual(['Ein plan'])
    expect(event?.answer.items[0]).toMatchObject({ doc: `${group}/plan`, seq: 1, kind: 'update' })
    await mine.caughtUp(node)
    expect(mine.words()).toEqual([])
    await write(node, tablet, 'theirs', ['Ein til', 'Og ein'])
    await eventually(() => expect(mine.words().map(textOf)).toEqual([['Ein til', 'Og ein']]))
    expect(mine.words()[0]).toMatchObject({ from: 1, answer: { cursor: 3 } })
  })

  test('words come in their order, each upon the one before', async () => {
    const node = await oneNode()
    const { leader, tablet } = await twoMembers(node)
    await syncAll(node.app, leader, [{ id: group }])
    const theirs = await listen(node, tablet, { device: 'theirs' })
    const all = Array.from({ length: 30 }, (_, index) => `ord ${index}`)
    await Promise.all(all.map((text) => write(node, leader, 'mine', [text])))
    await eventually(() => expect(theirs.words().at(-1)?.answer.cursor).toBe(30))
    let cursor = 0
    for (const { from, answer } of theirs.words()) {
      expect(from).toBe(cursor)
      cursor = answer.cursor
    }
    expect(theirs.words().flatMap(textOf).toSorted()).toEqual(all.toSorted())
  })

  test('a word that another node took comes within a second, and not back to its own device', async () => {
    const [one, two] = await twoNodes()
    const { leader, tablet } = await twoMembers(one)
    await syncAll(one.app, leader, [{ id: group }])
    const mine = await listen(two, leader, { device: 'mine' })
    const theirs = await listen(two, tablet, { device: 'theirs' })
    await write(one, leader, 'mine', ['Frå den eine'])
    await two.tick()
    await eventually(() => expect(theirs.words().map(textOf)).toEqual([['Frå den eine']]))
    await mine.caughtUp(two)
    expect(mine.words()).toEqual([])

    // What this node takes itself follows upon what it had not told yet.
    await write(one, leader, 'mine', ['Utan eit blikk'])
    await write(two, leader, 'mine', ['På begge'])
    await eventually(() =>
      expect(theirs.words().flatMap(textOf)).toEqual([
        'Frå den eine',
        'Utan eit blikk',
        'På begge',
      ]),
    )
    expect(theirs.words().map(({ from }) => from)).toEqual([0, 1])
  })

  test('more than 8 KiB are announced and not sent, wherever they came from', async () => {
    const [one, two] = await twoNodes()
    const { leader, tablet } = await twoMembers(one)
    await syncAll(one.app, leader, [{ id: group }])
    const here = await listen(one, tablet, { device: 'here' })
    const there = await listen(two, tablet, { device: 'there' })
    const long = 'x'.repeat(inlineBytes)
    await write(one, leader, 'mine', [`${long}y`])
    await two.tick()
    for (const listener of [here, there]) {
      await eventually(() => expect(listener.words()).toHaveLength(1))
      expect(listener.words()[0]).toMatchObject({
        from: 0,
        answer: { head: 1, cursor: 0, more: true, items: [] },
      })
    }
    await write(one, leader, 'mine', [long])
    await two.tick()
    for (const listener of [here, there]) {
      await eventually(() => expect(listener.words()[1]).toMatchObject({ from: 1 }))
      expect(listener.words().flatMap(textOf)).toEqual([long])
    }
  })

  test('a device that is behind is told to ask; one that is just before the words gets them', async () => {
    const node = await oneNode()
    const { leader, tablet } = await twoMembers(node)
    await write(node, leader, 'mine', ['ein', 'to'])
    const near = await listen(node, tablet, { device: 'near', at: [`${group},1,1`] })
    await eventually(() => expect(near.words().map(textOf)).toEqual([['to']]))
    const other = await listen(node, tablet, { device: 'other', at: [`${group},7,2`] })
    await eventually(() =>
      expect(other.words()).toMatchObject([{ from: 2, answer: { epoch: 1, items: [] } }]),
    )
    await write(
      node,
      leader,
      'mine',
      Array.from({ length: 40 }, (_, n) => `ord ${n}`),
    )
    const far = await listen(node, tablet, { device: 'far' })
    await eventually(() =>
      expect(far.words()).toMatchObject([{ from: 0, answer: { head: 42, items: [] } }]),
    )
    // It has asked by now: the next words come along.
    await write(node, leader, 'mine', ['siste'])
    await eventually(() => expect(far.words().map(textOf)).toEqual([[], ['siste']]))
  })

  test('nobody is told anything after they lost the right', async () => {
    const [one, two] = await twoNodes()
    const { leader, tablet } = await twoMembers(one)
    await syncAll(one.app, leader, [{ id: group }])
    const here = await listen(one, tablet, { device: 'here' })
    const there = await listen(two, tablet, { device: 'there' })
    await one.db
      .deleteFrom('membership')
      .where('person', '=', 'gruppe-stord')
      .where('scope', '=', group)
      .execute()
    await write(one, leader, 'mine', ['Ikkje for alle'])
    await write(one, leader, 'mine', ['x'.repeat(inlineBytes + 1)])
    const told = [here.events.length, there.events.length]
    const third = await listen(one, leader, { device: 'third' })
    await eventually(() => expect(third.listening().at(-1)).toBeGreaterThan(0))
    await two.tick()
    await here.caughtUp(one)
    await there.caughtUp(two)
    expect([here.events.length, there.events.length]).toEqual(told)
    expect([...here.words(), ...there.words()]).toEqual([])
    // Let in again: by the next words, which do not follow upon its own, the device notices that it has to ask.
    await one.db.insertInto('membership').values({ person: 'gruppe-stord', scope: group }).execute()
    await write(one, leader, 'mine', ['Alle igjen'])
    await eventually(() => expect(here.words()).toMatchObject([{ from: 2, answer: { head: 3 } }]))
  })

  test('a connection that has lost the right costs no look at the words', async () => {
    let queries = 0
    const node = await openNode(async (changes) => {
      const store = await newStore()
      const db = store.db.withPlugin({
        transformQuery: ({ node: query }) => query,
        transformResult: async ({ result }) => {
          queries++
          return result
        },
      })
      return testApp({ store, db, ...changes })
    })
    const { leader, tablet } = await twoMembers(node)
    await syncAll(node.app, leader, [{ id: group }])
    const theirs = await listen(node, tablet, { device: 'theirs' })
    const inTick = async (): Promise<number> => {
      const before = queries
      await node.tick()
      return queries - before
    }
    // Something may still be told behind a tick: the calmest of some.
    const calmest = async () => Math.min(await inTick(), await inTick(), await inTick())
    const quiet = await calmest()
    await node.db.deleteFrom('membership').where('person', '=', 'gruppe-stord').execute()
    await write(node, leader, 'mine', ['Ikkje for alle'])
    await node.tick()
    expect(await calmest()).toBe(quiet)
    expect(theirs.words()).toEqual([])
  })

  test('a session that has ended is told nothing, and its connection ends', async () => {
    const node = await oneNode()
    const { leader, tablet } = await twoMembers(node)
    await syncAll(node.app, leader, [{ id: group }])
    const theirs = await listen(node, tablet, { device: 'theirs' })
    const idle = await listen(node, await twoMembers(node).then((all) => all.tablet), {
      device: 'idle',
    })
    await node.db.deleteFrom('session').where('person', '=', 'gruppe-stord').execute()
    await write(node, leader, 'mine', ['Ikkje for deg'])
    await theirs.ended
    await idle.ended
    expect([...theirs.words(), ...idle.words()]).toEqual([])
  })

  test('without any news, too, the connection of an ended session ends', async () => {
    const node = await oneNode()
    const { tablet } = await twoMembers(node)
    const theirs = await listen(node, tablet)
    await node.db.deleteFrom('session').where('person', '=', 'gruppe-stord').execute()
    node.clock.now += 20_000
    await node.tick()
    await theirs.ended
  })

  test('somebody who has been erased is told nothing, and their connection ends', async () => {
    const node = await oneNode()
    const { leader, tablet } = await twoMembers(node)
    await syncAll(node.app, leader, [{ id: group }])
    const theirs = await listen(node, tablet, { device: 'theirs' })
    await node.db
      .updateTable('person')
      .set({ erased_at: node.clock.now })
      .where('id', '=', 'gruppe-stord')
      .execute()
    await write(node, leader, 'mine', ['Ikkje for deg'])
    await theirs.ended
    expect(theirs.words()).toEqual([])
  })

  test('an erased scope is told as such, once', async () => {
    const node = await oneNode()
    const { leader, tablet } = await twoMembers(node)
    await write(node, leader, 'mine', ['snart borte'])
    const theirs = await listen(node, tablet, { at: [`${group},1,1`] })
    await node.db.updateTable('scope').set({ status: 'gone' }).where('id', '=', group).execute()
    await node.tick()
    await node.tick()
    await theirs.caughtUp(node)
    expect(theirs.words()).toMatchObject([{ answer: { status: 'gone', head: 0, items: [] } }])
  })

  test('several scopes come by one connection', async () => {
    const node = await oneNode()
    const { leader, tablet } = await twoMembers(node)
    await syncAll(node.app, leader, [{ id: group }, { id: own }])
    const mine = await listen(node, leader, {
      device: 'mine',
      at: [`${group},1,0`, `${own},2,0`, 'g:leiargruppa-sunnfjord,1,0'],
    })
    await write(node, leader, 'phone', ['Eige'], own)
    await write(node, tablet, 'theirs', ['Felles'])
    await eventually(() => expect(mine.words().flatMap(textOf)).toEqual(['Eige', 'Felles']))
  })
})
