import { Dexie, type Table } from 'dexie'
import type { DatabaseFactory } from '../../src/client/storage/database-schema.ts'
import {
  type DocumentRow,
  databaseName,
  type HeldRow,
  type MetaRow,
  type OutboxRow,
  type ScopeRow,
  type UpdateRow,
} from '../../src/client/storage/words-database.ts'

export interface StoredWords {
  docs: Table<DocumentRow, string>
  updates: Table<UpdateRow, number, Omit<UpdateRow, 'n'>>
  outbox: Table<OutboxRow, number, Omit<OutboxRow, 'n'>>
  held: Table<HeldRow, number>
  scopes: Table<ScopeRow, string>
  meta: Table<MetaRow, string>
}

/** What is in a principal's database, beside whatever the page does with it. */
export const storedWords = (factory: DatabaseFactory, principal = 'kari'): StoredWords => {
  const dexie = openDexie(principal, factory)
  return {
    docs: dexie.table('docs'),
    updates: dexie.table('updates'),
    outbox: dexie.table('outbox'),
    held: dexie.table('held'),
    scopes: dexie.table('scopes'),
    meta: dexie.table('meta'),
  }
}

/** As the first releases opened it. */
const openDexie = (principal: string, factory: DatabaseFactory): Dexie => {
  const dexie = new Dexie(databaseName(principal), { ...factory })
  dexie.version(1).stores({
    docs: 'id, scope',
    updates: '++n, doc, scope',
    outbox: '++n, scope',
    scopes: 'id',
    meta: 'key',
  })
  dexie.version(2).stores({ docs: 'id', updates: '++n, doc', outbox: '++n', held: 'n' })
  return dexie
}
