import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { onTestFinished } from 'vitest'
import { createApp } from '../../src/server/app.ts'
import type { AppDeps } from '../../src/server/app-deps.ts'
import type { RouteSpec } from '../../src/server/http/route.ts'
import { seedDemonstration } from '../../src/server/people/demonstration.ts'
import { migrate } from '../../src/server/store/migrations.ts'
import type { Database } from '../../src/server/store/schema.ts'
import { sqliteStore } from '../../src/server/store/sqlite.ts'
import type { Store } from '../../src/server/store/store.ts'
import { openLedger } from '../../src/server/words/ledger.ts'
import { mergingHere } from '../../src/server/words/merging.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import { temporaryFolder } from '../temporary-folder.ts'

export const minute = 60_000
export const day = 24 * 60 * minute

export interface TestApp {
  app: FastifyInstance
  store: Store
  db: Database
  /** The server's clock; tests turn it. */
  clock: { now: number }
  mediaDir: string
  /** Holds the media and the page. */
  folder: string
}

/** A SQLite store with all tables, in memory unless a file is named. */
export const testStore = async (file = ':memory:'): Promise<Store> => {
  const store = sqliteStore(new DatabaseSync(file))
  onTestFinished(() => store.close())
  await migrate(store.db)
  return store
}

export const testDatabase = async (): Promise<Database> => (await testStore()).db

/** A whole server without a socket: demonstration people, a page of two files, no programme. */
export const testApp = async (changes: Partial<AppDeps> = {}): Promise<TestApp> => {
  const store = changes.store ?? (await testStore())
  const { db } = store
  const clock = { now: Date.UTC(2026, 10, 25, 8) }
  await seedDemonstration(db, { id: 'base', version: '1.0.0' }, clock.now)
  const folder = temporaryFolder()
  const mediaDir = join(folder, 'media')
  const pageDir = join(folder, 'dist')
  mkdirSync(mediaDir)
  mkdirSync(join(pageDir, 'assets'), { recursive: true })
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html><title>Løft</title>')
  writeFileSync(join(pageDir, 'assets/index-abc123.js'), 'export {}')
  let epochs = 0
  const app = await createApp({
    store,
    db,
    merging: mergingHere,
    ledger: openLedger(join(folder, 'erased.ndjson')),
    version: '0.0.0',
    now: () => clock.now,
    scrubber: { wanted: () => undefined },
    timers: { setTimeout, clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout) },
    newEpoch: () => {
      epochs += 1
      return epochs
    },
    demo: true,
    secureCookies: false,
    behindProxy: false,
    publicOrigin: null,
    mail: null,
    oidc: { store, now: () => clock.now, providers: new Map(), redirectUri: () => '' },
    mediaDir,
    pageDir,
    logger: false,
    onAnswer: isAsDeclared,
    ...changes,
  })
  onTestFinished(() => app.close())
  return { app, store, db, clock, mediaDir, folder }
}

/** What a route answers is what the API's description says of it. */
const isAsDeclared = (spec: RouteSpec | undefined, answer: unknown): void => {
  const isFailure = typeof answer === 'object' && answer !== null && 'message' in answer
  if (!spec || isFailure || typeof spec.answer === 'string' || !('kind' in spec.answer)) return
  v.parse(spec.answer, answer)
}

/** Signs in and gives the Cookie header of the new session. */
export const signIn = async (
  app: FastifyInstance,
  code = 'demo-deltakar-stord',
): Promise<string> => {
  const response = await app.inject({ method: 'POST', url: paths.session, payload: { code } })
  if (response.statusCode !== 200) throw new Error(`sign-in: ${response.body}`)
  return `loft_session=${response.cookies[0]?.value}`
}
