import type { Language } from '../../shared/domain/languages.ts'
import { outlineOfCohort, readGatherings } from '../people/gatherings.ts'
import type { Database } from '../store/schema.ts'
import { calendarOf, type NamedCalendar, stopCalendarOf } from './calendar.ts'

interface Asked {
  language: Language
  /** The whole address of a stop's page. */
  pageOf: (stop: string) => string
}

/** Somebody's calendar as a file; null if there is no such person, or no programme here yet. */
export const readCalendar = async (
  db: Database,
  person: string,
  asked: Asked,
): Promise<string | null> => {
  const input = await inputOf(db, person, asked)
  return input && calendarOf(input)
}

/** One stop alone; null if they have no such stop, or it has no day. */
export const readStopCalendar = async (
  db: Database,
  person: string,
  stop: string,
  asked: Asked,
): Promise<string | null> => {
  const input = await inputOf(db, person, asked)
  return input && stopCalendarOf(input, stop)
}

const inputOf = async (db: Database, id: string, asked: Asked): Promise<NamedCalendar | null> => {
  const person = await db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .leftJoin('municipality', 'municipality.number', 'person.municipality')
    .select(['audience', 'cohort', 'cohort.name as cohortName', 'municipality.number'])
    .select('municipality.name as municipality')
    .where('person.id', '=', id)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!person) return null
  const { audience, cohort, cohortName, municipality, number } = person
  const outline = await outlineOfCohort(db, cohort)
  if (!outline) return null
  return {
    ...asked,
    programme: outline.title,
    cohort: cohortName,
    gatherings: await readGatherings(db, cohort, number),
    audience,
    municipality,
  }
}
