import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { type Hold, holdDatabase } from '../../../src/server/store/run-lock.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'

eachStore(({ newStore }) => {
  test('any number of servers hold a database, whoever replaces it is alone', async () => {
    const store = await newStore()
    const file = join(temporaryFolder(), 'loft.lock')
    const hold = (how: Hold) => holdDatabase(store, how, () => new DatabaseSync(file))
    const servers = [await hold('shared'), await hold('shared')]
    expect(servers).not.toContain(null)
    expect(await hold('exclusive')).toBeNull()
    await servers[0]?.()
    expect(await hold('exclusive')).toBeNull()
    await servers[1]?.()
    const restore = await hold('exclusive')
    expect(restore).not.toBeNull()
    expect(await hold('shared')).toBeNull()
    expect(await hold('exclusive')).toBeNull()
    await restore?.()
    const again = await hold('shared')
    expect(again).not.toBeNull()
    await again?.()
  })
})
