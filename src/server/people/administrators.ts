import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

type Db = Parameters<Parameters<Store['write']>[0]>[0]

/**
 * Without this person nobody could let others into their network. Until the caller's transaction ends, nobody else is asked about in
 * the same network.
 */
export const isLastAdministrator = async (db: Db, person: string): Promise<boolean> => {
  const networkOf = db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select('network')
    .where('person.id', '=', person)
  // The write that changes nothing is what locks a row on both databases.
  const locked = await db
    .updateTable('network')
    .set((e) => ({ name: e.ref('name') }))
    .where('id', 'in', networkOf)
    .returning('id')
    .executeTakeFirst()
  const administrators = locked ? await administratorsOf(db, locked.id) : []
  return administrators.length === 1 && administrators[0] === person
}

/** Ids of everybody with that role in a network. */
export const administratorsOf = async (db: Database, network: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select('person.id')
    .where('network', '=', network)
    .where('erased_at', 'is', null)
    .where((e) =>
      e.or([
        e('role', '=', 'administrator'),
        e(
          'person.id',
          'in',
          e
            .selectFrom('person_role')
            .select('person')
            .where('person_role.role', '=', 'administrator'),
        ),
      ]),
    )
    .execute()
  return rows.map(({ id }) => id)
}
