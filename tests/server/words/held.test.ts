import { expect, test } from 'vitest'
import { sync } from '../../../src/server/sync/sync.ts'
import { readHeld } from '../../../src/server/words/held.ts'
import { restoreMembership, revokeMembership } from '../../../src/server/words/membership.ts'
import { limits } from '../../../src/shared/protocol/frames.ts'
import { historyBudget } from '../../../src/shared/protocol/history.ts'
import { eachStore } from '../stores.ts'
import { createWriter, group, otherGroup, person, tablet, worldOf } from './words-world.ts'

eachStore(({ newStore }) => {
  const holding = async (texts: readonly string[]) => {
    const store = await newStore()
    const world = await worldOf(store)
    await restoreMembership(world, otherGroup, person)
    for (const scope of [group, otherGroup]) await revokeMembership(world, scope, person)
    const writers = [group, otherGroup].map((scope) => createWriter(world, person, 'mine', scope))
    for (const [n, text] of texts.entries()) {
      const writer = writers[n % 2]
      writer?.write(`note-${n}`, text)
      // Some in one moment, and some in another.
      if (n % 4 === 3) for (const one of writers) await one.sync()
      if (n % 8 === 7) world.clock.now += 1000
    }
    for (const one of writers) await one.sync()
    return { store, world }
  }
  const pagesOf = async (world: Awaited<ReturnType<typeof holding>>['world'], who = person) => {
    const pages: { doc: string; update: string }[][] = []
    for (let after: string | null = null; ; ) {
      const answer = await readHeld(world, who, after)
      if (answer === null) throw new Error('no such place')
      pages.push(answer.held)
      if (answer.next === null) return pages
      after = answer.next
    }
  }

  test('comes in pages of about a mebibyte, every word once and in its order', async () => {
    const { store, world } = await holding(Array.from({ length: 40 }, () => 'x'.repeat(100_000)))
    const pages = await pagesOf(world)
    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages) {
      const bytes = page.reduce((sum, { update }) => sum + Buffer.byteLength(update, 'base64'), 0)
      expect(page.length).toBeGreaterThan(0)
      expect(bytes).toBeLessThanOrEqual(historyBudget)
    }
    const rows = await store.db
      .selectFrom('held')
      .select(['doc', 'bytes'])
      .orderBy('received_at')
      .orderBy('written_at')
      .orderBy('hash')
      .execute()
    expect(new Set(rows.map(({ doc }) => doc)).size).toBe(40)
    expect(pages.flat().map(({ doc, update }) => [doc, update])).toEqual(
      rows.map(({ doc, bytes }) => [doc, Buffer.from(bytes).toString('base64')]),
    )
  })

  test('what is larger than a page is one page', async () => {
    const { store, world } = await holding(['a', 'b', 'c'])
    await store.db
      .updateTable('held')
      .set({ size: 2 * historyBudget })
      .execute()
    expect((await pagesOf(world)).map((page) => page.length)).toEqual([1, 1, 1])
  })

  /** Two who have both left the group, each with a device. */
  const twoFormer = async () => {
    const store = await newStore()
    const world = await worldOf(store)
    for (const who of [person, tablet]) await revokeMembership(world, group, who)
    const push = async (who: string, task: string, update: Uint8Array) => {
      const pushes = [{ doc: `${group}/${task}`, writtenAt: 0, update }]
      const scopes = [{ id: group, epoch: 0, cursor: 0, pushes }]
      const answer = await sync(world, who, { device: who, budget: 1000, scopes })
      return answer.scopes[0]?.acks[0]
    }
    return { world, push }
  }

  test('the same bytes from two are kept for each of them, whatever becomes of the other', async () => {
    const { world, push } = await twoFormer()
    const update = new Uint8Array([0, 0])
    for (const who of [person, tablet, person])
      expect(await push(who, 'visjon', update)).toBe('held')
    for (const who of [person, tablet])
      expect((await readHeld(world, who))?.held).toMatchObject([{ doc: `${group}/visjon` }])
    await restoreMembership(world, group, tablet)
    expect((await readHeld(world, tablet))?.held).toEqual([])
    expect((await readHeld(world, person))?.held).toHaveLength(1)
    expect(await world.store.db.selectFrom('update').select(['seq', 'person']).execute()).toEqual([
      { seq: 1, person: tablet },
    ])
    await restoreMembership(world, group, person)
    expect(await world.store.db.selectFrom('update').select('seq').execute()).toHaveLength(1)
    expect(await world.store.db.selectFrom('held').select('hash').execute()).toEqual([])
  })

  test('what somebody else has held takes no room', async () => {
    const { push } = await twoFormer()
    const large = (fill: number) => new Uint8Array(limits.updateBytes).fill(fill)
    for (let n = 0; n < limits.documentBytes / limits.updateBytes; n++)
      expect(await push(person, 'visjon', large(n))).toBe('held')
    expect(await push(person, 'visjon', large(99))).toBe('too-large')
    expect(await push(tablet, 'visjon', large(99))).toBe('held')
  })

  test('a place is no key to the words of others', async () => {
    const { world } = await holding(['a', 'b'])
    const place = `0-0-${'0'.repeat(64)}`
    expect((await readHeld(world, person, place))?.held).toHaveLength(2)
    expect(await readHeld(world, tablet, place)).toEqual({ held: [], next: null })
    for (const none of ['', '1', '1-2-3', `x-0-${'0'.repeat(64)}`, `0-0-${'0'.repeat(64)}0`])
      expect(await readHeld(world, person, none)).toBeNull()
  })
})
