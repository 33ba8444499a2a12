import { randomUUID } from 'node:crypto'
import { migrate } from '../../src/server/store/migrations.ts'
import type { Store } from '../../src/server/store/store.ts'
import { settleIn } from './settle.ts'
import type { Town } from './sqlite-town.ts'

/** The production store on a PostgreSQL database of its own. No world's rows are taken away: none has another's ids. */
export const createPostgresTown = async (store: Store): Promise<Town> => {
  await migrate(store.db, 'postgresql')
  const nonce = randomUUID().slice(0, 8)
  return {
    store,
    tagOf: (seed) => `${nonce}-${seed}-`,
    settle: settleIn(store),
    clear: async () => undefined,
    close: store.close,
  }
}
