import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { Fetch } from '../../../src/client/sync/transport.ts'
import {
  type CheckAnswer,
  type CheckRequest,
  decodeCheckRequest,
  encodeCheckAnswer,
} from '../../../src/shared/protocol/check-frames.ts'
import {
  type AckCode,
  decodeRequest,
  encodeAnswer,
  hashInput,
  limits,
  type ScopeAnswer,
  type ScopeRequest,
  type SyncRequest,
} from '../../../src/shared/protocol/frames.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { differenceFor, digestOf, isSameDigest } from '../../../src/shared/words/compare.ts'
import { createDocument, emptyUpdate, plainOfUpdates } from '../../../src/shared/words/document.ts'
import type { PlainDocument } from '../../../src/shared/words/plain.ts'

interface Accepted {
  doc: string
  hash: string
  update: Uint8Array
}
interface Scope {
  epoch: number
  log: Accepted[]
}

/** A server in memory with the semantics of frames.ts, and whatever can go wrong on the way to it. */
export interface FakeServer {
  fetch: Fetch
  /** Every request that was understood, in order. */
  requests: SyncRequest[]
  /** Headers and size of every request that came. */
  received: { encoding: string | null; bytes: number }[]
  scope(id: string): Scope
  words(doc: string): PlainDocument
  /** What happens to the next requests, one after the other; then all is well. */
  faults: Fault[]
  /** Forgets the newest updates of a scope, as a restored backup does. */
  restore(id: string, head: number, epoch?: number): void
  /** Scopes that the sender has no right to, or that are erased. */
  status: Map<string, 'unknown' | 'gone' | 'left'>
  /** Words of somebody who has left their scope. */
  held: Accepted[]
  /** Every comparison that was asked for. */
  checks: CheckRequest[]
  /** Documents that it compares in one answer. */
  checksAtOnce: number
  listening: number
  refuse: (doc: string) => 'refused' | 'too-large' | null
  /** Answers 422 to a request that holds such an update. */
  isPoison: (update: Uint8Array) => boolean
  /** Pushes that it takes in one request. */
  mostPushes: number
  /** Bytes of updates in one answer, if less than what the device takes. */
  budget: number
}

export type Fault = (send: () => Promise<Response>) => Promise<Response>

export const faults = {
  offline: () => Promise.reject(new TypeError('Failed to fetch')),
  status:
    (status: number, headers: Record<string, string> = {}): Fault =>
    async () =>
      Response.json({ code: 'x', message: 'x' }, { status, headers }),
  portal:
    (status = 200): Fault =>
    async () =>
      new Response('<html>Betal for nettet</html>', {
        status,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      }),
  /** The server commits and the answer never comes. */
  lostAnswer: async (send: () => Promise<Response>): Promise<Response> => {
    await send()
    throw new TypeError('network error')
  },
  tornAnswer: async (send: () => Promise<Response>): Promise<Response> => {
    const bytes = new Uint8Array(await (await send()).arrayBuffer())
    return new Response(bytes.slice(0, bytes.length - 3))
  },
  newerServer: async () => new Response(Uint8Array.of(0x4c, 0xf8, 99, 0)),
} satisfies Record<string, Fault | ((...settings: never[]) => Fault)>

export const createFakeServer = (): FakeServer => {
  const scopes = new Map<string, Scope>()
  const server: FakeServer = {
    requests: [],
    received: [],
    faults: [],
    status: new Map(),
    held: [],
    checks: [],
    checksAtOnce: Number.POSITIVE_INFINITY,
    listening: 0,
    refuse: () => null,
    isPoison: () => false,
    mostPushes: limits.pushes,
    budget: Number.POSITIVE_INFINITY,
    scope: (id) => {
      const scope = scopes.get(id) ?? { epoch: 1, log: [] }
      scopes.set(id, scope)
      return scope
    },
    words: (doc) =>
      plainOfUpdates(
        [...scopes.values()].flatMap((scope) =>
          scope.log.filter((entry) => entry.doc === doc).map((entry) => entry.update),
        ),
      ),
    restore: (id, head, epoch = server.scope(id).epoch + 1) => {
      const scope = server.scope(id)
      scopes.set(id, { epoch, log: scope.log.slice(0, head) })
    },
    fetch: (url, init) => {
      const send = async (): Promise<Response> => {
        const headers = new Headers(init.headers)
        const encoding = headers.get('content-encoding')
        const sent = init.body as Uint8Array
        server.received.push({ encoding, bytes: sent.length })
        const body = encoding === 'gzip' ? new Uint8Array(gunzipSync(sent)) : sent
        if (body.length > limits.requestBytes)
          return Response.json({ code: 'too-large', message: '' }, { status: 413 })
        if (url === paths.syncCheck) {
          const asked = decodeCheckRequest(body)
          server.checks.push(asked)
          const answer = encodeCheckAnswer(asked.scope, answerCheck(server, asked))
          return new Response(answer as Uint8Array<ArrayBuffer>)
        }
        const request = decodeRequest(body)
        const pushes = request.scopes.flatMap((scope) => scope.pushes)
        if (pushes.length > server.mostPushes) return new Response(null, { status: 413 })
        if (pushes.some((push) => server.isPoison(push.update)))
          return Response.json({ code: 'bad-request', message: '' }, { status: 422 })
        server.requests.push(request)
        // One budget for all scopes; one item comes in any case.
        const budget = Math.min(request.budget, server.budget)
        let given = 0
        const answers = request.scopes.map((scope) => {
          const isSpent = given > 0 && given >= budget
          const answer = answerScope(server, scope, isSpent ? null : budget - given)
          given += answer.items.reduce((sum, item) => sum + item.update.length, 0)
          return answer
        })
        return new Response(encodeAnswer({ scopes: answers }) as Uint8Array<ArrayBuffer>)
      }
      const fault = server.faults.shift()
      return fault ? fault(send) : send()
    },
  }
  return server
}

const hold = (
  server: FakeServer,
  scope: string,
  { doc, update }: ScopeRequest['pushes'][number],
): AckCode => {
  const hash = hashOf(doc, update)
  if (server.scope(scope).log.some((entry) => entry.hash === hash)) return 'accepted'
  server.held.push({ doc, hash, update })
  return 'held'
}

const hashOf = (doc: string, update: Uint8Array): string =>
  createHash('sha256').update(hashInput(doc, update)).digest('hex')

const answerCheck = (server: FakeServer, { scope, docs }: CheckRequest): CheckAnswer => {
  const status = server.status.get(scope) ?? 'ok'
  const hasLeft = status === 'left'
  if (status !== 'ok' && !hasLeft) return { status, epoch: 0, head: 0, answered: 0, docs: [] }
  const { epoch, log } = server.scope(scope)
  const known = hasLeft ? [...log, ...server.held] : log
  const looked = docs.slice(0, server.checksAtOnce)
  const differing = looked.flatMap((asked) => {
    const updates = known.filter((entry) => entry.doc === asked.doc).map((entry) => entry.update)
    const doc = createDocument(updates)
    const digest = digestOf(doc)
    if (isSameDigest(asked, digest)) return []
    const update = hasLeft ? emptyUpdate : differenceFor(doc, asked.stateVector)
    return [{ doc: asked.doc, ...digest, update }]
  })
  return { status, epoch, head: hasLeft ? 0 : log.length, answered: looked.length, docs: differing }
}

/** `budget` null = not even one item. */
const answerScope = (
  server: FakeServer,
  request: ScopeRequest,
  budget: number | null,
): ScopeAnswer => {
  const status = server.status.get(request.id)
  const { epoch, log } = server.scope(request.id)
  if (status) {
    const hasLeft = status === 'left'
    const cursor = hasLeft ? request.cursor : 0
    return {
      id: request.id,
      status,
      epoch: hasLeft ? epoch : 0,
      head: cursor,
      cursor,
      more: false,
      listening: 0,
      acks: hasLeft ? request.pushes.map((push) => hold(server, request.id, push)) : [],
      items: [],
    }
  }
  const headBefore = log.length
  const acks = request.pushes.map(({ doc, update }): AckCode => {
    const code = server.refuse(doc)
    if (code) return code
    if (update.length > limits.updateBytes) return 'too-large'
    const hash = hashOf(doc, update)
    if (!log.some((entry) => entry.hash === hash)) log.push({ doc, hash, update })
    return 'accepted'
  })
  let cursor = request.epoch === epoch && request.cursor <= headBefore ? request.cursor : 0
  let bytes = 0
  const items: ScopeAnswer['items'] = []
  for (const entry of log.slice(cursor)) {
    // What the request has pushed is not sent back.
    if (cursor >= headBefore) {
      cursor++
      continue
    }
    bytes += entry.update.length
    if (budget === null || (items.length > 0 && bytes > budget)) break
    cursor++
    items.push({ doc: entry.doc, seq: cursor, kind: 'update', update: entry.update })
  }
  const more = cursor < log.length
  return {
    id: request.id,
    status: 'ok',
    epoch,
    head: log.length,
    cursor,
    more,
    listening: server.listening,
    acks,
    items,
  }
}
