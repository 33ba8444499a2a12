import type { Clock } from '../storage/clock.ts'
import type { RunSync } from './engine.ts'
import type { Outcome } from './outcome.ts'

export type Locks = Pick<LockManager, 'request'>

/** A frozen tab may keep its lock for ever. Two tabs that send the same are harmless, one that never sends is not. */
const longestBusyMs = 30_000

/**
 * Lets one tab at a time sync, where Web Locks exist; it saves traffic and guarantees nothing. What was just written while
 * somebody listens (not `all`) does not wait for the lock: only the tab in which it was written sends it at once.
 */
export const inOneTab = (
  locks: Locks | null,
  name: string,
  clock: Clock,
  sync: RunSync,
): RunSync => {
  if (locks === null) return sync
  let busySince: number | null = null
  return async (all, written) => {
    if (!all) return sync(all, written)
    if (busySince !== null && Math.abs(clock.now() - busySince) >= longestBusyMs) return sync(all)
    let begun = false
    try {
      return await locks.request(name, { ifAvailable: true }, async (lock): Promise<Outcome> => {
        if (lock === null) {
          busySince ??= clock.now()
          return { kind: 'busy' }
        }
        begun = true
        busySince = null
        return sync(all)
      })
    } catch {
      return begun ? { kind: 'broken' } : sync(all) // a sandboxed or dying page has no locks
    }
  }
}
