import type { HistoryAnswer } from '../../shared/protocol/history.ts'
import { splitDocumentId } from '../../shared/words/scope.ts'
import { historyStore } from '../store/history-store.ts'
import { membershipStore } from '../store/membership-store.ts'
import type { Store } from '../store/store.ts'
import { cutAtBudget, mostRows } from './cut-at-budget.ts'

/** What protocol/history.ts says; null for a document that is missing or not this person's to read. */
export const readHistory = async (
  { db }: Store,
  person: string,
  doc: string,
  after: number,
): Promise<HistoryAnswer | null> => {
  const parts = splitDocumentId(doc)
  if (parts === null) return null
  const { scope } = parts
  const mayRead = () => membershipStore.isMember(db, scope, person)
  // Asked first, too: a stranger would learn by the time it takes whether there is something, and how much.
  if (!(await mayRead())) return null
  const sizes = await historyStore.sizes(db, scope, doc, after, mostRows + 1)
  const end = cutAtBudget(sizes)
  const last = sizes[end - 1]?.seq
  const changes = last === undefined ? [] : await historyStore.changes(db, scope, doc, after, last)

  // Asked last: who has left meanwhile does not get what was written after that.
  if (!(await mayRead()) || (changes.length === 0 && after === 0)) return null
  return {
    changes: changes.map((change) => ({
      seq: change.seq,
      at: Math.min(change.writtenAt, change.receivedAt),
      author: change.name || null,
      own: change.person === person,
      update: Buffer.from(change.bytes).toString('base64'),
    })),
    more: end < sizes.length,
  }
}
