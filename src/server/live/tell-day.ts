import type { DayEvent } from '../../shared/protocol/event-frames.ts'
import { readDays } from '../day/day.ts'
import { listChunks } from '../store/prepared.ts'
import type { Database } from '../store/schema.ts'
import { type Follower, type Followers, send } from './follower.ts'

/**
 * Tells what goes on at the gathering of one's own cohort: the whole state, whenever it differs from what a connection was told. Of
 * what nobody has touched for long, whoever connects hears nothing.
 */
export const createDayTeller = ({
  db,
  now,
  followers,
}: {
  db: Database
  now: () => number
  followers: Followers
}) => {
  /** Of each connection: its cohort, and by stop the revision it has been told. */
  const toldBy = new WeakMap<Follower, { cohort: string | null; revisions: Map<string, number> }>()

  const tell = async (): Promise<void> => {
    const cohorts = new Set(followers.all().flatMap((one) => toldBy.get(one)?.cohort ?? []))
    const days = await readDays(db, [...cohorts], now())
    const behind = followers.all().filter((one) => {
      const told = toldBy.get(one)
      return days.some((day) => day.cohort === told?.cohort && !knows(told.revisions, day))
    })
    if (behind.length === 0) return
    // Asked before every event, so that nobody is told anything after they lost the right.
    const held = await cohortsOf(
      db,
      behind.map(({ session }) => session),
      now(),
    )
    for (const follower of behind) {
      const cohort = held.get(follower.session)
      const told = toldBy.get(follower)
      if (cohort === undefined) follower.out.end()
      if (!told) continue
      told.cohort = cohort ?? null // somebody may have been moved to another one
      for (const day of days) {
        if (day.cohort !== cohort || knows(told.revisions, day)) continue
        told.revisions.set(day.stop, day.revision)
        send(follower, 'day', JSON.stringify({ now: now(), day } satisfies DayEvent))
      }
    }
  }

  return {
    begin: async (follower: Follower): Promise<void> => {
      const { session } = follower
      const cohort = (await cohortsOf(db, [session], now())).get(session) ?? null
      toldBy.set(follower, { cohort, revisions: new Map() })
    },
    /** Looks for whatever is new, by one query where nothing is. */
    look: tell,
  }
}

const knows = (
  revisions: ReadonlyMap<string, number>,
  { stop, revision }: { stop: string; revision: number },
): boolean => (revisions.get(stop) ?? 0) >= revision

/** The cohort of each session's person; one that has ended, or whose person is erased, is missing. */
const cohortsOf = async (
  db: Database,
  sessions: readonly string[],
  now: number,
): Promise<Map<string, string>> => {
  const byHash = new Map<string, string>()
  for (const hashes of listChunks([...new Set(sessions)])) {
    const rows = await db
      .selectFrom('session')
      .innerJoin('person', 'person.id', 'session.person')
      .where('session.hash', 'in', hashes)
      .where('session.expires_at', '>', now)
      .where('session.ended_at', 'is', null)
      .where('person.erased_at', 'is', null)
      // A tablet whose time is over is told nothing more.
      .leftJoin('tablet', 'tablet.person', 'session.person')
      .where('tablet.ended_at', 'is', null)
      .where((e) => e.or([e('tablet.person', 'is', null), e('tablet.expires_at', '>', now)]))
      .select(['session.hash', 'person.cohort'])
      .execute()
    for (const { hash, cohort } of rows) byHash.set(hash, cohort)
  }
  return byHash
}
