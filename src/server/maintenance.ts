// What is done beside the server, each a command: `node src/server/maintenance.ts backup | restore | erase | link | network …`. Exit codes: 0 done,
// 1 refused or failed, 2 not understood.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { Pool, types } from 'pg'
import { BackupError } from './backup/backup-file.ts'
import { readConfig } from './config.ts'
import { createCommands, Refused, Unfinished } from './maintenance-commands.ts'
import { makePrivateFile } from './private-files.ts'
import { numbersFrom, postgresStore, requireDurability } from './store/postgres.ts'
import { sqliteStore } from './store/sqlite.ts'
import type { Store } from './store/store.ts'

const usage = `usage: npm run backup -- [file]
       npm run restore -- <file> [--replace]
       npm run erase -- <person id> [--yes]
       npm run link -- <municipality> [--cohort <id>] [--days <n>] [--close]
       npm run network -- <name> [--package <id>]`

const settings = readConfig(process.env)
if (!settings.ok) {
  console.error(`Wrong settings:\n${settings.mistakes.map((line) => `  ${line}`).join('\n')}`)
  process.exit(1)
}
const { config } = settings
const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }
const openSqlite = (file: string): DatabaseSync => {
  makePrivateFile(file)
  return new DatabaseSync(file)
}

const commands = createCommands({
  dataDir: config.dataDir,
  version,
  openStore,
  openSqlite,
  say: (line) => console.info(line),
  origin: config.publicUrl?.origin ?? `http://localhost:${config.port}`,
  patienceMs: 90_000,
})
const [name = '', ...rest] = process.argv.slice(2)
const command = commands[name]
const args = readArgs(rest)
if (!command || !args || args.positionals.length > 1) {
  console.error(usage)
  process.exit(2)
}
try {
  await command(args.positionals[0], args.values)
} catch (error) {
  if (error instanceof Unfinished) console.error(`Not finished: ${error.message}.`)
  else if (error instanceof Refused || error instanceof BackupError)
    console.error(`Not done: ${error.message}.`)
  else console.error(error)
  process.exit(1)
}
process.exit(0)

function readArgs(list: string[]) {
  try {
    return parseArgs({
      args: list,
      allowPositionals: true,
      options: {
        replace: { type: 'boolean' },
        yes: { type: 'boolean' },
        cohort: { type: 'string' },
        days: { type: 'string' },
        close: { type: 'boolean' },
        package: { type: 'string' },
      },
    })
  } catch {
    return null
  }
}

async function openStore(mustExist: boolean): Promise<Store> {
  if (config.databaseUrl === null) {
    const file = join(config.dataDir, 'loft.sqlite')
    if (mustExist && !existsSync(file)) throw new Refused(`there is no database ${file}`)
    return sqliteStore(openSqlite(file))
  }
  const pool = new Pool({ connectionString: config.databaseUrl, types: numbersFrom(types), max: 4 })
  const store = postgresStore(pool, () => undefined)
  await requireDurability(store).catch((error) => {
    // Not the whole error: some hold the settings, and with them a password.
    throw new Refused(`LOFT_DATABASE_URL: ${error.message || error.code || 'no answer'}`)
  })
  return store
}
