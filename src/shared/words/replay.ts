import type * as Y from 'yjs'
import { applyUpdates, createDocument } from './document.ts'

/** An accepted update of one document, as the server's archive keeps it. */
export interface HistoryEntry {
  seq: number
  /** ms since 1970, for display. */
  at: number
  author: string
  update: Uint8Array
}

/**
 * Goes through a history in the order of seq and calls back after each update with the document as it then was. An update
 * that cannot be read changes nothing; one that builds upon something later shows when that comes.
 */
export const replay = (
  history: readonly HistoryEntry[],
  after: (doc: Y.Doc, entry: HistoryEntry) => void,
): void => {
  const doc = createDocument([], { gc: false })
  for (const entry of history) {
    applyUpdates(doc, [entry.update])
    after(doc, entry)
  }
  doc.destroy()
}
