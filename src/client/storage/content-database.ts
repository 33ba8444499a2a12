import { Dexie, type EntityTable } from 'dexie'
import type { ItemText } from '../../shared/domain/article.ts'
import type { ProgrammeAnswer } from '../../shared/domain/person.ts'

/**
 * The programme's texts on this device. Nothing personal is kept here, and what is lost comes again from the network: so
 * it is written with relaxed durability, apart from the words.
 */
export class ContentDatabase extends Dexie {
  declare programmes: EntityTable<ProgrammeAnswer & { key: 'current' }, 'key'>
  declare texts: EntityTable<{ hash: string; text: ItemText }, 'hash'>

  constructor() {
    super('loft-content', { chromeTransactionDurability: 'relaxed' })
    this.version(1).stores({ programmes: 'key', texts: 'hash' })
  }

  /** Are all these on the device? */
  async hasTexts(hashes: readonly string[]): Promise<boolean> {
    const different = [...new Set(hashes)]
    const count = await this.texts.where('hash').anyOf(different).count()
    return count === different.length
  }
}
