import { groupScope } from '../../shared/words/scope.ts'
import { withdrawCardsOf } from '../cards/cards.ts'
import { documentStore } from '../store/document-store.ts'
import { erasureStore } from '../store/erasure-store.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

type Db = Parameters<Parameters<Store['write']>[0]>[0]

/** Runs that have an end. */
export const runsThatEnd = (db: Database) =>
  db
    .selectFrom('programme_run')
    .select(['id', 'network', 'ends_on', 'keep_months'])
    .where('ends_on', 'is not', null)
    .where('keep_months', 'is not', null)
    .orderBy('id')
    .execute()

/** Everybody of a run, anonymous people and groups' tablets too, but for those who serve one of the `living` runs. */
export const peopleOf = async (
  db: Database,
  run: string,
  living: readonly string[],
): Promise<string[]> => {
  const people = await db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .select(['person.id', 'role'])
    .where('run', '=', run)
    .where('erased_at', 'is', null)
    .orderBy('person.id')
    .execute()
  const serving = await servingIn(db, run, living)
  return people
    .filter(({ id, role }) => !serving.staff.has(id) && !(serving.network && isOffice(role)))
    .map(({ id }) => id)
    .filter((id) => !serving.offices.has(id))
}

const isOffice = (role: string): boolean => role === 'administrator' || role === 'editor'

/** Who is a facilitator of a living cohort; and, if the network has a living run, who has an office there besides another role. */
const servingIn = async (db: Database, run: string, living: readonly string[]) => {
  if (living.length === 0)
    return { network: false, staff: new Set<string>(), offices: new Set<string>() }
  const staff = await db
    .selectFrom('cohort_staff')
    .innerJoin('cohort', 'cohort.id', 'cohort_staff.cohort')
    .select('person')
    .where('run', 'in', living)
    .execute()
  const sameNetwork = await db
    .selectFrom('programme_run')
    .select('id')
    .where('id', 'in', living)
    .where('network', 'in', db.selectFrom('programme_run').select('network').where('id', '=', run))
    .executeTakeFirst()
  const offices = sameNetwork
    ? await db
        .selectFrom('person_role')
        .select('person')
        .where('role', 'in', ['administrator', 'editor'])
        .execute()
    : []
  return {
    network: sameNetwork !== undefined,
    staff: new Set(staff.map(({ person }) => person)),
    offices: new Set(offices.map(({ person }) => person)),
  }
}

/**
 * Empties the run's groups that nobody belongs to any more: nobody could read what they wrote. What they have shared goes too, also of
 * groups that were emptied before. Returns how many there were.
 */
export const emptyLeftGroups = async (
  db: Db,
  deps: { newEpoch: () => number; now: () => number },
  run: string,
): Promise<{ groups: number; cards: number }> => {
  const groups = await db
    .selectFrom('working_group')
    .innerJoin('cohort', 'cohort.id', 'working_group.cohort')
    .select('working_group.id')
    .where('run', '=', run)
    .orderBy('working_group.id')
    .execute()
  const emptied = { groups: 0, cards: 0 }
  for (const { id } of groups) {
    const scope = groupScope(id)
    const { status } = await documentStore.lockOrMake(db, scope, deps.newEpoch)
    const member = await db
      .selectFrom('membership')
      .select('person')
      .where('scope', '=', scope)
      .executeTakeFirst()
    if (member) continue
    emptied.cards += await withdrawCardsOf(db, id, deps.now())
    if (status === 'gone') continue
    await erasureStore.emptyScope(db, scope)
    emptied.groups++
  }
  return emptied
}

/** Names of lecturers and of who waited for a place go too, and the ways in are closed. Returns how many rows that was. */
export const forgetPlans = async (db: Db, run: string, now: number): Promise<number> => {
  const cohorts = db.selectFrom('cohort').select('id').where('run', '=', run)
  const lecturers = await db
    .deleteFrom('lecturer')
    .where('cohort', 'in', cohorts)
    .executeTakeFirst()
  const waiting = await db
    .deleteFrom('waiting_person')
    .where('cohort', 'in', cohorts)
    .executeTakeFirst()
  for (const table of ['municipality_link', 'registration_link'] as const) {
    await db
      .updateTable(table)
      .set({ closed_at: now })
      .where('cohort', 'in', cohorts)
      .where('closed_at', 'is', null)
      .execute()
  }
  return Number(lecturers.numDeletedRows) + Number(waiting.numDeletedRows)
}

/**
 * What people wrote that stands outside their documents: the words of votes and of councils' answers, what is practical at a
 * gathering, and who leads what there. Returns how many rows that was.
 */
export const forgetRetold = async (db: Db, run: string, now: number): Promise<number> => {
  const cohorts = db.selectFrom('cohort').select('id').where('run', '=', run)
  let rows = 0n
  for (const table of ['vote_sum', 'closed_vote', 'published_sum'] as const) {
    const gone = await db.deleteFrom(table).where('cohort', 'in', cohorts).executeTakeFirst()
    rows += gone.numDeletedRows
  }
  // A calendar shows these: it is a later version of the event.
  const { numUpdatedRows } = await db
    .updateTable('gathering')
    .set((e) => ({
      practical: null,
      agenda: '[]',
      sequence: e('sequence', '+', 1),
      changed_at: now,
    }))
    .where('cohort', 'in', cohorts)
    .where((e) => e.or([e('practical', 'is not', null), e('agenda', '!=', '[]')]))
    .executeTakeFirst()
  return Number(rows + numUpdatedRows)
}
