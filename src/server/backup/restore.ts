import { adoptRuns } from '../people/adopt-runs.ts'
import { endSession, spendCodes } from '../people/sessions.ts'
import { backupStore, type Row, type TableName } from '../store/backup-store.ts'
import { erasureStore } from '../store/erasure-store.ts'
import { membershipStore } from '../store/membership-store.ts'
import { type ErasureDeps, eraseIn } from '../words/erase.ts'
import { leaveIn } from '../words/membership.ts'
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
  /** What was in it, and has been taken away since. */
  takenAway: TakenAway
}
export interface TakenAway {
  /** People who have been erased since. */
  erased: number
  /** Memberships that have ended since. */
  left: number
  /** Sessions that have been signed out of since. */
  signedOut: number
  /** Codes with a number of uses, and invitations whose mail waited: nobody knows which have been used or sent since. */
  codes: number
}

/**
 * Puts a backup in the place of everything in a database that no server uses, in one transaction: afterwards all of it is there,
 * or nothing has happened.
 *
 * 1. Read the whole file once: one that is damaged, or made by a newer program, touches nothing.
 * 2. Empty the tables and fill them. Each scope gets an epoch that no device knows, so that devices give back what the backup
 *    does not have. Runs of a time before there were networks get one.
 * 3. Erase whom the ledger names, and take away again the rights that it names. Codes that can be used so many times end, and
 *    no mail that waited is sent.
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

  const takenAway = await store.write(async (db) => {
    await backupStore.empty(db)
    await insertAll(db, readRows(file), newEpoch)
    await adoptRuns(db)
    return takeAway(db, deps)
  })
  await store.scrub()
  if (ledger.isUnscrubbed()) ledger.scrubbed(deps.now())
  return { header, takenAway }
}

/** No right comes back with an older state. The last word of the ledger stands, whatever the backup says. */
const takeAway = async (db: Db, deps: ErasureDeps): Promise<TakenAway> => {
  const { ledger } = deps
  const takenAway: TakenAway = { erased: 0, left: 0, signedOut: 0, codes: 0 }
  for (const [person, at] of ledger.people()) {
    if (!(await erasureStore.isThere(db, person))) continue
    await eraseIn(db, deps, person, at)
    takenAway.erased++
  }
  for (const { scope, person } of ledger.out()) {
    if (!(await membershipStore.isMember(db, scope, person))) continue
    await leaveIn(db, deps, scope, person)
    takenAway.left++
  }
  for (const hash of ledger.signedOutSessions()) {
    if (await endSession(db, hash)) takenAway.signedOut++
  }
  takenAway.codes = await spendCodes(db)
  return takenAway
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
