import type { ScopeAnswer, SyncAnswer } from '../../shared/protocol/frames.ts'
import { nameDatabase } from '../storage/born.ts'
import type { Clock } from '../storage/clock.ts'
import type { DatabaseAccess } from '../storage/database-access.ts'
import { type StoredAnswer, type StoreItems, storeAnswer } from '../storage/store-answer.ts'
import { readWaiting, type Waiting } from '../storage/waiting-words.ts'
import { newScopeRow, type OutboxRow, type ScopeRow } from '../storage/words-database.ts'
import type { Outcome } from './outcome.ts'
import {
  answerBudget,
  isPushable,
  type PlannedScope,
  planRequest,
  requestBytes,
} from './plan-request.ts'
import { createRefusals, type Refusal } from './refusals.ts'
import type { Transport } from './transport.ts'

/** What a step of the sync has changed on this device. */
export interface Applied extends Omit<StoredAnswer, 'overtaken'> {
  /** Outbox rows that the server does not take. */
  refused: { n: number; doc: string; reason: Refusal }[]
}

/** What a flush has just left in the outbox of the database that is named so. */
export interface Written {
  born: string
  rows: readonly OutboxRow[]
}
/** `all` = ask for everything new; else only send what waits, with what its scopes answer. */
export type RunSync = (all: boolean, written?: Written) => Promise<Outcome>

export interface Engine {
  /** Sends everything unsent and takes in everything new, in as many round trips as it takes. */
  run: RunSync
  /** Something was stored beside it: the next run reads first. */
  forget(): void
  /** All that the server has answered is in the database; false while it is being stored too. */
  isAnswerStored(): boolean
}

interface EngineParts {
  access: DatabaseAccess
  transport: Transport
  clock: Clock
  device: string
  /** What a database without a name is called. */
  bornAs(): string
  /** Scopes to ask for, whether anything was ever written there or not. */
  scopes: readonly string[]
  applied(change: Applied): void
  /** So many other devices follow a scope now. */
  listening(scope: string, others: number): void
}

/** Against a server that says "more" for ever. */
const mostRoundTrips = 2000
/** So many updates in a row refused by themselves, and not one taken: then the server, or a proxy, refuses everything. */
const mostRefusedAlone = 3

export const createEngine = (parts: EngineParts): Engine => {
  const { access, transport, clock } = parts
  const refusals = createRefusals(clock.now)
  /** The last reading, while nothing waits for anything: no outbox, no pack. */
  let quiet: Waiting | null = null
  /** The newest outbox row that was sent, of the database called so. */
  let sent = { born: '', n: 0 }
  /** Scopes of which an answer has come that could not be stored: it may have told of a restored backup. */
  const unstored = new Set<string>()

  const sync: RunSync = async (all, written) => {
    const answered = new Set<string>()
    const healed = new Set<string>()
    let asking: Set<string> | null = all ? null : new Set()
    let mostPushes = Number.POSITIVE_INFINITY
    let refusedAlone = 0
    for (let trip = 0; trip < mostRoundTrips; trip++) {
      // 1. What is to be sent, and to whom.
      const waiting = (trip === 0 && unread(written)) || (await read(answered))
      quiet = null
      const rows = scopesToAsk(waiting, asking, parts.scopes)
      const planned = planRequest(rows, waiting.outbox, { pushes: mostPushes, bytes: requestBytes })
      const pushes = planned.flatMap((scope) => scope.pushes)
      if (asking?.size === 0 && pushes.length === 0) {
        // 2. All is sent and taken in: what one side has lost is given back.
        const sick = waiting.scopes.find(
          (row) => row.heal && isPushable(row) && !healed.has(row.id),
        )
        if (sick === undefined) {
          await unpackAll(access, waiting.packs)
          if (isQuiet(waiting)) quiet = waiting
          return { kind: 'done' }
        }
        healed.add(sick.id)
        const failure = await heal(waiting.born, sick)
        if (failure !== null) return failure
        continue
      }

      // 3. There and back.
      const posted = await transport.sync({
        device: parts.device,
        budget: answerBudget,
        scopes: planned.map(({ scope, pushes: own }) => ({
          id: scope.id,
          epoch: scope.epoch ?? 0,
          cursor: scope.cursor,
          pushes: own,
        })),
      })
      if (posted.kind === 'refused' && isAboutContent(posted.status) && pushes.length > 0) {
        // One update may be what the server cannot take: halve until it stands alone, and let it rest.
        const [alone] = pushes
        if (pushes.length === 1 && alone) {
          // Nothing is taken of anybody, or something on the way speaks: it is not about these words.
          if (posted.isForeign || ++refusedAlone > mostRefusedAlone) return posted
          await refuse(waiting.born, alone, posted.status === 413 ? 'too-large' : 'refused')
        }
        mostPushes = Math.max(1, Math.floor(pushes.length / 2))
        continue
      }
      if (posted.kind !== 'answer') return posted

      // 4. Into the database, scope by scope.
      mostPushes *= 2
      if (pushes.length > 0) refusedAlone = 0
      for (const push of pushes) answered.add(nameOf(waiting.born, push))
      for (const { n } of pushes) sent = { born: waiting.born, n }
      for (const { id } of posted.answer.scopes) unstored.add(id)
      const storeItems = await storeFor(posted.answer)
      asking = new Set(rows.slice(planned.length).map((row) => row.id))
      for (const scope of planned) {
        const answer = posted.answer.scopes.find((one) => one.id === scope.scope.id)
        if (answer === undefined) continue
        const isAgain = await take(waiting.born, scope, answer, storeItems)
        unstored.delete(scope.scope.id)
        // Where other scopes had all the room, this one has not moved yet.
        const hadNoRoom = answer.more && answer.items.length === 0 && storeItems !== null
        if (isAgain || hadNoRoom) asking.add(scope.scope.id)
      }
    }
    return { kind: 'done' }
  }

  /**
   * What would be read now, without reading: all that was there is sent, and the written rows are the next ones. A row of
   * another tab in between would show in their numbers.
   */
  const unread = (written?: Written): Waiting | null => {
    if (!quiet || !written || written.born !== quiet.born || sent.born !== quiet.born) return null
    const { scopes } = quiet
    const isNext = written.rows.every(
      ({ n, scope }, index) =>
        n === sent.n + 1 + index && scopes.some((one) => one.id === scope && one.status === 'ok'),
    )
    return isNext ? { ...quiet, outbox: [...written.rows] } : null
  }

  const read = async (answered: ReadonlySet<string>): Promise<Waiting> => {
    const waiting = await access.run((database) => {
      const resting = new Set<string>()
      return readWaiting(database, requestBytes, (row, born, scope) => {
        if (answered.has(nameOf(born, row)) || refusals.isResting(born, row)) resting.add(row.doc)
        // Nobody can read the later words of a document without its earlier ones.
        return isPushable(scope) && !resting.has(row.doc)
      })
    })
    if (waiting.born !== '') return waiting
    const born = await access.run((database) => nameDatabase(database, parts.bornAs()))
    return { ...waiting, born }
  }

  /** True if this scope is to be asked again at once. */
  const take = async (
    born: string,
    { scope, pushes }: PlannedScope,
    answer: ScopeAnswer,
    storeItems: StoreItems | null,
  ): Promise<boolean> => {
    parts.listening(scope.id, answer.listening)
    if (isNothingNew(scope, answer, pushes)) return false
    const stored = await access.run((database) =>
      storeAnswer(database, {
        born,
        request: scope,
        answer,
        pushes,
        now: clock.now(),
        storeItems,
      }),
    )
    parts.applied({ ...stored, refused: [] })
    for (const [index, row] of pushes.entries()) {
      const code = answer.acks[index]
      if (code === 'refused' || code === 'too-large') await refuse(born, row, code)
    }
    const isFurther =
      answer.more && (answer.cursor !== scope.cursor || answer.epoch !== scope.epoch)
    return stored.overtaken || (answer.status === 'ok' && isFurther)
  }

  /** Too large, it is divided if that can be; else it rests, on this device, and the page says so. */
  const refuse = async (born: string, row: OutboxRow, reason: Refusal): Promise<void> => {
    if (reason === 'too-large') {
      const { splitRow } = await import('../storage/split-row.ts')
      if (await access.run((database) => splitRow(database, born, row)))
        return parts.applied({ ...nothing, reload: true })
    }
    refusals.rest(born, row, reason)
    parts.applied({ ...nothing, refused: [{ n: row.n, doc: row.doc, reason }] })
  }

  const heal = async (born: string, scope: ScopeRow): Promise<Outcome | null> => {
    const { healScope } = await import('./heal.ts')
    const { post } = transport
    const result = await healScope({ access, post, now: clock.now }, born, scope)
    if ('kind' in result) return result
    parts.applied({ ...nothing, reload: true })
    return null
  }

  return {
    run: async (all, written) => {
      try {
        return await sync(all, written)
      } catch {
        return { kind: 'broken' }
      }
    },
    forget: () => {
      quiet = null
    },
    isAnswerStored: () => unstored.size === 0,
  }
}

/** Many new documents came as packs; nobody waits for them now. */
const unpackAll = async (access: DatabaseAccess, packs: readonly number[]): Promise<void> => {
  if (packs.length === 0) return
  const { unpack } = await import('../storage/packed-updates.ts')
  for (const n of packs) await access.run((database) => unpack(database, n))
}

/** Every minute of a quiet day: nothing is written for it. */
const isNothingNew = (
  scope: ScopeRow,
  answer: ScopeAnswer,
  pushes: readonly OutboxRow[],
): boolean =>
  pushes.length === 0 &&
  answer.status === scope.status &&
  answer.status !== 'gone' &&
  (answer.status === 'unknown' ||
    (answer.status === 'left' && answer.epoch === scope.epoch) ||
    (answer.status === 'ok' &&
      answer.items.length === 0 &&
      answer.cursor === scope.cursor &&
      // Of a scope in which nothing was ever written, nothing can be forgotten.
      (answer.epoch === scope.epoch || (scope.epoch === null && answer.head === 0))))

const nothing: Applied = {
  born: null,
  accepted: [],
  held: [],
  refused: [],
  docs: [],
  gone: null,
  reload: false,
}

const isQuiet = ({ outbox, isAnyHeldBack, packs }: Waiting): boolean =>
  outbox.length === 0 && packs.length === 0 && !isAnyHeldBack

const nameOf = (born: string, row: OutboxRow): string => `${born} ${row.n}`

/** `asking` null = all: those of the principal, and those that were known here before. */
const scopesToAsk = (
  { scopes, outbox }: Waiting,
  asking: ReadonlySet<string> | null,
  own: readonly string[],
): ScopeRow[] => {
  const known = new Map(scopes.map((row) => [row.id, row]))
  const ids = new Set([...(asking ?? [...own, ...known.keys()]), ...outbox.map((row) => row.scope)])
  return [...ids].map((id) => known.get(id) ?? newScopeRow(id))
}

/** Yjs is loaded only when something has come. */
const storeFor = async (answer: SyncAnswer): Promise<StoreItems | null> => {
  const isEmpty = answer.scopes.every((scope) => scope.items.length === 0)
  return isEmpty ? null : (await import('../storage/store-items.ts')).storeItems
}

/** 403, 404 and 426 are about the sender: another choice of words does not change them. */
const isAboutContent = (status: number): boolean => [400, 413, 422].includes(status)
