import {
  type AckCode,
  hashInput,
  limits,
  type Push,
  type ScopeAnswer,
  type ScopeRequest,
  type SyncAnswer,
  type SyncRequest,
} from '../../shared/protocol/frames.ts'
import { splitDocumentId } from '../../shared/words/scope.ts'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'
import { type NewUpdate, wordStore } from '../store/word-store.ts'

export interface SyncDeps {
  db: Database
  now: () => number
  /** A whole number from 1; a scope made anew must not look like the one before it. */
  newEpoch: () => number
}

/**
 * One round trip for one person. One transaction per scope; the answer, and with it every acknowledgement, leaves after
 * its commit. The budget is shared by the scopes in the order asked for.
 */
export const sync = async (
  deps: SyncDeps,
  person: string,
  request: SyncRequest,
): Promise<SyncAnswer> => {
  const scopes: ScopeAnswer[] = []
  let budget = Math.min(request.budget, limits.requestBytes)
  for (const asked of request.scopes) {
    const answer = await syncScope(deps, person, request.device, asked, budget)
    budget -= answer.items.reduce((sum, item) => sum + item.update.length, 0)
    scopes.push(answer)
  }
  return { scopes }
}

const syncScope = (
  deps: SyncDeps,
  person: string,
  device: string,
  asked: ScopeRequest,
  budget: number,
): Promise<ScopeAnswer> =>
  deps.db.transaction().execute(async (db) => {
    // 1 Missing and forbidden answer alike.
    const member = await wordStore.isMember(db, asked.id, person)
    if (!member) return nothing(asked, 'unknown')
    const scope = await wordStore.scope(db, asked.id, deps.newEpoch)
    if (scope.status === 'gone') return nothing(asked, 'gone')

    // 2 Take what is new, in the order written; what is known already is acknowledged again.
    const judged = await judge(deps, db, person, device, asked)
    const head =
      judged.accepted.length > 0
        ? await wordStore.append(db, asked.id, judged.accepted)
        : Number(scope.head)

    // 3 Give what the device lacks. A cursor from another epoch, or beyond the head before these pushes, counts for
    //   nothing: the device would skip updates that took its numbers.
    const epoch = Number(scope.epoch)
    const from = asked.epoch === epoch && asked.cursor <= Number(scope.head) ? asked.cursor : 0
    // One item at least, so that a full scope before this one does not starve it.
    const rows = from < head ? await wordStore.after(db, asked.id, from, budget) : []
    const cursor = rows.at(-1)?.seq ?? from
    return {
      id: asked.id,
      status: 'ok',
      epoch,
      head,
      cursor,
      more: cursor < head,
      listening: 0,
      acks: judged.acks,
      items: rows.map((row) => ({ doc: row.doc, seq: row.seq, kind: 'update', update: row.bytes })),
    }
  })

const nothing = (asked: ScopeRequest, status: 'unknown' | 'gone'): ScopeAnswer => ({
  id: asked.id,
  status,
  epoch: 0,
  head: 0,
  cursor: 0,
  more: false,
  listening: 0,
  acks: [],
  items: [],
})

type Db = Parameters<typeof wordStore.isMember>[0]

const judge = async (
  deps: SyncDeps,
  db: Db,
  person: string,
  device: string,
  asked: ScopeRequest,
): Promise<{ acks: AckCode[]; accepted: NewUpdate[] }> => {
  const pushes = asked.pushes.map((push) => {
    const hash = sha256(hashInput(push.doc, push.update))
    return { push, hash, sound: isSound(asked.id, push) }
  })
  const known = await wordStore.knownHashes(
    db,
    asked.id,
    pushes.filter(({ sound }) => sound).map(({ hash }) => hash),
  )
  const sizes = new Map<string, number>()
  const acks: AckCode[] = []
  const accepted: NewUpdate[] = []
  for (const { push, hash, sound } of pushes) {
    const isKnown = sound && known.has(hash)
    const code = isKnown ? 'accepted' : sound ? await codeOf(db, asked.id, push, sizes) : 'refused'
    acks.push(code)
    if (code !== 'accepted' || isKnown) continue
    known.add(hash)
    accepted.push({
      doc: push.doc,
      hash,
      bytes: push.update,
      person,
      device,
      writtenAt: push.writtenAt,
      receivedAt: deps.now(),
    })
  }
  return { acks, accepted }
}

/** There are bytes, and they are of a document of this scope. */
const isSound = (scope: string, push: Push): boolean =>
  splitDocumentId(push.doc)?.scope === scope && push.update.length > 0

const codeOf = async (
  db: Db,
  scope: string,
  push: Push,
  sizes: Map<string, number>,
): Promise<AckCode> => {
  const before = sizes.get(push.doc) ?? (await wordStore.documentSize(db, scope, push.doc))
  const size = before + push.update.length
  if (push.update.length > limits.updateBytes || size > limits.documentBytes) return 'too-large'
  sizes.set(push.doc, size)
  return 'accepted'
}
