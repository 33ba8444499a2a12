import { shortHash, type TableFacts, writeTableLink } from '../../shared/domain/table-link.ts'
import type { TableLink } from '../../shared/domain/tablet.ts'
import { normalise, randomCode } from '../people/sessions.ts'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'
import { endOfDay } from './last-moment.ts'
import { signTable, tableSecret } from './table-token.ts'

const withoutGathering = 24 * 60 * 60 * 1000
const codeLifetime = 10 * 60 * 1000

export interface LinkDeps {
  db: Database
  now: () => number
}
export interface TableWish {
  group: string
  stop: string | null
  /** Ends what was let in before, but for the tablet that asks. */
  fresh: boolean
  by: string
}

/** A link and a code by which tablets join the group's table, in the caller's transaction; null if there is no such group or stop. */
export const makeTableLink = async (
  { db, now }: LinkDeps,
  { group, stop, fresh, by }: TableWish,
): Promise<TableLink | null> => {
  const facts = await factsOf(db, group, stop, now())
  if (!facts) return null
  if (fresh) await endTable({ db, now }, group, by)
  // From the first link on it is 1 at least: a group whose table somebody may be at is never deleted.
  const held = await db
    .updateTable('working_group')
    .set((e) => ({
      table_generation: e
        .case()
        .when('table_generation', '=', 0)
        .then(1)
        .else(e.ref('table_generation'))
        .end(),
    }))
    .where('id', '=', group)
    .returning('table_generation')
    .executeTakeFirst()
  if (!held) return null // groups were made anew meanwhile
  const payload = { g: group, n: held.table_generation, s: facts.d?.[0] ?? null, e: facts.e }
  const link = writeTableLink(facts, signTable(await tableSecret(db), payload))

  const code = randomCode()
  const codeUntil = now() + codeLifetime
  await db.deleteFrom('table_code').where('expires_at', '<=', now()).execute()
  await db
    .insertInto('table_code')
    .values({ hash: sha256(normalise(code)), link, expires_at: codeUntil })
    .execute()
  return { link, code, codeUntil, expiresAt: facts.e }
}

/** The link of a short code; null for none, or one that is too old. */
export const linkOfCode = async ({ db, now }: LinkDeps, code: string): Promise<string | null> =>
  (
    await db
      .selectFrom('table_code')
      .select('link')
      .where('hash', '=', sha256(normalise(code)))
      .where('expires_at', '>', now())
      .executeTakeFirst()
  )?.link ?? null

/** No link of before lets anybody in, and the tablets that are in read nothing more. */
const endTable = async ({ db, now }: LinkDeps, group: string, by: string): Promise<void> => {
  await db
    .updateTable('working_group')
    .set((e) => ({ table_generation: e('table_generation', '+', 1) }))
    .where('id', '=', group)
    .execute()
  await db
    .updateTable('tablet')
    .set({ ended_at: now() })
    .where('working_group', '=', group)
    .where('ended_at', 'is', null)
    .where('person', '!=', by)
    .execute()
}

const factsOf = async (
  db: Database,
  id: string,
  wished: string | null,
  now: number,
): Promise<TableFacts | null> => {
  const group = await db
    .selectFrom('working_group')
    .innerJoin('cohort', 'cohort.id', 'working_group.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .innerJoin('network', 'network.id', 'programme_run.network')
    .leftJoin('municipality', 'municipality.number', 'working_group.municipality')
    .leftJoin('package_version', (join) =>
      join
        .onRef('package_version.id', '=', 'cohort.package')
        .onRef('package_version.version', '=', 'cohort.version'),
    )
    .where('working_group.id', '=', id)
    .select(['working_group.name', 'kind', 'stop', 'cohort', 'run', 'hash'])
    .select(['cohort.name as cohortName', 'network.name as networkName'])
    .select(['municipality.number', 'municipality.name as place', 'size'])
    .executeTakeFirst()
  if (!group) return null
  const stop = group.stop ?? wished
  const days = stop === null ? null : await daysOf(db, group.cohort, group.number, stop)
  if (stop !== null && !days) return null
  const last = days?.ends ?? days?.starts ?? null
  const end = last === null ? 0 : endOfDay(last)
  return {
    g: id,
    n: group.name,
    k: group.kind,
    o: group.stop,
    m: group.number && group.place && group.size ? [group.number, group.place, group.size] : null,
    c: [group.cohort, group.cohortName],
    r: group.run,
    w: group.networkName,
    d: stop !== null && days ? [stop, days.starts, days.ends, days.place] : null,
    e: end > now ? end : now + withoutGathering,
    p: shortHash(group.hash ?? ''),
  }
}

/** A municipality may have days of its own. */
const daysOf = async (
  db: Database,
  cohort: string,
  municipality: string | null,
  stop: string,
): Promise<{ starts: string | null; ends: string | null; place: string | null } | undefined> => {
  const own =
    municipality === null
      ? undefined
      : await db
          .selectFrom('municipality_stop')
          .select(['starts', 'ends', 'place'])
          .where('cohort', '=', cohort)
          .where('municipality', '=', municipality)
          .where('stop', '=', stop)
          .executeTakeFirst()
  return (
    own ??
    (await db
      .selectFrom('cohort_stop')
      .select(['starts', 'ends', 'place'])
      .where('cohort', '=', cohort)
      .where('stop', '=', stop)
      .executeTakeFirst())
  )
}
