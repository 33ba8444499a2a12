import { expect, test } from 'vitest'
import { type Accepted, sync as syncWords } from '../../../src/server/sync/sync.ts'
import { eachStore } from '../stores.ts'
import { signIn } from '../test-app.ts'
import { group, own, push, sync, texts } from './sync-client.ts'

eachStore(({ testApp }) => {
  test('what a request pushes does not come back in its answer, and the cursor moves over it', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const first = await sync(app, cookie, { id: own, pushes: [push(`${own}/a`, 'ein')] })
    expect(first).toMatchObject({ head: 1, cursor: 1, more: false, items: [] })
    const at = { epoch: first.epoch, cursor: 1 }
    const second = await sync(app, cookie, { id: own, ...at, pushes: [push(`${own}/a`, 'to')] })
    expect(second).toMatchObject({ head: 2, cursor: 2, more: false, items: [] })
  })

  test('what others have written in the meantime comes, without one’s own', async () => {
    const { app } = await testApp()
    const mine = await signIn(app, 'demo-deltakar-stord')
    const tablet = await signIn(app, 'demo-gruppe-stord')
    await sync(app, tablet, { id: group, pushes: [push(`${group}/a`, 'deira')] })
    const answer = await sync(app, mine, { id: group, pushes: [push(`${group}/a`, 'mitt')] })
    expect(texts(answer.items)).toEqual(['deira'])
    expect(answer).toMatchObject({ head: 2, cursor: 2, more: false })
  })

  test('what is pushed again, because its receipt was lost, does not come back either', async () => {
    const { app } = await testApp()
    const mine = await signIn(app, 'demo-deltakar-stord')
    const tablet = await signIn(app, 'demo-gruppe-stord')
    const lost = push(`${group}/a`, 'mitt')
    const { epoch } = await sync(app, mine, { id: group, pushes: [lost] })
    await sync(app, tablet, { id: group, pushes: [push(`${group}/a`, 'deira')] })
    const pushes = [lost, push(`${group}/a`, 'mitt nye')]
    const again = await sync(app, mine, { id: group, epoch, cursor: 0, pushes })
    expect(texts(again.items)).toEqual(['deira'])
    expect(again).toMatchObject({ acks: ['accepted', 'accepted'], head: 3, cursor: 3 })
  })

  test('a device that has lost its words gets them back: only this request’s are left out', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    await sync(app, cookie, { id: own, pushes: [push(`${own}/a`, 'før tapet')] })
    const answer = await sync(app, cookie, { id: own, pushes: [push(`${own}/a`, 'etter')] })
    expect(texts(answer.items)).toEqual(['før tapet'])
  })

  test('a page that is cut before one’s own words leaves the cursor there', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const older = [1, 2, 3].map((fill) => push(`${own}/a`, new Uint8Array(100).fill(fill)))
    await sync(app, cookie, { id: own, pushes: older })
    const pushes = [push(`${own}/a`, 'nytt')]
    const answer = await sync(app, cookie, { id: own, pushes }, 200)
    expect(answer).toMatchObject({ head: 4, cursor: 2, more: true, acks: ['accepted'] })
  })

  test('one scope twice in a request is two questions', async () => {
    const { store } = await testApp()
    const scope = (text: string) => {
      return { id: own, epoch: 0, cursor: 0, pushes: [push(`${own}/a`, text)] }
    }
    const deps = { store, now: () => 1, newEpoch: () => 7 }
    const request = { device: 'a', budget: 1000, scopes: [scope('ein'), scope('to')] }
    const { scopes } = await syncWords(deps, 'deltakar-stord', request)
    expect(scopes.map(({ acks }) => acks)).toEqual([['accepted'], ['accepted']])
    // Whichever came second sees the other's.
    expect(scopes.map(({ cursor }) => cursor).sort()).toEqual([1, 2])
    expect(scopes.flatMap(({ items }) => texts(items))).toHaveLength(1)
  })

  test('whoever asks is told of everything accepted, with its numbers, after the commit', async () => {
    const { store } = await testApp()
    const told: Accepted[] = []
    const deps = {
      store,
      now: () => 1,
      newEpoch: () => 7,
      accepted: (change: Accepted) => told.push(change),
      listening: (_scope: string, device: string) => (device === 'a' ? 3 : 0),
    }
    const write = (device: string, ...words: string[]) => {
      const pushes = words.map((text) => push(`${own}/a`, text))
      const scopes = [{ id: own, epoch: 7, cursor: 0, pushes }]
      return syncWords(deps, 'deltakar-stord', { device, budget: 0, scopes })
    }
    const first = await write('a', 'ein', 'to')
    const second = await write('b', 'to', 'tre')
    await write('b', 'tre')
    const bytes = (text: string) => new TextEncoder().encode(text)
    const doc = `${own}/a`
    expect(told).toEqual([
      {
        scope: own,
        epoch: 7,
        from: 0,
        head: 2,
        device: 'a',
        updates: [
          { doc, seq: 1, bytes: bytes('ein') },
          { doc, seq: 2, bytes: bytes('to') },
        ],
      },
      {
        scope: own,
        epoch: 7,
        from: 2,
        head: 3,
        device: 'b',
        updates: [{ doc, seq: 3, bytes: bytes('tre') }],
      },
    ])
    expect([first, second].map(({ scopes }) => scopes[0]?.listening)).toEqual([3, 0])
  })
})
