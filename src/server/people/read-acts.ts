import type { Act, Acts } from '../../shared/domain/administration.ts'
import type { Database } from '../store/schema.ts'

const pageSize = 50

/** What has been done in a network, the newest first. `before` = `older` of the page before. */
export const readActs = async (
  db: Database,
  network: string,
  before: { at: number; id: string } | null,
): Promise<Acts> => {
  let query = db
    .selectFrom('administrative_act')
    .selectAll()
    .where('network', '=', network)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize + 1)
  if (before) {
    const { at, id } = before
    query = query.where((e) =>
      e.or([e('at', '<', at), e.and([e('at', '=', at), e('id', '<', id)])]),
    )
  }
  const rows = await query.execute()
  const acts = rows.slice(0, pageSize).map(
    ({ id, at, act, by_person, subject, detail }): Act => ({
      id,
      at: Number(at),
      act,
      by: by_person,
      subject,
      detail: JSON.parse(detail) as Act['detail'],
    }),
  )
  const last = acts.at(-1)
  return {
    acts,
    names: await namesOf(db, network, acts),
    older: rows.length > pageSize && last ? `${last.at}.${last.id}` : null,
  }
}

/** Names of all that the acts name by id, within the network. */
const namesOf = async (
  db: Database,
  network: string,
  acts: readonly Act[],
): Promise<Record<string, string>> => {
  const ids = [
    ...new Set(
      acts.flatMap(({ by, subject, detail }) =>
        [by, subject, ...Object.values(detail)].filter((value) => typeof value === 'string'),
      ),
    ),
  ]
  if (ids.length === 0) return {}
  const runs = db.selectFrom('programme_run').select('id').where('network', '=', network)
  const cohorts = db.selectFrom('cohort').select('id').where('run', 'in', runs)
  const found = [
    ...(await db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('id', 'in', ids)
      .where('cohort', 'in', cohorts)
      .where('erased_at', 'is', null)
      .execute()),
    ...(await db
      .selectFrom('cohort')
      .select(['id', 'name'])
      .where('id', 'in', ids)
      .where('run', 'in', runs)
      .execute()),
    ...(await db
      .selectFrom('programme_run')
      .select(['id', 'name'])
      .where('id', 'in', ids)
      .where('network', '=', network)
      .execute()),
    ...(await db
      .selectFrom('working_group')
      .select(['id', 'name'])
      .where('id', 'in', ids)
      .where('cohort', 'in', cohorts)
      .execute()),
    ...(await db
      .selectFrom('contact_person')
      .select(['id', 'name'])
      .where('id', 'in', ids)
      .where('network', '=', network)
      .execute()),
    ...(await db
      .selectFrom('municipality')
      .select(['number as id', 'name'])
      .where('number', 'in', ids)
      .execute()),
  ]
  return Object.fromEntries(found.map(({ id, name }) => [id, name]))
}
