import { describe, onTestFinished } from 'vitest'
import type { AppDeps } from '../../src/server/app-deps.ts'
import type { Store, StoreKind } from '../../src/server/store/store.ts'
import { createDatabaseOfFile } from './store/postgres-database.ts'
import { type TestApp, testApp, testStore } from './test-app.ts'

export interface StoreContract {
  kind: StoreKind
  /** An empty store with all tables. */
  newStore(): Promise<Store>
  /** A whole server on one. */
  testApp(changes?: Partial<AppDeps>): Promise<TestApp>
}

/** Runs a suite on SQLite and on PostgreSQL: one contract, two stores. */
export const eachStore = (suite: (contract: StoreContract) => void): void => {
  const emptyPostgres = createDatabaseOfFile()
  const openers: Record<StoreKind, () => Promise<Store>> = {
    sqlite: () => testStore(),
    postgresql: async () => {
      const store = await emptyPostgres()
      onTestFinished(() => store.close())
      return store
    },
  }
  describe.each(['sqlite', 'postgresql'] as const)('on %s', (kind) => {
    const newStore = openers[kind]
    suite({
      kind,
      newStore,
      testApp: async (changes = {}) => testApp({ store: await newStore(), ...changes }),
    })
  })
}
