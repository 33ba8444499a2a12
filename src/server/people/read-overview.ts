import type { Cohort, Overview, Run } from '../../shared/domain/administration.ts'
import type { Outline } from '../../shared/domain/outline.ts'
import { tabletPrefix } from '../../shared/domain/tablet-id.ts'
import type { Database } from '../store/schema.ts'
import { dayOf, retentionOf } from './retention.ts'
import { takesPart } from './seats.ts'

export interface OverviewScope {
  network: string
  /** Null = all of the network. */
  cohorts: readonly string[] | null
  /** Whoever may change them sees the runs. */
  withRuns: boolean
}

/** How a network stands: its cohorts with their people as figures, and its runs. Null if there is no such network. */
export const readOverview = async (
  db: Database,
  { network, cohorts, withRuns }: OverviewScope,
  now: number,
): Promise<Overview | null> => {
  const found = await db
    .selectFrom('network')
    .select(['id', 'name'])
    .where('id', '=', network)
    .executeTakeFirst()
  if (!found) return null
  const runs = await db
    .selectFrom('programme_run')
    .select(['id', 'name', 'ends_on', 'keep_months'])
    .where('network', '=', network)
    .orderBy('name')
    .orderBy('id')
    .execute()
  const rows = await db
    .selectFrom('cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['cohort.id', 'cohort.name', 'run', 'capacity', 'package', 'version'])
    .where('network', '=', network)
    .orderBy('cohort.name')
    .orderBy('cohort.id')
    .execute()
  const shown = rows.filter(({ id }) => cohorts === null || cohorts.includes(id))
  const people = await readPeople(db, network)
  const programmes = await readProgrammes(db, shown)
  const summaries: Cohort[] = []
  for (const row of shown) {
    const programme = programmes.get(row.package) ?? noProgramme
    const outline = programme.outlines.get(row.version) ?? null
    const tracks = outline?.tracks.map(({ audience }) => audience) ?? []
    const seated = people.filter(
      (person) => person.cohort === row.id && !person.link && takesPart(person, tracks),
    )
    summaries.push({
      id: row.id,
      name: row.name,
      run: row.run,
      programme: {
        id: row.package,
        title: outline?.title ?? null,
        version: row.version,
        versions: programme.versions,
      },
      capacity: row.capacity,
      participants: seated.length,
      arrived: seated.filter(({ way }) => way === 'arrived').length,
      invited: seated.filter(({ way }) => way === 'invited').length,
      notInvited: seated.filter(({ way }) => way === null).length,
      waiting: await countWaiting(db, row.id),
      next: await nextGathering(db, row.id, outline, dayOf(now)),
    })
  }
  const told: Run[] = []
  for (const run of withRuns ? runs : []) {
    const own = new Set(rows.filter((row) => row.run === run.id).map(({ id }) => id))
    told.push({
      id: run.id,
      name: run.name,
      endsOn: run.ends_on,
      keepMonths: run.keep_months,
      people: people.filter(({ cohort }) => own.has(cohort)).length,
      erasure: await retentionOf(db, run.id, now),
    })
  }
  return { network: found, runs: told, cohorts: summaries }
}

/** `way` = how far somebody is on their way in; a device that was signed out leaves the used invitation behind. */
const readPeople = async (db: Database, network: string) => {
  const ofNetwork = db
    .selectFrom('cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select('cohort.id')
    .where('network', '=', network)
  const people = await db
    .selectFrom('person')
    .select(['id', 'role', 'audience', 'cohort', 'link'])
    .where('cohort', 'in', ofNetwork)
    .where('erased_at', 'is', null)
    .where('id', 'not like', `${tabletPrefix}%`)
    .execute()
  const ids = db.selectFrom('person').select('id').where('cohort', 'in', ofNetwork)
  const more = await db
    .selectFrom('person_role')
    .selectAll()
    .where('person', 'in', ids)
    .where('role', '=', 'participant')
    .execute()
  const invitations = await db
    .selectFrom('invitation')
    .select(['person', 'used_at'])
    .where('person', 'in', ids)
    .execute()
  const sessions = await db
    .selectFrom('session')
    .select('person')
    .distinct()
    .where('person', 'in', ids)
    .execute()
  const used = invitations.filter(({ used_at }) => used_at !== null)
  const arrived = new Set([...sessions, ...used].map(({ person }) => person))
  const invited = new Set(invitations.map(({ person }) => person))
  const alsoTakesPart = new Set(more.map(({ person }) => person))
  return people.map(({ id, role, audience, cohort, link }) => ({
    cohort,
    audience,
    link,
    roles: role === 'participant' || alsoTakesPart.has(id) ? (['participant'] as const) : [],
    way: arrived.has(id) ? ('arrived' as const) : invited.has(id) ? ('invited' as const) : null,
  }))
}

interface Programme {
  /** The newest first. */
  versions: string[]
  /** Those that a cohort follows. */
  outlines: Map<string, Outline>
}

const noProgramme: Programme = { versions: [], outlines: new Map() }

const readProgrammes = async (
  db: Database,
  cohorts: readonly { package: string; version: string }[],
): Promise<Map<string, Programme>> => {
  const programmes = new Map<string, Programme>()
  for (const id of new Set(cohorts.map((cohort) => cohort.package))) {
    const outlines = new Map<string, Outline>()
    const followed = cohorts.filter((cohort) => cohort.package === id).map((one) => one.version)
    const rows = await db
      .selectFrom('package_version')
      .select(['version', 'outline'])
      .where('id', '=', id)
      .where('version', 'in', followed)
      .execute()
    for (const { version, outline } of rows) outlines.set(version, JSON.parse(outline) as Outline)
    programmes.set(id, { versions: await publishedVersions(db, id), outlines })
  }
  return programmes
}

/** Versions of a package that are published here, the newest first. */
export const publishedVersions = async (db: Database, id: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('package_version')
    .select('version')
    .where('id', '=', id)
    .execute()
  return rows.map(({ version }) => version).sort((a, b) => compareVersions(b, a))
}

/** Below zero if `a` is the older one. */
export const compareVersions = (a: string, b: string): number => {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  const at = left.findIndex((part, index) => part !== right[index])
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0)
}

const countWaiting = async (db: Database, cohort: string): Promise<number> => {
  const { waiting } = await db
    .selectFrom('waiting_person')
    .select((e) => e.fn.countAll().as('waiting'))
    .where('cohort', '=', cohort)
    .executeTakeFirstOrThrow()
  return Number(waiting)
}

/** What people meet at next: today's too, a cancelled one not. */
const nextGathering = async (
  db: Database,
  cohort: string,
  outline: Outline | null,
  today: string,
): Promise<Cohort['next']> => {
  const stops = await db
    .selectFrom('cohort_stop')
    .leftJoin('gathering', (join) =>
      join
        .onRef('gathering.cohort', '=', 'cohort_stop.cohort')
        .onRef('gathering.stop', '=', 'cohort_stop.stop'),
    )
    .select(['cohort_stop.stop', 'starts', 'ends', 'place'])
    .where('cohort_stop.cohort', '=', cohort)
    .where('starts', 'is not', null)
    .where('ends', '>=', today) // own time has no last day
    .where('cancelled_at', 'is', null)
    .orderBy('starts')
    .execute()
  const known = (stop: string) => outline?.stops.find(({ id }) => id === stop)
  const next = stops.find(({ stop }) => !outline || known(stop)?.kind === 'gathering')
  if (!next || next.starts === null) return null
  return { ...next, starts: next.starts, title: known(next.stop)?.title ?? null }
}
