import {
  type CheckAnswer,
  type CheckRequest,
  type DocumentDigest,
  decodeCheckRequest,
  encodeCheckAnswer,
} from '../../shared/protocol/check-frames.ts'
import { limits, type ScopeStatus } from '../../shared/protocol/frames.ts'
import { differenceFor, digestOf, isSameDigest } from '../../shared/words/compare.ts'
import { hasTooManyClients } from '../../shared/words/count-clients.ts'
import { createDocument } from '../../shared/words/document.ts'
import { Refusal } from '../refusal.ts'
import { documentStore } from '../store/document-store.ts'
import { standingOf } from '../store/scopes.ts'
import type { Store } from '../store/store.ts'
import { readFrame } from '../sync/handle-sync.ts'
import { nul } from '../sync/push.ts'

/** Bytes that are read and built into documents for one answer; the device asks again for the rest. */
const readBudget = 16 * 1024 * 1024
/** Documents looked at for one answer: one that is not there has no bytes, and takes its query all the same. */
const mostDocuments = 1000

/** `POST /api/v1/sync/check` without HTTP: a request's frame in, an answer's frame out, or a Refusal. */
export const handleCheck = async (
  deps: { store: Store },
  person: string,
  frame: Uint8Array,
): Promise<Uint8Array> => {
  if (frame.length > limits.requestBytes) throw new Refusal('too-large', 'request too large')
  const request = readFrame(() => decodeCheckRequest(frame))
  const ids = [request.scope, ...request.docs.map(({ doc }) => doc)]
  if (ids.some((id) => id.includes(nul))) throw new Refusal('bad-request', 'not an id')
  return encodeCheckAnswer(request.scope, await check(deps, person, request))
}

/** What protocol/check-frames.ts says. Each document is read as it stands at one moment. */
export const check = async (
  { store }: { store: Store },
  person: string,
  { scope: id, docs }: CheckRequest,
): Promise<CheckAnswer> => {
  const before = await standingIn(store, id, person)
  if (before.status !== 'ok') return before
  const answer: CheckAnswer = { ...before, docs: [] }
  let [read, written] = [0, 0]
  for (const theirs of docs) {
    if (read > readBudget || written > limits.requestBytes) break
    if (answer.answered >= mostDocuments) break
    const { bytes } = await documentStore.parts(store.db, id, theirs.doc)
    read += bytes.reduce((sum, part) => sum + part.length, 0)
    const differing = compare(theirs, bytes)
    answer.answered++
    if (differing !== null) {
      answer.docs.push(differing)
      written += differing.update.length
    }
    // Other requests get a turn between two documents.
    await new Promise((done) => setImmediate(done))
  }
  // Asked again: who has left meanwhile does not get what was written after that.
  const after = await standingIn(store, id, person)
  return after.status === 'ok' ? answer : after
}

const standingIn = async (store: Store, id: string, person: string): Promise<CheckAnswer> => {
  const { role, scope } = await standingOf(store.db, id, person)
  if (role === null) return nothing('unknown')
  if (role === 'erased' || scope?.status === 'gone') return nothing('gone')
  if (role === 'former') return nothing('left')
  return { ...nothing('ok'), epoch: scope?.epoch ?? 0, head: scope?.head ?? 0 }
}

const nothing = (status: ScopeStatus): CheckAnswer => ({
  status,
  epoch: 0,
  head: 0,
  answered: 0,
  docs: [],
})

/** Null if both have the same words, or nobody should build the document to see. */
const compare = (theirs: DocumentDigest, updates: Uint8Array[]): CheckAnswer['docs'][0] | null => {
  if (hasTooManyClients(updates)) return null
  const document = createDocument(updates, { gc: false })
  try {
    const ours = digestOf(document)
    if (isSameDigest(ours, theirs)) return null
    return { doc: theirs.doc, ...ours, update: differenceFor(document, theirs.stateVector) }
  } catch (error) {
    throw new Refusal('bad-request', `not a state vector: ${(error as Error).message}`)
  } finally {
    document.destroy()
  }
}
