import { type Signal, signal } from '@preact/signals'
import type { PlainDocument } from '../../shared/words/plain.ts'
import { splitDocumentId } from '../../shared/words/scope.ts'
import type { DocumentHandle } from '../storage/open-document.ts'

/** A document that somebody has open; all who open it share one Y.Doc. */
export interface OpenEntry {
  readonly handle: DocumentHandle
  readonly plain: Signal<PlainDocument>
  readonly states: Signal<number>
}

export interface OpenDocuments {
  open(id: string): Promise<OpenEntry>
  /** Flushes; the last one to close ends the Y.Doc, unless its words could not be stored. */
  close(entry: OpenEntry): Promise<void>
  entries(): OpenEntry[]
  flush(): Promise<void>
  /** Takes in what the sync or another tab has stored, in these documents or in all. */
  refresh(docs?: readonly string[]): Promise<void>
  /** Ends the documents of an erased scope, and empties what is shown of them. */
  discard(scope: string): void
  /** Publishes what has changed in one document, or the states of all. */
  changed(id: string): void
  statesChanged(): void
}

export const createOpenDocuments = (
  load: (id: string) => Promise<DocumentHandle>,
): OpenDocuments => {
  const loadingById = new Map<string, Promise<OpenEntry>>()
  const entryById = new Map<string, OpenEntry>()
  const usersById = new Map<string, number>()

  const begin = async (id: string): Promise<OpenEntry> => {
    const handle = await load(id)
    const entry: OpenEntry = {
      handle,
      plain: signal(handle.plain()),
      states: signal(0),
    }
    entryById.set(id, entry)
    // What the sync stored between the reading and this line was told to nobody here.
    void handle.refresh()
    return entry
  }

  const changed = (id: string): void => {
    const entry = entryById.get(id)
    if (entry === undefined) return
    entry.plain.value = entry.handle.plain()
    entry.states.value++
    endIfUnused(entry)
  }

  const endIfUnused = (entry: OpenEntry): void => {
    const { id } = entry.handle
    if (usersById.get(id) !== 0 || entry.handle.buffered().size > 0) return
    forget(id)
    entry.handle.destroy()
  }

  const forget = (id: string): void => {
    usersById.delete(id)
    loadingById.delete(id)
    entryById.delete(id)
  }

  return {
    open: async (id) => {
      const loading = loadingById.get(id) ?? begin(id)
      loadingById.set(id, loading)
      usersById.set(id, (usersById.get(id) ?? 0) + 1)
      try {
        return await loading
      } catch (error) {
        loadingById.delete(id)
        usersById.delete(id)
        throw error
      }
    },
    close: async (entry) => {
      await entry.handle.flush()
      const { id } = entry.handle
      if (entryById.get(id) !== entry) return // its scope is erased
      usersById.set(id, (usersById.get(id) ?? 1) - 1)
      endIfUnused(entry)
    },
    entries: () => [...entryById.values()],
    flush: async () => {
      await Promise.all([...entryById.values()].map((entry) => entry.handle.flush()))
    },
    refresh: async (docs) => {
      const entries = [...entryById.values()].filter(
        ({ handle }) => docs === undefined || docs.includes(handle.id),
      )
      await Promise.all(entries.map(({ handle }) => handle.refresh()))
    },
    discard: (scope) => {
      for (const entry of entryById.values()) {
        if (splitDocumentId(entry.handle.id)?.scope !== scope) continue
        entry.handle.discard()
        entry.plain.value = entry.handle.plain()
        forget(entry.handle.id)
      }
    },
    changed,
    statesChanged: () => {
      for (const entry of entryById.values()) entry.states.value++
    },
  }
}
