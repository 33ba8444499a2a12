import type { AgendaEntry, Gathering } from '../../shared/domain/gathering.ts'
import type { Outline } from '../../shared/domain/outline.ts'
import type { StopKind } from '../../shared/domain/programme.ts'
import type { LocalText } from '../../shared/domain/text.ts'
import type { Database, Tables } from '../store/schema.ts'

/** A stop at which people of a programme meet, or which they have by themselves; a track's meeting is called as its track. */
export interface ProgrammeStop {
  stop: string
  kind: StopKind
  title: LocalText
  audience: string | null
}

/**
 * Every stop of a cohort in the order of travel, the tracks' meetings last; with the days that `municipality` has instead of the
 * cohort's. Empty without such a cohort, or while its programme has not been published here.
 */
export const readGatherings = async (
  db: Database,
  cohort: string,
  municipality: string | null = null,
): Promise<Gathering[]> => {
  const outline = await outlineOfCohort(db, cohort)
  if (!outline) return []
  const days = byStop(
    await db.selectFrom('cohort_stop').selectAll().where('cohort', '=', cohort).execute(),
  )
  const ownDays = byStop(
    municipality === null
      ? []
      : await db
          .selectFrom('municipality_stop')
          .selectAll()
          .where('cohort', '=', cohort)
          .where('municipality', '=', municipality)
          .execute(),
  )
  const details = byStop(
    await db.selectFrom('gathering').selectAll().where('cohort', '=', cohort).execute(),
  )
  const lecturers = await db
    .selectFrom('lecturer')
    .selectAll()
    .where('cohort', '=', cohort)
    .orderBy('id')
    .execute()
  return stopsOf(outline).map((stop) => {
    const own = ownDays.get(stop.stop)
    return gatheringOf(stop, cohort, {
      days: own ?? days.get(stop.stop),
      own: own !== undefined,
      details: details.get(stop.stop),
      lecturers: lecturers.filter((one) => one.stop === stop.stop),
    })
  })
}

/** Of whoever asks: their cohort's stops, on their municipality's days. */
export const readOwnGatherings = async (db: Database, person: string): Promise<Gathering[]> => {
  const place = await db
    .selectFrom('person')
    .select(['cohort', 'municipality'])
    .where('id', '=', person)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  return place ? readGatherings(db, place.cohort, place.municipality) : []
}

export const readGathering = async (
  db: Database,
  cohort: string,
  stop: string,
  municipality: string | null = null,
): Promise<Gathering | null> =>
  (await readGatherings(db, cohort, municipality)).find((one) => one.stop === stop) ?? null

export const stopsOf = ({ stops, tracks }: Outline): ProgrammeStop[] => [
  ...stops.map(({ id, kind, title }) => ({ stop: id, kind, title, audience: null })),
  ...tracks.map(({ id, audience, meeting }) => ({
    stop: id,
    kind: 'home' as const,
    title: meeting.title,
    audience,
  })),
]

export const outlineOfCohort = async (db: Database, cohort: string): Promise<Outline | null> => {
  const row = await db
    .selectFrom('cohort')
    .innerJoin('package_version', (join) =>
      join
        .onRef('package_version.id', '=', 'cohort.package')
        .onRef('package_version.version', '=', 'cohort.version'),
    )
    .select('outline')
    .where('cohort.id', '=', cohort)
    .executeTakeFirst()
  return row ? (JSON.parse(row.outline) as Outline) : null
}

const byStop = <T extends { stop: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.stop, row]))

interface Rows {
  days: Tables['cohort_stop'] | undefined
  own: boolean
  details: Tables['gathering'] | undefined
  lecturers: readonly Tables['lecturer'][]
}

const gatheringOf = (
  stop: ProgrammeStop,
  cohort: string,
  { days, own, details, lecturers }: Rows,
): Gathering => ({
  cohort,
  ...stop,
  own,
  starts: days?.starts ?? null,
  ends: days?.ends ?? null,
  place: days?.place ?? null,
  drawing: days?.drawing ?? null,
  // Of another day in another place: a wrong time is worse than none.
  startsAt: own ? null : (details?.starts_at ?? null),
  endsAt: own ? null : (details?.ends_at ?? null),
  address: own ? null : (details?.address ?? null),
  travelDay: !own && details?.travel_day === 1,
  meetingLink: details?.meeting_link ?? null,
  practical: details?.practical ?? null,
  agenda: details ? (JSON.parse(details.agenda) as AgendaEntry[]) : [],
  cancelled: (details?.cancelled_at ?? null) !== null,
  lecturers: lecturers.map(({ name, topic, about }) => ({ name, topic, about: about || null })),
  sequence: details?.sequence ?? 0,
  changedAt: details?.changed_at ?? null,
})
