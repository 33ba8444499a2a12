import { setImmediate as letOthers } from 'node:timers/promises'
import type { OutlineItem } from '../../shared/domain/outline.ts'
import { isVoteField, type VoteField, wordsIn } from '../../shared/domain/vote.ts'
import { hasTooManyClients } from '../../shared/words/count-clients.ts'
import { plainOfUpdates } from '../../shared/words/document.ts'
import type { PlainDocument } from '../../shared/words/plain.ts'
import { fieldRoot } from '../../shared/words/roots.ts'
import { documentId } from '../../shared/words/scope.ts'
import { documentStore } from '../store/document-store.ts'
import type { Database } from '../store/schema.ts'
import { chosenIn, isSummed } from '../sums/sum-rule.ts'

/** A document of answers is a few KB; a larger one is left out and not built. */
const mostBytes = 64 * 1024

/** What somebody has answered, by field. */
export type Answers = Map<string, string[]>

/** Of a person's own document about a vote, the values of the vote's fields alone. */
export const answersIn = async (
  db: Database,
  scope: string,
  item: OutlineItem,
): Promise<Answers> => {
  const { bytes } = await documentStore.parts(db, scope, documentId(scope, item.id))
  const size = bytes.reduce((sum, { length }) => sum + length, 0)
  if (bytes.length === 0 || size > mostBytes || hasTooManyClients(bytes)) return new Map()
  await letOthers()
  const plain = plainOfUpdates(bytes)
  return new Map(
    item.fields.filter(isVoteField).flatMap((field) => {
      const answer = answerTo(field, plain)
      return answer ? [[field.id, answer] as const] : []
    }),
  )
}

/** Null = not answered. */
const answerTo = (field: VoteField, { texts, scalars }: PlainDocument): string[] | null => {
  if (field.kind === 'words') {
    const words = wordsIn(texts[fieldRoot(field.id)] ?? '')
    return words.length > 0 ? words : null
  }
  if (field.kind !== 'ranking') return isSummed(field) ? chosenIn(field, scalars[field.id]) : null
  const order = scalars[field.id]
  const known = new Set(field.options.map(({ id }) => id))
  const ranked = Array.isArray(order) ? order.filter((id) => known.has(id)) : []
  return ranked.length > 0 ? ranked : null
}
