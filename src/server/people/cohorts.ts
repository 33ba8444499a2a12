import { randomUUID } from 'node:crypto'
import type { CohortChange, NewCohort } from '../../shared/domain/administration.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { recordAct } from './acts.ts'
import { holdNetwork } from './make-person.ts'
import { compareVersions, publishedVersions } from './read-overview.ts'
import { readSeats } from './seats.ts'

type Db = Parameters<Parameters<Store['write']>[0]>[0]

/** Who does it, and in which network. */
export interface By {
  network: string
  by: string
}
export type CohortFailure = 'not-found' | 'over-capacity' | 'no-such-version'

/** A cohort of the same programme as `like`, with its stops but not their days. */
export const makeCohort = async (
  db: Database,
  { network, by }: By,
  { name, capacity, run, like }: NewCohort,
  now: number,
): Promise<{ id: string } | CohortFailure> => {
  const model = await cohortOf(db, network, like)
  if (!model || !(await isRunOf(db, network, run))) return 'not-found'
  const [newest = model.version] = await publishedVersions(db, model.package)
  const id = randomUUID()
  await db
    .insertInto('cohort')
    .values({ id, run, name, package: model.package, version: newest, capacity })
    .execute()
  const stops = await db
    .selectFrom('cohort_stop')
    .select('stop')
    .where('cohort', '=', like)
    .execute()
  for (const { stop } of stops) {
    const empty = { starts: null, ends: null, place: null, drawing: null }
    await db
      .insertInto('cohort_stop')
      .values({ cohort: id, stop, ...empty })
      .execute()
  }
  await recordAct(db, { network, by, act: 'cohort.made', subject: id, detail: { capacity } }, now)
  return { id }
}

/** A failure has changed some of it: the caller takes its transaction back. */
export const changeCohort = async (
  db: Db,
  { network, by }: By,
  id: string,
  change: CohortChange,
  now: number,
): Promise<'done' | CohortFailure> => {
  // Whoever imports or registers people takes seats meanwhile: they wait for each other.
  if (!(await holdNetwork(db, network))) return 'not-found'
  const cohort = await cohortOf(db, network, id)
  if (!cohort) return 'not-found'
  const { name, capacity, run, version } = change
  if (run !== undefined && !(await isRunOf(db, network, run))) return 'not-found'
  if (run !== undefined && run !== cohort.run && (await hasPeople(db, id))) return 'not-found'
  if (version !== undefined && version !== cohort.version) {
    const published = await publishedVersions(db, cohort.package)
    // Words are keyed by items that an older version may not have.
    const isOlder = compareVersions(version, cohort.version) < 0
    if (isOlder || !published.includes(version)) return 'no-such-version'
  }
  const values = {
    ...(name !== undefined && name !== cohort.name && { name }),
    ...(capacity !== undefined && capacity !== cohort.capacity && { capacity }),
    ...(run !== undefined && run !== cohort.run && { run }),
    ...(version !== undefined && version !== cohort.version && { version }),
  }
  if (Object.keys(values).length === 0) return 'done'
  await db.updateTable('cohort').set(values).where('id', '=', id).execute()
  const seats = await readSeats(db, id)
  if ('capacity' in values && seats && seats.taken > seats.capacity) return 'over-capacity'
  const { name: renamed, ...told } = values
  const detail = { ...told, ...(renamed !== undefined && { renamed: true }) }
  await recordAct(db, { network, by, act: 'cohort.changed', subject: id, detail }, now)
  return 'done'
}

const cohortOf = (db: Database, network: string, id: string) =>
  db
    .selectFrom('cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['cohort.id', 'cohort.name', 'run', 'package', 'version', 'capacity'])
    .where('cohort.id', '=', id)
    .where('network', '=', network)
    .executeTakeFirst()

const isRunOf = async (db: Database, network: string, id: string): Promise<boolean> =>
  (await db
    .selectFrom('programme_run')
    .select('id')
    .where('id', '=', id)
    .where('network', '=', network)
    .executeTakeFirst()) !== undefined

/** Their words belong to the run that they were written in: a cohort with people stays in it. */
const hasPeople = async (db: Database, cohort: string): Promise<boolean> =>
  (await db.selectFrom('person').select('id').where('cohort', '=', cohort).executeTakeFirst()) !==
  undefined
