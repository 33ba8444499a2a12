import * as v from 'valibot'
import {
  type CertificateBody,
  type CertificateStanding,
  certificateBodySchema,
} from '../../shared/domain/certificate.ts'
import { certificateStanding } from '../../shared/domain/certificate-standing.ts'
import { type Progress, readProgress } from '../../shared/words/progress.ts'
import { documentId, personScope, progressTask } from '../../shared/words/scope.ts'
import { outlineOfCohort, readGatherings } from '../people/gatherings.ts'
import { dayOf } from '../people/retention.ts'
import { documentStore } from '../store/document-store.ts'
import type { Database } from '../store/schema.ts'
import type { Merging } from '../words/merging.ts'

export interface CertificateDeps {
  db: Database
  merging: Merging
  now: () => number
}

export interface Standing {
  run: string
  /** Came by a link: there is no name to put on a certificate. */
  anonymous: boolean
  /** Null = the programme has no certificate. */
  standing: CertificateStanding | null
  body: CertificateBody | null
}
/** busy = others have all the room of the merging · unreadable = the progress is stored, and cannot be read. */
export type StandingFailure = 'not-found' | 'busy' | 'unreadable'

/** How far a person is, out of what they have marked as done themselves. */
export const readStanding = async (
  { db, merging, now }: CertificateDeps,
  id: string,
): Promise<Standing | StandingFailure> => {
  const person = await db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .innerJoin('network', 'network.id', 'programme_run.network')
    .leftJoin('municipality', 'municipality.number', 'person.municipality')
    .select(['person.name', 'audience', 'link', 'cohort', 'run', 'cohort.name as cohortName'])
    .select(['number', 'municipality.name as municipality', 'network.name as network'])
    .where('person.id', '=', id)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!person) return 'not-found'
  const { run, cohort, audience } = person
  const anonymous = person.link !== null
  const outline = await outlineOfCohort(db, cohort)
  if (!outline?.certificate) return { run, anonymous, standing: null, body: null }

  const progress = await progressOf({ db, merging }, id, run)
  if (typeof progress === 'string') return progress
  const more = await db
    .selectFrom('person_audience')
    .select('audience')
    .where('person', '=', id)
    .execute()
  const stops = await readGatherings(db, cohort, person.number)
  const standing = certificateStanding({
    outline,
    progress,
    audience,
    moreAudiences: more.map((one) => one.audience),
    stops,
    today: dayOf(now()),
  })
  if (!standing) return { run, anonymous, standing: null, body: null }
  const track = outline.tracks.find((one) => one.audience === audience)
  const days = stops
    .filter((stop) => (track ? stop.stop === track.id : stop.audience === null))
    .flatMap(({ starts }) => starts ?? [])
  const body = v.parse(certificateBodySchema, {
    name: person.name,
    municipality: person.municipality,
    network: person.network,
    programme: outline.title,
    cohort: person.cohortName,
    from: days.toSorted()[0] ?? null,
    ownMinutes: standing.ownMinutes,
    gatheringMinutes: standing.gatheringMinutes,
    modules: standing.modules.map(({ title }) => title),
    abilities: standing.abilities.map(({ title }) => title),
  })
  return { run, anonymous, standing, body }
}

const progressOf = async (
  { db, merging }: Pick<CertificateDeps, 'db' | 'merging'>,
  person: string,
  run: string,
): Promise<Record<string, Progress> | 'busy' | 'unreadable'> => {
  const scope = personScope(person, run)
  const { bytes } = await documentStore.parts(db, scope, documentId(scope, progressTask))
  if (bytes.length === 0) return {}
  const read = await merging.read(bytes)
  // What can be read counts: an update that waits for another takes nothing away.
  if (read.kind === 'read') return readProgress(read.plain)
  return read.kind === 'busy' ? 'busy' : 'unreadable'
}
