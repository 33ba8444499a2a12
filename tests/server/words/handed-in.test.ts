// How much of a history is read, for whoever looks at what a group has handed in.
import { sql } from 'kysely'
import { expect, onTestFinished, test, vi } from 'vitest'
import { historyStore } from '../../../src/server/store/history-store.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { handedInVersion, mostBytes, mostUpdates } from '../../../src/server/words/handed-in.ts'
import { encodeHandingIn, handedInKey } from '../../../src/shared/words/handing-in.ts'
import { eachStore } from '../stores.ts'
import { createWriter, group, person, worldOf } from './words-world.ts'

const doc = `${group}/visjon`
const nothing = Uint8Array.of(0, 0)

/** So many updates more, in which nothing stands; `first` is the number of the first. */
const fill = ({ db }: Store, first: number, count: number, bytes = nothing) =>
  sql`
    insert into archive
      (scope, seq, doc, hash, bytes, size, person, device, written_at, received_at)
    with recursive n (i) as (
      select cast(${first} as integer)
      union all
      select i + 1 from n where i + 1 < cast(${first + count} as integer)
    )
    select ${group}, i, ${doc}, 'filled-' || cast(i as text), ${bytes},
      cast(${bytes.length} as integer), ${person}, 'filled', 1, 1
    from n`.execute(db)

const handedIn = async (store: Store) => {
  const mine = createWriter(await worldOf(store), person, 'mine')
  mine.write('visjon', 'utkast')
  mine.set('visjon', [[handedInKey, encodeHandingIn({ id: 'a', at: 1, label: 'Stord' })]])
  await mine.sync()
  return handedInVersion(store, group, doc)
}

eachStore(({ newStore }) => {
  test('a long history is read a piece at a time, and answers as a short one does', async () => {
    const store = await newStore()
    const before = await handedIn(store)
    expect(before).toMatchObject({ words: { texts: { 'f/visjon/mine': 'utkast' } } })
    await fill(store, 10, 12_000)
    const changes = vi.spyOn(historyStore, 'changes')
    onTestFinished(() => changes.mockRestore())
    expect(await handedInVersion(store, group, doc)).toEqual(before)
    const read = await Promise.all(changes.mock.results.map(({ value }) => value))
    expect(read.reduce((sum, { length }) => sum + length, 0)).toBe(12_000 + 2)
    expect(Math.max(...read.map(({ length }) => length))).toBeLessThanOrEqual(5000)
  })

  test('a history of more updates than anybody makes is not built', async () => {
    const store = await newStore()
    await handedIn(store)
    await fill(store, 10, mostUpdates - 2)
    const readHandedIn = vi.fn(async () => ({ kind: 'busy' }) as const)
    expect(await handedInVersion(store, group, doc, { readHandedIn })).toBe('busy')
    await fill(store, 10 + mostUpdates, 1)
    expect(await handedInVersion(store, group, doc, { readHandedIn })).toBe('unreadable')
    expect(readHandedIn).toHaveBeenCalledTimes(1)
  })

  test('nothing is read of a history of too many bytes', async () => {
    const store = await newStore()
    await handedIn(store)
    await fill(store, 10, 33, new Uint8Array(mostBytes / 32))
    const changes = vi.spyOn(historyStore, 'changes')
    onTestFinished(() => changes.mockRestore())
    expect(await handedInVersion(store, group, doc)).toBe('unreadable')
    expect(changes).not.toHaveBeenCalled()
  })
})
