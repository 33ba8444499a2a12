import { hashInput } from '../../shared/protocol/frames.ts'
import { sessionLifetime } from '../people/sessions.ts'
import { documentStore } from '../store/document-store.ts'
import { erasureStore } from '../store/erasure-store.ts'
import { sha256 } from '../store/hash.ts'
import { membershipStore } from '../store/membership-store.ts'
import type { Store } from '../store/store.ts'
import { takeOutOfVotes } from '../votes/erased-voter.ts'
import type { Ledger } from './ledger.ts'
import { append, type MembershipDeps } from './membership.ts'
import { handingsInOf, mayBeBy, namesIn } from './names-in-labels.ts'
import { serverDevice, type Writer, writerAmong } from './own-blocks.ts'

export interface ErasureDeps extends MembershipDeps {
  ledger: Ledger
}
type Db = Parameters<Parameters<Store['write']>[0]>[0]

/**
 * Erases a person for ever, whatever backup is restored later.
 *
 * Gone: their own scopes with every word, what is held for them, what too few others say in a vote without them, and all that any table says of them but their id: name, address,
 * rights, ways in, certificate, reports, places on waiting lists (erasure-store.ts). What they wrote in groups stays the group's,
 * without person and device; the page names the writer of their blocks "tidlegare deltakar", and their names in labels are
 * overwritten in every stored byte.
 *
 * What stays: the row that says who is erased; their sessions, for 90 days at most, by which their devices are told `gone` of
 * whatever they ask, and delete it; the random id of a block, which nothing leads back to a person any more; the person's id in the
 * ledger and in the names of the scopes that are gone; administrative acts, without them; names that somebody has typed in a text;
 * and words that are on other people's devices.
 *
 * What fails because others are busy in the database is tried again as long as `patience` waits a little and says true. Throws an
 * UnfinishedErasure.
 */
export const erasePerson = async (
  deps: ErasureDeps,
  person: string,
  patience: () => Promise<boolean> = async () => false,
): Promise<void> => {
  await eraseWords(deps, person, patience)
  await patiently('bytes', patience, () => scrub(deps))
}

/** The same without the last step: the bytes are in the database's files yet, where no program looks for them. */
export const eraseWords = async (
  deps: ErasureDeps,
  person: string,
  patience: () => Promise<boolean> = async () => false,
): Promise<void> => {
  // First the ledger: an erasure that was broken off is finished at the next start.
  const at = deps.now()
  deps.ledger.erased(person, at)
  await patiently('words', patience, () =>
    deps.store.write((db) => eraseIn(db, deps, person, deps.ledger.people().get(person) ?? at)),
  )
}

/** What is left to be done: the `words` are all there yet, or only their `bytes` in the database's files. */
export class UnfinishedErasure extends Error {
  readonly left: 'words' | 'bytes'
  constructor(left: 'words' | 'bytes', cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.left = left
  }
}

const patiently = async (
  left: 'words' | 'bytes',
  patience: () => Promise<boolean>,
  work: () => Promise<void>,
): Promise<void> => {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(await patience())) throw new UnfinishedErasure(left, error)
    }
  }
}

/** Erases whom the ledger names and a restored database still knows; returns how many. Done at every start. */
export const applyLedger = async (deps: ErasureDeps): Promise<number> => {
  let back = 0
  for (const [person, at] of deps.ledger.people()) {
    if (!(await erasureStore.isThere(deps.store.db, person))) continue
    await deps.store.write((db) => eraseIn(db, deps, person, at))
    back++
  }
  if (back > 0 || deps.ledger.isUnscrubbed()) await scrub(deps)
  return back
}

export const scrub = async ({
  store,
  ledger,
  now,
}: Pick<ErasureDeps, 'store' | 'ledger' | 'now'>): Promise<void> => {
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

/** The part of it that is in the database, in the caller's transaction. `at` = when the person was erased first. */
export const eraseIn = async (
  db: Db,
  deps: Pick<MembershipDeps, 'now' | 'newEpoch'>,
  person: string,
  at: number,
): Promise<void> => {
  // Writes before it reads: SQLite lets nobody write who has read what another process has changed since.
  await erasureStore.endSessions(db, person, at + sessionLifetime)
  const own = await erasureStore.ownScopes(db, person)
  const groups = (await erasureStore.knownScopes(db, person)).filter((id) => !own.includes(id))
  // Before anything is looked for: what is pushed now waits, and is refused afterwards. In the order of their ids, so that two
  // who need several do not wait for each other.
  for (const scope of [...groups, ...own].sort()) {
    await documentStore.lockOrMake(db, scope, deps.newEpoch)
  }
  const written: { person: string; device: string }[] = []
  for (const scope of [...groups, ...own]) {
    written.push(...(await membershipStore.writersIn(db, scope)))
  }
  const writer = writerAmong(written, person, (await erasureStore.nameOf(db, person)) ?? '')
  await takeOutOfVotes(db, person, own)
  for (const scope of own) await erasureStore.emptyScope(db, scope)
  for (const scope of groups) {
    await forgetWriter(db, deps, scope, person, writer)
    await erasureStore.removePresence(db, scope)
  }
  await erasureStore.removePerson(db, person, at)
}

const forgetWriter = async (
  db: Db,
  deps: Pick<MembershipDeps, 'now' | 'newEpoch'>,
  scope: string,
  person: string,
  writer: Writer,
): Promise<void> => {
  for (const doc of await documentStore.docs(db, scope)) {
    const handedIn = new Set<string>()
    let isInIt = false
    for await (const row of erasureStore.bytesOf(db, scope, doc)) {
      isInIt ||= row.person === person || mayBeBy(row.bytes, writer)
      if (row.person === person) for (const id of handingsInOf(row.bytes)) handedIn.add(id)
    }
    if (!isInIt) continue
    const { bytes } = await documentStore.parts(db, scope, doc)
    const names = namesIn(bytes, { ...writer, handedIn })
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
}
