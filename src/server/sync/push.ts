import { isTablet } from '../../shared/domain/tablet-id.ts'
import { type AckCode, hashInput, limits, type Push } from '../../shared/protocol/frames.ts'
import { splitDocumentId } from '../../shared/words/scope.ts'
import { sha256 } from '../store/hash.ts'
import { lockScope, raiseHead, type ScopeRow } from '../store/scopes.ts'
import type { Store } from '../store/store.ts'
import {
  documentSizes,
  heldSizes,
  insertHeld,
  insertUpdates,
  knownHeld,
  knownUpdates,
  type NewUpdate,
} from '../store/updates.ts'

export interface Pushed {
  scope: string
  person: string
  device: string
  pushes: readonly Push[]
}
export interface Taken extends ScopeRow {
  role: 'member' | 'former'
  /** The head before these pushes. */
  before: number
  acks: AckCode[]
  /** New in the scope, numbered from `before` + 1. */
  accepted: NewUpdate[]
  /** Numbers of pushes that were known already. */
  known: ReadonlySet<number>
}

/**
 * Takes what somebody has written in one scope, in one transaction; resolves when it is durable. null = the scope is not
 * there for this person.
 */
export const takePushes = (
  { store, now, newEpoch }: { store: Store; now: () => number; newEpoch: () => number },
  { scope: id, person, device, pushes }: Pushed,
): Promise<Taken | null> => {
  const received = pushes.map((push) => receive(id, push, { person, device, receivedAt: now() }))
  return store.write(async (db): Promise<Taken | null> => {
    // 1 The row lock: from here to the commit nobody else writes in this scope, joins it or leaves it.
    const locked = await lockScope(db, id, person, newEpoch)
    if (!locked) return null
    const { role, scope } = locked
    const taken = { ...scope, role, before: scope.head, accepted: [], known: new Set<number>() }
    if (scope.status === 'gone') return { ...taken, acks: [] }

    // 2 What is known already is acknowledged again; where nothing was ever taken, nothing is.
    const sound = received.filter((update) => update !== null)
    const hashes = sound.map(({ hash }) => hash)
    const isEmpty = scope.head === 0
    const known = isEmpty ? new Map<string, number>() : await knownUpdates(db, id, hashes)
    const held = role === 'former' ? await knownHeld(db, id, person, hashes) : new Set<string>()
    const docs = new Set(
      sound.filter(({ hash }) => !known.has(hash) && !held.has(hash)).map(({ doc }) => doc),
    )

    // 3 What is new is taken in the order written, as long as there is room in its document.
    const sizes =
      role === 'member'
        ? await documentSizes(db, id, isEmpty ? [] : [...docs])
        : await heldSizes(db, id, person, [...docs])
    const fresh: NewUpdate[] = []
    const done = new Map<string, AckCode>()
    const acks = received.map((update): AckCode => {
      if (update === null) return 'refused'
      if (known.has(update.hash)) return 'accepted'
      if (held.has(update.hash)) return 'held'
      const before = done.get(update.hash)
      if (before !== undefined) return before
      const size = (sizes.get(update.doc) ?? 0) + update.bytes.length
      if (update.bytes.length > limits.updateBytes || size > limits.documentBytes) {
        return 'too-large'
      }
      if (role === 'former' && isTablet(person)) return 'refused'
      const code = role === 'member' ? 'accepted' : 'held'
      done.set(update.hash, code)
      sizes.set(update.doc, size)
      fresh.push(update)
      return code
    })

    // 4 Into the scope, or kept for its author alone; a table's device keeps them itself, since nobody ever comes back as it.
    if (role === 'former') {
      await insertHeld(db, id, fresh)
      return { ...taken, acks }
    }
    const head = scope.head + fresh.length
    if (fresh.length > 0) {
      await insertUpdates(db, id, scope.head + 1, fresh)
      await raiseHead(db, id, head)
    }
    return { ...taken, head, acks, accepted: fresh, known: new Set(known.values()) }
  })
}

/** null = there are no bytes, or no document that could be one of this scope. */
const receive = (
  scope: string,
  { doc, writtenAt, update }: Push,
  sender: { person: string; device: string; receivedAt: number },
): NewUpdate | null => {
  if (update.length === 0 || splitDocumentId(doc)?.scope !== scope || doc.includes(nul)) return null
  const hash = sha256(hashInput(doc, update))
  return { doc, hash, bytes: update, writtenAt: boundTime(writtenAt), ...sender }
}

/** PostgreSQL's text holds all but this. */
export const nul = '\u0000'

/** For display only: no clock, however wrong, keeps words from being taken. */
const boundTime = (time: number): number => Math.max(0, Math.min(time, Number.MAX_SAFE_INTEGER))
