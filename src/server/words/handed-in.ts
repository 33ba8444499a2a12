import { plainOfUpdates } from '../../shared/words/document.ts'
import { handedInSeq } from '../../shared/words/handed-in-history.ts'
import type { PlainDocument } from '../../shared/words/plain.ts'
import { isGroupScope } from '../../shared/words/scope.ts'
import { historyStore } from '../store/history-store.ts'
import type { Store } from '../store/store.ts'

export interface HandedIn {
  /** The number by which the handing in arrived: with the document's id it names the version. */
  seq: number
  words: PlainDocument
}

/**
 * A group's document as it stood at its newest handing in, whatever has been written since; null if it is not handed in. What
 * is private is never handed in to anybody.
 */
export const handedInVersion = async (
  { db }: Store,
  scope: string,
  doc: string,
): Promise<HandedIn | null> => {
  if (!isGroupScope(scope)) return null
  const changes = await historyStore.changes(db, scope, doc, 0, Number.MAX_SAFE_INTEGER)
  const history = changes.map(({ seq, writtenAt, name, bytes }) => ({
    seq,
    at: writtenAt,
    author: name ?? '',
    update: bytes,
  }))
  const seq = handedInSeq(history)
  if (seq === null) return null
  const until = history.filter((entry) => entry.seq <= seq)
  return { seq, words: plainOfUpdates(until.map(({ update }) => update)) }
}
