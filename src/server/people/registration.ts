// A municipality registers its people. Whoever has the link learns of nobody whether they are here: an address that is known is
// answered like a new one, and takes of the seats that are free as a new one would. So the answer follows from how many seats were
// free and from nothing else, and what it says of somebody new is true. What is told twice is found again by its attempt.
import { randomUUID } from 'node:crypto'
import type { Outline } from '../../shared/domain/outline.ts'
import {
  mostByLink,
  type Registered,
  type Registration,
  type RegistrationSight,
} from '../../shared/domain/registration.ts'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Place } from '../words/membership.ts'
import { type MoveDeps, moveMembers } from '../words/move-members.ts'
import { recordAct } from './acts.ts'
import { readGatherings } from './gatherings.ts'
import { findLeadershipGroup, holdNetwork, makePerson } from './make-person.ts'
import { readProgrammeOf } from './programme-of.ts'
import {
  countSent,
  findRegistrationLink,
  type LinkFailure,
  linkFailure,
  type RegistrationLink,
} from './registration-links.ts'
import { readSeats } from './seats.ts'

type Db = Parameters<Parameters<Store['write']>[0]>[0]

/** What a link is for. Nobody is named. */
export const lookAtRegistration = async (
  db: Database,
  token: string,
  now: number,
): Promise<RegistrationSight | LinkFailure> => {
  const link = await findRegistrationLink(db, token)
  if (!link) return 'wrong-link'
  const failure = linkFailure(link, now)
  if (failure) return failure
  const gatherings = await readGatherings(db, link.cohort, link.municipality)
  return {
    network: link.networkName,
    cohort: link.cohortName,
    programme: await titleOf(db, link),
    municipality: link.place,
    ...(await readFree(db, link.cohort)),
    audiences: await audiencesOf(db, link),
    gatherings: gatherings
      .filter(({ kind, cancelled }) => kind === 'gathering' && !cancelled)
      .map(({ stop, title, starts, ends, place }) => ({ stop, title, starts, ends, place })),
    expiresAt: link.expires_at,
  }
}

/**
 * Registers them in the caller's transaction: whoever is new gets a seat with all that belongs to it, or a place on the waiting
 * list. After the commit the caller does `tellEntered`.
 */
export const registerPeople = async (
  db: Db,
  deps: MoveDeps,
  token: string,
  { attempt, people }: Registration,
): Promise<
  { registered: Registered; entered: Place[] } | LinkFailure | 'link-full' | 'no-such-audience'
> => {
  const link = await findRegistrationLink(db, token)
  if (!link) return 'wrong-link'
  const { network, cohort, municipality } = link
  await holdNetwork(db, network)
  const act = asUuid(sha256(`${link.hash} ${attempt} ${JSON.stringify(people)}`))
  const before = await findAnswer(db, act)
  if (before) return { registered: before, entered: [] }

  const now = deps.now()
  const open = await findRegistrationLink(db, token) // it may have been closed meanwhile
  const failure = open ? linkFailure(open, now) : 'wrong-link'
  if (failure) return failure
  const sent = (await countSent(db, network)).get(link.id) ?? 0
  if (sent + people.length > mostByLink) return 'link-full'
  const audiences = (await audiencesOf(db, link)).map(({ id }) => id)
  if (people.some(({ audience }) => !audiences.includes(audience))) return 'no-such-audience'

  const { free } = await readFree(db, cohort)
  const waitsSince = await nextTurn(db, cohort, now)
  const enter: Place[] = []
  const done = { seated: 0, waiting: 0 }
  for (const [index, person] of people.entries()) {
    if (await isKnown(db, network, cohort, person.email)) continue
    if (index < free) {
      const { name, email, audience, serviceArea } = person
      const state = { name, email, municipality, audiences: [audience], serviceArea, cohort }
      const id = await makePerson(db, { ...state, roles: ['participant'] }, link.run)
      const group = { number: municipality, name: link.place }
      enter.push({ scope: await findLeadershipGroup(db, cohort, group), person: id })
      done.seated++
    } else {
      const { serviceArea: service_area, ...told } = person
      await db
        .insertInto('waiting_person')
        .values({
          id: randomUUID(),
          cohort,
          municipality,
          ...told,
          service_area,
          asked_at: waitsSince + index,
        })
        .execute()
      done.waiting++
    }
  }
  const seats = Math.min(free, people.length)
  await recordAct(
    db,
    {
      id: act,
      network,
      by: null,
      act: 'person.registered',
      subject: municipality,
      detail: { cohort, link: link.id, rows: people.length, seats, ...done },
    },
    now,
  )
  await moveMembers(db, deps, { leave: [], enter })
  return { registered: { seats, waiting: people.length - seats }, entered: enter }
}

/** The programme's, but for those with a line of their own: the politicians have another link. */
export const audiencesOf = async (
  db: Database,
  programme: { package: string; version: string },
) => {
  const { audiences, tracks } = await readProgrammeOf(db, programme)
  return audiences.filter(({ id }) => !tracks.includes(id))
}

/** Is there somebody with this address in the network, or on the cohort's waiting list? */
const isKnown = async (
  db: Db,
  network: string,
  cohort: string,
  email: string,
): Promise<boolean> => {
  const waits = await db
    .selectFrom('waiting_person')
    .select('id')
    .where('cohort', '=', cohort)
    .where('email', '=', email)
    .executeTakeFirst()
  return waits !== undefined || (await isHere(db, network, email))
}

export const isHere = async (db: Database, network: string, email: string): Promise<boolean> =>
  (await db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select('person.id')
    .where('network', '=', network)
    .where('email', '=', email)
    .where('erased_at', 'is', null)
    .executeTakeFirst()) !== undefined

/** While somebody waits, nobody goes past them. */
const readFree = async (
  db: Database,
  cohort: string,
): Promise<{ capacity: number; free: number }> => {
  const { capacity, taken } = (await readSeats(db, cohort)) ?? { capacity: 0, taken: 0 }
  const waits = await db
    .selectFrom('waiting_person')
    .select('id')
    .where('cohort', '=', cohort)
    .executeTakeFirst()
  return { capacity, free: waits ? 0 : Math.max(0, capacity - taken) }
}

/** Behind everybody who waits, whatever a clock has done. */
const nextTurn = async (db: Db, cohort: string, now: number): Promise<number> => {
  const last = await db
    .selectFrom('waiting_person')
    .select((e) => e.fn.max('asked_at').as('at'))
    .where('cohort', '=', cohort)
    .executeTakeFirst()
  return Math.max(now, Number(last?.at ?? 0) + 1)
}

const findAnswer = async (db: Db, act: string): Promise<Registered | null> => {
  const row = await db
    .selectFrom('administrative_act')
    .select('detail')
    .where('id', '=', act)
    .executeTakeFirst()
  if (!row) return null
  const { seats, rows } = JSON.parse(row.detail) as { seats: number; rows: number }
  return { seats, waiting: rows - seats }
}

const titleOf = async (db: Database, { package: id, version }: RegistrationLink) => {
  const row = await db
    .selectFrom('package_version')
    .select('outline')
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return row ? (JSON.parse(row.outline) as Outline).title : null
}

/** 128 bits of a hash, as other acts are named. */
const asUuid = (hash: string): string =>
  [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ].join('-')
