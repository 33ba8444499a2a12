import { createHash } from 'node:crypto'
import {
  closeSync,
  createWriteStream,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { backupStore } from '../store/backup-store.ts'
import type { Store } from '../store/store.ts'
import { BackupError, type BackupHeader, backupFormat, encodeRow } from './backup-file.ts'

/**
 * Writes everything in the database, as it is at one moment, into one file, which appears when it is whole and durable. Readable by
 * its owner alone: it holds what people have written. The media are not in it; they come from the content packages.
 */
export const writeBackup = (
  store: Store,
  file: string,
  { version, now }: { version: string; now: () => number },
): Promise<BackupHeader> =>
  backupStore.atOneMoment(store, async (db) => {
    const migration = await backupStore.migration(db)
    if (migration === null) throw new BackupError('the database is empty')
    const tables = await backupStore.tables(db)
    const rows: Record<string, number> = {}
    for (const { name } of tables) rows[name] = await backupStore.count(db, name)
    const header: BackupHeader = {
      loft: 'backup',
      format: backupFormat,
      version,
      at: now(),
      migration,
      rows,
    }

    const hash = createHash('sha256')
    const signed = (line: string): string => {
      hash.update(line).update('\n')
      return `${line}\n`
    }
    async function* content(): AsyncGenerator<string> {
      yield signed(JSON.stringify(header))
      for (const table of tables) {
        for await (const row of backupStore.rows(db, table))
          yield signed(encodeRow(table.name, row))
      }
      yield `${JSON.stringify({ sha256: hash.digest('hex') })}\n`
    }
    mkdirSync(dirname(file), { recursive: true })
    const unfinished = `${file}.unfinished-${process.pid}`
    try {
      const target = createWriteStream(unfinished, { mode: 0o600, flush: true })
      await pipeline(Readable.from(content()), createGzip(), target)
      renameSync(unfinished, file)
    } catch (error) {
      rmSync(unfinished, { force: true })
      throw error
    }
    const folder = openSync(dirname(file), 'r')
    fsyncSync(folder)
    closeSync(folder)
    return header
  })
