import { nameDatabase } from '../storage/born.ts'
import type { Clock } from '../storage/clock.ts'
import type { DatabaseAccess } from '../storage/database-access.ts'
import { newScopeRow } from '../storage/words-database.ts'
import { type Applied, createEngine, type Written } from './engine.ts'
import type { Gzip } from './gzip.ts'
import type { StartLive } from './live-deps.ts'
import { inOneTab, type Locks } from './one-tab.ts'
import type { Outcome } from './outcome.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import { createTransport, type Fetch } from './transport.ts'

// Nothing of this is needed for the first paint: to be loaded by import() alone.

export interface SyncParts {
  principal: string
  device: string
  scopes: readonly string[]
  access: DatabaseAccess
  clock: Clock
  random: () => number
  fetch: Fetch
  gzip: Gzip | null
  locks: Locks | null
  live: StartLive | null
  bornAs(): string
  applied(change: Applied): void
  ended(outcome: Outcome): void
}

export interface Sync extends Omit<Scheduler, 'soon'> {
  /** Something was written, and waits in the outbox. */
  soon(scope: string, written?: Written): void
  /** False: the server may have said something that this device could not keep. */
  isAnswerStored(): boolean
}

/** Begins at once. */
export const startSync = (parts: SyncParts): Sync => {
  const { access, clock, principal, device } = parts
  const othersByScope = new Map<string, number>()
  const setListening = (scope: string, others: number): void => {
    othersByScope.set(scope, others)
  }
  const engine = createEngine({
    ...parts,
    transport: createTransport(parts),
    listening: setListening,
  })
  const scheduler = createScheduler({
    ...parts,
    sync: inOneTab(parts.locks, `loft-sync:${principal}`, clock, engine.run),
  })
  const askName = (): Promise<string | null> =>
    access.run((database) => nameDatabase(database, parts.bornAs())).catch(() => null)
  let born = parts.live && askName()
  let isStopped = false
  const live = parts.live?.({
    principal,
    device,
    scopes: async () => {
      const rows = await access.run((database) =>
        database.transaction('readonly', ['scopes'], ({ scopes }) => scopes.getAll()),
      )
      const known = new Map(rows.map((row) => [row.id, row]))
      return [...new Set([...parts.scopes, ...known.keys()])].map(
        (id) => known.get(id) ?? newScopeRow(id),
      )
    },
    take: async (from, answer) => {
      try {
        const { takePushed } = await import('./pushed-words.ts')
        const name = await born
        engine.forget()
        if (name !== null && (await takePushed(parts, name, from, answer))) return
      } catch {
        // The sync finds out.
      }
      if (isStopped) return
      scheduler.now()
      // Perhaps the browser has thrown the database away: once the sync has filled the next one, words are taken there.
      born = askName()
    },
    setListening,
    kick: scheduler.now,
  })
  void scheduler.demand()
  return {
    ...scheduler,
    isAnswerStored: engine.isAnswerStored,
    soon: (scope, written) => scheduler.soon((othersByScope.get(scope) ?? 0) > 0, written),
    stop: () => {
      isStopped = true
      live?.stop()
      scheduler.stop()
    },
  }
}
