import { type ReadonlySignal, signal } from '@preact/signals'
import type { Clock } from '../storage/clock.ts'
import type { DatabaseAccess } from '../storage/database-access.ts'
import type { StoredWords } from '../storage/store-words.ts'
import type { TabChannel } from '../storage/tab-channel.ts'
import { readDocuments, readWords } from '../storage/words-on-device.ts'
import type { Applied } from '../sync/engine.ts'
import { createDocumentList, type DocumentList } from './document-list.ts'
import type { OpenDocuments, OpenEntry } from './open-documents.ts'
import { createOutboxIndex } from './outbox-index.ts'
import { saveStateOf } from './save-state.ts'
import { listenToTabs, tellTabs } from './tab-messages.ts'
import type { Connection, Pending, SaveState } from './words.ts'

/** What the page is shown of the words, kept in step with the database, the sync and the other tabs. */
export interface ShownWords {
  readonly pending: ReadonlySignal<Pending>
  readonly list: DocumentList
  stateOf(entry: OpenEntry, key: string): SaveState
  /** A document's words or buffer have changed on this page. */
  changed(id: string): void
  /** A flush has completed. */
  flushed(words: StoredWords): void
  /** A scope's answer is stored. */
  answered(change: Applied): void
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
  leftElsewhere(): void
}

export const createShownWords = ({
  access,
  clock,
  channel,
  opened,
  leftElsewhere,
}: ShownParts): ShownWords => {
  const outbox = createOutboxIndex()
  const list = createDocumentList(outbox)
  const sentAtByKey = new Map<string, number>()
  let sentAt: number | null = null
  let connection: Connection = 'unknown'
  let isUnreadable = false
  let outboxChanges = 0

  const pendingNow = (): Pending => {
    const handles = opened.entries().map((entry) => entry.handle)
    return {
      documents: outbox.documents(),
      oldest: outbox.oldest(),
      saving: handles.some((handle) => handle.buffered().size > 0 && handle.failure() === null),
      failed: isUnreadable || handles.some((handle) => handle.failure() !== null),
      sentAt,
      connection,
    }
  }
  const pending = signal<Pending>(pendingNow())

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
    for (const mark of outbox.remove(numbers))
      for (const key of mark.keys) sentAtByKey.set(`${mark.doc} ${key}`, sentAt)
  }

  /** Documents that the sync or another tab has changed. */
  const takeIn = async (docs: readonly string[]): Promise<void> => {
    try {
      list.add(await readDocuments(access, docs))
    } catch {
      return // read again when the page is looked at
    }
    const refreshing = opened.entries().filter((entry) => docs.includes(entry.handle.id))
    await Promise.all(refreshing.map((entry) => entry.handle.refresh()))
    publish()
  }

  const reload = async (): Promise<void> => {
    try {
      let before: number
      let stored: Awaited<ReturnType<typeof readWords>>
      do {
        before = outboxChanges
        stored = await readWords(access)
        // What another tab has flushed while this was read is told of already, and not in it.
      } while (before !== outboxChanges)
      outbox.replace(stored.unsent)
      list.add(stored.docs)
      sentAt = stored.sentAt
      isUnreadable = false
      await Promise.all(opened.entries().map((entry) => entry.handle.refresh()))
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
    stateOf: (entry, key) => {
      const { id } = entry.handle
      const state = saveStateOf(key, {
        handle: entry.handle,
        unsentSince: outbox.writtenAt(id, key),
        sentAt: sentAtByKey.get(`${id} ${key}`) ?? null,
      })
      return isUnreadable && state.kind === 'sent'
        ? { kind: 'saved', at: list.row(id)?.changedAt ?? clock.now() }
        : state
    },
    changed: (id) => {
      opened.changed(id)
      publishPending()
    },
    flushed: ({ row, marks }) => {
      outboxChanges++
      outbox.add(marks)
      list.add([row])
      publish()
      tellTabs(channel, { docs: [row.id], added: marks })
      void reloadIfUnreadable()
    },
    answered: ({ docs, requeued, accepted }) => {
      forgetSent(accepted)
      tellTabs(channel, { docs, removed: accepted, reload: requeued })
      if (requeued) void reload()
      if (docs.length > 0) void takeIn(docs)
      publish()
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
    outboxChanges++
    outbox.add(message.added)
    forgetSent(message.removed)
    publish()
    if (message.reload) void reload()
    if (message.docs.length > 0) void takeIn(message.docs)
  })
  return shown
}
