import {
  type DayChange,
  type DayPlan,
  type DayState,
  dayNotBegun,
  forgottenMs,
  isSame,
  longestMs,
} from '../../shared/domain/day.ts'
import type { OutlineActivity } from '../../shared/domain/outline.ts'
import { outlineOfCohort, readGathering } from '../people/gatherings.ts'
import { findCohort } from '../people/read-cohort-groups.ts'
import type { Database } from '../store/schema.ts'

/** What goes on in these cohorts, or went on until a short time ago. */
export const readDays = async (
  db: Database,
  cohorts: readonly string[],
  now: number,
): Promise<DayState[]> => {
  if (cohorts.length === 0) return []
  const rows = await db
    .selectFrom('gathering_day')
    .selectAll()
    .where('cohort', 'in', cohorts)
    .where('changed_at', '>', now - forgottenMs)
    .orderBy('cohort')
    .orderBy('stop')
    .execute()
  return rows.map(asState)
}

export const readDay = async (db: Database, cohort: string, stop: string): Promise<DayState> => {
  const row = await db
    .selectFrom('gathering_day')
    .selectAll()
    .where('cohort', '=', cohort)
    .where('stop', '=', stop)
    .executeTakeFirst()
  return row ? asState(row) : dayNotBegun(cohort, stop)
}

/** Null if there is no such cohort, or its programme says nothing of what is done at this stop. */
export const readDayPlan = async (
  db: Database,
  cohort: string,
  stop: string,
): Promise<Omit<DayPlan, 'now'> | null> => {
  const found = await findCohort(db, cohort)
  const gathering = found && (await readGathering(db, cohort, stop))
  const activities = gathering && (await activitiesOf(db, cohort, stop))
  if (!found || !gathering || !activities || gathering.kind === 'own') return null
  const { kind, title, starts, ends, place, agenda } = gathering
  const day = await readDay(db, cohort, stop)
  const named = { id: cohort, name: found.name }
  return { day, cohort: named, title, kind, starts, ends, place, agenda, activities }
}

export type DayFailure = 'no-activity' | 'no-time'

/**
 * Changes what goes on, in the caller's transaction.
 *
 * 1. Is it possible? `not-found` = no activities there; `no-activity`, `no-time` = not such a one, or beyond all measure.
 * 2. Only upon the revision that was seen: of two facilitators the second is told what the first did.
 * 3. The same again, since its answer got lost, is taken as what it was.
 */
export const changeDay = async (
  db: Database,
  { cohort, stop }: { cohort: string; stop: string },
  { revision, ...change }: DayChange,
  now: number,
): Promise<{ day: DayState; taken: boolean } | DayFailure | 'not-found'> => {
  const { activity, endsAt, leftMs } = change
  const activities = await activitiesOf(db, cohort, stop)
  if (!activities) return 'not-found'
  if (activity !== null && !activities.some(({ id }) => id === activity)) return 'no-activity'
  if (endsAt !== null && Math.abs(endsAt - now) > longestMs) return 'no-time'

  await db
    .insertInto('gathering_day')
    .values({
      cohort,
      stop,
      activity: null,
      ends_at: null,
      left_ms: null,
      revision: 0,
      changed_at: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { numUpdatedRows } = await db
    .updateTable('gathering_day')
    .set({
      activity,
      ends_at: endsAt,
      left_ms: leftMs,
      revision: revision + 1,
      changed_at: now,
    })
    .where('cohort', '=', cohort)
    .where('stop', '=', stop)
    .where('revision', '=', revision)
    .executeTakeFirst()
  const day = await readDay(db, cohort, stop)
  if (numUpdatedRows === 1n) return { day, taken: true }
  return { day, taken: day.revision === revision + 1 && isSame(day, change) }
}

const activitiesOf = async (
  db: Database,
  cohort: string,
  stop: string,
): Promise<OutlineActivity[] | null> => {
  const outline = await outlineOfCohort(db, cohort)
  return outline?.gatherings?.find((one) => one.stop === stop)?.activities ?? null
}

const asState = (row: {
  cohort: string
  stop: string
  activity: string | null
  ends_at: number | null
  left_ms: number | null
  revision: number
  changed_at: number
}): DayState => ({
  cohort: row.cohort,
  stop: row.stop,
  activity: row.activity,
  endsAt: row.ends_at === null ? null : Number(row.ends_at),
  leftMs: row.left_ms === null ? null : Number(row.left_ms),
  revision: row.revision,
  changedAt: Number(row.changed_at),
})
