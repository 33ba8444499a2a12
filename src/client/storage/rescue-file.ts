import { limits } from '../../shared/protocol/frames.ts'
import { mergeUpdates } from '../../shared/words/document.ts'
import type { PlainDocument } from '../../shared/words/plain.ts'
import { splitDocumentId } from '../../shared/words/scope.ts'
import { fromBase64, toBase64 } from './base64.ts'
import type { DatabaseAccess } from './database-access.ts'
import { placeWords } from './place-words.ts'
import type { RescuedWords } from './rescue.ts'
import type { BufferedWrite } from './write-buffer.ts'

export { createRescue } from './rescue.ts'

// Imports Yjs: to be loaded by import() alone.

/**
 * The unsent words of a device as a file: JSON, the texts for a human reader, the updates (Yjs, V1, base64) for any device of
 * the same person. It repeats what the device keeps, and handing it in twice changes nothing.
 */
interface Saved {
  format: 'loft-unsent'
  version: 1
  principal: string
  device: string
  /** ISO 8601. */
  savedAt: string
  words: SavedWords[]
}
interface SavedWords {
  doc: string
  /** ms since 1970 of the newest. */
  writtenAt: number
  /** The roots and `s/` keys touched. */
  keys: string[]
  texts: PlainDocument['texts']
  scalars: PlainDocument['scalars']
  update: string
}

export interface RescueFile {
  name: string
  text: string
}
/** A file's documents, by number. */
export interface TakenFile {
  taken: number
  /** Of scopes that this principal does not have: nothing of them is stored. */
  notYours: number
  unreadable: number
}

interface Unstored extends BufferedWrite {
  doc: string
  plain: PlainDocument
}

interface FileParts {
  access: DatabaseAccess
  principal: string
  device: string
  now: number
  /** Words in no database: in localStorage, and in the buffers of open documents. */
  rescued: RescuedWords[]
}

/** Everything without a receipt; null if there is nothing. What cannot be read is left out. */
export const writeRescueFile = async (parts: FileParts): Promise<RescueFile | null> => {
  const stored = await readOutbox(parts.access).catch(() => [])
  const rescued = parts.rescued.map(({ texts, ...words }) => ({
    ...words,
    plain: { texts, scalars: {} },
  }))
  const byDoc = Map.groupBy([...stored, ...rescued], (words) => words.doc)
  if (byDoc.size === 0) return null
  const savedAt = new Date(parts.now).toISOString()
  const saved: Saved = {
    format: 'loft-unsent',
    version: 1,
    principal: parts.principal,
    device: parts.device,
    savedAt,
    words: [...byDoc].flatMap(([doc, words]) => savedWords(doc, words)),
  }
  return {
    name: `loft-usendt-${savedAt.slice(0, 10)}.json`,
    text: JSON.stringify(saved, null, 2),
  }
}

const readOutbox = (access: DatabaseAccess): Promise<Unstored[]> =>
  access.run((database) =>
    database.transaction('readonly', ['outbox', 'docs'], async ({ outbox, docs }) => {
      const rows = await outbox.getAll()
      const ids = [...new Set(rows.map((row) => row.doc))]
      const plains = new Map((await docs.getMany(ids)).map((row) => [row?.id, row?.plain]))
      return rows.map((row) => ({
        ...row,
        plain: plains.get(row.doc) ?? { texts: {}, scalars: {} },
      }))
    }),
  )

const savedWords = (doc: string, words: readonly Unstored[]): SavedWords[] => {
  const keys = [...new Set(words.flatMap((one) => one.keys))]
  // The newest last: what is on the screen tells more than what is stored.
  const texts = Object.assign({}, ...words.map((one) => one.plain.texts))
  const scalars = Object.assign({}, ...words.map((one) => one.plain.scalars))
  const writtenAt = Math.max(...words.map((one) => one.writtenAt))
  const saved = (update: Uint8Array): SavedWords => ({
    doc,
    writtenAt,
    keys,
    texts,
    scalars,
    update: toBase64(update),
  })
  try {
    return [saved(mergeUpdates(words.map((one) => one.update)))]
  } catch {
    return words.map((one) => saved(one.update))
  }
}

/** Rejects if the words cannot be stored. */
export const takeRescueFile = async (
  access: DatabaseAccess,
  scopes: ReadonlySet<string>,
  text: string,
  now: number,
): Promise<TakenFile & { docs: string[] }> => {
  const taken = { taken: 0, notYours: 0, unreadable: 0, docs: [] as string[] }
  const words = wordsIn(text, now)
  if (words === null) return { ...taken, unreadable: 1 }
  for (const one of words) {
    const scope = splitDocumentId(one?.doc ?? '')?.scope
    if (one === null || scope === undefined) taken.unreadable++
    else if (!scopes.has(scope)) taken.notYours++
    else if ((await access.run((database) => placeWords(database, one.doc, one))) === 'unreadable')
      taken.unreadable++
    else {
      taken.taken++
      taken.docs.push(one.doc)
    }
  }
  return taken
}

/** Null for what is no such file; an entry that is none is null. */
const wordsIn = (text: string, now: number): (Unstored | null)[] | null => {
  let saved: Partial<Saved> | null
  try {
    saved = JSON.parse(text)
  } catch {
    return null
  }
  if (saved?.format !== 'loft-unsent' || saved.version !== 1 || !Array.isArray(saved.words))
    return null
  return saved.words.map((entry) => wordsOf(entry, now))
}

/** Null as well for what no request may hold: a row that cannot be sent holds up all later ones of its document. */
const wordsOf = (entry: Partial<SavedWords> | null, now: number): Unstored | null => {
  const { doc, writtenAt, keys, update } = entry ?? {}
  if (typeof doc !== 'string' || typeof update !== 'string') return null
  if (doc.length > limits.idLength || !doc.isWellFormed()) return null
  try {
    return {
      doc,
      writtenAt: Number.isFinite(writtenAt)
        ? Math.min(Math.max(0, Math.trunc(Number(writtenAt))), now)
        : 0,
      keys: Array.isArray(keys) ? keys.map(String) : [],
      plain: { texts: {}, scalars: {} },
      update: fromBase64(update),
    }
  } catch {
    return null
  }
}
