import type { Store } from '../../src/server/store/store.ts'
import { handleSync } from '../../src/server/sync/handle-sync.ts'
import type { Accepted } from '../../src/server/sync/sync.ts'
import { handleCheck } from '../../src/server/words/check.ts'
import { compactDocument } from '../../src/server/words/compact.ts'
import { restoreMembership, revokeMembership } from '../../src/server/words/membership.ts'
import { mergingHere } from '../../src/server/words/merging.ts'
import { decodeCheckAnswer } from '../../src/shared/protocol/check-frames.ts'
import { type ErrorCode, errorStatus } from '../../src/shared/protocol/errors.ts'
import {
  type AckCode,
  decodeAnswer,
  decodeRequest,
  encodeRequest,
  FrameError,
  type Push,
} from '../../src/shared/protocol/frames.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import { emptyUpdate } from '../../src/shared/words/document.ts'
import { splitDocumentId } from '../../src/shared/words/scope.ts'
import type { Chance } from './random.ts'
import { readTables, type Tables, type WordRow, writeTables } from './word-tables.ts'

// The production handlers on one database, behind what HTTP and the machines do to them. All nodes are alike and keep nothing,
// so that a node is only where a request happens to run.

export interface Answer {
  status: number
  type: 'application/octet-stream' | 'application/json' | 'text/html'
  retryAfter?: string
  body: Uint8Array
  /** Called when the device reads it. */
  read?: () => void
}
/** `before` and `after` the commit of a transaction that writes. */
export type Crash = 'before' | 'after'

/** An accepted push, as the server has promised to keep it. */
export interface Acknowledged {
  person: string
  device: string
  scope: string
  push: Push
  code: AckCode
}

export interface WorldServer {
  /** A request as it comes out of the network. Rejects where the node dies under it. */
  request(
    person: string | null,
    path: string,
    body: Uint8Array,
    promised?: (ack: Acknowledged) => void,
  ): Promise<Answer>
  /** The node dies in one of the next transactions that write. */
  crashSoon(crash: Crash): void
  backup(): Promise<void>
  /** Puts the newest backup back; false if there is none. */
  restore(): Promise<boolean>
  isRevoked(person: string, scope: string): boolean
  /** Of all who are put out now. */
  readmitAll(): Promise<void>
  /** Reads at once, and writes when `pause` is over, as a slow node does. */
  compact(doc: string, pause: () => Promise<void>): Promise<string>
  revoke(person: string, scope: string): Promise<void>
  readmit(person: string, scope: string): Promise<void>
  /** Every row of words. */
  rows(): Promise<Tables>
  calm(): void
}

export interface ServerParts {
  store: Store
  now: () => number
  chance: Chance
  scopes: readonly string[]
  /** Bytes of updates in an answer, if less than what the device takes. */
  budget: () => number
  /** Told of what has been committed. */
  accepted(change: Accepted): void
  /** Told of a broken promise. */
  broken(what: string): void
}

export const createWorldServer = (parts: ServerParts): WorldServer => {
  const { now, chance, scopes } = parts
  let crash: { when: Crash; writes: number } | null = null
  let saved: Tables | null = null

  const store: Store = {
    ...parts.store,
    write: async (work) => {
      const here = crash !== null && crash.writes-- === 0 ? crash.when : null
      if (here !== null) crash = null
      const result = await parts.store.write(async (db) => {
        const value = await work(db)
        if (here === 'before') throw new NodeDied('before')
        return value
      })
      if (here === 'after') throw new NodeDied('after')
      return result
    },
  }
  const newEpoch = (): number => 1 + chance.below(2 ** 31)
  // Its restored backup gives every right back: what a ledger takes away again, others test.
  const ledger = { putOut: () => undefined, letIn: () => undefined, isOut: () => false }
  const deps = {
    store,
    // In this thread: another one would keep its own time.
    merging: mergingHere,
    ledger,
    now: () => Math.floor(now()),
    newEpoch,
    accepted: parts.accepted,
  }

  const handle = async (
    person: string,
    path: string,
    body: Uint8Array,
    promised: (ack: Acknowledged) => void,
  ): Promise<Uint8Array> => {
    if (path === paths.syncCheck) {
      const answered = await handleCheck(deps, person, body)
      const { status, docs } = decodeCheckAnswer('', answered)
      if (status !== 'ok' && docs.some(({ update }) => update.length > emptyUpdate.length))
        parts.broken(`${person} got words by a comparison, and is ${status}`)
      return answered
    }
    const wasRevoked = new Set(revoked.keys())
    const answered = await handleSync(deps, person, withBudget(body, parts.budget()))
    watch(person, body, answered, wasRevoked, promised)
    return answered
  }

  /** What every answer must keep to. */
  const watch = (
    person: string,
    body: Uint8Array,
    answered: Uint8Array,
    wasRevoked: ReadonlySet<string>,
    promised: (ack: Acknowledged) => void,
  ): void => {
    const { device, scopes: asked } = decodeRequest(body)
    for (const [index, scope] of decodeAnswer(answered).scopes.entries()) {
      const question = asked[index]
      if (question === undefined) continue
      for (const [at, code] of scope.acks.entries()) {
        const push = question.pushes[at]
        if (push && (code === 'accepted' || code === 'held'))
          promised({ person, device, scope: scope.id, push, code })
      }
      if (scope.status !== 'ok' && scope.items.length > 0)
        parts.broken(`${person} got words of ${scope.id}, which is ${scope.status} for them`)
      const leftSeq = revoked.get(`${person} ${scope.id}`)
      if (leftSeq !== undefined && scope.items.some((item) => item.seq > leftSeq))
        parts.broken(`${person} got words of ${scope.id} from after the revocation`)
      if (leftSeq !== undefined && wasRevoked.has(`${person} ${scope.id}`) && scope.status === 'ok')
        parts.broken(`${person} was let into ${scope.id} after the revocation`)
      if (scope.status === 'ok' && scope.cursor > scope.head)
        parts.broken(`the cursor of ${scope.id} is beyond its head`)
    }
  }
  /** The last number that each of the revoked may have seen. */
  const revoked = new Map<string, number>()

  const readmit = async (person: string, scope: string): Promise<void> => {
    // First, since a request at the same time may already see the membership.
    revoked.delete(`${person} ${scope}`)
    await restoreMembership({ ...deps, store: parts.store }, scope, person)
  }

  return {
    request: async (person, path, body, promised = () => undefined) => {
      if (person === null) return refused('not-signed-in')
      try {
        const answer = await handle(person, path, body, promised)
        return { status: 200, type: 'application/octet-stream', body: answer }
      } catch (error) {
        if (error instanceof NodeDied) throw error
        if (error instanceof FrameError)
          return refused(error.code === 'version' ? 'unknown-version' : 'bad-request')
        const code = (error as { code?: string }).code ?? ''
        if (code in errorStatus) return refused(code as ErrorCode)
        parts.broken(`the server failed: ${(error as Error).stack}`)
        throw error
      }
    },
    crashSoon: (when) => {
      crash = { when, writes: chance.below(3) }
    },
    calm: () => {
      crash = null
    },
    backup: async () => {
      saved = await readTables(parts.store, scopes)
    },
    restore: async () => {
      if (saved === null) return false
      const old: Tables = {
        ...saved,
        scope: saved.scope.map((row) => ({ ...row, epoch: newEpoch() })),
      }
      await writeTables(parts.store, scopes, old)
      revoked.clear()
      for (const { person, scope, left_seq } of saved.former_member)
        revoked.set(`${person} ${scope}`, left_seq)
      return true
    },
    compact: (doc, pause) => {
      const slow: Store = {
        ...store,
        write: async (work) => {
          await pause()
          return store.write(work)
        },
      }
      return compactDocument(slow, splitDocumentId(doc)?.scope ?? '', doc)
    },
    revoke: async (person, scope) => {
      await revokeMembership({ ...deps, store: parts.store }, scope, person)
      const { former_member } = await readTables(parts.store, [scope])
      const row = former_member.find((one) => one.person === person)
      if (row) revoked.set(`${person} ${scope}`, row.left_seq)
    },
    readmit,
    isRevoked: (person, scope) => revoked.has(`${person} ${scope}`),
    readmitAll: async () => {
      for (const key of [...revoked.keys()]) {
        const [person = '', scope = ''] = key.split(' ')
        await readmit(person, scope)
      }
    },
    rows: () => readTables(parts.store, scopes),
  }
}

export const rowsOfWords = (tables: Tables): WordRow[] => [...tables.archive, ...tables.update]

/** All that was acknowledged, once more; in words, if that has changed anything. */
export const pushAllAgain = async (
  server: WorldServer,
  acknowledged: readonly Acknowledged[],
): Promise<string | null> => {
  const before = await server.rows()
  for (const { code, person, scope, device, push } of acknowledged) {
    if (code !== 'accepted' || server.isRevoked(person, scope)) continue
    const scopes = [{ id: scope, epoch: 0, cursor: 0, pushes: [push] }]
    await server.request(person, paths.sync, encodeRequest({ device, budget: 1, scopes }))
  }
  const after = await server.rows()
  const isSame = JSON.stringify(before.scope) === JSON.stringify(after.scope)
  return isSame ? null : 'pushing all again has raised a head'
}

/** As if the device had little room: pages of an answer are then cut often. What is no frame stays as it is. */
const withBudget = (body: Uint8Array, budget: number): Uint8Array => {
  try {
    const request = decodeRequest(body)
    return encodeRequest({ ...request, budget: Math.min(request.budget, budget) })
  } catch {
    return body
  }
}

export class NodeDied extends Error {
  constructor(when: Crash) {
    super(`the node died ${when} the commit`)
  }
}

const refused = (code: ErrorCode): Answer => ({
  status: errorStatus[code],
  type: 'application/json',
  body: Buffer.from(JSON.stringify({ code, message: '' })),
})
