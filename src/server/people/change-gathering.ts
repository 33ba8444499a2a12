import type {
  Gathering,
  GatheringChange,
  GatheringFailure,
  Lecturer,
} from '../../shared/domain/gathering.ts'
import type { Database } from '../store/schema.ts'
import { recordAct } from './acts.ts'
import type { By } from './cohorts.ts'
import { readGathering } from './gatherings.ts'

/** What a calendar shows: a change of one of these makes it a later version of the event. */
const shown = [
  'starts',
  'ends',
  'place',
  'startsAt',
  'endsAt',
  'address',
  'meetingLink',
  'practical',
  'agenda',
  'travelDay',
  'cancelled',
] as const

/**
 * Changes what is said of a stop, in the caller's transaction; a failure has changed nothing.
 *
 * 1. Hold the cohort, so that two who change the same stop raise its sequence twice.
 * 2. What it would be; is that possible?
 * 3. Store what is different, and raise the sequence if a calendar shows it.
 */
export const changeGathering = async (
  db: Database,
  { network, by }: By,
  { cohort, stop }: { cohort: string; stop: string },
  change: GatheringChange,
  now: number,
): Promise<'changed' | 'same' | GatheringFailure> => {
  if (!(await holdCohort(db, network, cohort))) return 'not-found'
  const before = await readGathering(db, cohort, stop)
  if (!before) return 'not-found'
  const after = withChange(before, change)
  const wrong = wrongWith(after)
  if (wrong) return wrong

  const changed = [...shown, 'lecturers' as const].filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  )
  if (changed.length === 0) return 'same'
  const isShown = changed.some((key) => key !== 'lecturers')
  await storeDays(db, before, after)
  await storeDetails(db, before, after, { sequence: before.sequence + (isShown ? 1 : 0), now })
  if (changed.includes('lecturers')) await storeLecturers(db, after)

  const isCancelled = after.cancelled && !before.cancelled
  const act = isCancelled ? 'gathering.cancelled' : 'gathering.changed'
  const { starts, ends } = after
  const detail = { stop, changed: changed.join(' '), starts, ends }
  await recordAct(db, { network, by, act, subject: cohort, detail }, now)
  return 'changed'
}

const withChange = (before: Gathering, change: GatheringChange): Gathering => {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return { ...before, ...Object.fromEntries(given) }
}

const holdCohort = async (db: Database, network: string, cohort: string): Promise<boolean> => {
  const runs = db.selectFrom('programme_run').select('id').where('network', '=', network)
  // The write that changes nothing is what locks a row on both databases.
  const { numUpdatedRows } = await db
    .updateTable('cohort')
    .set((e) => ({ name: e.ref('name') }))
    .where('id', '=', cohort)
    .where('run', 'in', runs)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

const wrongWith = ({ starts, ends, startsAt, endsAt }: Gathering): GatheringFailure | null => {
  if (starts === null) return (ends ?? startsAt ?? endsAt) === null ? null : 'no-first-day'
  const last = ends ?? starts
  if (last < starts) return 'ends-before-start'
  const isOneDay = last === starts
  if (isOneDay && startsAt !== null && endsAt !== null && endsAt <= startsAt)
    return 'ends-before-start'
  return null
}

const storeDays = async (db: Database, before: Gathering, after: Gathering): Promise<void> => {
  const { cohort, stop, starts, ends, place } = after
  // A drawing belongs to its place.
  const drawing = place === before.place ? before.drawing : await drawingOf(db, place)
  await db
    .insertInto('cohort_stop')
    .values({ cohort, stop, starts, ends, place, drawing })
    .onConflict((conflict) =>
      conflict.columns(['cohort', 'stop']).doUpdateSet({ starts, ends, place, drawing }),
    )
    .execute()
}

const drawingOf = async (db: Database, place: string | null): Promise<string | null> => {
  const row = await db
    .selectFrom('cohort_stop')
    .select('drawing')
    .where('place', '=', place)
    .where('drawing', 'is not', null)
    .executeTakeFirst()
  return row?.drawing ?? null
}

const storeDetails = async (
  db: Database,
  before: Gathering,
  after: Gathering,
  { sequence, now }: { sequence: number; now: number },
): Promise<void> => {
  const { cohort, stop } = after
  const stored = await db
    .selectFrom('gathering')
    .select('cancelled_at')
    .where('cohort', '=', cohort)
    .where('stop', '=', stop)
    .executeTakeFirst()
  const values = {
    starts_at: after.startsAt,
    ends_at: after.endsAt,
    address: after.address,
    meeting_link: after.meetingLink,
    practical: after.practical,
    agenda: JSON.stringify(after.agenda),
    travel_day: after.travelDay ? 1 : 0,
    sequence,
    changed_at: now,
    cancelled_at: !after.cancelled ? null : before.cancelled ? (stored?.cancelled_at ?? now) : now,
  }
  await db
    .insertInto('gathering')
    .values({ cohort, stop, ...values })
    .onConflict((conflict) => conflict.columns(['cohort', 'stop']).doUpdateSet(values))
    .execute()
}

const storeLecturers = async (
  db: Database,
  { cohort, stop, lecturers }: { cohort: string; stop: string; lecturers: readonly Lecturer[] },
): Promise<void> => {
  await db.deleteFrom('lecturer').where('cohort', '=', cohort).where('stop', '=', stop).execute()
  if (lecturers.length === 0) return
  const rows = lecturers.map(({ name, topic, about }, index) => ({
    // In order of their ids.
    id: `${cohort}/${stop}/${String(index).padStart(2, '0')}`,
    cohort,
    stop,
    name,
    topic,
    about: about ?? '',
  }))
  await db.insertInto('lecturer').values(rows).execute()
}
