import {
  applyUpdates,
  createDocument,
  emptyUpdate,
  isIncomplete,
  mergeUpdates,
  onLocalUpdate,
  plainOfUpdates,
  readPlain,
  wholeState,
  writeScalars,
  writeText,
} from '../../shared/words/document.ts'
import { emptyPlain, type PlainDocument, type Scalar } from '../../shared/words/plain.ts'
import { splitUpdate } from '../../shared/words/split-update.ts'
import { createUndo } from '../../shared/words/undo.ts'
import type { Within } from '../../shared/words/within.ts'
import type { Clock } from './clock.ts'
import type { DatabaseAccess } from './database-access.ts'
import { foldFrom, foldUpdates, readUpdates } from './document-updates.ts'
import { mergeWrites, pieceBytes } from './merge-writes.ts'
import type { Rescue, RescuedWords } from './rescue.ts'
import { type StoredWords, storeWords } from './store-words.ts'
import { keysOf } from './word-rows.ts'
import { type BufferedWrite, createWriteBuffer } from './write-buffer.ts'

export { createRescue } from './rescue.ts'

// Imports Yjs: to be loaded by import() alone.

export interface DocumentParts {
  access: DatabaseAccess
  clock: Clock
  rescue: Rescue
  /** Names this tab's own entry in the rescue. */
  tab: string
  /** What a database without a name is called. */
  bornAs(): string
  changed(): void
  stored(words: StoredWords): void
  /** Something that this document builds upon is missing on this device. */
  incomplete(): void
  /** The principal has signed out in another window. */
  hasLeft(): boolean
}

/** A document with its Y.Doc and its buffer, until `destroy`. */
export interface DocumentHandle {
  readonly id: string
  plain(): PlainDocument
  /** Roots and `s/` keys with changes that are not in the database. */
  buffered(): Set<string>
  /** Those changes as one; null if there are none. */
  unstored(): RescuedWords | null
  /** The database has refused changes that are still here. */
  isFailing(): boolean
  /** Of such changes to one root or `s/` key; null if there are none, or the newest has not been tried yet. */
  failure(key: string): { rescued: boolean } | null
  setText(root: string, value: string): void
  setScalars(entries: readonly (readonly [string, Scalar])[]): void
  undo(within?: Within): void
  redo(within?: Within): void
  canUndo(within?: Within): boolean
  canRedo(within?: Within): boolean
  compose(root: string, composing: boolean): void
  /** `read` is called before each flush; returns the function that ends that. */
  beforeFlush(read: () => void): () => void
  /** Takes in what other tabs and the sync have stored. */
  refresh(): Promise<void>
  flush(): Promise<void>
  /** The database was thrown away, and this is the new one: what is here may be all there is. */
  writeAnew(born: string): void
  /** The page may be gone in a moment: keeps the buffer in localStorage and flushes. */
  leave(): void
  destroy(): void
  /** Its scope is erased: forgets all words, and takes none any more. */
  discard(): void
}

const flushTimeoutMs = 10_000
const rescuedBytes = 64 * 1024

export const openDocument = async (id: string, parts: DocumentParts): Promise<DocumentHandle> => {
  const { access, clock, rescue } = parts
  const rescueId = `${parts.tab}/${id}`
  const loaded = await access.run((database) =>
    database.transaction('readonly', ['updates', 'meta'], async (tables) => {
      const [read, name] = await Promise.all([readUpdates(tables, id, 0), tables.meta.get('born')])
      return { ...read, born: name?.value }
    }),
  )
  // Deleted words belong to the earlier versions, and may be here alone.
  const doc = createDocument(loaded.updates, { gc: false })
  if (isIncomplete(doc)) parts.incomplete()

  let { newest: seen, born } = loaded
  let shown = readPlain(doc)
  let inRescue = false
  /** What the rescue has taken, or could not take. */
  let triedInRescue: ReadonlySet<BufferedWrite> = new Set()
  /** Its scope is erased. */
  let isGone = false
  /** Stored updates wait to be taken in; until composing ends, since a new text under an input method breaks the word. */
  let behind = false
  /** About so many rows have come since they were last folded; own ones may be counted twice. */
  let rows = loaded.updates.length
  /** An undo is under way: what it changes is not known before. */
  let stepping = false
  const composing = new Set<string>()
  const readers = new Set<() => void>()

  const unstored = (): RescuedWords | null => {
    const entries = buffer.entries()
    if (entries.length === 0) return null
    const keys = [...new Set(entries.flatMap((entry) => entry.keys))]
    const texts = Object.fromEntries(
      Object.entries(shown.texts).filter(([root]) => keys.includes(root)),
    )
    const update = mergeUpdates(entries.map((entry) => entry.update))
    return { doc: id, texts, update, keys, writtenAt: clock.now() }
  }

  const keepInRescue = (): void => {
    const words = unstored()
    if (words === null) return
    // With all that it builds upon, if that is not much: the database may never come back.
    const state = wholeState(doc)
    const update = state.length <= rescuedBytes ? state : words.update
    inRescue = rescue.keep(rescueId, { ...words, update })
    triedInRescue = new Set(buffer.entries())
  }
  const isTried = (write: BufferedWrite): boolean => triedInRescue.has(write)

  onLocalUpdate(doc, (update, keys) => {
    // Shown before the buffer tells of the change.
    if (stepping) shown = readPlain(doc)
    buffer.add({ update, keys, writtenAt: clock.now() })
  })
  const undo = createUndo(doc, clock.now)

  const buffer = createWriteBuffer({
    clock,
    beforeFlush: () => {
      for (const read of readers) read()
      // The next transaction may be silent for long before it fails as well.
      if (!buffer.failing() || buffer.entries().every(isTried)) return
      keepInRescue()
      parts.changed()
    },
    write: async (batch) => {
      const writes = mergeWrites(batch)
      // What is typed before a second attempt is not in these writes.
      const plain = shown
      const stored = await access.runWithin(flushTimeoutMs, (database) =>
        storeWords(database, {
          doc: id,
          writes,
          plain,
          changedAt: clock.now(),
          bornAs: parts.bornAs(),
          seen,
          // Into a copy: what gets into `doc` must be shown in the same task, or the page's next key deletes it again.
          withForeign: (updates) => plainOfUpdates([wholeState(doc), ...updates]),
        }),
      )
      // Before anything is said of what is stored: of all the rest nothing is.
      const isAnother = stored.born !== born
      if (isAnother) writeAnew(stored.born)
      parts.stored(stored)
      if (isAnother) return
      rows += writes.length
      if (stored.isBehind) {
        behind = true
        void refresh()
      } else {
        seen = Math.max(seen, stored.newest)
        foldWhenLong()
      }
    },
    failed: keepInRescue,
    changed: () => {
      if (inRescue && buffer.entries().length === 0) {
        rescue.remove(rescueId)
        inRescue = false
      }
      parts.changed()
    },
  })

  const writeAnew = (newBorn: string): void => {
    if (born === newBorn || isGone || parts.hasLeft()) return
    born = newBorn
    seen = 0
    rows = 0
    const state = wholeState(doc)
    if (state.length <= emptyUpdate.length) return
    for (const update of splitUpdate(state, pieceBytes))
      buffer.add({ update, keys: keysOf(shown), writtenAt: clock.now() })
    void buffer.flush()
  }

  const refresh = async (): Promise<void> => {
    try {
      const { updates, newest } = await access.run((database) =>
        database.transaction('readonly', ['updates', 'meta'], async (tables) => {
          const name = await tables.meta.get('born')
          // In another database numbers begin anew.
          return readUpdates(tables, id, name?.value === born ? seen : 0)
        }),
      )
      behind = composing.size > 0
      if (behind || isGone) return
      seen = Math.max(seen, newest)
      if (updates.length === 0) return
      rows += updates.length
      applyUpdates(doc, updates)
      shown = readPlain(doc)
      parts.changed()
      foldWhenLong()
    } catch {
      // The next flush or refresh reads again from `seen`.
    }
  }

  /** A sheet stays open all day: each reading of many rows takes longer than the one before. */
  const foldWhenLong = (): void => {
    if (rows < foldFrom || composing.size > 0 || isGone || parts.hasLeft()) return
    rows = 0
    void fold()
  }

  const fold = async (): Promise<void> => {
    try {
      rows += await access.run((database) => foldUpdates(database, id))
      // Else the next flush takes the folded row for somebody's new words.
      await refresh()
    } catch {
      // Folded when as many more have come.
    }
  }

  const step = (take: () => boolean): void => {
    if (isGone) return
    stepping = true
    take()
    stepping = false
    parts.changed()
  }

  const destroy = (): void => {
    buffer.stop()
    undo.stop()
    doc.destroy()
  }

  foldWhenLong()

  return {
    id,
    plain: () => shown,
    buffered: () => new Set(buffer.entries().flatMap((entry) => entry.keys)),
    unstored,
    isFailing: buffer.failing,
    failure: (key) => {
      const own = buffer.entries().filter((entry) => entry.keys.includes(key))
      const isFailed = buffer.failing() && own.length > 0 && own.every(isTried)
      return isFailed ? { rescued: inRescue } : null
    },
    setText: (root, value) => {
      if (isGone) return
      const before = shown
      shown = withText(shown, root, value.toWellFormed())
      if (!writeText(doc, root, value)) shown = before
    },
    setScalars: (entries) => {
      if (isGone) return
      const before = shown
      shown = { ...shown, scalars: { ...shown.scalars, ...Object.fromEntries(entries) } }
      if (!writeScalars(doc, entries)) shown = before
    },
    undo: (within) => step(() => undo.undo(within)),
    redo: (within) => step(() => undo.redo(within)),
    canUndo: undo.canUndo,
    canRedo: undo.canRedo,
    compose: (root, isComposing) => {
      if (isComposing) composing.add(root)
      else composing.delete(root)
      if (behind && composing.size === 0) void refresh()
      foldWhenLong()
    },
    beforeFlush: (read) => {
      readers.add(read)
      return () => readers.delete(read)
    },
    refresh,
    flush: buffer.flush,
    writeAnew,
    leave: () => {
      void buffer.flush()
      // The transaction may not live to its completion: iOS stops a page in the middle of one.
      keepInRescue()
    },
    destroy,
    discard: () => {
      isGone = true
      shown = emptyPlain()
      buffer.discard()
      rescue.remove(rescueId)
      destroy()
    },
  }
}

const withText = (plain: PlainDocument, root: string, text: string): PlainDocument => {
  const { [root]: _, ...others } = plain.texts
  return { ...plain, texts: text === '' ? others : { ...others, [root]: text } }
}
