import { expect, test } from 'vitest'
import type { PullItem } from '../../../src/shared/protocol/frames.ts'
import { eachStore } from '../stores.ts'
import { signIn, type TestApp } from '../test-app.ts'
import { group, own, push, sync, syncAll, texts } from './sync-client.ts'

/** Pulls like a device, page by page from a cursor, until there is no more. */
const pullAll = async (
  { app }: TestApp,
  cookie: string,
  id: string,
  budget: number,
  start = { epoch: 0, cursor: 0 },
): Promise<{ items: PullItem[]; pages: number[] }> => {
  const items: PullItem[] = []
  const pages: number[] = []
  let { epoch, cursor } = start
  for (let more = true; more; ) {
    const answer = await sync(app, cookie, { id, epoch, cursor }, budget)
    items.push(...answer.items)
    pages.push(answer.items.length)
    epoch = answer.epoch
    cursor = answer.cursor
    more = answer.more
    if (pages.length > 10_000) throw new Error('a pull without end')
  }
  return { items, pages }
}

const seqs = (items: readonly PullItem[]): number[] => items.map((item) => item.seq)
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

const write = async ({ app }: TestApp, cookie: string, count: number, bytes = 100) => {
  const pushes = upTo(count).map((n) => push(`${own}/task-${n % 3}`, new Uint8Array(bytes).fill(n)))
  return sync(app, cookie, { id: own, pushes })
}

eachStore(({ testApp }) => {
  test('many requests at once number a scope without a gap and lose or repeat nothing', async () => {
    const server = await testApp()
    const { app } = server
    const leader = await signIn(app, 'demo-deltakar-stord')
    const tablet = await signIn(app, 'demo-gruppe-stord')

    const written: string[] = []
    const writers = upTo(40).map((n) => {
      const names = upTo((n % 4) + 1).map((part) => `${n}.${part}`)
      written.push(...names)
      return sync(app, n % 2 ? leader : tablet, {
        id: group,
        pushes: names.map((name) => push(`${group}/plan`, name)),
      })
    })
    // A reader that polls meanwhile: a number that becomes visible after a higher one would be lost to it.
    const polled: PullItem[] = []
    let at = { epoch: 0, cursor: 0 }
    const poll = async () => {
      const answer = await sync(app, tablet, { id: group, ...at })
      polled.push(...answer.items)
      at = { epoch: answer.epoch, cursor: answer.cursor }
    }
    const writing = Promise.all(writers)
    let done = false
    void writing.then(() => {
      done = true
    })
    while (!done) await poll()
    await poll()

    for (const answer of await writing) {
      expect(answer.acks.every((ack) => ack === 'accepted')).toBe(true)
    }
    const { items } = await pullAll(server, leader, group, 1_000_000)
    expect(seqs(items)).toEqual(upTo(written.length))
    expect(texts(items).sort()).toEqual(written.sort())
    expect(polled).toEqual(items)
  })

  test('the updates of one push keep their order', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const words = ['ein', 'to', 'tre', 'fire', 'fem']
    await sync(app, cookie, { id: own, pushes: words.map((word) => push(`${own}/visjon`, word)) })
    expect(texts((await sync(app, cookie, { id: own })).items)).toEqual(words)
  })

  test.for([1, 99, 100, 101, 250, 1_000_000])(
    'a budget of %i bytes cuts the stream into pages that lose and repeat nothing',
    async (budget) => {
      const server = await testApp()
      const cookie = await signIn(server.app)
      await write(server, cookie, 20)
      const { items, pages } = await pullAll(server, cookie, own, budget)
      expect(seqs(items)).toEqual(upTo(20))
      expect(Math.max(...pages)).toBe(Math.min(20, Math.max(1, Math.floor(budget / 100))))
    },
  )

  test('an update larger than the budget comes alone', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const pushes = [100, 5000, 100].map((size, n) =>
      push(`${own}/visjon`, new Uint8Array(size).fill(n)),
    )
    await sync(app, cookie, { id: own, pushes })
    const first = await sync(app, cookie, { id: own }, 1000)
    expect(first).toMatchObject({ cursor: 1, more: true })
    const second = await sync(app, cookie, { id: own, epoch: first.epoch, cursor: 1 }, 1000)
    expect(second).toMatchObject({ cursor: 2, more: true })
  })

  test('more updates than one query reads come page by page', async () => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    for (let batch = 0; batch < 3; batch += 1) {
      const pushes = upTo(700).map((n) => push(`${own}/visjon`, `${batch}.${n}`))
      await sync(server.app, cookie, { id: own, pushes }, 1)
    }
    const { items, pages } = await pullAll(server, cookie, own, 1_000_000)
    expect(seqs(items)).toEqual(upTo(2100))
    expect(pages.length).toBeGreaterThan(1)
  })

  test('the budget is shared by the scopes of a request, and one item comes in any case', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const three = (doc: string) =>
      [1, 2, 3].map((fill) => push(doc, new Uint8Array(600).fill(fill)))
    await syncAll(app, cookie, [
      { id: own, pushes: three(`${own}/visjon`) },
      { id: group, pushes: three(`${group}/plan`) },
    ])
    const pull = (budget: number) => syncAll(app, cookie, [{ id: own }, { id: group }], budget)
    expect(await pull(1200)).toMatchObject([
      { cursor: 2, more: true },
      { cursor: 0, more: true, items: [] },
    ])
    expect(await pull(2400)).toMatchObject([
      { cursor: 3, more: false },
      { cursor: 1, more: true },
    ])
    expect(await pull(0)).toMatchObject([
      { cursor: 1, more: true },
      { cursor: 0, more: true, items: [] },
    ])
    // The one that waits is the first that has something, when the others have been read.
    const [first] = await pull(2400)
    const { epoch = 0, cursor = 0 } = first ?? {}
    expect(
      await syncAll(app, cookie, [{ id: own, epoch, cursor }, { id: group }], 0),
    ).toMatchObject([
      { cursor: 3, more: false },
      { cursor: 1, more: true },
    ])
    // Where nothing waits, nothing more is promised.
    const [read] = await syncAll(app, cookie, [{ id: group }])
    const at = { epoch: read?.epoch ?? 0, cursor: read?.cursor ?? 0 }
    expect(await syncAll(app, cookie, [{ id: own }, { id: group, ...at }], 0)).toMatchObject([
      { cursor: 1, more: true },
      { cursor: 3, more: false },
    ])
  })

  test('a device that has everything gets nothing again', async () => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    const { epoch, head } = await write(server, cookie, 5)
    const answer = await sync(server.app, cookie, { id: own, epoch, cursor: head })
    expect(answer).toMatchObject({ cursor: head, more: false, items: [] })
  })

  test('a cursor of a foreign epoch counts for nothing: the answer is read from 1', async () => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    const { epoch } = await write(server, cookie, 5)
    const answer = await sync(server.app, cookie, { id: own, epoch: epoch + 1, cursor: 3 })
    expect(answer.epoch).toBe(epoch)
    expect(seqs(answer.items)).toEqual(upTo(5))
  })

  test('words pushed with a foreign epoch are taken all the same', async () => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    const { epoch } = await write(server, cookie, 2)
    const answer = await sync(server.app, cookie, {
      id: own,
      epoch: epoch + 1,
      cursor: 2,
      pushes: [push(`${own}/visjon`, 'gjeve tilbake')],
    })
    expect(answer.acks).toEqual(['accepted'])
    expect(answer).toMatchObject({ head: 3, cursor: 3 })
    expect(seqs(answer.items)).toEqual(upTo(2))
  })

  test('a cursor beyond the head counts for nothing: the answer is read from 1', async () => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    const { epoch } = await write(server, cookie, 5)
    const answer = await sync(server.app, cookie, { id: own, epoch, cursor: 6 })
    expect(seqs(answer.items)).toEqual(upTo(5))
  })

  test('a cursor beyond the head stays so when the same request pushes up to it', async () => {
    // A device that lived through an undetected restore: update 6 of its past is not the one it pushes now.
    const server = await testApp()
    const cookie = await signIn(server.app)
    const { epoch } = await write(server, cookie, 5)
    const pushes = [push(`${own}/visjon`, 'ny')]
    const answer = await sync(server.app, cookie, { id: own, epoch, cursor: 6, pushes })
    expect(seqs(answer.items)).toEqual(upTo(5))
    expect(answer).toMatchObject({ head: 6, cursor: 6 })
  })

  test('every scope has an epoch of its own', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const [a, b] = await syncAll(app, cookie, [{ id: own }, { id: group }])
    expect(a?.epoch).toBeGreaterThan(0)
    expect(b?.epoch).not.toBe(a?.epoch)
    expect(await syncAll(app, cookie, [{ id: own }])).toMatchObject([{ epoch: a?.epoch }])
  })
})
