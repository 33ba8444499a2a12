import { expect, onTestFinished, test, vi } from 'vitest'
import { historyStore } from '../../../src/server/store/history-store.ts'
import { compactDocument } from '../../../src/server/words/compact.ts'
import { handedInVersion } from '../../../src/server/words/handed-in.ts'
import { readHistory } from '../../../src/server/words/history.ts'
import { revokeMembership } from '../../../src/server/words/membership.ts'
import { plainOfUpdates } from '../../../src/shared/words/document.ts'
import { encodeHandingIn, handedInKey } from '../../../src/shared/words/handing-in.ts'
import { eachStore } from '../stores.ts'
import { createWriter, group, own, person, stranger, tablet, worldOf } from './words-world.ts'

const doc = `${group}/visjon`

eachStore(({ newStore }) => {
  test('a history tells who wrote what and when, from the archive and after it', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const start = world.clock.now
    const mine = createWriter(world, person, 'mine')
    const theirs = createWriter(world, tablet, 'theirs')
    mine.write('visjon', 'ein')
    mine.write('anna', 'eit anna dokument')
    await mine.sync()
    world.clock.now += 1000
    theirs.write('visjon', 'gruppa')
    await theirs.sync()
    await compactDocument(store, group, doc)
    // A clock that is a day ahead: nothing was written after it came.
    mine.write('visjon', 'ein to')
    for (const push of mine.outbox) push.writtenAt += 86_400_000
    await mine.sync()

    const history = await readHistory(store, person, doc, 0)
    expect(history?.changes.map(({ update: _, ...change }) => change)).toEqual([
      { seq: 1, at: start, author: 'Kommunedirektør, Stord', own: true },
      { seq: 3, at: start + 1000, author: 'Leiargruppa, Stord', own: false },
      { seq: 4, at: start + 1000, author: 'Kommunedirektør, Stord', own: true },
    ])
    expect(history?.more).toBe(false)
    const updates = history?.changes.map(({ update }) => Buffer.from(update, 'base64')) ?? []
    expect(plainOfUpdates(updates).texts).toEqual({
      'f/visjon/mine': 'ein to',
      'f/visjon/theirs': 'gruppa',
    })
    expect(plainOfUpdates(updates.slice(0, 1)).texts).toEqual({ 'f/visjon/mine': 'ein' })
    expect((await readHistory(store, person, doc, 3))?.changes.map(({ seq }) => seq)).toEqual([4])
    expect((await readHistory(store, person, doc, 4))?.changes).toEqual([])
  })

  test('a long history comes in parts', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    for (let n = 0; n < 7; n++) {
      mine.write('visjon', `${n}`.repeat(200_000))
      await mine.sync()
    }
    const seqs: number[] = []
    const sizes: number[] = []
    let more = true
    while (more) {
      const part = await readHistory(store, person, doc, seqs.at(-1) ?? 0)
      if (!part) throw new Error('no history')
      seqs.push(...part.changes.map(({ seq }) => seq))
      sizes.push(part.changes.reduce((sum, { update }) => sum + update.length, 0))
      more = part.more
    }
    const rows = await store.db.selectFrom('update').select('seq').orderBy('seq').execute()
    expect(seqs).toEqual(rows.map(({ seq }) => seq))
    expect(sizes.length).toBeGreaterThan(1)
    expect(Math.max(...sizes)).toBeLessThan(1.4 * 1024 * 1024)
  })

  test('strangers, former members and documents that are not there look the same', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    const private_ = createWriter(world, person, 'mine', own)
    for (const writer of [mine, private_]) {
      writer.write('visjon', 'mitt')
      await writer.sync()
    }
    expect(await readHistory(store, person, `${own}/visjon`, 0)).not.toBeNull()
    expect(await readHistory(store, tablet, `${own}/visjon`, 0)).toBeNull()
    expect(await readHistory(store, stranger, doc, 0)).toBeNull()
    expect(await readHistory(store, person, `${group}/finst-ikkje`, 0)).toBeNull()
    expect(await readHistory(store, person, 'tull', 0)).toBeNull()
    await revokeMembership(world, group, person)
    expect(await readHistory(store, person, doc, 0)).toBeNull()
  })

  test('for a stranger nothing of a document is read, whose time would tell how large it is', async () => {
    const world = await worldOf(await newStore())
    const mine = createWriter(world, person, 'mine')
    mine.write('visjon', 'mitt')
    await mine.sync()
    const sizes = vi.spyOn(historyStore, 'sizes')
    onTestFinished(() => sizes.mockRestore())
    expect(await readHistory(world.store, stranger, doc, 0)).toBeNull()
    expect(sizes).not.toHaveBeenCalled()
    await readHistory(world.store, person, doc, 0)
    expect(sizes).toHaveBeenCalled()
  })

  test('who is put out while a history is read does not get it', async () => {
    const world = await worldOf(await newStore())
    const mine = createWriter(world, person, 'mine')
    mine.write('visjon', 'mitt')
    await mine.sync()
    const { changes } = historyStore
    const slow = vi.spyOn(historyStore, 'changes').mockImplementation(async (...asked) => {
      await revokeMembership(world, group, person)
      return changes(...asked)
    })
    onTestFinished(() => slow.mockRestore())
    expect(await readHistory(world.store, person, doc, 0)).toBeNull()
    expect(slow).toHaveBeenCalled()
  })

  test('what is handed in stays as it was until it is handed in again', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    const handIn = (id: string) =>
      mine.set('visjon', [
        [handedInKey, encodeHandingIn({ id, at: world.clock.now, label: 'Stord' })],
      ])
    mine.write('visjon', 'utkast')
    await mine.sync()
    expect(await handedInVersion(store, group, doc)).toBeNull()
    handIn('a')
    mine.write('visjon', 'utkast, og meir')
    await mine.sync()
    expect(await handedInVersion(store, group, doc)).toMatchObject({
      seq: 2,
      words: { texts: { 'f/visjon/mine': 'utkast' } },
    })
    await compactDocument(store, group, doc)
    handIn('b')
    await mine.sync()
    mine.write('visjon', '')
    await mine.sync()
    expect(await handedInVersion(store, group, doc)).toMatchObject({
      seq: 4,
      words: { texts: { 'f/visjon/mine': 'utkast, og meir' } },
    })
  })

  test('nothing private is ever handed in', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine', own)
    mine.write('visjon', 'mitt')
    mine.set('visjon', [[handedInKey, encodeHandingIn({ id: 'a', at: 1, label: 'x' })]])
    await mine.sync()
    expect(await handedInVersion(store, own, `${own}/visjon`)).toBeNull()
  })
})
