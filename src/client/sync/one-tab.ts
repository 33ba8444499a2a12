import type { Clock } from '../storage/clock.ts'
import type { Outcome } from './outcome.ts'

export type Locks = Pick<LockManager, 'request'>

/** A frozen tab may keep its lock for ever. Two tabs that send the same are harmless, one that never sends is not. */
const longestBusyMs = 30_000

/** Lets one tab at a time sync, where Web Locks exist; it saves traffic and guarantees nothing. */
export const inOneTab = (
  locks: Locks | null,
  name: string,
  clock: Clock,
  sync: () => Promise<Outcome>,
): (() => Promise<Outcome>) => {
  if (locks === null) return sync
  let busySince: number | null = null
  return async () => {
    if (busySince !== null && clock.now() - busySince >= longestBusyMs) return sync()
    let begun = false
    try {
      return await locks.request(name, { ifAvailable: true }, async (lock): Promise<Outcome> => {
        if (lock === null) {
          busySince ??= clock.now()
          return { kind: 'busy' }
        }
        begun = true
        busySince = null
        return sync()
      })
    } catch {
      return begun ? { kind: 'broken' } : sync() // a sandboxed or dying page has no locks
    }
  }
}
