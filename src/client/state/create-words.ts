import { documentId, progressTask, splitDocumentId } from '../../shared/words/scope.ts'
import type { Clock } from '../storage/clock.ts'
import { createDatabaseAccess } from '../storage/database-access.ts'
import { createDeviceMark } from '../storage/device-mark.ts'
import { createLeftMark } from '../storage/left-mark.ts'
import type { PageEvents } from '../storage/page-events.ts'
import { isAnyRescued, type RescueStorage } from '../storage/rescue-key.ts'
import type { TabChannel } from '../storage/tab-channel.ts'
import type { WordsDatabase } from '../storage/words-database.ts'
import { deviceId } from '../storage/words-on-device.ts'
import type { Gzip } from '../sync/gzip.ts'
import type { StartLive } from '../sync/live-deps.ts'
import type { Locks } from '../sync/one-tab.ts'
import type { Fetch } from '../sync/transport.ts'
import { connectionAfter } from './connection.ts'
import { createLaterSync } from './later-sync.ts'
import { createOpenDocuments } from './open-documents.ts'
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
  /** Opened at first use. */
  openDatabase: (principal: string) => WordsDatabase
  /** Null where the browser has none: bodies are sent as they are. */
  gzip: Gzip | null
  /** Brings words as they are accepted; null = only the sync does. */
  live: StartLive | null
  /** Null where the browser has none or refuses it; nothing but speed and the last resort is lost. */
  storage: RescueStorage | null
  locks: Locks | null
  openChannel: (name: string) => TabChannel | null
}

/** `unsent-too` = what is unsent is saved elsewhere, and goes. */
export type Deleted = 'sent' | 'unsent-too' | 'nothing'

/** The words as their owner in main.tsx holds them. */
export interface OwnWords extends Words {
  /** True while a word is not acknowledged, and when that cannot be found out. */
  hasUnsent(): Promise<boolean>
  /**
   * Logout: sends; deletes the principal's words from this device if the server has all of them, else keeps them.
   */
  leave(what?: Deleted): Promise<'deleted' | 'kept'>
  /** Writes the buffer and ends everything here. */
  stop(): Promise<void>
}

export const createWords = async (parts: WordsParts): Promise<OwnWords> => {
  const { principal, clock, random, events } = parts
  const scopes = [...new Set([...(parts.personScope ? [parts.personScope] : []), ...parts.scopes])]
  const tab = randomId(random)
  let births = 0
  const bornAs = (): string => `${tab}-${births++}`
  const access = createDatabaseAccess(() => parts.openDatabase(principal), clock)
  const leftMark = createLeftMark(parts.storage, principal)
  leftMark.set(false)
  const deviceMark = createDeviceMark(parts.storage, principal)
  const channel = parts.openChannel(`loft-words:${principal}`)

  // 1. What is open, and what is shown of it.
  const opened = createOpenDocuments(async (id) => {
    const { createRescue, openDocument } = await import('../storage/open-document.ts')
    return openDocument(id, {
      access,
      clock,
      rescue: createRescue(parts.storage, principal),
      tab,
      bornAs,
      changed: () => shown.changed(id),
      stored: (words) => {
        // First, so that it is on its way while the page is told.
        sync.soon(words.row.scope, { born: words.born, rows: words.waiting })
        shown.flushed(words)
      },
      incomplete: () => void heal(id),
      hasLeft: leftMark.isSet,
    })
  })
  const shown = createShownWords({
    access,
    clock,
    channel,
    opened,
    bornAs,
    hasLeft: leftMark.isSet,
    leftElsewhere: parts.leftElsewhere,
  })

  const heal = async (id: string): Promise<void> => {
    const scope = splitDocumentId(id)?.scope
    if (scope === undefined) return
    try {
      const { markIncomplete } = await import('../storage/document-updates.ts')
      await access.run((database) => markIncomplete(database, scope))
      sync.soon(scope)
    } catch {
      // Noticed again at the next opening.
    }
  }

  // 2. Words that the database would not take last time come first.
  const giveBackRescued = async (): Promise<void> => {
    try {
      if (!isAnyRescued(parts.storage, principal)) return shown.rescued([])
      const { createRescue, giveBack } = await import('../storage/give-back.ts')
      shown.rescued(await giveBack(access, createRescue(parts.storage, principal), tab))
    } catch {
      // They stay in the rescue, and are given back another time.
    }
  }
  const readDevice = async (): Promise<string> => {
    await giveBackRescued()
    const known = deviceId(access, tab).catch(() => null)
    const [id] = await Promise.all([known, shown.reload()])
    if (id !== null) deviceMark.set(id)
    return id ?? deviceMark.get() ?? tab
  }
  // 3. A device whose database is silent shows its line all the same; until it answers, nothing is called sent.
  const device = await inTime(clock, readDevice(), deviceMark.get() ?? tab)

  // 4. To the server and back.
  const sync = createLaterSync(async () => {
    const { startSync } = await import('../sync/start-sync.ts')
    return () =>
      startSync({
        ...parts,
        access,
        device,
        scopes,
        bornAs,
        applied: shown.answered,
        ended: (outcome) => shown.connected((before) => connectionAfter(outcome, before)),
      })
  }, clock)
  const stopListening = [
    events.onLeave(() => {
      for (const { handle } of opened.entries()) handle.leave()
    }),
    events.onReturn(() => {
      // Another tab may have been closed in the middle of its last flush.
      void giveBackRescued()
        .then(shown.reload)
        .then(() => {
          // Else the words of somebody who has left would come back to this device.
          if (!leftMark.isSet()) sync.now()
        })
    }),
    events.onOnline(sync.now),
    events.onOffline(() => shown.connected(() => 'offline')),
  ]

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
      await inTime(clock, opened.flush().then(sync.demand), undefined, longestSendMs)
    } catch {
      // `pending` tells.
    }
  }

  const hasUnsent = async (): Promise<boolean> => {
    const isBuffered = opened.entries().some((entry) => entry.handle.buffered().size > 0)
    if (isBuffered) return true
    try {
      const { createRescue, isAnyUnsent } = await import('../storage/sign-out.ts')
      return createRescue(parts.storage, principal).kept().length > 0 || (await isAnyUnsent(access))
    } catch {
      return true
    }
  }

  const deleteWords = async (unsentToo: boolean): Promise<boolean> => {
    if (unsentToo) {
      const { deleteUnsentToo } = await import('../storage/sign-out.ts')
      return deleteUnsentToo(access).catch(() => false)
    }
    // An answer that could not be stored may have told that a restored server has forgotten what it had.
    if (!sync.isAnswerStored() || (await hasUnsent())) return false
    try {
      const { deleteIfSent } = await import('../storage/sign-out.ts')
      return await deleteIfSent(access)
    } catch {
      return false
    }
  }

  const stop = async (): Promise<void> => {
    sync.stop()
    // The page may be gone before the flush has ended, and the database may refuse it.
    for (const { handle } of opened.entries()) handle.leave()
    await opened.flush().catch(() => undefined)
    for (const { handle } of opened.entries()) handle.leave()
    for (const end of stopListening) end()
    for (const { handle } of opened.entries()) handle.destroy()
    channel?.close()
    access.close()
  }

  return {
    ...progress,
    pending: shown.pending,
    documents: shown.list.documents,
    left: shown.left,
    device,
    open: async (id) => {
      const entry = await opened.open(id)
      const { createFacade } = await import('./open-facade.ts')
      await shown.reloadIfUnreadable()
      return createFacade(entry, shown, () => opened.close(entry))
    },
    syncNow,
    unsentAsFile: async () => {
      const { createRescue, writeRescueFile } = await import('../storage/rescue-file.ts')
      const rescue = createRescue(parts.storage, principal)
      return writeRescueFile({
        access,
        principal,
        device,
        now: clock.now(),
        rescued: [
          ...rescue.kept().map(([, words]) => words),
          ...opened.entries().flatMap(({ handle }) => handle.unstored() ?? []),
        ],
      })
    },
    takeFile: async (file) => {
      const { takeRescueFile } = await import('../storage/rescue-file.ts')
      const text = await file.text()
      const { docs, ...taken } = await takeRescueFile(access, new Set(scopes), text, clock.now())
      await shown.restored(docs)
      sync.now()
      return taken
    },
    hasUnsent,
    leave: async (what = 'sent') => {
      // Thrown away unnoticed, the database would seem to hold nothing unsent.
      await shown.reload()
      await syncNow()
      tellTabs(channel, { left: true })
      leftMark.set(true)
      sync.stop() // it may still be waiting for the network
      const isDeleted = what !== 'nothing' && (await deleteWords(what === 'unsent-too'))
      if (isDeleted) deviceMark.set(null)
      else leftMark.set(false)
      await stop()
      return isDeleted ? 'deleted' : 'kept'
    },
    stop,
  }
}

const longestStartMs = 4000
/** Nobody stands longer at a shared tablet: they would walk away from it signed in. */
const longestSendMs = 8000

/** The value, or `otherwise` where it is not there in time; the work goes on. */
const inTime = async <T>(
  clock: Clock,
  value: Promise<T>,
  otherwise: T,
  ms = longestStartMs,
): Promise<T> => {
  let timer: unknown
  const silence = new Promise<T>((resolve) => {
    timer = clock.setTimeout(() => resolve(otherwise), ms)
  })
  try {
    return await Promise.race([value, silence])
  } finally {
    clock.clearTimeout(timer)
  }
}

const randomId = (random: () => number): string =>
  Array.from({ length: 20 }, () => Math.floor(random() * 36).toString(36)).join('')
