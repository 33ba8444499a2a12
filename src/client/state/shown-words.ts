import { type ReadonlySignal, signal } from '@preact/signals'
import { nameDatabase } from '../storage/born.ts'
import type { Clock } from '../storage/clock.ts'
import type { DatabaseAccess } from '../storage/database-access.ts'
import type { DocumentHandle } from '../storage/open-document.ts'
import type { StoredWords } from '../storage/store-words.ts'
import type { TabChannel } from '../storage/tab-channel.ts'
import type { OutboxMark } from '../storage/words-database.ts'
import { readDocuments, readWords } from '../storage/words-on-device.ts'
import type { Applied } from '../sync/engine.ts'
import { createDocumentList, type DocumentList } from './document-list.ts'
import type { OpenDocuments } from './open-documents.ts'
import type { Known } from './save-state.ts'
import { listenToTabs, tellTabs } from './tab-messages.ts'
import { createUnsentWords, type RescuedMark } from './unsent-words.ts'
import type { Connection, Pending } from './words.ts'

/** What the page is shown of the words, kept in step with the database, the sync and the other tabs. */
export interface ShownWords {
  readonly pending: ReadonlySignal<Pending>
  readonly list: DocumentList
  readonly left: ReadonlySignal<readonly string[]>
  known(id: string, key: string): Known
  /** A document's words or buffer have changed on this page. */
  changed(id: string): void
  /** A flush has completed. */
  flushed(words: StoredWords): void
  /** A scope's answer is stored. */
  answered(change: Applied): void
  /** Words have come from a file. */
  restored(docs: readonly string[]): Promise<void>
  /** These words could not be given back: they are in localStorage alone. */
  rescued(words: readonly RescuedMark[]): void
  connected(connection: (before: Connection) => Connection): void
  /** Reads everything again: at the start, and for what no message told of. */
  reload(): Promise<void>
  /** Where the last reading failed, what is unsent is not known, and nothing may be called sent. */
  reloadIfUnreadable(): Promise<void>
}

interface ShownParts {
  access: DatabaseAccess
  clock: Clock
  channel: TabChannel | null
  opened: OpenDocuments
  /** What a database without a name is called. */
  bornAs(): string
  /** The principal has signed out in another window. */
  hasLeft(): boolean
  leftElsewhere(): void
}

export const createShownWords = ({
  access,
  clock,
  channel,
  opened,
  bornAs,
  hasLeft,
  leftElsewhere,
}: ShownParts): ShownWords => {
  const unsent = createUnsentWords()
  const list = createDocumentList(unsent)
  const sentAtByKey = new Map<string, number>()
  let sentAt: number | null = null
  let connection: Connection = 'unknown'
  /** So it is until it has been read. */
  let isUnreadable = true
  let outboxChanges = 0
  let born: string | null = null

  /** Documents with words that the server does not have for certain. */
  const unsentDocuments = (handles: readonly DocumentHandle[]): Set<string> =>
    new Set([
      ...unsent.documents(),
      ...list.rows().flatMap((row) => (unsent.isForgotten(row.scope) ? [row.id] : [])),
      ...handles.flatMap((handle) => (handle.isFailing() ? [handle.id] : [])),
    ])

  const pendingNow = (): Pending => {
    const handles = opened.entries().map((entry) => entry.handle)
    return {
      documents: unsentDocuments(handles).size,
      oldest: unsent.oldest(),
      refused: unsent.refusedDocuments(),
      held: unsent.heldDocuments(),
      saving: handles.some((handle) => handle.buffered().size > 0 && !handle.isFailing()),
      failed: isUnreadable || unsent.isAnyRescued() || handles.some((handle) => handle.isFailing()),
      sentAt,
      connection,
    }
  }
  const pending = signal<Pending>(pendingNow())
  const left = signal<readonly string[]>([])

  const publishPending = (): void => {
    const next = pendingNow()
    if (JSON.stringify(next) !== JSON.stringify(pending.value)) pending.value = next
  }

  const publish = (): void => {
    list.publish()
    opened.statesChanged()
    publishPending()
  }

  const forgetSent = (numbers: readonly number[]): void => {
    if (numbers.length === 0) return
    outboxChanges++
    sentAt = clock.now()
    for (const mark of unsent.accept(numbers))
      for (const key of mark.keys) sentAtByKey.set(`${mark.doc} ${key}`, sentAt)
  }

  const hold = (marks: readonly OutboxMark[]): void => {
    if (marks.length === 0) return
    outboxChanges++
    unsent.hold(marks)
  }

  /** Nothing of an erased scope stays on the screen. */
  const empty = (scopes: readonly string[]): void => {
    if (scopes.length === 0) return
    for (const scope of scopes) opened.discard(scope)
    void reload()
  }

  /** Documents that the sync or another tab has changed. */
  const takeIn = async (docs: readonly string[]): Promise<void> => {
    try {
      for (let ids = docs; ids.length > 0; ) {
        const before = list.version()
        list.addRead(await readDocuments(access, ids), before)
        ids = list.changedSince(ids, before)
      }
    } catch {
      return // read again when the page is looked at
    }
    await opened.refresh(docs)
    publish()
  }

  /** To be called before anything is taken in that is told of a database; true if it is another one than before. */
  const noticeDatabase = (name: string | null): boolean => {
    if (name === null || name === born) return false
    const isFirst = born === null
    if (!isFirst && hasLeft()) {
      leftElsewhere()
      return false
    }
    born = name
    if (isFirst) return false
    // The browser has thrown the old one away: of what is open, this page may have the only copy.
    for (const { handle } of opened.entries()) handle.writeAnew(name)
    // Numbers begin anew: a receipt for one of them says nothing of what was in the old one.
    unsent.replace({ unsent: [], held: [], forgotten: [] })
    outboxChanges++
    return true
  }

  /** The name of the database that was read; of a new one that has none yet, it gets one. */
  const nameOf = async (name: string | null): Promise<string | null> =>
    name === null && born !== null && !hasLeft()
      ? access.run((database) => nameDatabase(database, bornAs()))
      : name

  const reload = async (): Promise<void> => {
    try {
      let before: number
      let version: number
      let stored: Awaited<ReturnType<typeof readWords>>
      do {
        before = outboxChanges
        version = list.version()
        stored = await readWords(access)
        // What another tab has flushed while this was read is told of already, and not in it.
        if (stored.born === null && born !== null && hasLeft()) return leftElsewhere()
        noticeDatabase(await nameOf(stored.born))
      } while (before !== outboxChanges)
      unsent.replace(stored)
      list.replace(stored.docs, version)
      if (left.value.join() !== stored.left.join()) left.value = stored.left
      sentAt = stored.sentAt
      isUnreadable = false
      await opened.refresh()
    } catch {
      isUnreadable = true
    }
    publish()
  }

  const reloadIfUnreadable = async (): Promise<void> => {
    if (isUnreadable) await reload()
  }

  const shown: ShownWords = {
    pending,
    list,
    left,
    known: (id, key) => {
      const row = list.row(id)
      const isDoubted = isUnreadable || (row !== undefined && unsent.isForgotten(row.scope))
      return {
        ...unsent.whereabouts(id, key),
        sentAt: sentAtByKey.get(`${id} ${key}`) ?? null,
        doubtedSince: isDoubted ? (row?.changedAt ?? clock.now()) : null,
      }
    },
    changed: (id) => {
      opened.changed(id)
      publishPending()
    },
    flushed: ({ row, marks, born: name }) => {
      const isAnother = noticeDatabase(name)
      outboxChanges++
      unsent.add(marks)
      list.add([row])
      publish()
      tellTabs(channel, { born, docs: [row.id], added: marks })
      if (isAnother) void reload()
      else void reloadIfUnreadable()
    },
    answered: ({ born: name, docs: rows, accepted, held, refused, gone, reload: isMore }) => {
      const isAnother = noticeDatabase(name)
      const docs = rows.map((row) => row.id)
      list.add(rows)
      forgetSent(accepted)
      hold(held)
      unsent.refuse(refused)
      const goneScopes = gone === null ? [] : [gone]
      empty(goneScopes)
      tellTabs(channel, { born, docs, removed: accepted, held, gone: goneScopes, reload: isMore })
      if (isMore || isAnother) void reload()
      void opened.refresh(docs)
      publish()
    },
    rescued: (words) => {
      unsent.rescue(words)
      publish()
    },
    restored: async (docs) => {
      tellTabs(channel, { born, docs: [...docs], reload: true })
      await reload()
    },
    connected: (after) => {
      connection = after(connection)
      publishPending()
    },
    reload,
    reloadIfUnreadable,
  }

  listenToTabs(channel, (message) => {
    if (message.left) return leftElsewhere()
    if (message.born !== null && born !== null && message.born !== born) {
      // Of another database than this tab knows, or of the one before: reading it tells.
      empty(message.gone)
      void reload()
      return
    }
    outboxChanges++
    unsent.add(message.added)
    forgetSent(message.removed)
    hold(message.held)
    empty(message.gone)
    publish()
    if (message.reload) void reload()
    if (message.docs.length > 0) void takeIn(message.docs)
  })
  return shown
}
