import type { AckCode, PullItem, ScopeAnswer } from '../../shared/protocol/frames.ts'
import { splitDocumentId } from '../../shared/words/scope.ts'
import { deleteScope, forgetHeld } from './scope-words.ts'
import {
  type DocumentRow,
  type HeldRow,
  newScopeRow,
  type OutboxMark,
  type OutboxRow,
  type ScopeRow,
  type WordsDatabase,
  type WordsTables,
} from './words-database.ts'

/** What one scope's answer has changed on this device. */
export interface StoredAnswer {
  /** Which database this is; null if it has no name. */
  born: string | null
  /** Outbox rows that have left with their receipt. */
  accepted: number[]
  /** Outbox rows that have left, kept by the server for their author alone. */
  held: OutboxMark[]
  /** Documents with new words, as they are now. */
  docs: DocumentRow[]
  /** The scope, if it is erased: nothing of it is on this device any more. */
  gone: string | null
  /** More has changed than is told here: what is shown is to be read again. */
  reload: boolean
  /** The database or the cursor is another one meanwhile: the items are not stored; ask again. */
  overtaken: boolean
}

/**
 * Asks at once for what the device has of a scope's documents. What it returns stores their updates and their plain text, if it
 * is called.
 */
export type StoreItems = (
  tables: WordsTables,
  scope: string,
  items: readonly PullItem[],
) => (now: number) => Promise<{
  /** Those with new words, as they are now. */
  docs: DocumentRow[]
  /** Something that they build upon is missing. */
  incomplete: boolean
  /** Asked for, and not waited for yet. */
  writing: Promise<unknown>
}>

export interface Answered {
  /** The database from which the request was made. */
  born: string
  request: { id: string; cursor: number; epoch: number | null }
  answer: ScopeAnswer
  /** The pushes of the request, in the order of the acknowledgements. */
  pushes: readonly OutboxRow[]
  now: number
  /** Nobody has asked: what the device has already is nothing new. */
  isPushed?: boolean
  /** Loaded only when items have come; see store-items.ts. */
  storeItems: StoreItems | null
}

/** One transaction per scope: acknowledgements, items and cursor belong together. */
export const storeAnswer = (database: WordsDatabase, answered: Answered): Promise<StoredAnswer> =>
  database.transaction(
    'relaxed',
    ['docs', 'updates', 'outbox', 'held', 'scopes', 'meta'],
    async (tables) => {
      const { born, request, answer } = answered
      const result: StoredAnswer = {
        born: null,
        accepted: [],
        held: [],
        docs: [],
        gone: null,
        reload: false,
        overtaken: false,
      }
      const items = answer.items.filter((item) => splitDocumentId(item.doc)?.scope === answer.id)
      const store = answered.storeItems?.(tables, request.id, items)
      const [name, known] = await Promise.all([
        tables.meta.get('born'),
        tables.scopes.get(request.id),
      ])
      const scope = known ?? newScopeRow(request.id)
      result.born = typeof name?.value === 'string' ? name.value : null

      // 1. The answer leaves out what its request has pushed, and its receipts are for rows of that database: they are worth
      //    nothing in another one.
      if (result.born !== born) return { ...result, overtaken: true }
      // A sync was faster.
      if (answered.isPushed && scope.epoch === answer.epoch && scope.cursor >= answer.head)
        return result

      // 2. Acknowledged words leave the outbox, whatever else the answer says.
      const acknowledged = await takeReceipts(tables, answered)
      if (answer.status === 'gone') {
        const row: ScopeRow = { ...newScopeRow(request.id), status: 'gone' }
        await Promise.all([deleteScope(tables, request.id), tables.scopes.put(row)])
        return { ...result, gone: request.id }
      }
      Object.assign(result, acknowledged)

      // 3. The items follow upon the cursor that they were asked for: nothing may be missing before it.
      if (scope.epoch !== request.epoch) return { ...result, overtaken: true }
      if (answer.status !== 'ok') {
        const row = withoutRights(scope, answer)
        await tables.scopes.put(row)
        return { ...result, reload: scope.status !== row.status || scope.heal !== row.heal }
      }
      if (scope.cursor < request.cursor) return { ...result, overtaken: true }
      const stored = await store?.(answered.now)

      // 4. A new epoch, or a cursor that goes back: the server has forgotten something. Device and server are compared.
      const isForgotten =
        scope.epoch !== null && (scope.epoch !== answer.epoch || answer.cursor < request.cursor)
      const heal = isForgotten
        ? 'forgotten'
        : (scope.heal ?? (stored?.incomplete ? 'incomplete' : null))
      const row: ScopeRow = {
        id: scope.id,
        version: 1,
        status: 'ok',
        epoch: answer.epoch,
        cursor: isForgotten ? answer.cursor : Math.max(scope.cursor, answer.cursor),
        ...(heal && { heal }),
      }
      const writing = [stored?.writing, tables.scopes.put(row)]
      // What was held is shared when the right to write comes back.
      if (scope.status === 'left') await forgetHeld(tables, request.id)
      tables.commit()
      await Promise.all(writing)
      return { ...result, docs: stored?.docs ?? [], reload: isForgotten || scope.status !== 'ok' }
    },
  )

/** Of words that it may not read or write any more, too, the server may have forgotten some. */
const withoutRights = (scope: ScopeRow, { status, epoch }: ScopeAnswer): ScopeRow => {
  // It does not know a member any more: a backup was restored that is older than the membership.
  if (status === 'unknown') return { ...scope, status, ...(scope.epoch !== null && forgotten) }
  const isForgotten = scope.epoch !== null && scope.epoch !== epoch
  return { ...scope, status, epoch, ...(isForgotten && { ...forgotten, cursor: 0 }) }
}
const forgotten = { heal: 'forgotten' } as const

const takeReceipts = async (
  { outbox, held, meta }: WordsTables,
  { answer, pushes, now }: Answered,
): Promise<Pick<StoredAnswer, 'accepted' | 'held'>> => {
  const withCode = (code: AckCode): OutboxRow[] =>
    pushes.filter((_, index) => answer.acks[index] === code)
  const [accepted, kept] = [withCode('accepted'), withCode('held')]
  if (accepted.length + kept.length > 0) {
    const leaving = [...accepted, ...kept].map((row) => row.n)
    await Promise.all([
      ...runsOf(leaving).map((run) => outbox.delete(run)),
      held.putMany(kept.map(heldRow)),
      meta.put({ key: 'sentAt', version: 1, value: now }),
    ])
  }
  return { accepted: accepted.map((row) => row.n), held: kept.map(heldRow) }
}

const heldRow = ({ update: _, ...row }: OutboxRow): HeldRow => row

/** A thousand receipts in a row are one deletion. */
const runsOf = (numbers: readonly number[]): { from: number; to: number }[] => {
  const runs: { from: number; to: number }[] = []
  for (const n of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last?.to === n - 1) last.to = n
    else runs.push({ from: n, to: n })
  }
  return runs
}
