import type { ItemText } from '../../shared/domain/article.ts'
import type { ProgrammeAnswer } from '../../shared/domain/person.ts'
import { type KeyedTable, keyedTable } from './keyed-table.ts'
import { connectTo } from './open-database.ts'

/**
 * The programme's texts on this device. Nothing personal is kept here, and what is lost comes again from the network: so
 * it is written with relaxed durability, apart from the words.
 */
export interface ContentDatabase {
  programmes: KeyedTable<ProgrammeAnswer & { key: 'current' }>
  texts: KeyedTable<{ hash: string; text: ItemText }>
}

export const openContentDatabase = (indexedDB: IDBFactory): ContentDatabase => {
  const connection = connectTo(indexedDB, {
    name: 'loft-content',
    version: 10, // as Dexie counted, which made the first ones
    upgrade: (database) => {
      database.createObjectStore('programmes', { keyPath: 'key' })
      database.createObjectStore('texts', { keyPath: 'hash' })
    },
  })
  return {
    programmes: keyedTable(connection, 'programmes', 'relaxed'),
    texts: keyedTable(connection, 'texts', 'relaxed'),
  }
}
