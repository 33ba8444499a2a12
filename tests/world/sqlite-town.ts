import { DatabaseSync } from 'node:sqlite'
import { migrate } from '../../src/server/store/migrations.ts'
import { sqliteStore } from '../../src/server/store/sqlite.ts'
import type { Store } from '../../src/server/store/store.ts'
import { settleIn } from './settle.ts'
import type { WorldSettings } from './world.ts'

/** Where worlds can be run, one after the other. */
export interface Town {
  store: Store
  /** Begins the ids of a seed's people and groups. */
  tagOf(seed: number): string
  settle: WorldSettings['settle']
  /** Takes the last world's rows away. */
  clear(): Promise<void>
  close(): Promise<void>
}

/** The production store on SQLite in memory. */
export const createSqliteTown = async (): Promise<Town> => {
  const driver = new DatabaseSync(':memory:')
  const store = sqliteStore(driver)
  await migrate(store.db, 'sqlite')
  // Nothing here outlives the process: there is no disk to be waited for.
  driver.exec('PRAGMA secure_delete = OFF')
  const tables = ['update', 'archive', 'document', 'held', 'presence', 'scope', 'membership']
  return {
    store,
    tagOf: (seed) => `w${seed}-`,
    settle: settleIn(store),
    clear: async () => {
      driver.exec(
        [...tables, 'former_member', 'person'].map((name) => `DELETE FROM "${name}"`).join(';'),
      )
    },
    close: store.close,
  }
}
