// The server's process: settings, database, what is printed, signals. start-server.ts composes the rest.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { Pool, types } from 'pg'
import { paths } from '../shared/protocol/paths.ts'
import { readConfig } from './config.ts'
import { demoLink, demoPeople } from './people/demonstration.ts'
import { makePrivateFile, makePrivateFolder } from './private-files.ts'
import { reasonOf, startServer } from './start-server.ts'
import { numbersFrom, postgresStore, requireDurability } from './store/postgres.ts'
import { sqliteStore } from './store/sqlite.ts'
import type { Store } from './store/store.ts'

const settings = readConfig(process.env)
if (!settings.ok) cannotStart(...settings.mistakes)
const { config } = settings
makePrivateFolder(config.dataDir)

const openSqlite = (file: string): DatabaseSync => {
  makePrivateFile(file)
  return new DatabaseSync(file)
}
const server = await startServer({
  config,
  store: config.databaseUrl
    ? await openPostgres(config.databaseUrl)
    : sqliteStore(openSqlite(join(config.dataDir, 'loft.sqlite'))),
  openSqlite,
  root: fileURLToPath(new URL('../../', import.meta.url)),
  replaced: () => {
    console.error('A backup is being restored into the database: the server ends.')
    process.exit(1)
  },
  warn: (line) => console.error(line),
})
if (typeof server === 'string') cannotStart(server)

const host = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(config.host) ? 'localhost' : config.host
const base = config.publicUrl?.origin ?? `http://${host}:${server.port}`
if (server.isDemonstration) {
  console.info('Demonstration: open a link and press the button.')
  for (const person of demoPeople.filter((entry) => entry.printed)) {
    console.info(`  ${person.name.padEnd(24)} ${base}${paths.signIn(person.code)}`)
  }
  console.info(`  ${demoLink.name.padEnd(24)} ${base}${paths.municipalityLink(demoLink.token)}`)
}
if (server.firstCode !== null) {
  console.info('Nobody administers this server yet. Whoever opens this link does; it works once:')
  console.info(`  ${base}${paths.signIn(server.firstCode)}`)
}
console.info(`Løft is ready: ${base}`)

// A second signal does not wait, and nothing waits for a device that lost its network in the middle of a request: what is not
// acknowledged, it sends again.
const longestWait = 8000 // service managers kill after 10 s
let stopping = false
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.on(name, () => {
    if (stopping) process.exit(1)
    stopping = true
    setTimeout(() => process.exit(1), longestWait).unref()
    server.stop().then(
      () => process.exit(0),
      (error) => {
        console.error(`Not everything was closed: ${reasonOf(error)}`)
        process.exit(1)
      },
    )
  })
}

async function openPostgres(connectionString: string): Promise<Store> {
  const pool = new Pool({
    connectionString,
    types: numbersFrom(types),
    max: 20, // connections of this node
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  const opened = postgresStore(pool, ({ message }) =>
    console.error(`A connection to the database broke: ${message}`),
  )
  try {
    await requireDurability(opened)
  } catch (error) {
    cannotStart(`LOFT_DATABASE_URL: ${reasonOf(error)}`)
  }
  return opened
}

function cannotStart(...reasons: string[]): never {
  console.error(`Løft cannot start:\n${reasons.map((line) => `  ${line}`).join('\n')}`)
  process.exit(1)
}
