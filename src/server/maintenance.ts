// What is done beside the server, each a command: `node src/server/maintenance.ts backup | restore | erase …`. Exit codes: 0 done,
// 1 refused or failed, 2 not understood.
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { Pool, types } from 'pg'
import { BackupError, type BackupHeader } from './backup/backup-file.ts'
import { restoreBackup } from './backup/restore.ts'
import { writeBackup } from './backup/write-backup.ts'
import { readConfig } from './config.ts'
import { migrate } from './store/migrations.ts'
import { numbersFrom, postgresStore, requireDurability } from './store/postgres.ts'
import { holdDatabase } from './store/run-lock.ts'
import { sqliteStore } from './store/sqlite.ts'
import type { Store } from './store/store.ts'
import { type ErasureDeps, erasePerson, summaryOf } from './words/erase.ts'
import { openLedger } from './words/ledger.ts'

const usage = `usage: npm run backup -- [file]
       npm run restore -- <file> [--replace]
       npm run erase -- <person id> [--yes]`

class Refused extends Error {}

const settings = readConfig(process.env)
if (!settings.ok) {
  console.error(`Wrong settings:\n${settings.mistakes.map((line) => `  ${line}`).join('\n')}`)
  process.exit(1)
}
const { config } = settings
const version: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version
const sqliteFile = join(config.dataDir, 'loft.sqlite')

const [command = '', ...rest] = process.argv.slice(2)
const commands: Record<string, (target: string | undefined, flags: Flags) => Promise<void>> = {
  backup,
  restore,
  erase,
}
const run = commands[command]
const args = readArgs()
if (!run || !args || args.positionals.length > 1) {
  console.error(usage)
  process.exit(2)
}
try {
  await run(args.positionals[0], args.values)
} catch (error) {
  const isExpected = error instanceof Refused || error instanceof BackupError
  console.error(isExpected ? `Not done: ${error.message}.` : error)
  process.exit(1)
}
process.exit(0)

interface Flags {
  replace?: boolean | undefined
  yes?: boolean | undefined
}

function readArgs() {
  try {
    return parseArgs({
      args: rest,
      allowPositionals: true,
      options: { replace: { type: 'boolean' }, yes: { type: 'boolean' } },
    })
  } catch {
    return null
  }
}

/** While the server runs, or not. */
async function backup(target: string | undefined): Promise<void> {
  const store = await openExisting()
  const at = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const file = resolve(target ?? join(config.dataDir, 'backups', `loft-${at}.ndjson.gz`))
  if (existsSync(file)) throw new Refused(`${file} is there already`)
  const header = await writeBackup(store, file, { version, now: Date.now })
  await store.close()
  console.info(`Backup written: ${file}`)
  console.info(`  ${contents(header)}; ${statSync(file).size.toLocaleString('en')} bytes`)
  console.info('  It holds what people have written: keep it where only you can read it.')
}

async function restore(file: string | undefined, { replace = false }: Flags): Promise<void> {
  if (file === undefined) throw new Refused('no file is named')
  if (!existsSync(file)) throw new Refused(`there is no file ${file}`)
  mkdirSync(config.dataDir, { recursive: true }) // where SQLite's file will be
  const store = await open()
  const release = await holdDatabase(
    store,
    'exclusive',
    () => new DatabaseSync(join(config.dataDir, 'loft.lock')),
  )
  if (release === null) throw new Refused('a server is running on this database; stop it first')
  await migrate(store.db, store.kind)
  const { header, erased } = await restoreBackup(depsOf(store), file, { replace })
  await release()
  await store.close()
  console.info(`Restored: ${file}`)
  console.info(`  made ${new Date(header.at).toISOString()} by Løft ${header.version}`)
  console.info(`  ${contents(header)}`)
  if (erased > 0) console.info(`  ${erased} erased since the backup: erased here too`)
  console.info('  Devices notice at their next sync, and give back what the backup does not have.')
}

async function erase(person: string | undefined, { yes = false }: Flags): Promise<void> {
  if (person === undefined) throw new Refused('nobody is named')
  const store = await openExisting()
  const found = await summaryOf(store, person)
  if (found === null) throw new Refused(`there is no person with the id ${person}`)
  console.info(`${person}, ${found.name || 'erased already'}:`)
  console.info(`  ${found.documents} own documents and everything in them go, for ever`)
  console.info(`  words in ${found.groups} groups stay there, without name and device`)
  console.info('  sessions, codes and memberships end; no backup brings the person back')
  if (!yes) throw new Refused('this cannot be undone; say --yes to do it')
  await erasePerson(depsOf(store), person)
  await store.close()
  console.info('Erased. The bytes are out of the database files.')
  if (store.kind === 'postgresql') {
    console.info(
      '  PostgreSQL keeps its log (pg_wal) for a while, and archived logs as long as you do.',
    )
  }
  console.info('  Backups made before still hold the words; restoring one erases them again.')
}

function contents({ rows }: BackupHeader): string {
  const accepted = (rows.update ?? 0) + (rows.archive ?? 0)
  return `${rows.person ?? 0} people, ${rows.scope ?? 0} scopes, ${accepted} accepted updates, ${rows.held ?? 0} held`
}

function depsOf(store: Store): ErasureDeps {
  mkdirSync(config.dataDir, { recursive: true })
  return {
    store,
    now: Date.now,
    newEpoch: () => randomInt(1, 2 ** 31),
    ledger: openLedger(join(config.dataDir, 'erased.ndjson')),
  }
}

async function openExisting(): Promise<Store> {
  if (config.databaseUrl === null && !existsSync(sqliteFile)) {
    throw new Refused(`there is no database ${sqliteFile}`)
  }
  return open()
}

async function open(): Promise<Store> {
  if (config.databaseUrl === null) return sqliteStore(new DatabaseSync(sqliteFile))
  const pool = new Pool({ connectionString: config.databaseUrl, types: numbersFrom(types), max: 4 })
  const store = postgresStore(pool, () => undefined)
  await requireDurability(store).catch((error) => {
    // Not the whole error: some hold the settings, and with them a password.
    throw new Refused(`LOFT_DATABASE_URL: ${error.message || error.code || 'no answer'}`)
  })
  return store
}
