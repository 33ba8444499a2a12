import {
  heartbeatMs,
  type PresenceReport,
  presenceRepeatMs,
} from '../../shared/protocol/event-frames.ts'
import { limits } from '../../shared/protocol/frames.ts'
import { isGroupScope } from '../../shared/words/scope.ts'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'
import { createFollowers, type EventSink, type Follower } from './follower.ts'
import { endFollowing, rightsOf } from './live-rows.ts'
import { createDayTeller } from './tell-day.ts'
import { createPresenceTeller, presenceEvent } from './tell-presence.ts'
import { type Accepted, createWordsTeller } from './tell-words.ts'
import { createTurns } from './turns.ts'
import type { Position } from './what-to-tell.ts'

export interface Timers {
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}
export interface LiveParts {
  db: Database
  now: () => number
  timers: Timers
  /** Something failed that nobody waits for; it is tried again, or expires. */
  failed(error: unknown): void
}
export interface Visitor {
  person: string
  /** The token of the session. */
  session: string
  device: string
  at: readonly (Position & { scope: string })[]
}

/** Tells the devices that are connected to this node what happens in their scopes. Nothing is lost without it. */
export interface Live {
  /**
   * `open` is called once the visitor may follow something, and gives the answer to write to. Resolves to what is to be called
   * when the connection has ended, or to why there is none.
   */
  connect(visitor: Visitor, open: () => EventSink): Promise<(() => void) | 'not-found' | 'too-many'>
  /** After the commit, and not before. Returns at once. */
  accepted(batch: Accepted): void
  /** How many other devices follow the scope, not older than a second. May ask the database: never within a transaction. */
  listening(scope: string, device: string): Promise<number>
  /** False if the person does not belong to the scope. */
  report(person: string, report: PresenceReport): Promise<boolean>
  /** After the commit of a change of what goes on at a gathering. Returns at once; other nodes see it within a second. */
  dayChanged(): void
  /** Ends every connection, and takes no other. */
  close(): Promise<void>
}

export const pollMs = 1000
/** A browser that lost its network leaves dead connections behind: one more than these ends a session's oldest. */
export const mostOfSession = 6
/** A person may have many sessions, and a demonstration's hall is one person: so many, that others always have room. */
export const mostOfPerson = 200
/** Of one node. */
export const mostStreams = 5000

/** A device that comes back may show a group's people of before: it is told, though nobody is there. */
const knownPresence = (scope: string): string =>
  isGroupScope(scope) ? '' : presenceEvent(scope, [])

export const createLive = ({ db, now, timers, ...parts }: LiveParts): Live => {
  let closed = false
  const failed = (error: unknown): void => {
    if (!closed) parts.failed(error) // the database may be gone before the last question to it
  }
  const followers = createFollowers()
  const tellers = { db, now, followers, inTurn: createTurns(failed) }
  const words = createWordsTeller(tellers)
  const presence = createPresenceTeller(tellers)
  const day = createDayTeller(tellers)
  /** One after the other: two looks side by side would tell twice. */
  const lookAtDays = (): Promise<void> => tellers.inTurn('', day.look)
  let timer: unknown = null
  let repeatedAt = now()
  let beatAt = now()

  // Nodes know of each other by the database alone: each looks once a second at the scopes that it has connections for.
  const tick = async (): Promise<void> => {
    if (now() - beatAt >= heartbeatMs) {
      beatAt = now()
      for (const { out } of followers.all()) if (!out.write(':\n\n')) out.end()
    }
    if (now() - repeatedAt >= presenceRepeatMs) {
      repeatedAt = now()
      await presence.repeat()
    }
    const scopes = followers.scopes()
    await words.look(scopes)
    await presence.look(scopes)
    await lookAtDays()
  }

  const keepTicking = (): void => {
    if (timer !== null || followers.size === 0 || closed) return
    timer = timers.setTimeout(async () => {
      await tick().catch(failed)
      timer = null
      keepTicking()
    }, pollMs)
  }

  const begin = async (follower: Follower): Promise<void> => {
    const scopes = [...follower.toldByScope.keys()]
    await presence.begin(follower)
    await words.look(scopes)
    await presence.look(scopes)
    await day.begin(follower)
    await lookAtDays()
  }

  return {
    connect: async ({ person, session, device, at }, open) => {
      const hash = sha256(session)
      const asked = at.slice(0, limits.scopes)
      const scopes = asked.map(({ scope }) => scope)
      const held = (await rightsOf(db, [hash], scopes, now())).get(hash)
      const allowed = asked.filter(({ scope }) => held?.has(scope))
      if (allowed.length === 0) return 'not-found'
      if (closed || followers.size >= mostStreams) return 'too-many'

      const all = followers.all()
      makeRoom(
        all.filter((other) => other.session === hash),
        mostOfSession,
      )
      makeRoom(
        all.filter((other) => other.person === person),
        mostOfPerson,
      )
      const follower: Follower = {
        person,
        session: hash,
        device,
        out: open(),
        toldByScope: new Map(
          allowed.map(({ scope, epoch, cursor }) => [
            scope,
            { at: { epoch, cursor }, present: knownPresence(scope), listening: 0 },
          ]),
        ),
      }
      followers.add(follower)
      follower.out.write(':\n\n') // the device learns that it is connected
      keepTicking()
      void begin(follower).catch(failed)
      return () => {
        if (followers.remove(follower) && !closed) void presence.end(follower).catch(failed)
      }
    },
    accepted: words.accepted,
    listening: presence.listening,
    report: presence.report,
    dayChanged: () => void lookAtDays(),
    close: async () => {
      closed = true
      timers.clearTimeout(timer)
      const all = followers.all()
      for (const { out } of all) out.end()
      const ended = all.map(({ device, toldByScope }) =>
        endFollowing(db, device, [...toldByScope.keys()]),
      )
      await Promise.all(ended).catch(failed) // counted for some seconds more: no reason to fail
    },
  }
}

/** For one more; the oldest stand first. */
const makeRoom = (followers: readonly Follower[], most: number): void => {
  for (const { out } of followers.slice(0, Math.max(0, followers.length + 1 - most))) out.end()
}
