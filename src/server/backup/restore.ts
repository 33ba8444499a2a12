import { backupStore, type Row, type TableName } from '../store/backup-store.ts'
import { erasureStore } from '../store/erasure-store.ts'
import { type ErasureDeps, eraseIn } from '../words/erase.ts'
import {
  BackupError,
  type BackupHeader,
  type BackupRow,
  readHeader,
  readRows,
} from './backup-file.ts'

type Db = Parameters<typeof backupStore.insert>[0]

export interface Restored {
  header: BackupHeader
  /** How many who have been erased since the backup were in it. */
  erased: number
}

/**
 * Puts a backup in the place of everything in a database that no server uses, in one transaction: afterwards all of it is there,
 * or nothing has happened.
 *
 * 1. Read the whole file once: one that is damaged, or made by a newer program, touches nothing.
 * 2. Empty the tables and fill them. Each scope gets an epoch that no device knows, so that devices give back what the backup
 *    does not have.
 * 3. Erase whom the ledger names.
 * 4. Take what was there before out of the files.
 *
 * Throws a BackupError if it refuses: `replace` says that words that are there now may go.
 */
export const restoreBackup = async (
  deps: ErasureDeps,
  file: string,
  { replace }: { replace: boolean },
): Promise<Restored> => {
  const { store, ledger, newEpoch } = deps
  const header = await readHeader(file)
  const known = await backupStore.migration(store.db)
  if (known === null || header.migration > known) {
    throw new BackupError(`it is made by a newer Løft (${header.version}); update this one first`)
  }
  if (!replace && (await backupStore.hasWords(store.db))) {
    throw new BackupError(
      'there are words in the database; --replace puts the backup in their place',
    )
  }
  for await (const _ of readRows(file));

  const erased = await store.write(async (db) => {
    await backupStore.empty(db)
    await insertAll(db, readRows(file), newEpoch)
    let count = 0
    for (const [person, at] of ledger.people()) {
      if (!(await erasureStore.isThere(db, person))) continue
      await eraseIn(db, deps, person, at)
      count++
    }
    return count
  })
  await store.scrub()
  if (ledger.isUnscrubbed()) ledger.scrubbed(deps.now())
  return { header, erased }
}

/** Rows and bytes in one statement. */
const mostRows = 100
const mostBytes = 4 * 1024 * 1024

const insertAll = async (
  db: Db,
  all: AsyncIterable<BackupRow>,
  newEpoch: () => number,
): Promise<void> => {
  let rows: Row[] = []
  let [of, bytes]: [TableName | null, number] = [null, 0]
  const flush = async (): Promise<void> => {
    if (of !== null) await backupStore.insert(db, of, rows)
    rows = []
    bytes = 0
  }
  for await (const { table, row } of all) {
    if (of !== table || rows.length >= mostRows || bytes > mostBytes) await flush()
    of = table
    rows.push(table === 'scope' ? { ...row, epoch: epochOtherThan(row.epoch, newEpoch) } : row)
    bytes += sizeOf(row)
  }
  await flush()
}

const epochOtherThan = (epoch: unknown, newEpoch: () => number): number => {
  let made = newEpoch()
  while (made === epoch) made = newEpoch()
  return made
}

const sizeOf = (row: Row): number =>
  Object.values(row).reduce<number>(
    (sum, value) => sum + (value instanceof Uint8Array ? value.length : 0),
    0,
  )
