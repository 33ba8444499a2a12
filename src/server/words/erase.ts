import { hashInput } from '../../shared/protocol/frames.ts'
import { documentStore } from '../store/document-store.ts'
import { erasureStore } from '../store/erasure-store.ts'
import { sha256 } from '../store/hash.ts'
import { membershipStore } from '../store/membership-store.ts'
import type { Store } from '../store/store.ts'
import type { Ledger } from './ledger.ts'
import { append, type MembershipDeps, serverDevice } from './membership.ts'
import { namesIn } from './names-in-labels.ts'

export interface ErasureDeps extends MembershipDeps {
  ledger: Ledger
}
type Db = Parameters<Parameters<Store['write']>[0]>[0]

/**
 * Erases a person for ever, whatever backup is restored later.
 *
 * Gone: their own scopes with every word (devices are told `gone`, and delete), what is held for them, sessions, codes,
 * memberships, name, audience and municipality. What they wrote in groups stays the group's, without person and device; the labels
 * of their blocks say "tidlegare deltakar", and earlier labels are overwritten in every stored byte.
 *
 * What stays: the random id of a block, which nothing leads back to a person any more; the person's id in the ledger and in the
 * names of the scopes that are gone; names that somebody has typed in a text; and words that are on other people's devices.
 */
export const erasePerson = async (deps: ErasureDeps, person: string): Promise<void> => {
  // First the ledger: an erasure that was broken off is finished at the next start.
  deps.ledger.erased(person, deps.now())
  await deps.store.write((db) => eraseIn(db, deps, person))
  await scrub(deps)
}

/** Erases whom the ledger names and a restored database still knows; returns how many. Done at every start. */
export const applyLedger = async (deps: ErasureDeps): Promise<number> => {
  const back: string[] = []
  for (const person of deps.ledger.people()) {
    if (await erasureStore.isThere(deps.store.db, person)) back.push(person)
  }
  for (const person of back) await deps.store.write((db) => eraseIn(db, deps, person))
  if (back.length > 0 || deps.ledger.isUnscrubbed()) await scrub(deps)
  return back.length
}

const scrub = async ({ store, ledger, now }: ErasureDeps): Promise<void> => {
  await store.scrub()
  ledger.scrubbed(now())
}

/** What an erasure would do, for whoever must confirm it; null if there is no such person. */
export const summaryOf = async (
  { db }: Store,
  person: string,
): Promise<{ name: string; documents: number; groups: number } | null> => {
  const name = await erasureStore.nameOf(db, person)
  if (name === undefined) return null
  const own = await erasureStore.ownScopes(db, person)
  const written = await erasureStore.knownScopes(db, person)
  return {
    name,
    documents: await erasureStore.documentCount(db, own),
    groups: written.filter((id) => !own.includes(id)).length,
  }
}

/** The part of it that is in the database, in the caller's transaction. */
export const eraseIn = async (db: Db, deps: MembershipDeps, person: string): Promise<void> => {
  // Writes before it reads: SQLite lets nobody write who has read what another process has changed since.
  await erasureStore.endSessions(db, person)
  const own = await erasureStore.ownScopes(db, person)
  const groups = (await erasureStore.knownScopes(db, person)).filter((id) => !own.includes(id))
  // Before anything is looked for: what is pushed now waits, and is refused afterwards. In the order of their ids, so that two
  // who need several do not wait for each other.
  for (const scope of [...groups, ...own].sort()) {
    await documentStore.lockOrMake(db, scope, deps.newEpoch)
  }
  for (const scope of own) await erasureStore.emptyScope(db, scope)
  const name = (await erasureStore.nameOf(db, person)) ?? ''
  for (const scope of groups) await forgetWriter(db, deps, scope, person, name)
  await erasureStore.removePerson(db, person)
}

const forgetWriter = async (
  db: Db,
  deps: MembershipDeps,
  scope: string,
  person: string,
  name: string,
): Promise<void> => {
  const written = await membershipStore.writtenFrom(db, scope, person)
  const devices = [...new Set(written.map(({ device }) => device))].filter(
    (device) => device !== '' && device !== serverDevice,
  )
  for (const doc of new Set(written.map((row) => row.doc))) {
    const { bytes } = await documentStore.parts(db, scope, doc)
    const names = namesIn(bytes, devices, name)
    for await (const row of erasureStore.bytesOf(db, scope, doc)) {
      const without = names.withoutNames(row.bytes)
      if (without) await erasureStore.replaceBytes(db, scope, doc, { ...row, bytes: without })
    }
    const now = deps.now()
    const renamed = names.updates.map((update) => ({
      doc,
      hash: sha256(hashInput(doc, update)),
      bytes: update,
      person: '',
      device: serverDevice,
      writtenAt: now,
      receivedAt: now,
    }))
    await append(db, scope, renamed)
  }
  await erasureStore.unsign(db, scope, person)
  await erasureStore.removePresence(db, devices)
}
