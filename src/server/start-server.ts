import { randomInt } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { paths } from '../shared/protocol/paths.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { publishFolder } from './content/content-store.ts'
import { databaseContentStore } from './content/database-content-store.ts'
import { createSender } from './mail/sender.ts'
import { createSmtpMailer } from './mail/smtp-mailer.ts'
import { createProviders } from './oidc/providers.ts'
import { adoptRuns } from './people/adopt-runs.ts'
import { endDemonstration, seedDemonstration } from './people/demonstration.ts'
import { seedContacts } from './people/demonstration-contacts.ts'
import { firstAdministrator } from './people/network.ts'
import { createRetention } from './people/retention.ts'
import { migrate } from './store/migrations.ts'
import { holdDatabase } from './store/run-lock.ts'
import type { Database } from './store/schema.ts'
import type { SqliteDriver } from './store/sqlite.ts'
import type { Store } from './store/store.ts'
import { type CompactorLimits, createCompactor } from './words/compactor.ts'
import { applyLedger } from './words/erase.ts'
import { openLedger } from './words/ledger.ts'
import { createMergeThreads } from './words/merge-thread.ts'
import { createScrubber } from './words/scrubber.ts'

export interface ServerParts {
  config: Config
  /** Closed by `stop`. */
  store: Store
  openSqlite: (file: string) => SqliteDriver
  /** Folder of package.json, the content packages and the built page. */
  root: string
  /** A backup is being restored into the database, although this server runs on it: the process must end. */
  replaced: () => void
  /** A line for whoever runs the server. */
  warn: (line: string) => void
  /** How often what has grown is compacted, and what has; for how long one document. */
  compaction?: { everyMs: number; limits: Partial<CompactorLimits>; longestMs: number }
}

export interface RunningServer {
  port: number
  /** Demonstration people can sign in. */
  isDemonstration: boolean
  /** Lets the first administrator in, once; null when there is one. */
  firstCode: string | null
  /** Finishes what is under way, and closes the database. */
  stop(): Promise<void>
}

const demoProgramme = 'kompetanseloft-vestland'

/** Everything between an open database and a listening server; a string says why it cannot start. */
export const startServer = async (parts: ServerParts): Promise<RunningServer | string> => {
  const { config, store, root, warn } = parts
  const { db } = store
  const mediaDir = join(config.dataDir, 'media')
  mkdirSync(mediaDir, { recursive: true })

  // 1. The database: nobody restores a backup into it meanwhile.
  const letGo = await holdDatabase(
    store,
    'shared',
    () => parts.openSqlite(join(config.dataDir, 'loft.lock')),
    { lost: parts.replaced },
  )
  if (letGo === null) return 'a backup is being restored'
  await migrate(db, store.kind)
  await db.transaction().execute(adoptRuns)

  // 2. Programmes, and the people of the demonstration.
  await publishAll(db, mediaDir, config.contentDir ?? join(root, 'content'), warn)
  const programme = config.demo ? await newestVersion(db, demoProgramme) : null
  if (programme) {
    await seedDemonstration(db, programme, Date.now())
    await seedContacts(db)
  } else if (!config.demo) await endDemonstration(db)
  else warn(`No demonstration: ${demoProgramme} is not published.`)

  const firstCode = config.demo ? null : await firstWayIn(store, Date.now())

  // 3. Whoever has been erased stays so, whatever database this is.
  const newEpoch = () => randomInt(1, 2 ** 31)
  const ledger = openLedger(join(config.dataDir, 'erased.ndjson'))
  await applyLedger({ store, ledger, now: Date.now, newEpoch }).catch((error) => {
    warn(`Erased people are not erased again yet, restart to try: ${reasonOf(error)}`)
  })

  // 4. What runs.
  const { everyMs, limits, longestMs } = parts.compaction ?? {
    everyMs: 10_000,
    limits: {},
    longestMs: 10_000,
  }
  const merging = createMergeThreads({
    limitMs: longestMs,
    tooMuch: (updates, bytes) =>
      warn(
        `A document is too much to merge, and is left as it is: ${bytes} bytes in ${updates} updates`,
      ),
  })
  const compactor = createCompactor({
    store,
    merging,
    now: Date.now,
    limits,
    onError: (error) => warn(`Compaction failed: ${reasonOf(error)}`),
  })
  compactor.start(everyMs)
  const timers = {
    setTimeout,
    clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
  }
  const scrubber = createScrubber({
    store,
    ledger,
    now: Date.now,
    timers,
    failed: (error) => warn(`Erased bytes are in the files yet: ${reasonOf(error)}`),
  })
  const retention = createRetention({
    store,
    ledger,
    now: Date.now,
    newEpoch,
    scrubber,
    onError: (error) => warn(`Runs that have ended are not erased: ${reasonOf(error)}`),
  })
  // Where others find the server. On this machine alone its port may be known only when it listens.
  let port = config.port
  const origin = (): string => config.publicUrl?.origin ?? `http://localhost:${port}`
  const mail =
    config.mail &&
    createSender({
      store,
      mailer: createSmtpMailer(config.mail),
      origin,
      now: Date.now,
      onError: (error) => warn(`Mails are not sent: ${reasonOf(error)}`),
    })
  const app = await createApp({
    store,
    db,
    merging,
    ledger,
    version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    now: Date.now,
    scrubber,
    timers,
    newEpoch,
    demo: config.demo,
    secureCookies: config.publicUrl?.protocol === 'https:',
    behindProxy: config.publicUrl !== null,
    publicOrigin: config.publicUrl?.origin ?? null,
    mail,
    oidc: {
      store,
      now: Date.now,
      providers: createProviders(config.providers, Date.now),
      redirectUri: (provider) => origin() + paths.oidcReturn(provider),
    },
    mediaDir,
    pageDir: join(root, 'dist'),
    logger: { level: 'warn' },
  })
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    return isTaken ? `PORT: ${config.port} is taken by another program` : reasonOf(error)
  }
  const address = app.server.address()
  if (typeof address === 'object' && address) port = address.port
  retention.start(24 * 60 * 60 * 1000)
  mail?.start(30_000)
  return {
    port,
    isDemonstration: programme !== null,
    firstCode,
    stop: async () => {
      await Promise.all([
        merging.close(),
        app.close(),
        compactor.stop(),
        retention.stop(),
        mail?.stop(),
      ])
      await scrubber.stop()
      await letGo()
      await store.close()
    },
  }
}

/** What to tell of an error that comes from the database. Not the whole: some hold the settings, and with them a password. */
export const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException
  return message || code || 'the database does not answer'
}

/** A package with a mistake, or changed under its old version, is told and left as it was published before. */
const publishAll = async (
  db: Database,
  mediaDir: string,
  folder: string,
  warn: (line: string) => void,
): Promise<void> => {
  const contentStore = databaseContentStore(db, mediaDir, Date.now)
  for (const name of readdirSync(folder)) {
    const result = await publishFolder(contentStore, join(folder, name))
    if (!result.ok) {
      warn(`content/${name} is not imported:`)
      for (const { file, line, message } of result.problems) warn(`  ${file}:${line}: ${message}`)
    } else if (result.outcome === 'version-taken') {
      const { id, version } = result.package.outline
      warn(
        `content/${name} has changed, but ${id} ${version} is published and stays as it was: raise its version.`,
      )
    }
  }
}

/** Which programme the first network follows is changed on the administrator's pages. */
const firstWayIn = async ({ db, write }: Store, now: number): Promise<string | null> => {
  const programme = (await newestVersion(db, demoProgramme)) ?? (await anyPackage(db))
  if (!programme) return null
  const network = { name: 'Løft', package: programme.id, version: programme.version }
  return write((tx) => firstAdministrator(tx, network, now))
}

const anyPackage = (db: Database): Promise<{ id: string; version: string } | undefined> =>
  db
    .selectFrom('package_version')
    .select(['id', 'version'])
    .orderBy('published_at', 'desc')
    .executeTakeFirst()

const newestVersion = async (
  db: Database,
  id: string,
): Promise<{ id: string; version: string } | null> => {
  const row = await db
    .selectFrom('package_version')
    .select('version')
    .where('id', '=', id)
    .orderBy('published_at', 'desc')
    .executeTakeFirst()
  return row ? { id, version: row.version } : null
}
