import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import * as v from 'valibot'
import { backedUpTables, type Row, type TableName } from '../store/backup-store.ts'

// A backup is gzipped lines of JSON: a header, the rows of every table, and a line with the SHA-256 of all lines before it. The
// same for SQLite and PostgreSQL.

export const backupFormat = 1

const headerSchema = v.object({
  loft: v.literal('backup'),
  format: v.number(),
  /** Of the program. */
  version: v.string(),
  /** ms since 1970. */
  at: v.number(),
  /** The newest step that the database's shape had taken. */
  migration: v.string(),
  /** Rows by table. */
  rows: v.record(v.string(), v.number()),
})
export type BackupHeader = v.InferOutput<typeof headerSchema>

export interface BackupRow {
  table: TableName
  row: Row
}

/** A file that cannot be restored; the message says why, for people. */
export class BackupError extends Error {}

const byteColumns = new Set(['bytes', 'snapshot'])

export const encodeRow = (table: TableName, row: Row): string => {
  const plain = Object.entries(row).map(([column, value]) => [
    column,
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  ])
  return JSON.stringify({ table, row: Object.fromEntries(plain) })
}

const rowSchema = v.strictObject({
  table: v.picklist(backedUpTables.map(({ name }) => name)),
  row: v.record(v.string(), v.nullable(v.union([v.string(), v.number()]))),
})
const endSchema = v.strictObject({ sha256: v.string() })

/** The header alone. Throws a BackupError. */
export const readHeader = async (file: string): Promise<BackupHeader> => {
  for await (const line of lines(file)) return asHeader(line)
  throw new BackupError('the file is empty')
}

/**
 * The rows, in the order of the file. Throws a BackupError at the end if the file is cut or has been changed: what came before
 * must not count until then.
 */
export async function* readRows(file: string): AsyncGenerator<BackupRow> {
  const hash = createHash('sha256')
  const counts = new Map<string, number>()
  let header: BackupHeader | null = null
  let end: string | null = null
  for await (const line of lines(file)) {
    if (end !== null) throw new BackupError('there is something behind its end')
    if (header !== null && line.startsWith('{"sha256"')) {
      end = parse(endSchema, line).sha256
      continue
    }
    hash.update(line).update('\n')
    if (header === null) {
      header = asHeader(line)
      continue
    }
    const { table, row } = parse(rowSchema, line)
    counts.set(table, (counts.get(table) ?? 0) + 1)
    yield { table, row: withBytes(row) }
  }
  if (header === null || end === null) throw new BackupError('its end is missing')
  if (end !== hash.digest('hex')) throw new BackupError('it has been changed or damaged')
  for (const [table, count] of Object.entries(header.rows)) {
    if ((counts.get(table) ?? 0) !== count) throw new BackupError(`rows of ${table} are missing`)
  }
}

const withBytes = (row: Row): Row => {
  const entries = Object.entries(row).map(([column, value]) => [
    column,
    byteColumns.has(column) && typeof value === 'string'
      ? new Uint8Array(Buffer.from(value, 'base64'))
      : value,
  ])
  return Object.fromEntries(entries)
}

const asHeader = (line: string): BackupHeader => {
  const header = parse(headerSchema, line)
  if (header.format !== backupFormat) {
    throw new BackupError(`its format is ${header.format}, and this program reads ${backupFormat}`)
  }
  return header
}

const parse = <T extends v.GenericSchema>(schema: T, line: string): v.InferOutput<T> => {
  try {
    return v.parse(schema, JSON.parse(line))
  } catch {
    throw new BackupError('it is no backup of Løft, or damaged')
  }
}

/** A line at a time, whatever the size of the file. */
async function* lines(file: string): AsyncGenerator<string> {
  let rest: Buffer[] = []
  const source = createReadStream(file)
  try {
    const unzipped = createGunzip()
    source.on('error', (error) => unzipped.destroy(error))
    for await (const chunk of source.pipe(unzipped)) {
      let part: Buffer = chunk
      for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10)) {
        yield Buffer.concat([...rest, part.subarray(0, at)]).toString('utf8')
        rest = []
        part = part.subarray(at + 1)
      }
      if (part.length > 0) rest.push(part)
    }
  } catch (error) {
    if (error instanceof BackupError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const isZip = code?.startsWith('Z_') || message === 'unexpected end of file'
    throw new BackupError(isZip ? 'it is no backup of Løft, or damaged' : message)
  } finally {
    source.destroy()
  }
  if (rest.length > 0) throw new BackupError('its end is missing')
}
