import type { CohortGroups } from '../../shared/domain/working-group.ts'
import type { Database } from '../store/schema.ts'
import { readGatherings } from './gatherings.ts'
import { listGroups } from './read-groups.ts'

/** The network that a cohort belongs to, and its name; null if there is no such cohort. */
export const findCohort = async (
  db: Database,
  id: string,
): Promise<{ network: string; name: string } | null> =>
  (await db
    .selectFrom('cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['network', 'cohort.name'])
    .where('cohort.id', '=', id)
    .executeTakeFirst()) ?? null

/** The cohort of a group, with its network; null if there is no such group. */
export const findGroup = async (
  db: Database,
  id: string,
): Promise<{ network: string; cohort: string } | null> =>
  (await db
    .selectFrom('working_group')
    .innerJoin('cohort', 'cohort.id', 'working_group.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['network', 'cohort'])
    .where('working_group.id', '=', id)
    .executeTakeFirst()) ?? null

/** All groups of a cohort, and the gatherings that more may be made for. Null if there is no such cohort. */
export const readCohortGroups = async (db: Database, id: string): Promise<CohortGroups | null> => {
  const cohort = await findCohort(db, id)
  if (!cohort) return null
  const gatherings = await readGatherings(db, id)
  return {
    cohort: { id, name: cohort.name },
    gatherings: gatherings
      .filter(({ kind }) => kind === 'gathering')
      .map(({ stop, title, starts, ends, place }) => ({ stop, title, starts, ends, place })),
    ...(await listGroups(db, id)),
  }
}
