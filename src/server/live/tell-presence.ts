import {
  type Presence,
  type PresenceReport,
  presenceExpiryMs,
} from '../../shared/protocol/event-frames.ts'
import type { Database } from '../store/schema.ts'
import { type Follower, type Followers, readersOf, send } from './follower.ts'
import {
  deleteExpired,
  endFollowing,
  endPresence,
  followingRow,
  isMember,
  presenceIn,
  rightsOf,
  type ScopePresence,
  writePresence,
} from './live-rows.ts'
import type { InTurn } from './turns.ts'

/** How old a count of listeners may be. */
const countMs = 1000

/** Who is in which document, and how many follow a scope: rows that expire, told to this node's connections. */
export const createPresenceTeller = (parts: {
  db: Database
  now: () => number
  followers: Followers
  inTurn: InTurn
}) => {
  const { db, now, followers, inTurn } = parts
  /** Of the scopes that this node has connections for; as old as the last look. */
  const seenByScope = new Map<string, ScopePresence>()
  /** Of the others; thrown away after a second. */
  let counted = new Map<string, ScopePresence>()
  let countedAt = 0

  const expiry = (): number => now() + presenceExpiryMs
  const isFollowed = (scope: string): boolean => followers.of(scope).length > 0

  const look = async (scopes: readonly string[]): Promise<void> => {
    const presences = await presenceIn(db, scopes, now())
    await Promise.all(
      scopes.filter(isFollowed).map((scope) => {
        const presence = presences.get(scope) ?? nobody
        seenByScope.set(scope, presence)
        return inTurn(scope, () => tell(scope, presence))
      }),
    )
  }

  const tell = async (scope: string, presence: ScopePresence): Promise<void> => {
    const present = presenceEvent(scope, presence.present)
    const waiting = followers
      .of(scope)
      .filter(
        ([{ device }, told]) =>
          told.present !== present || told.listening !== othersIn(presence, device),
      )
    for (const [follower, told] of await readersOf(parts, scope, waiting)) {
      const listening = othersIn(presence, follower.device)
      if (told.present !== present) send(follower, 'presence', present)
      if (told.listening !== listening) {
        send(follower, 'listening', JSON.stringify({ scope, listening }))
      }
      Object.assign(told, { present, listening })
    }
  }

  return {
    /** Tells what has changed in these scopes, by one query. */
    look,

    begin: ({ device, toldByScope }: Follower): Promise<void> =>
      writePresence(
        db,
        [...toldByScope.keys()].map((scope) => followingRow(scope, device)),
        expiry(),
      ),

    /** The connection has left `followers`; another one of the same device may be there. */
    end: async ({ device, toldByScope }: Follower): Promise<void> => {
      const scopes = [...toldByScope.keys()]
      for (const scope of scopes) if (!isFollowed(scope)) seenByScope.delete(scope)
      const left = scopes.filter(
        (scope) => !followers.of(scope).some(([other]) => other.device === device),
      )
      await endFollowing(db, device, left)
      await look(left.filter(isFollowed))
    },

    /** Says again that all devices are there which may be; ends the connections of sessions that have ended. */
    repeat: async (): Promise<void> => {
      await deleteExpired(db, now())
      const all = followers.all()
      const sessions = all.map((follower) => follower.session)
      const rights = await rightsOf(db, sessions, followers.scopes(), now())
      for (const follower of all) if (!rights.has(follower.session)) follower.out.end()
      const rows = all.flatMap(({ session, device, toldByScope }) =>
        [...toldByScope.keys()]
          .filter((scope) => rights.get(session)?.has(scope))
          .map((scope) => followingRow(scope, device)),
      )
      await writePresence(db, rows, expiry())
    },

    listening: async (scope: string, device: string): Promise<number> => {
      const seen = seenByScope.get(scope)
      if (seen) return othersIn(seen, device)
      if (now() - countedAt >= countMs) {
        countedAt = now()
        counted = new Map()
      }
      const known = counted.get(scope) ?? (await presenceIn(db, [scope], now())).get(scope)
      counted.set(scope, known ?? nobody)
      return othersIn(known ?? nobody, device)
    },

    /** A device is in one document of a scope at a time. */
    report: async (person: string, { doc, ...row }: PresenceReport): Promise<boolean> => {
      const { scope, device } = row
      if (!(await isMember(db, scope, person))) return false
      if (doc !== null) await writePresence(db, [{ ...row, doc }], expiry())
      await endPresence(db, scope, device, doc)
      if (isFollowed(scope)) await look([scope])
      return true
    },
  }
}

export const presenceEvent = (scope: string, present: Presence['present']): string =>
  JSON.stringify({ scope, present } satisfies Presence)

const nobody: ScopePresence = { present: [], following: new Set() }

const othersIn = ({ following }: ScopePresence, device: string): number =>
  following.size - (following.has(device) ? 1 : 0)
