import { hashInput, limits } from '../../shared/protocol/frames.ts'
import { documentId, isGroupScope, personScope, splitDocumentId } from '../../shared/words/scope.ts'
import { splitUpdate } from '../../shared/words/split-update.ts'
import { documentStore } from '../store/document-store.ts'
import { erasureStore } from '../store/erasure-store.ts'
import { sha256 } from '../store/hash.ts'
import { type HeldRow, membershipStore } from '../store/membership-store.ts'
import { raiseHead } from '../store/scopes.ts'
import type { Store } from '../store/store.ts'
import { insertUpdates, knownUpdates, type NewUpdate } from '../store/updates.ts'
import type { Ledger } from './ledger.ts'
import { mayBeBy } from './names-in-labels.ts'
import { copyBlocks, serverDevice, writerAmong } from './own-blocks.ts'

export interface MembershipDeps {
  store: Store
  ledger: Pick<Ledger, 'putOut' | 'letIn' | 'isOut'>
  now: () => number
  /** A whole number from 1. */
  newEpoch: () => number
}

type Db = Parameters<Parameters<Store['write']>[0]>[0]

/**
 * Takes away the right to read and write in a group. From the commit on the person pulls nothing, and what they still push is
 * held. Their own blocks are copied into their own scope, as they are then, and the ledger keeps an older backup from giving the
 * right back. Doing it twice changes nothing. False if the person was no member.
 */
export const revokeMembership = (
  deps: MembershipDeps,
  scope: string,
  person: string,
): Promise<boolean> =>
  deps.store.write(async (db) => {
    if (!(await leaveIn(db, deps, scope, person))) return false
    // Before the commit: should that fail, nobody has a right that they should not have.
    deps.ledger.putOut(scope, person, deps.now())
    return true
  })

/** The part of it that is in the database, in the caller's transaction. */
export const leaveIn = async (
  db: Db,
  deps: Pick<MembershipDeps, 'now' | 'newEpoch'>,
  scope: string,
  person: string,
): Promise<boolean> => {
  const { head } = await documentStore.lockOrMake(db, scope, deps.newEpoch)
  if (!(await membershipStore.remove(db, scope, person))) return false
  await membershipStore.addFormer(db, { scope, person, left_seq: head, left_at: deps.now() })
  if (isGroupScope(scope)) await copyOwnWords(db, deps, scope, person)
  return true
}

/** Lets somebody (back) in: what has been held of theirs enters the scope, in the order it came. */
export const restoreMembership = async (
  deps: MembershipDeps,
  scope: string,
  person: string,
): Promise<void> => {
  await deps.store.write((db) => enterIn(db, deps, scope, person))
  await tellEntered(deps, [{ scope, person }])
}

/** The part of it that is in the database, in the caller's transaction. After its commit comes `tellEntered`. */
export const enterIn = async (
  db: Db,
  deps: Pick<MembershipDeps, 'newEpoch'>,
  scope: string,
  person: string,
): Promise<void> => {
  await documentStore.lockOrMake(db, scope, deps.newEpoch)
  await membershipStore.add(db, scope, person)
  await membershipStore.removeFormer(db, scope, person)
  const held = await membershipStore.held(db, person, scope)
  await append(db, scope, held.map(asUpdate))
  await membershipStore.removeHeld(db, scope, person)
}

export interface Place {
  scope: string
  person: string
}

/** Tells the ledger of whom it names as out and who is in again. */
export const tellEntered = async (
  deps: Pick<MembershipDeps, 'store' | 'now'> & { ledger: Pick<Ledger, 'isOut' | 'letIn'> },
  entered: readonly Place[],
): Promise<void> => {
  for (const { scope, person } of entered) {
    if (!deps.ledger.isOut(scope, person)) continue
    // After the commit, and under the lock, for they may have been put out again.
    await deps.store.write(async (db) => {
      await documentStore.lock(db, scope)
      if (await membershipStore.isMember(db, scope, person))
        deps.ledger.letIn(scope, person, deps.now())
    })
  }
}

const copyOwnWords = async (
  db: Db,
  deps: Pick<MembershipDeps, 'now' | 'newEpoch'>,
  scope: string,
  person: string,
): Promise<void> => {
  // A group's tablet has no scope of its own.
  const run = await membershipStore.runOf(db, person)
  const own = run === undefined ? null : personScope(person, run)
  if (own === null || !(await membershipStore.isMember(db, own, person))) return

  const written = [
    ...(await membershipStore.writersIn(db, scope)),
    ...(await membershipStore.writersIn(db, own)),
  ]
  const writer = writerAmong(written, person, (await erasureStore.nameOf(db, person)) ?? '')
  const { status } = await documentStore.lockOrMake(db, own, deps.newEpoch)
  if (status === 'gone') return
  const now = deps.now()
  const updates: NewUpdate[] = []
  for (const doc of await documentStore.docs(db, scope)) {
    const task = splitDocumentId(doc)?.task
    if (task === undefined) continue
    const target = documentId(own, task)
    const from = await documentStore.parts(db, scope, doc)
    if (!from.bytes.some((bytes) => mayBeBy(bytes, writer))) continue
    const into = await documentStore.parts(db, own, target)
    for (const bytes of copyBlocks(from.bytes, into.bytes, writer)) {
      for (const piece of splitUpdate(bytes, limits.updateBytes)) {
        updates.push({
          doc: target,
          hash: sha256(hashInput(target, piece)),
          bytes: piece,
          person,
          device: serverDevice,
          writtenAt: now,
          receivedAt: now,
        })
      }
    }
  }
  await append(db, own, updates)
}

/** Gives updates the next numbers of a locked scope; what is known already is left out. */
export const append = async (
  db: Db,
  scope: string,
  updates: readonly NewUpdate[],
): Promise<void> => {
  const known = await knownUpdates(
    db,
    scope,
    updates.map(({ hash }) => hash),
  )
  const fresh = updates.filter(({ hash }) => !known.has(hash))
  const row = await documentStore.lock(db, scope)
  if (!row || fresh.length === 0) return
  await insertUpdates(db, scope, row.head + 1, fresh)
  await raiseHead(db, scope, row.head + fresh.length)
}

const asUpdate = (row: HeldRow): NewUpdate => ({
  doc: row.doc,
  hash: row.hash,
  bytes: row.bytes,
  person: row.person,
  device: row.device,
  writtenAt: row.written_at,
  receivedAt: row.received_at,
})
