import { type ReadonlySignal, signal } from '@preact/signals'
import { nameDatabase } from '../storage/born.ts'
import type { Clock } from '../storage/clock.ts'
import type { DatabaseAccess } from '../storage/database-access.ts'
import type { StoredWords } from '../storage/store-words.ts'
import type { TabChannel } from '../storage/tab-channel.ts'
import type { OutboxMark } from '../storage/words-database.ts'
import { readDocuments, readWords } from '../storage/words-on-device.ts'
import type { Applied } from '../sync/engine.ts'
import { createDocumentList, type DocumentList } from './document-list.ts'
import type { OpenDocuments } from './open-documents.ts'
import type { Known } from './save-state.ts'
import { listenToTabs, tellTabs } from './tab-messages.ts'
import { createUnsentWords } from './unsent-words.ts'
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
  let isUnreadable = false
  let outboxChanges = 0
  let born: string | null = null

  /** Documents of which nobody knows whether the server still has them. */
  const doubtful = (): number =>
    list.rows().filter((row) => unsent.isForgotten(row.scope) && !unsent.isUnsent(row.id)).length

  const pendingNow = (): Pending => {
    const handles = opened.entries().map((entry) => entry.handle)
    return {
      documents: unsent.documents() + doubtful(),
      oldest: unsent.oldest(),
      refused: unsent.refusedDocuments(),
      held: unsent.heldDocuments(),
      saving: handles.some((handle) => handle.buffered().size > 0 && handle.failure() === null),
      failed: isUnreadable || handles.some((handle) => handle.failure() !== null),
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
      list.add(await readDocuments(access, docs))
    } catch {
      return // read again when the page is looked at
    }
    await opened.refresh(docs)
    publish()
  }

  /** The browser has thrown the database away: of what is open, this page may have the only copy. */
  const writeAnew = async (other: string | null): Promise<void> => {
    const isNew = born !== null && other !== born
    if (isNew && hasLeft()) return leftElsewhere()
    const known = other ?? (isNew ? await access.run((db) => nameDatabase(db, bornAs())) : null)
    born = known ?? born
    if (!isNew || known === null) return
    for (const { handle } of opened.entries()) handle.writeAnew(known)
  }

  const reload = async (): Promise<void> => {
    try {
      let before: number
      let stored: Awaited<ReturnType<typeof readWords>>
      do {
        before = outboxChanges
        stored = await readWords(access)
        // What another tab has flushed while this was read is told of already, and not in it.
        await writeAnew(stored.born)
      } while (before !== outboxChanges)
      unsent.replace(stored)
      list.replace(stored.docs)
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
      born ??= name
      outboxChanges++
      unsent.add(marks)
      list.add([row])
      publish()
      tellTabs(channel, { docs: [row.id], added: marks })
      void reloadIfUnreadable()
    },
    answered: ({ docs: rows, accepted, held, refused, gone, reload: isMore }) => {
      const docs = rows.map((row) => row.id)
      list.add(rows)
      forgetSent(accepted)
      hold(held)
      unsent.refuse(refused)
      const goneScopes = gone === null ? [] : [gone]
      empty(goneScopes)
      tellTabs(channel, { docs, removed: accepted, held, gone: goneScopes, reload: isMore })
      if (isMore) void reload()
      void opened.refresh(docs)
      publish()
    },
    restored: async (docs) => {
      tellTabs(channel, { docs: [...docs], reload: true })
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
