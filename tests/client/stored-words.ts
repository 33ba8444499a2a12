import type { Table } from 'dexie'
import { type DatabaseFactory, openDexie } from '../../src/client/storage/dexie-words.ts'
import type {
  DocumentRow,
  HeldRow,
  MetaRow,
  OutboxRow,
  ScopeRow,
  UpdateRow,
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
