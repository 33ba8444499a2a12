import {
  applyUpdates,
  createDocument,
  isIncomplete,
  mergeUpdates,
  onLocalUpdate,
  plainOfUpdates,
  readPlain,
  wholeState,
  writeScalars,
  writeText,
} from '../../shared/words/document.ts'
import type { PlainDocument, Scalar } from '../../shared/words/plain.ts'
import { scalarStateKey } from '../../shared/words/roots.ts'
import type { Clock } from './clock.ts'
import type { DatabaseAccess } from './database-access.ts'
import { mergeWrites } from './merge-writes.ts'
import type { Rescue } from './rescue.ts'
import { bornOf, type StoredWords, storeWords } from './store-words.ts'
import type { WordsDatabase } from './words-database.ts'
import { createWriteBuffer } from './write-buffer.ts'

// Imports Yjs: to be loaded by import() alone.

export interface DocumentParts {
  access: DatabaseAccess
  clock: Clock
  rescue: Rescue
  /** Names this tab's own entry in the rescue. */
  tab: string
  changed(): void
  stored(words: StoredWords): void
  /** Something that this document builds upon is missing on this device. */
  incomplete(): void
}

/** A document with its Y.Doc and its buffer, until `destroy`. */
export interface DocumentHandle {
  readonly id: string
  plain(): PlainDocument
  /** Roots and `s/` keys with changes that are not in the database. */
  buffered(): Set<string>
  failure(): { rescued: boolean } | null
  setText(root: string, value: string): void
  setScalars(entries: readonly (readonly [string, Scalar])[]): void
  compose(root: string, composing: boolean): void
  /** `read` is called before each flush; returns the function that ends that. */
  beforeFlush(read: () => void): () => void
  /** Takes in what other tabs and the sync have stored. */
  refresh(): Promise<void>
  flush(): Promise<void>
  /** The page may be gone in a moment: keeps the buffer in localStorage and flushes. */
  leave(): void
  destroy(): void
}

const flushTimeoutMs = 10_000

export const openDocument = async (id: string, parts: DocumentParts): Promise<DocumentHandle> => {
  const { access, clock, rescue } = parts
  const rescueId = `${parts.tab}/${id}`
  const bornAs = (): string => `${parts.tab}-${clock.now()}`
  const loaded = await access.run(async (database) => ({
    ...(await readUpdates(database, id, 0)),
    born: await database.transaction('rw', database.meta, () => bornOf(database, bornAs())),
  }))
  const doc = createDocument(loaded.updates)
  if (isIncomplete(doc)) parts.incomplete()

  let { newest: seen, born } = loaded
  let shown = readPlain(doc)
  let touching: string[] = []
  let inRescue = false
  /** Stored updates wait to be taken in; until composing ends, since a new text under an input method breaks the word. */
  let behind = false
  const composing = new Set<string>()
  const readers = new Set<() => void>()

  /** Into a copy: the page must be shown in the same task what gets into `doc`, or its next key deletes that again. */
  const withForeign = (updates: Uint8Array[]): PlainDocument => {
    behind = true
    return plainOfUpdates([wholeState(doc), ...updates])
  }

  const keepInRescue = (): void => {
    const entries = buffer.entries()
    const keys = [...new Set(entries.flatMap((entry) => entry.keys))]
    const texts = Object.fromEntries(
      Object.entries(shown.texts).filter(([root]) => keys.includes(root)),
    )
    const update = mergeUpdates(entries.map((entry) => entry.update))
    inRescue = rescue.keep(rescueId, { doc: id, texts, update, keys, writtenAt: clock.now() })
  }

  onLocalUpdate(doc, (update) => buffer.add({ update, keys: touching, writtenAt: clock.now() }))

  const buffer = createWriteBuffer({
    clock,
    beforeFlush: () => {
      for (const read of readers) read()
    },
    write: async (batch) => {
      const writes = mergeWrites(batch)
      const stored = await access.runWithin(flushTimeoutMs, (database) =>
        storeWords(database, {
          doc: id,
          writes,
          plain: shown,
          changedAt: clock.now(),
          bornAs: bornAs(),
          seen,
          withForeign,
        }),
      )
      parts.stored(stored)
      if (stored.born !== born) writeAnew(stored.born)
      else if (behind) void refresh()
      else seen = stored.newest
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

  /** The browser has thrown the database away under the open page: what is here may be all there is. */
  const writeAnew = (newBorn: string): void => {
    born = newBorn
    seen = 0
    const keys = [...Object.keys(shown.texts), ...Object.keys(shown.scalars).map(scalarStateKey)]
    buffer.add({ update: wholeState(doc), keys, writtenAt: clock.now() })
    void buffer.flush()
  }

  const refresh = async (): Promise<void> => {
    try {
      const { updates, newest } = await access.run((database) => readUpdates(database, id, seen))
      behind = composing.size > 0
      if (behind) return
      seen = Math.max(seen, newest)
      if (updates.length === 0) return
      applyUpdates(doc, updates)
      shown = readPlain(doc)
      parts.changed()
    } catch {
      // The next flush or refresh reads again from `seen`.
    }
  }

  return {
    id,
    plain: () => shown,
    buffered: () => new Set(buffer.entries().flatMap((entry) => entry.keys)),
    failure: () => (buffer.failing() ? { rescued: inRescue } : null),
    setText: (root, value) => {
      touching = [root]
      // Shown before the buffer tells of the change.
      const before = shown
      shown = withText(shown, root, value.toWellFormed())
      if (!writeText(doc, root, value)) shown = before
    },
    setScalars: (entries) => {
      touching = entries.map(([key]) => scalarStateKey(key))
      const before = shown
      shown = { ...shown, scalars: { ...shown.scalars, ...Object.fromEntries(entries) } }
      if (!writeScalars(doc, entries)) shown = before
    },
    compose: (root, isComposing) => {
      if (isComposing) composing.add(root)
      else composing.delete(root)
      if (behind && composing.size === 0) void refresh()
    },
    beforeFlush: (read) => {
      readers.add(read)
      return () => readers.delete(read)
    },
    refresh,
    flush: buffer.flush,
    leave: () => {
      void buffer.flush()
      // The transaction may not live to its completion: iOS stops a page in the middle of one.
      if (buffer.entries().length > 0) keepInRescue()
    },
    destroy: () => {
      buffer.stop()
      doc.destroy()
    },
  }
}

const readUpdates = (
  database: WordsDatabase,
  doc: string,
  seen: number,
): Promise<{ updates: Uint8Array[]; newest: number }> =>
  database.transaction('r', database.updates, async () => {
    const [newest = seen] = await database.updates.orderBy('n').reverse().limit(1).primaryKeys()
    if (newest <= seen) return { updates: [], newest: seen }
    const rows =
      seen === 0
        ? await database.updates.where('doc').equals(doc).toArray()
        : await database.updates
            .where('n')
            .above(seen)
            .filter((row) => row.doc === doc)
            .toArray()
    return { updates: rows.map((row) => row.update), newest }
  })

const withText = (plain: PlainDocument, root: string, text: string): PlainDocument => {
  const { [root]: _, ...others } = plain.texts
  return { ...plain, texts: text === '' ? others : { ...others, [root]: text } }
}
