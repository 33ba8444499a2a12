// The server's composition root: settings, database, programmes, demonstration people, socket.
import { randomInt } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { Pool, types } from 'pg'
import { paths } from '../shared/protocol/paths.ts'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { publishFolder } from './content/content-store.ts'
import { databaseContentStore } from './content/database-content-store.ts'
import { demoPeople, endDemonstration, seedDemonstration } from './people/demonstration.ts'
import { migrate } from './store/migrations.ts'
import { numbersFrom, postgresStore, requireDurability } from './store/postgres.ts'
import { holdDatabase } from './store/run-lock.ts'
import { sqliteStore } from './store/sqlite.ts'
import type { Store } from './store/store.ts'
import { createCompactor } from './words/compactor.ts'
import { applyLedger } from './words/erase.ts'
import { openLedger } from './words/ledger.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const demoProgramme = 'kompetanseloft-vestland'

const settings = readConfig(process.env)
if (!settings.ok) {
  console.error(`Løft cannot start:\n${settings.mistakes.map((line) => `  ${line}`).join('\n')}`)
  process.exit(1)
}
const { config } = settings
const mediaDir = join(config.dataDir, 'media')
mkdirSync(mediaDir, { recursive: true })

const store = config.databaseUrl
  ? await openPostgres(config.databaseUrl)
  : sqliteStore(new DatabaseSync(join(config.dataDir, 'loft.sqlite')))
const { db } = store
const lockFile = join(config.dataDir, 'loft.lock')
const letGo = await holdDatabase(store, 'shared', () => new DatabaseSync(lockFile))
if (letGo === null) {
  console.error('Løft cannot start:\n  a backup is being restored')
  process.exit(1)
}
await migrate(db, store.kind)
const contentStore = databaseContentStore(db, mediaDir, Date.now)
for (const name of readdirSync(join(root, 'content'))) {
  const result = await publishFolder(contentStore, join(root, 'content', name))
  if (!result.ok) {
    console.error(`content/${name} is not imported:`)
    for (const problem of result.problems) {
      console.error(`  ${problem.file}:${problem.line}: ${problem.message}`)
    }
  } else if (result.outcome === 'version-taken') {
    const { id, version } = result.package.outline
    console.error(
      `content/${name} has changed, but ${id} ${version} is published and stays as it was: raise its version.`,
    )
  }
}
const programme = config.demo ? await newestVersion(demoProgramme) : null
if (programme) await seedDemonstration(db, programme, Date.now())
else if (!config.demo) await endDemonstration(db)
else console.error(`No demonstration: ${demoProgramme} is not published.`)

const newEpoch = () => randomInt(1, 2 ** 31)
const ledger = openLedger(join(config.dataDir, 'erased.ndjson'))
await applyLedger({ store, ledger, now: Date.now, newEpoch }).catch((error) => {
  console.error(`Erased people are not erased again yet, restart to try: ${reasonOf(error)}`)
})
const compactor = createCompactor({
  store,
  now: Date.now,
  onError: (error) => console.error(`Compaction failed: ${reasonOf(error)}`),
})
compactor.start(10_000)

const app = await createApp({
  store,
  db,
  version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
  now: Date.now,
  timers: { setTimeout, clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout) },
  newEpoch,
  demo: config.demo,
  secureCookies: config.publicUrl?.protocol === 'https:',
  behindProxy: config.publicUrl !== null,
  mediaDir,
  pageDir: join(root, 'dist'),
  logger: { level: 'warn' },
})
try {
  await app.listen({ port: config.port, host: config.host })
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException
  const taken = `PORT: ${config.port} is taken by another program`
  console.error(`Løft cannot start:\n  ${code === 'EADDRINUSE' ? taken : message}`)
  process.exit(1)
}

const address = app.server.address()
const port = typeof address === 'object' && address ? address.port : config.port
const host = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(config.host) ? 'localhost' : config.host
const base = config.publicUrl?.origin ?? `http://${host}:${port}`
if (programme) {
  console.info('Demonstration: open a link and press the button.')
  for (const person of demoPeople.filter((entry) => entry.printed)) {
    console.info(`  ${person.name.padEnd(24)} ${base}${paths.signIn(person.code)}`)
  }
}
console.info(`Løft is ready: ${base}`)

// Finish what is under way, close the database, leave. A second signal does not wait, and nothing waits for a device that
// lost its network in the middle of a request: what is not acknowledged, it sends again.
const longestWait = 8000 // service managers kill after 10 s
let stopping = false
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.on(name, () => {
    if (stopping) process.exit(1)
    stopping = true
    setTimeout(() => process.exit(1), longestWait).unref()
    void Promise.all([app.close(), compactor.stop()]).then(async () => {
      await letGo()
      await store.close()
      process.exit(0)
    })
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
    // Not the whole error: some hold the settings, and with them a password.
    console.error(`Løft cannot start:\n  LOFT_DATABASE_URL: ${reasonOf(error)}`)
    process.exit(1)
  }
  return opened
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return message || code || 'the database does not answer'
}

async function newestVersion(id: string): Promise<{ id: string; version: string } | null> {
  const row = await db
    .selectFrom('package_version')
    .select('version')
    .where('id', '=', id)
    .orderBy('published_at', 'desc')
    .executeTakeFirst()
  return row ? { id, version: row.version } : null
}
