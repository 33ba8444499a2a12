import { createDocument, isIncomplete, readPlain } from '../../shared/words/document.ts'
import type { PlainDocument } from '../../shared/words/plain.ts'
import { quickPlainOf } from '../../shared/words/quick-plain.ts'

// Imports Yjs: to be loaded by import() alone.

/** The words of a document that nobody has open, from its updates; `incomplete` = something that they build upon is missing. */
export type ReadWords = (updates: Uint8Array[]) => { plain: PlainDocument; incomplete: boolean }

export const readWords: ReadWords = (updates) => {
  const quick = quickPlainOf(updates)
  if (quick !== null) return { plain: quick, incomplete: false }
  const doc = createDocument(updates)
  const read = { plain: readPlain(doc), incomplete: isIncomplete(doc) }
  doc.destroy()
  return read
}
