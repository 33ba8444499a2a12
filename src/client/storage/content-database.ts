import type { ItemText } from '../../shared/domain/article.ts'
import type { ProgrammeAnswer } from '../../shared/domain/person.ts'
import type { DatabaseFactory } from './database-schema.ts'
import { type KeyedTable, keyedTable } from './keyed-table.ts'
import { connectTo } from './open-database.ts'

/**
 * The programme's texts on this device. Nothing personal is kept here, and what is lost comes again from the network: so
 * it is written with relaxed durability, apart from the words.
 */
export interface ContentDatabase {
  programmes: KeyedTable<ProgrammeAnswer & { key: 'current' }>
  texts: KeyedTable<{ hash: string; text: ItemText }>
  /** Are all these on the device? */
  hasTexts(hashes: readonly string[]): Promise<boolean>
}

export const openContentDatabase = (factory: DatabaseFactory): ContentDatabase => {
  const connection = connectTo(factory, {
    name: 'loft-content',
    versions: [{ programmes: 'key', texts: 'hash' }],
  })
  const texts = keyedTable<{ hash: string; text: ItemText }>(connection, 'texts', 'relaxed')
  return {
    programmes: keyedTable(connection, 'programmes', 'relaxed'),
    texts,
    hasTexts: async (hashes) => {
      const here = new Set(await texts.keys())
      return hashes.every((hash) => here.has(hash))
    },
  }
}
