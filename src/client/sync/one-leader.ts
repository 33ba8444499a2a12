import type { Locks } from './one-tab.ts'

/**
 * Calls `lead` while this tab holds the lock, until `lead`'s promise ends or the returned function is called; another tab of the
 * browser may then take over. Without the lock nothing is called.
 */
export const whileLeader = (
  locks: Locks,
  name: string,
  lead: (signal: AbortSignal) => Promise<void>,
): (() => void) => {
  const ended = new AbortController()
  void locks
    .request(name, { signal: ended.signal }, () => lead(ended.signal))
    .catch(() => undefined) // ended while it waited, or a dying page: nobody leads here
  return () => ended.abort()
}
