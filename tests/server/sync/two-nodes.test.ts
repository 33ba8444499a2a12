import { expect, test } from 'vitest'
import { migrate } from '../../../src/server/store/migrations.ts'
import type { PullItem } from '../../../src/shared/protocol/frames.ts'
import { makeDatabase, openStore } from '../store/postgres-database.ts'
import { signIn, testApp } from '../test-app.ts'
import { group, push, sync, texts } from './sync-client.ts'

const seconds = 20
const writers = 32
const budgets = [300, 5000, 1_000_000] // bytes; a reader each

test(`${writers} writers and ${budgets.length} readers at two nodes on one PostgreSQL for ${seconds} s: no row missed, none doubled, no gap`, {
  timeout: (seconds + 60) * 1000,
}, async () => {
  const url = await makeDatabase()
  const first = openStore(url)
  await migrate(first.db, 'postgresql')
  const nodes = [await testApp({ store: first }), await testApp({ store: openStore(url) })]
  const node = (n: number) => (n % 2 === 0 ? nodes[0] : nodes[1])?.app ?? expect.fail()
  const cookie = await signIn(node(0), 'demo-gruppe-stord')

  const until = performance.now() + seconds * 1000
  const written: string[] = []
  const write = async (writer: number): Promise<void> => {
    let at = { epoch: 0, cursor: 0 }
    for (let n = 0; performance.now() < until; n += 1) {
      const words = Array.from({ length: 1 + (n % 3) }, (_, part) => `${writer}.${n}.${part}`)
      const pushes = words.map((word) => push(`${group}/plan-${writer % 5}`, word))
      const answer = await sync(node(writer + n), cookie, { id: group, ...at, pushes })
      expect(answer.acks).toEqual(words.map(() => 'accepted'))
      written.push(...words)
      at = { epoch: answer.epoch, cursor: answer.cursor }
    }
  }
  const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  let done = false
  void writing.finally(() => {
    done = true
  })

  const read = async (reader: number): Promise<PullItem[]> => {
    const items: PullItem[] = []
    let at = { epoch: 0, cursor: 0 }
    for (let isLast = false, n = 0; !isLast; n += 1) {
      const wasDone = done
      const asked = { id: group, ...at }
      const answer = await sync(node(reader + n), cookie, asked, budgets[reader])
      expect(answer.cursor).toBeGreaterThanOrEqual(at.cursor)
      items.push(...answer.items)
      at = { epoch: answer.epoch, cursor: answer.cursor }
      isLast = wasDone && !answer.more
    }
    return items
  }
  const seen = await Promise.all(budgets.map((_, reader) => read(reader)))
  await writing

  const everything = written.sort()
  for (const items of seen) {
    expect(items.map((item) => item.seq)).toEqual(everything.map((_, index) => index + 1))
    expect(texts(items).sort()).toEqual(everything)
  }
  console.info(`${written.length} updates written`)
})
