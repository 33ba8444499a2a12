import type { Role } from '../../shared/domain/person.ts'
import type { Database } from '../store/schema.ts'
import { readProgrammeOf } from './programme-of.ts'

/**
 * Somebody who takes part by name, and not in a track of their own as the politicians do: they take one of the cohort's seats and
 * belong to their municipality's leadership group.
 */
export const takesPart = (
  { roles, audience }: { roles: readonly Role[]; audience: string | null },
  tracks: readonly string[],
): boolean => roles.includes('participant') && (audience === null || !tracks.includes(audience))

/** Whoever takes part in a cohort by name, in whichever role first; `takesPart` leaves out those of a track of their own. */
export const participantsOf = (db: Database, cohort: string) =>
  db
    .selectFrom('person')
    .where('cohort', '=', cohort)
    .where('link', 'is', null)
    .where('erased_at', 'is', null)
    .where((e) =>
      e.or([
        e('role', '=', 'participant'),
        e.exists(
          e
            .selectFrom('person_role')
            .select('role')
            .whereRef('person', '=', 'person.id')
            .where('role', '=', 'participant'),
        ),
      ]),
    )

/** How many seats a cohort has, and how many are taken; null if there is no such cohort. Who came by a link takes none. */
export const readSeats = async (
  db: Database,
  cohort: string,
): Promise<{ capacity: number; taken: number } | null> => {
  const row = await db
    .selectFrom('cohort')
    .select(['capacity', 'package', 'version'])
    .where('id', '=', cohort)
    .executeTakeFirst()
  if (!row) return null
  const { tracks } = await readProgrammeOf(db, row)
  const people = await participantsOf(db, cohort).select(['id', 'audience']).execute()
  const taken = people.filter(({ audience }) =>
    takesPart({ roles: ['participant'], audience }, tracks),
  )
  return { capacity: row.capacity, taken: taken.length }
}
