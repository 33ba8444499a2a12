import { documentId, progressTask, splitDocumentId } from '../../shared/words/scope.ts'
import type { Clock } from '../storage/clock.ts'
import { createDatabaseAccess } from '../storage/database-access.ts'
import type { PageEvents } from '../storage/page-events.ts'
import { createRescue, type RescueStorage } from '../storage/rescue.ts'
import { healScope } from '../storage/store-answer.ts'
import type { TabChannel } from '../storage/tab-channel.ts'
import { createWordsDatabase, type DatabaseFactory } from '../storage/words-database.ts'
import { countUnsent, deleteIfSent, deviceId } from '../storage/words-on-device.ts'
import { createEngine } from '../sync/engine.ts'
import { inOneTab, type Locks } from '../sync/one-tab.ts'
import { createScheduler } from '../sync/scheduler.ts'
import { createPost, type Fetch } from '../sync/transport.ts'
import { connectionAfter } from './connection.ts'
import { createFacade, createOpenDocuments } from './open-documents.ts'
import { createProgress } from './own-progress.ts'
import { createShownWords } from './shown-words.ts'
import { tellTabs } from './tab-messages.ts'
import type { Words } from './words.ts'

export interface WordsParts extends WordsSurroundings {
  /** Whose words: names the database, and nobody else's words are in it. */
  principal: string
  /** The person's own scope; null on a group's tablet, which keeps its progress in the first group. */
  personScope: string | null
  /** Every scope that is to be asked for, the person's own included or not. */
  scopes: readonly string[]
  /** The person has signed out in another window: this one must not show or write their words any more. */
  leftElsewhere: () => void
}

/** What is different in a test. */
export interface WordsSurroundings {
  fetch: Fetch
  clock: Clock
  /** From 0 up to 1. */
  random: () => number
  events: PageEvents
  database: DatabaseFactory
  /** Null where the browser has none or refuses it; nothing but speed and the last resort is lost. */
  storage: RescueStorage | null
  locks: Locks | null
  openChannel: (name: string) => TabChannel | null
}

/** The words as their owner in main.tsx holds them. */
export interface OwnWords extends Words {
  /** True while a word is not acknowledged, and when that cannot be found out. */
  hasUnsent(): Promise<boolean>
  /** Logout: sends; deletes the principal's words from this device if the server has all of them, else keeps them. */
  leave(): Promise<'deleted' | 'kept'>
  /** Writes the buffer and ends everything here. */
  stop(): Promise<void>
}

export const createWords = async (parts: WordsParts): Promise<OwnWords> => {
  const { principal, clock, random, events } = parts
  const scopes = [...new Set([...(parts.personScope ? [parts.personScope] : []), ...parts.scopes])]
  const tab = randomId(random)
  const access = createDatabaseAccess(() => createWordsDatabase(principal, parts.database), clock)
  const rescue = createRescue(parts.storage, principal)
  const channel = parts.openChannel(`loft-words:${principal}`)

  // 1. What is open, and what is shown of it.
  const opened = createOpenDocuments(async (id) => {
    const { openDocument } = await import('../storage/open-document.ts')
    return openDocument(id, {
      access,
      clock,
      rescue,
      tab,
      changed: () => shown.changed(id),
      stored: (words) => {
        shown.flushed(words)
        scheduler.soon()
      },
      incomplete: () => void heal(id),
    })
  })
  const shown = createShownWords({
    access,
    clock,
    channel,
    opened,
    leftElsewhere: parts.leftElsewhere,
  })

  const heal = async (id: string): Promise<void> => {
    const scope = splitDocumentId(id)?.scope
    if (scope === undefined) return
    try {
      await access.run((database) => healScope(database, scope))
      scheduler.soon()
    } catch {
      // Noticed again at the next opening.
    }
  }

  // 2. Words that the database would not take last time come first.
  try {
    if (rescue.kept().length > 0) {
      const { giveBack } = await import('../storage/give-back.ts')
      await giveBack(access, rescue)
    }
  } catch {
    // They stay in the rescue, and are given back at the next start.
  }
  // 3. A device whose database does not open shows its line all the same.
  const device = await deviceId(access, tab).catch(() => tab)
  await shown.reload()

  // 4. To the server and back.
  const engine = createEngine({
    access,
    clock,
    device,
    scopes,
    post: createPost(parts.fetch, clock, principal),
    loadPlainOf: async () => (await import('../../shared/words/document.ts')).plainOfUpdates,
    applied: shown.answered,
  })
  const scheduler = createScheduler({
    clock,
    random,
    sync: inOneTab(parts.locks, `loft-sync:${principal}`, clock, engine),
    ended: (outcome) => shown.connected((before) => connectionAfter(outcome, before)),
  })
  const stopListening = [
    events.onLeave(() => {
      for (const { handle } of opened.entries()) handle.leave()
    }),
    events.onReturn(() => {
      void shown.reload()
      scheduler.now()
    }),
    events.onOnline(scheduler.now),
    events.onOffline(() => shown.connected(() => 'offline')),
  ]
  void scheduler.demand()

  const progressScope = parts.personScope ?? scopes[0]
  const progress = createProgress({
    id: progressScope ? documentId(progressScope, progressTask) : null,
    device,
    opened,
    stored: (id) => {
      void shown.list.documents.value // published with every row, the progress document's too
      return shown.list.row(id)?.plain
    },
  })

  const syncNow = async (): Promise<void> => {
    try {
      await opened.flush()
      await scheduler.demand()
    } catch {
      // `pending` tells.
    }
  }

  const hasUnsent = async (): Promise<boolean> => {
    const isBuffered = opened.entries().some((entry) => entry.handle.buffered().size > 0)
    if (isBuffered || rescue.kept().length > 0) return true
    return (await countUnsent(access).catch(() => 1)) > 0
  }

  const stop = async (): Promise<void> => {
    for (const end of stopListening) end()
    scheduler.stop()
    await opened.flush().catch(() => undefined)
    for (const { handle } of opened.entries()) handle.destroy()
    channel?.close()
    access.close()
  }

  return {
    ...progress,
    pending: shown.pending,
    documents: shown.list.documents,
    device,
    open: async (id) => {
      const entry = await opened.open(id)
      await shown.reloadIfUnreadable()
      return createFacade(
        entry,
        (key) => shown.stateOf(entry, key),
        () => opened.close(entry),
      )
    },
    syncNow,
    hasUnsent,
    leave: async () => {
      await syncNow()
      tellTabs(channel, { left: true })
      const isDeleted = !(await hasUnsent()) && (await deleteIfSent(access).catch(() => false))
      await stop()
      return isDeleted ? 'deleted' : 'kept'
    },
    stop,
  }
}

const randomId = (random: () => number): string =>
  Array.from({ length: 20 }, () => Math.floor(random() * 36).toString(36)).join('')
