import type { SyncAnswer, SyncRequest } from '../../shared/protocol/frames.ts'
import { limits, type ScopeAnswer, type ScopeRequest } from '../../shared/protocol/frames.ts'
import { pull } from '../store/pull.ts'
import { lockScope, type Role, type ScopeRow, standingOf } from '../store/scopes.ts'
import type { Store } from '../store/store.ts'
import { nul, type Taken, takePushes } from './push.ts'

/** Updates that a scope has just accepted: their commit is done. */
export interface Accepted {
  scope: string
  epoch: number
  /** The head before; the updates have the numbers after it. */
  from: number
  head: number
  device: string
  updates: { doc: string; seq: number; bytes: Uint8Array }[]
}

export interface SyncDeps {
  store: Store
  now: () => number
  /** A whole number from 1; a scope made anew must not look like the one before it. */
  newEpoch: () => number
  /** Told of everything accepted, after its commit; waited for by nobody. */
  accepted?(change: Accepted): void
  /** How many devices other than this one follow the scope now. */
  listening?(scope: string, device: string): number | Promise<number>
}

/**
 * One round trip for one person. What is pushed is taken first, each scope in a transaction of its own, all at once so that
 * they share a commit; then each scope is read in the order asked for, with one budget for all.
 */
export const sync = async (
  deps: SyncDeps,
  person: string,
  request: SyncRequest,
  isOver = false,
): Promise<SyncAnswer> => {
  const device = request.device.replaceAll(nul, '')
  const taken = await Promise.all(
    request.scopes.map((asked) => takeFrom(deps, person, device, asked)),
  )
  const scopes: ScopeAnswer[] = []
  const budget = Math.min(request.budget, limits.requestBytes)
  let given = 0
  for (const [index, asked] of request.scopes.entries()) {
    // One item comes in any case, not one of each scope: it may be a snapshot of some mebibytes.
    const left = given > 0 && given >= budget ? null : budget - given
    const had = taken[index] ?? null
    const answer = isOver
      ? await receiptFor(deps, person, asked, had)
      : await answerTo(deps, person, device, asked, had, left)
    given += answer.items.reduce((sum, item) => sum + item.update.length, 0)
    scopes.push(answer)
  }
  return { scopes }
}

const takeFrom = async (
  deps: SyncDeps,
  person: string,
  device: string,
  { id, pushes }: ScopeRequest,
): Promise<Taken | null> => {
  if (pushes.length === 0 || id.includes(nul)) return null
  const taken = await takePushes(deps, { scope: id, person, device, pushes })
  if (taken && taken.accepted.length > 0) {
    const { epoch, before: from, head } = taken
    const updates = taken.accepted.map(({ doc, bytes }, index) => {
      return { doc, seq: from + 1 + index, bytes }
    })
    deps.accepted?.({ scope: id, epoch, from, head, device, updates })
  }
  return taken
}

/** To a tablet whose time is over: what was taken, and no more than whoever has left is told. */
const receiptFor = async (
  deps: SyncDeps,
  person: string,
  asked: ScopeRequest,
  taken: Taken | null,
): Promise<ScopeAnswer> => {
  const standing = taken ?? (await standingFor(deps, person, asked))
  if (standing === null) return nothing(asked, 'unknown')
  return standing.status === 'gone'
    ? nothing(asked, 'gone')
    : left(asked, standing.epoch, taken?.acks ?? [])
}

/** `budget` in bytes; null = there is no room for anything. */
const answerTo = async (
  deps: SyncDeps,
  person: string,
  device: string,
  asked: ScopeRequest,
  taken: Taken | null,
  budget: number | null,
): Promise<ScopeAnswer> => {
  // 1 Missing and forbidden answer alike; who has left learns no more than that. Of who is erased, nothing is there any more.
  const standing = taken ?? (await standingFor(deps, person, asked))
  if (standing === null) return nothing(asked, 'unknown')
  if (standing.status === 'gone') return nothing(asked, 'gone')
  const acks = taken?.acks ?? []
  const { epoch, head } = standing
  if (standing.role === 'former') return left(asked, epoch, acks)
  const before = taken ? taken.before : head

  // 2 A cursor from another epoch, or beyond the head before these pushes, counts for nothing: the device would skip updates
  //   that took its numbers.
  const from = asked.epoch === epoch && asked.cursor <= before ? asked.cursor : 0
  const listening = (await deps.listening?.(asked.id, device)) ?? 0
  const answer: ScopeAnswer = {
    id: asked.id,
    status: 'ok',
    epoch,
    head,
    cursor: head,
    more: false,
    listening,
    acks,
    items: [],
  }
  if (from === before) return answer
  if (budget === null) return { ...answer, cursor: from, more: true }

  // 3 What the device lacks, without what it has just pushed; the cursor moves over that.
  const own = taken ? { first: before + 1, last: head } : { first: 1, last: 0 }
  const pulled = await pull(deps.store.db, {
    scope: asked.id,
    person,
    after: from,
    budget,
    own,
  })
  // Put out, or erased, since the question was asked.
  if (pulled === null) return left(asked, epoch, acks)
  if (pulled.status === 'gone') return nothing(asked, 'gone')
  const cursor = pulled.cut ? (pulled.items.at(-1)?.seq ?? from) : pulled.head
  const items = pulled.items
    .filter(({ seq, kind }) => kind === 'snapshot' || !taken?.known.has(seq))
    .map(({ doc, seq, kind, bytes }) => ({ doc, seq, kind, update: bytes }))
  return { ...answer, head: pulled.head, cursor, more: pulled.cut, items }
}

type Known = ScopeRow & { role: Exclude<Role, null> }

const erased: Known = { role: 'erased', epoch: 0, head: 0, status: 'gone' }

const standingFor = async (
  { store, newEpoch }: SyncDeps,
  person: string,
  { id }: ScopeRequest,
): Promise<Known | null> => {
  if (id.includes(nul)) return null
  const { role, scope } = await standingOf(store.db, id, person)
  if (role === null) return null
  if (role === 'erased') return erased
  if (scope) return { ...scope, role }
  // The first of its members that ever asks: the scope gets its epoch.
  const made = await store.write((db) => lockScope(db, id, person, newEpoch))
  return made ? { ...made.scope, role: made.role } : null
}

const nothing = ({ id }: ScopeRequest, status: 'unknown' | 'gone'): ScopeAnswer => ({
  id,
  status,
  epoch: 0,
  head: 0,
  cursor: 0,
  more: false,
  listening: 0,
  acks: [],
  items: [],
})

/** Nothing pulled, and nothing told of what goes on there; only whether the server has forgotten something. */
const left = (
  { id, cursor }: ScopeRequest,
  epoch: number,
  acks: ScopeAnswer['acks'],
): ScopeAnswer => ({
  ...nothing({ id } as ScopeRequest, 'unknown'),
  status: 'left',
  epoch,
  head: cursor,
  cursor,
  acks,
})
