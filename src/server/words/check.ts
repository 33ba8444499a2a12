import {
  type CheckAnswer,
  type CheckRequest,
  decodeCheckRequest,
  encodeCheckAnswer,
} from '../../shared/protocol/check-frames.ts'
import { limits, type ScopeStatus } from '../../shared/protocol/frames.ts'
import { emptyUpdate } from '../../shared/words/document.ts'
import { Refusal } from '../refusal.ts'
import { documentStore } from '../store/document-store.ts'
import { historyStore } from '../store/history-store.ts'
import { membershipStore } from '../store/membership-store.ts'
import { standingOf } from '../store/scopes.ts'
import type { Store } from '../store/store.ts'
import { readFrame } from '../sync/handle-sync.ts'
import { nul } from '../sync/push.ts'
import { compareNow, type Merging } from './merging.ts'

/** Bytes that are read and built into documents for one answer; the device asks again for the rest. */
const readBudget = 16 * 1024 * 1024
/** Documents looked at for one answer: one that is not there has no bytes, and takes its query all the same. */
const mostDocuments = 1000

interface CheckDeps {
  store: Store
  merging: Merging
}

/** `POST /api/v1/sync/check` without HTTP: a request's frame in, an answer's frame out, or a Refusal. */
export const handleCheck = async (
  deps: CheckDeps,
  person: string,
  frame: Uint8Array,
  isOver = false,
): Promise<Uint8Array> => {
  if (frame.length > limits.requestBytes) throw new Refusal('too-large', 'request too large')
  const request = readFrame(() => decodeCheckRequest(frame))
  const ids = [request.scope, ...request.docs.map(({ doc }) => doc)]
  if (ids.some((id) => id.includes(nul))) throw new Refusal('bad-request', 'not an id')
  return encodeCheckAnswer(request.scope, await check(deps, person, request, isOver))
}

/** What protocol/check-frames.ts says. Each document is read as it stands at one moment. */
export const check = async (
  { store, merging }: CheckDeps,
  person: string,
  { scope: id, docs }: CheckRequest,
  isOver = false,
): Promise<CheckAnswer> => {
  const before = await standingIn(store, id, person, isOver)
  if (before.status !== 'ok' && before.status !== 'left') return before
  const hasLeft = before.status === 'left'
  // A tablet whose time is over is a member yet: its words are taken into the group's, and so compared with them.
  const isFormer = hasLeft && !(await membershipStore.isMember(store.db, id, person))
  const bytesOf = isFormer ? await readableUntilLeft(store, id, person) : readableNow(store, id)
  const answer: CheckAnswer = { ...before, docs: [] }
  let [read, written] = [0, 0]
  for (const theirs of docs) {
    if (read > readBudget || written > limits.requestBytes) break
    if (answer.answered >= mostDocuments) break
    const bytes = await bytesOf(theirs.doc)
    read += bytes.reduce((sum, part) => sum + part.length, 0)
    const compared =
      bytes.length === 0 ? compareNow(bytes, theirs) : await merging.compare(bytes, theirs)
    if (compared.kind === 'no-vector')
      throw new Refusal('bad-request', `not a state vector: ${compared.message}`)
    if (compared.kind === 'busy') {
      // The device asks again for this one and the rest.
      if (answer.answered > 0) break
      throw new Refusal('busy', 'this takes too long now, try again later')
    }
    answer.answered++
    if (compared.kind === 'different') {
      const { kind: _, ...differing } = compared
      const given = hasLeft ? { update: emptyUpdate } : null
      answer.docs.push({ doc: theirs.doc, ...differing, ...given })
      written += differing.update.length
    }
    // Other requests get a turn between two documents.
    await new Promise((done) => setImmediate(done))
  }
  // Asked again: who has left meanwhile does not get what was written after that.
  const after = await standingIn(store, id, person, isOver)
  return after.status === before.status ? answer : after
}

const readableNow =
  ({ db }: Store, scope: string) =>
  async (doc: string): Promise<Uint8Array[]> =>
    (await documentStore.parts(db, scope, doc)).bytes

/** What somebody who has left could read then, and what is held of theirs: of anything later they learn nothing. */
const readableUntilLeft = async ({ db }: Store, scope: string, person: string) => {
  const last = await membershipStore.leftSeq(db, scope, person)
  return async (doc: string): Promise<Uint8Array[]> => {
    const changes = await historyStore.changes(db, scope, doc, 0, last)
    const held = await membershipStore.heldIn(db, person, scope, doc)
    return [...changes.map(({ bytes }) => bytes), ...held]
  }
}

const standingIn = async (
  store: Store,
  id: string,
  person: string,
  isOver: boolean,
): Promise<CheckAnswer> => {
  const { role, scope } = await standingOf(store.db, id, person)
  if (role === null) return nothing('unknown')
  if (role === 'erased' || scope?.status === 'gone') return nothing('gone')
  if (role === 'former' || isOver) return { ...nothing('left'), epoch: scope?.epoch ?? 0 }
  return { ...nothing('ok'), epoch: scope?.epoch ?? 0, head: scope?.head ?? 0 }
}

const nothing = (status: ScopeStatus): CheckAnswer => ({
  status,
  epoch: 0,
  head: 0,
  answered: 0,
  docs: [],
})
