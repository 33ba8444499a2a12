import type { UpdateRow } from '../../src/client/storage/words-database.ts'
import type { Disk } from './memory-database.ts'

/** Every update on a device, those in packs too. */
export const updatesOn = (disk: Disk): Pick<UpdateRow, 'doc' | 'scope' | 'update'>[] =>
  disk
    .rows('updates')
    .flatMap((row) =>
      row.pack === undefined ? [row] : row.pack.map((item) => ({ ...item, scope: row.scope })),
    )
