// What backup, restore and erase do and say, apart from the process that they run in.
import { randomInt } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { paths } from '../shared/protocol/paths.ts'
import type { BackupHeader } from './backup/backup-file.ts'
import { restoreBackup, type TakenAway } from './backup/restore.ts'
import { writeBackup } from './backup/write-backup.ts'
import { closeLinks, findCouncil, makeLink, peopleByLink } from './people/municipality-link.ts'
import { makeNetwork } from './people/network.ts'
import { makePrivateFolder } from './private-files.ts'
import { migrate } from './store/migrations.ts'
import { holdDatabase } from './store/run-lock.ts'
import type { SqliteDriver } from './store/sqlite.ts'
import type { Store } from './store/store.ts'
import { type ErasureDeps, erasePerson, summaryOf, UnfinishedErasure } from './words/erase.ts'
import { openLedger } from './words/ledger.ts'

export interface CommandParts {
  dataDir: string
  /** The program's. */
  version: string
  /** Opened at first use. A Refused error if `mustExist` and there is none. */
  openStore(mustExist: boolean): Promise<Store>
  openSqlite(file: string): SqliteDriver
  say(line: string): void
  /** Where people find the server. */
  origin: string
  /** How long an erasure waits for a busy database, ms. */
  patienceMs: number
}
export interface Flags {
  replace?: boolean | undefined
  yes?: boolean | undefined
  cohort?: string | undefined
  days?: string | undefined
  close?: boolean | undefined
  package?: string | undefined
}
export type Command = (target: string | undefined, flags: Flags) => Promise<void>

/** Not done, for a reason that whoever asked can understand; nothing is said but the message. */
export class Refused extends Error {}
/** Begun, and to be finished later. */
export class Unfinished extends Error {}

/** By name. */
export const createCommands = (parts: CommandParts): Record<string, Command> => {
  const { dataDir, say } = parts

  const depsOf = (store: Store): ErasureDeps => ({
    store,
    now: Date.now,
    newEpoch: () => randomInt(1, 2 ** 31),
    ledger: openLedger(join(dataDir, 'erased.ndjson')),
  })

  /** While the server runs, or not. */
  const backup: Command = async (target) => {
    const store = await parts.openStore(true)
    const at = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
    const file = resolve(target ?? join(dataDir, 'backups', `loft-${at}.ndjson.gz`))
    if (existsSync(file)) throw new Refused(`${file} is there already`)
    const header = await writeBackup(store, file, { version: parts.version, now: Date.now })
    await store.close()
    say(`Backup written: ${file}`)
    say(`  ${contents(header)}; ${statSync(file).size.toLocaleString('en')} bytes`)
    say('  It holds what people have written: keep it where only you can read it.')
  }

  const restore: Command = async (file, { replace = false }) => {
    if (file === undefined) throw new Refused('no file is named')
    if (!existsSync(file)) throw new Refused(`there is no file ${file}`)
    makePrivateFolder(dataDir) // where SQLite's file will be, and the ledger
    const store = await parts.openStore(false)
    const release = await holdDatabase(store, 'exclusive', () =>
      parts.openSqlite(join(dataDir, 'loft.lock')),
    )
    if (release === null) throw new Refused('a server is running on this database; stop it first')
    await migrate(store.db, store.kind)
    const { header, takenAway } = await restoreBackup(depsOf(store), file, { replace })
    await release()
    await store.close()
    say(`Restored: ${file}`)
    say(`  made ${new Date(header.at).toISOString()} by Løft ${header.version}`)
    say(`  ${contents(header)}`)
    for (const line of sayTakenAway(takenAway)) say(`  ${line}`)
    say('  Devices notice at their next sync, and give back what the backup does not have.')
  }

  /** While the server runs, or not. */
  const erase: Command = async (person, { yes = false }) => {
    if (person === undefined) throw new Refused('nobody is named')
    const store = await parts.openStore(true)
    await migrate(store.db, store.kind) // the program may be newer than the server that runs
    const found = await summaryOf(store, person)
    if (found === null) throw new Refused(`there is no person with the id ${person}`)
    say(`${person}, ${found.name || 'erased already'}:`)
    say(`  ${found.documents} own documents and everything in them go, for ever`)
    say(`  words in ${found.groups} groups stay there, without name and device`)
    say('  rights and codes end; devices that ask within 90 days delete what they have')
    say('  no backup brings the person back')
    if (!yes) throw new Refused('this cannot be undone; say --yes to do it')

    makePrivateFolder(dataDir)
    await erasePerson(depsOf(store), person, patienceOf(parts.patienceMs)).catch((error) => {
      if (!(error instanceof UnfinishedErasure)) throw error
      throw new Unfinished(`${unfinished[error.left]} (${error.message}); ${tryAgain}`)
    })
    await store.close()
    say('Erased. The bytes are out of the database files.')
    if (store.kind === 'postgresql') {
      say('  PostgreSQL keeps its log (pg_wal) for a while, and archived logs as long as you do.')
    }
    say('  Backups made before still hold the words; restoring one erases them again.')
  }

  /** While the server runs, or not. */
  const link: Command = async (number, { cohort, days = '120', close = false }) => {
    if (number === undefined) throw new Refused('no municipality is named')
    if (!/^[1-9]\d{0,3}$/.test(days)) throw new Refused('--days is a number of days')
    const store = await parts.openStore(true)
    await migrate(store.db, store.kind)
    const council = await findCouncil(store.db, number, cohort)
    if (typeof council === 'string') throw new Refused(council)
    if (close) {
      const closed = await closeLinks(store.db, council, Date.now())
      await store.close()
      say(`${council.place}: ${closed} links closed. Whoever came by them goes on.`)
      return
    }
    const expiresAt = Date.now() + Number(days) * 24 * 60 * 60 * 1000
    const token = await makeLink(store.db, { ...council, expiresAt })
    await store.close()
    say(`The link of ${council.place} (${council.cohort}, ${council.audience}):`)
    say(`  ${parts.origin}${paths.municipalityLink(token)}`)
    say(
      `  it lets in ${peopleByLink} people until ${new Date(expiresAt).toISOString().slice(0, 10)}`,
    )
    say('  only its hash is stored: it cannot be shown again')
  }

  /** While the server runs, or not. */
  const network: Command = async (name, flags) => {
    if (name === undefined || name.trim() === '') throw new Refused('no name is given')
    const store = await parts.openStore(true)
    await migrate(store.db, store.kind)
    const packages = await newestPackages(store.db)
    const named = packages.filter(({ id }) => flags.package === undefined || id === flags.package)
    const [programme] = named
    if (named.length !== 1 || !programme) {
      const names = packages.map(({ id }) => id).join(', ')
      throw new Refused(`name one of the programmes by --package: ${names || 'there is none'}`)
    }
    const made = { name: name.trim(), package: programme.id, version: programme.version }
    const code = await store.write((db) => makeNetwork(db, made, Date.now()))
    await store.close()
    say(
      `The network ${made.name} follows ${made.package} ${made.version}. Its administrator's way in:`,
    )
    say(`  ${parts.origin}${paths.signIn(code)}`)
    say('  it works once, within 30 days; only its hash is stored: it cannot be shown again')
  }

  return { backup, restore, erase, link, network }
}

/** Each published programme in its newest version. */
const newestPackages = async (db: Store['db']): Promise<{ id: string; version: string }[]> => {
  const rows = await db
    .selectFrom('package_version')
    .select(['id', 'version'])
    .orderBy('published_at')
    .execute()
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

const contents = ({ rows }: BackupHeader): string => {
  const accepted = (rows.update ?? 0) + (rows.archive ?? 0)
  return `${rows.person ?? 0} people, ${rows.scope ?? 0} scopes, ${accepted} accepted updates, ${rows.held ?? 0} held`
}

const sayTakenAway = ({ erased, left, signedOut, codes }: TakenAway): string[] => [
  ...(erased > 0 ? [`${erased} erased since the backup: erased here too`] : []),
  ...(left > 0 ? [`${left} memberships taken away since: taken away here too`] : []),
  ...(signedOut > 0 ? [`${signedOut} sessions signed out of since: ended here too`] : []),
  ...(codes > 0 ? [`${codes} invitations and codes for one use: used up, send new ones`] : []),
  'Rights that were given since are not in it: give them again.',
]

const unfinished = {
  words: 'the database is busy, and nothing is erased yet',
  bytes: 'the words are erased, but the database is busy and their bytes are in its files yet',
}
const tryAgain = 'say the same again later, or restart the server, which then finishes it'

/** A server that is at work leaves gaps, and a backup ends. */
const patienceOf = (ms: number): (() => Promise<boolean>) => {
  const until = Date.now() + ms
  return async () => {
    if (Date.now() > until) return false
    await wait(1000)
    return true
  }
}
