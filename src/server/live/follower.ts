import type { Database } from '../store/schema.ts'
import { rightsOf } from './live-rows.ts'
import type { Position } from './what-to-tell.ts'

/** The open answer to one device. */
export interface EventSink {
  /** False = the reader is too slow, or gone: what is not read by now is not kept for it. */
  write(text: string): boolean
  /** Ends the answer; calling it twice does nothing. */
  end(): void
}

/** What a device has been told of one scope. */
export interface Told {
  at: Position
  present: string
  listening: number
}

/** One open connection. */
export interface Follower {
  person: string
  /** The hash of its session. */
  session: string
  device: string
  out: EventSink
  toldByScope: ReadonlyMap<string, Told>
}

/** The connections of this node. */
export interface Followers {
  readonly size: number
  add(follower: Follower): void
  /** False if it is gone already. */
  remove(follower: Follower): boolean
  all(): Follower[]
  /** Those of one scope, each with what it has been told of it. */
  of(scope: string): (readonly [Follower, Told])[]
  scopes(): string[]
}

export const createFollowers = (): Followers => {
  const all = new Set<Follower>()
  const byScope = new Map<string, Map<Follower, Told>>()
  return {
    get size() {
      return all.size
    },
    add: (follower) => {
      all.add(follower)
      for (const [scope, told] of follower.toldByScope) {
        byScope.set(scope, (byScope.get(scope) ?? new Map()).set(follower, told))
      }
    },
    remove: (follower) => {
      for (const scope of follower.toldByScope.keys()) {
        const ofScope = byScope.get(scope)
        ofScope?.delete(follower)
        if (ofScope?.size === 0) byScope.delete(scope)
      }
      return all.delete(follower)
    },
    all: () => [...all],
    of: (scope) => [...(byScope.get(scope) ?? [])],
    scopes: () => [...byScope.keys()],
  }
}

export const send = ({ out }: Follower, event: string, data: string): void => {
  if (!out.write(`event: ${event}\ndata: ${data}\n\n`)) out.end()
}

/**
 * Those who may read the scope at this moment: asked before every event, so that nobody is told anything after they lost
 * the right. The connection of a session that has ended is ended.
 */
export const readersOf = async (
  { db, now }: { db: Database; now: () => number },
  scope: string,
  waiting: readonly (readonly [Follower, Told])[],
): Promise<(readonly [Follower, Told])[]> => {
  if (waiting.length === 0) return []
  const sessions = waiting.map(([follower]) => follower.session)
  const rights = await rightsOf(db, sessions, [scope], now())
  return waiting.filter(([follower]) => {
    const held = rights.get(follower.session)
    if (held === undefined) follower.out.end()
    return held?.has(scope) === true
  })
}
