import { isGroupTask, isMetBy } from '../../shared/domain/line.ts'
import type { Outline, OutlineItem } from '../../shared/domain/outline.ts'
import {
  type MunicipalityCount,
  type Readiness,
  readyShare,
  toldPersons,
} from '../../shared/domain/readiness.ts'
import { handingInOf, wordsFingerprint } from '../../shared/words/handing-in.ts'
import { readProgress } from '../../shared/words/progress.ts'
import { documentId, groupScope, personScope, progressTask } from '../../shared/words/scope.ts'
import { outlineOfCohort } from '../people/gatherings.ts'
import { participantsOf, takesPart } from '../people/seats.ts'
import { documentStore } from '../store/document-store.ts'
import type { Database } from '../store/schema.ts'
import { listTablets } from '../tablets/tablets.ts'
import type { Merging } from '../words/merging.ts'

export interface ReadinessDeps {
  db: Database
  merging: Merging
  now: () => number
}
type Sheet = Readiness['groups'][number]['sheets'][number]

/**
 * How ready the leadership groups of a cohort are for a stop; null if there is no such cohort or stop. Of sheets it is told that they are
 * begun and handed in, never what is in them; of persons about how many have done enough, by the rule of shared/domain/readiness.ts.
 */
export const readReadiness = async (
  deps: ReadinessDeps,
  { cohort, stop: id }: { cohort: string; stop: string },
): Promise<Readiness | null | 'busy'> => {
  const { db } = deps
  const outline = await outlineOfCohort(db, cohort)
  const stop = outline?.stops.find((one) => one.id === id)
  const named = await db
    .selectFrom('cohort')
    .select(['name', 'run'])
    .where('id', '=', cohort)
    .executeTakeFirst()
  if (!outline || !stop || !named) return null
  const before = itemsBefore(outline, id)
  const sheets = before.filter(isGroupTask)
  const rows = await db
    .selectFrom('working_group')
    .leftJoin('municipality', 'municipality.number', 'working_group.municipality')
    .where('cohort', '=', cohort)
    .where('kind', '=', 'leadership')
    .select(['working_group.id', 'working_group.name', 'working_group.municipality as number'])
    .select(['municipality.name as municipality', 'size'])
    .orderBy('working_group.name')
    .execute()
  const contacts = await contactsByMunicipality(db, cohort)

  const people = await peopleOf(db, cohort, outline)
  const sizeByMunicipality = new Map(
    rows.flatMap(({ number, size }) => (number === null ? [] : [[number, size] as const])),
  )
  const counts: MunicipalityCount[] = []
  for (const [municipality, size] of sizeByMunicipality) {
    const theirs = people.filter((person) => person.municipality === municipality)
    let ready = 0
    for (const person of theirs) {
      const isOne = await isReady(deps, person, named.run, before)
      if (isOne === 'busy') return 'busy'
      if (isOne) ready++
    }
    counts.push({ municipality, size, ready, of: theirs.length })
  }
  const told = toldPersons(counts)

  const groups: Readiness['groups'] = []
  for (const { number, ...row } of rows) {
    const states: Sheet[] = []
    for (const { id: task } of sheets) {
      const state = await stateOf(deps, row.id, task)
      if (state === 'busy') return 'busy'
      states.push(state)
    }
    const { tablets } = await listTablets(deps, row.id)
    const known = number === null ? 0 : (contacts.get(number)?.length ?? 0)
    const ready = number === null ? null : (told.byMunicipality.get(number) ?? null)
    groups.push({ ...row, sheets: states, ready, tablets, contacts: known })
  }
  return {
    cohort: { id: cohort, name: named.name },
    stop: { id, title: stop.title },
    readyShare,
    sheets: sheets.map(({ id: task, title }) => ({ id: task, title })),
    groups,
    ready: told.rest,
  }
}

/** E-mail addresses of contact persons, by municipality. */
export const contactsByMunicipality = async (
  db: Database,
  cohort: string,
): Promise<Map<string, string[]>> => {
  const rows = await db
    .selectFrom('contact_person')
    .innerJoin('programme_run', 'programme_run.network', 'contact_person.network')
    .innerJoin('cohort', 'cohort.run', 'programme_run.id')
    .where('cohort.id', '=', cohort)
    .select(['municipality', 'email'])
    .execute()
  const byMunicipality = new Map<string, string[]>()
  for (const { municipality, email } of rows) {
    if (!municipality || !email) continue
    byMunicipality.set(municipality, [...(byMunicipality.get(municipality) ?? []), email])
  }
  return byMunicipality
}

/** Required items of the stops before this one, in their order. */
const itemsBefore = (outline: Outline, stop: string): OutlineItem[] => {
  const earlier = outline.stops.slice(
    0,
    outline.stops.findIndex(({ id }) => id === stop),
  )
  const items = outline.modules.flatMap((module) => module.items)
  return earlier.flatMap(({ id }) =>
    items.filter((item) => item.stop === id && item.depth === 'required'),
  )
}

interface Person {
  id: string
  municipality: string | null
  audience: string | null
  more: string[]
}

/** Who belongs to a leadership group, wherever they have been moved to. */
const peopleOf = async (db: Database, cohort: string, { tracks }: Outline): Promise<Person[]> => {
  const people = await participantsOf(db, cohort)
    .select(['id', 'municipality', 'audience'])
    .execute()
  const more = await db
    .selectFrom('person_audience')
    .innerJoin('person', 'person.id', 'person_audience.person')
    .where('cohort', '=', cohort)
    .select(['person_audience.person', 'person_audience.audience'])
    .execute()
  const ofTracks = tracks.map(({ audience }) => audience as string)
  return people
    .filter(({ audience }) => takesPart({ roles: ['participant'], audience }, ofTracks))
    .map((person) => ({
      ...person,
      more: more.filter((one) => one.person === person.id).map(({ audience }) => audience),
    }))
}

/** What they have marked as done themselves, of their own required minutes; a group's sheets are the group's. */
const isReady = async (
  { db, merging }: ReadinessDeps,
  { id, audience, more }: Person,
  run: string,
  before: readonly OutlineItem[],
): Promise<boolean | 'busy'> => {
  const own = before.filter(isMetBy(audience, more)).filter((item) => !isGroupTask(item))
  const required = own.reduce((sum, { minutes }) => sum + minutes, 0)
  const scope = personScope(id, run)
  const { bytes } = await documentStore.parts(db, scope, documentId(scope, progressTask))
  if (bytes.length === 0) return required === 0
  const read = await merging.read(bytes)
  if (read.kind === 'busy') return 'busy'
  if (read.kind === 'unfit') return false
  const progress = readProgress(read.plain)
  const done = own
    .filter((item) => progress[item.id]?.done === true)
    .reduce((sum, { minutes }) => sum + minutes, 0)
  return done >= required * readyShare - 1e-9
}

const stateOf = async (
  { db, merging }: ReadinessDeps,
  group: string,
  task: string,
): Promise<Sheet | 'busy'> => {
  const scope = groupScope(group)
  const { bytes } = await documentStore.parts(db, scope, documentId(scope, task))
  if (bytes.length === 0) return { id: task, state: 'none', at: null }
  const read = await merging.read(bytes)
  if (read.kind === 'busy') return 'busy'
  if (read.kind === 'unfit') return { id: task, state: 'unreadable', at: null }
  const { plain } = read
  const handing = handingInOf(plain)
  if (!handing) return { id: task, state: 'begun', at: null }
  const isChanged = handing.words !== undefined && handing.words !== wordsFingerprint(plain)
  return { id: task, state: isChanged ? 'changed-after' : 'handed-in', at: handing.at }
}
