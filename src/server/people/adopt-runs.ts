import type { Database } from '../store/schema.ts'

/** The network of what was there before there were networks; the migration gives it the same id. */
const first = { id: 'vestland', name: 'Vestland' }

/**
 * Gives a network to runs that only their cohorts name, as in a backup that was made before there were networks: without it nobody
 * of theirs is anybody. In the caller's transaction; returns how many.
 */
export const adoptRuns = async (db: Database): Promise<number> => {
  const orphans = await db
    .selectFrom('cohort')
    .leftJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select('cohort.run')
    .distinct()
    .where('programme_run.id', 'is', null)
    .execute()
  if (orphans.length === 0) return 0
  await db
    .insertInto('network')
    .values({ ...first, created_at: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db
    .insertInto('programme_run')
    .values(
      orphans.map(({ run }) => ({
        id: run,
        network: first.id,
        name: run,
        ends_on: null,
        keep_months: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return orphans.length
}
