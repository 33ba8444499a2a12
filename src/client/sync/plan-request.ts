import { limits } from '../../shared/protocol/frames.ts'
import type { OutboxRow, ScopeRow } from '../storage/words-database.ts'

export interface PlannedScope {
  scope: ScopeRow
  pushes: OutboxRow[]
}

/** Bytes of updates taken in one answer. */
export const answerBudget = 1024 * 1024
/** Well under the protocol's limit, since a push's frame is only estimated. */
export const requestBytes = 960 * 1024

/**
 * What one request holds: the scopes to be asked, and from the outbox, oldest first, as much as there is room for. Nothing is
 * pushed into a scope that the server does not know or has erased; it is asked whether that has changed. Where the right to
 * write is lost, the words are pushed all the same: the server holds them for their author.
 */
export const planRequest = (
  scopes: readonly ScopeRow[],
  outbox: readonly OutboxRow[],
  most: { pushes: number; bytes: number },
): PlannedScope[] => {
  const planned = new Map<string, PlannedScope>()
  for (const scope of scopes.slice(0, limits.scopes)) planned.set(scope.id, { scope, pushes: [] })
  let bytes = 0
  let pushes = 0
  for (const row of outbox) {
    const target = planned.get(row.scope)
    if (target === undefined || !isPushable(target.scope)) continue
    // The length of a varint frame: times and lengths, and the task in UTF-8 at most three bytes a code unit.
    const size = row.update.length + (row.doc.length - row.scope.length) * 3 + 12
    if (pushes === limits.pushes) break
    if (pushes > 0 && (pushes >= most.pushes || bytes + size > most.bytes)) break
    target.pushes.push(row)
    bytes += size
    pushes++
  }
  return [...planned.values()]
}

export const isPushable = (scope: ScopeRow | undefined): boolean =>
  scope === undefined || scope.status === 'ok' || scope.status === 'left'
