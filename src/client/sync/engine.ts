import type { ScopeAnswer, SyncRequest } from '../../shared/protocol/frames.ts'
import type { PlainDocument } from '../../shared/words/plain.ts'
import type { Clock } from '../storage/clock.ts'
import type { DatabaseAccess } from '../storage/database-access.ts'
import { newScopeRow, type StoredAnswer, storeAnswer } from '../storage/store-answer.ts'
import type { OutboxRow, ScopeRow } from '../storage/words-database.ts'
import type { Outcome } from './outcome.ts'
import { answerBudget, type PlannedScope, planRequest, requestBytes } from './plan-request.ts'
import type { Post } from './transport.ts'

export type Applied = Omit<StoredAnswer, 'overtaken'>

interface EngineParts {
  access: DatabaseAccess
  post: Post
  clock: Clock
  device: string
  /** Scopes to ask for, whether anything was ever written there or not. */
  scopes: readonly string[]
  /** Loads Yjs; called only when something has come. */
  loadPlainOf(): Promise<(updates: Iterable<Uint8Array>) => PlainDocument>
  applied(change: Applied): void
}

/** How long an update rests that the server has refused by itself. */
const refusedRestMs = 10 * 60_000
/** Against a server that says "more" for ever. */
const mostRoundTrips = 2000
const batchRows = 200

/** Returns the function that sends everything unsent and takes in everything new, in as many round trips as it takes. */
export const createEngine = (parts: EngineParts): (() => Promise<Outcome>) => {
  const restsUntil = new Map<number, number>()

  const sync = async (): Promise<Outcome> => {
    const answered = new Set<number>()
    let asking = await allScopes(parts)
    let mostPushes = Number.POSITIVE_INFINITY
    for (let trip = 0; trip < mostRoundTrips; trip++) {
      // 1. What is to be sent, and to whom.
      const outbox = await waitingRows(answered)
      const rows = await scopeRows(parts.access, asking, outbox)
      const planned = planRequest(rows, outbox, { pushes: mostPushes, bytes: requestBytes })
      const pushes = planned.flatMap((scope) => scope.pushes)
      if (trip > 0 && asking.size === 0 && pushes.length === 0) return { kind: 'done' }

      // 2. There and back.
      const request = requestOf(planned)
      const posted = await parts.post({
        device: parts.device,
        budget: answerBudget,
        scopes: request,
      })
      if (posted.kind === 'refused' && isAboutContent(posted.status) && pushes.length > 0) {
        // One update may be what the server cannot take: halve until it stands alone, and let it rest.
        if (pushes.length === 1) rest(pushes, answered)
        mostPushes = Math.max(1, Math.floor(pushes.length / 2))
        continue
      }
      if (posted.kind !== 'answer') return posted

      // 3. Into the database, scope by scope.
      mostPushes *= 2
      for (const push of pushes) answered.add(push.n)
      const plainOf = posted.answer.scopes.some((scope) => scope.items.length > 0)
        ? await parts.loadPlainOf()
        : nothingToRead
      asking = new Set(rows.slice(planned.length).map((row) => row.id))
      for (const { scope, pushes } of planned) {
        const answer = posted.answer.scopes.find((one) => one.id === scope.id)
        if (answer && (await take(scope, answer, pushes, plainOf, answered))) asking.add(scope.id)
      }
    }
    return { kind: 'done' }
  }

  /** True if this scope is to be asked again at once. */
  const take = async (
    scope: ScopeRow,
    answer: ScopeAnswer,
    pushes: readonly OutboxRow[],
    plainOf: (updates: Iterable<Uint8Array>) => PlainDocument,
    answered: Set<number>,
  ): Promise<boolean> => {
    const accepted: OutboxRow[] = []
    for (const [index, row] of pushes.entries()) {
      const code = answer.acks[index]
      if (code === 'accepted') accepted.push(row)
      else if (code !== undefined) rest([row], answered)
    }
    const stored = await parts.access.run((database) =>
      storeAnswer(database, { request: scope, answer, accepted, now: parts.clock.now(), plainOf }),
    )
    parts.applied({
      docs: stored.docs,
      requeued: stored.requeued,
      accepted: stored.accepted,
    })
    const isFurther =
      answer.more && (answer.cursor !== scope.cursor || answer.epoch !== scope.epoch)
    return stored.overtaken || (answer.status === 'ok' && isFurther)
  }

  const rest = (rows: readonly OutboxRow[], answered: Set<number>): void => {
    for (const row of rows) {
      answered.add(row.n)
      restsUntil.set(row.n, parts.clock.now() + refusedRestMs)
    }
  }

  /** The oldest unsent updates that may be sent now, about as many as two requests hold. */
  const waitingRows = (answered: ReadonlySet<number>): Promise<OutboxRow[]> =>
    parts.access.run(async (database) => {
      const closed = new Set(
        (await database.scopes.toArray()).filter((row) => row.status !== 'ok').map((row) => row.id),
      )
      const waiting: OutboxRow[] = []
      let bytes = 0
      for (let last = 0; bytes < 2 * requestBytes; ) {
        const batch = await database.outbox.where('n').above(last).limit(batchRows).toArray()
        for (const row of batch) {
          if (answered.has(row.n) || closed.has(row.scope) || isResting(row)) continue
          waiting.push(row)
          bytes += row.update.length
        }
        last = batch.at(-1)?.n ?? last
        if (batch.length < batchRows) break
      }
      return waiting
    })

  const isResting = (row: OutboxRow): boolean => (restsUntil.get(row.n) ?? 0) > parts.clock.now()

  return async () => {
    try {
      return await sync()
    } catch {
      return { kind: 'broken' }
    }
  }
}

const allScopes = async ({ access, scopes }: EngineParts): Promise<Set<string>> => {
  const unsent = await access.run((database) => database.outbox.orderBy('scope').uniqueKeys())
  return new Set([...scopes, ...unsent.map(String)])
}

const scopeRows = async (
  access: DatabaseAccess,
  asking: ReadonlySet<string>,
  outbox: readonly OutboxRow[],
): Promise<ScopeRow[]> => {
  const ids = [...new Set([...asking, ...outbox.map((row) => row.scope)])]
  const rows = await access.run((database) => database.scopes.bulkGet(ids))
  return ids.map((id, index) => rows[index] ?? newScopeRow(id))
}

const requestOf = (planned: readonly PlannedScope[]): SyncRequest['scopes'] =>
  planned.map(({ scope, pushes }) => ({
    id: scope.id,
    epoch: scope.epoch ?? 0,
    cursor: scope.cursor,
    pushes: pushes.map(({ doc, writtenAt, update }) => ({ doc, writtenAt, update })),
  }))

/** 403, 404 and 426 are about the sender: another choice of words does not change them. */
const isAboutContent = (status: number): boolean => [400, 413, 422].includes(status)

const nothingToRead = (): PlainDocument => ({ texts: {}, scalars: {} })
