import * as v from 'valibot'
import type { CohortRegistration } from '../../shared/domain/registration.ts'
import { serviceAreaSchema } from '../../shared/domain/service-area.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Place } from '../words/membership.ts'
import { type MoveDeps, moveMembers } from '../words/move-members.ts'
import { recordAct } from './acts.ts'
import type { By } from './cohorts.ts'
import { findLeadershipGroup, holdNetwork, makePerson } from './make-person.ts'
import { audiencesOf, isHere } from './registration.ts'
import { countSent } from './registration-links.ts'
import { readSeats } from './seats.ts'

type Db = Parameters<Parameters<Store['write']>[0]>[0]

/** The links of a cohort and its waiting list. Null if there is no such cohort. */
export const readCohortRegistration = async (
  db: Database,
  id: string,
): Promise<CohortRegistration | null> => {
  const cohort = await db
    .selectFrom('cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['cohort.name', 'package', 'version', 'network'])
    .where('cohort.id', '=', id)
    .executeTakeFirst()
  const seats = await readSeats(db, id)
  if (!cohort || !seats) return null
  const links = await db
    .selectFrom('registration_link')
    .innerJoin('municipality', 'number', 'municipality')
    .select(['id', 'municipality.name as place', 'made_at', 'expires_at', 'closed_at'])
    .where('cohort', '=', id)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .execute()
  const waiting = await db
    .selectFrom('waiting_person')
    .innerJoin('municipality', 'number', 'municipality')
    .select(['id', 'waiting_person.name', 'email', 'municipality.name as place'])
    .select(['audience', 'service_area', 'asked_at'])
    .where('cohort', '=', id)
    .orderBy('asked_at')
    .orderBy('id')
    .execute()
  const sent = await countSent(db, cohort.network)
  return {
    cohort: { id, name: cohort.name },
    ...seats,
    links: links.map((link) => ({
      id: link.id,
      municipality: link.place,
      madeAt: Number(link.made_at),
      expiresAt: Number(link.expires_at),
      closedAt: link.closed_at === null ? null : Number(link.closed_at),
      sent: sent.get(link.id) ?? 0,
    })),
    waiting: waiting.map(({ place, service_area, asked_at, ...told }) => ({
      ...told,
      municipality: place,
      serviceArea: v.is(serviceAreaSchema, service_area) ? service_area : null,
      askedAt: Number(asked_at),
    })),
    audiences: await audiencesOf(db, cohort),
    municipalities: await db
      .selectFrom('municipality')
      .select(['number', 'name'])
      .orderBy('name')
      .execute(),
  }
}

/**
 * Gives somebody who waits a seat, in the caller's transaction, who does `tellEntered` after the commit. Whoever has come in by
 * another way meanwhile only leaves the list.
 */
export const admitWaiting = async (
  db: Db,
  deps: MoveDeps,
  { network, by }: By,
  id: string,
): Promise<{ entered: Place[] } | 'not-found' | 'over-capacity'> => {
  await holdNetwork(db, network)
  const waiting = await findWaiting(db, id)
  if (!waiting) return 'not-found'
  const { cohort, run, municipality, place, name, email, audience, service_area } = waiting
  if (await isHere(db, network, email)) {
    await forget(db, { network, by }, id, deps.now())
    return { entered: [] }
  }
  const seats = await readSeats(db, cohort)
  if (!seats || seats.taken >= seats.capacity) return 'over-capacity'
  await db.deleteFrom('waiting_person').where('id', '=', id).execute()
  const serviceArea = v.is(serviceAreaSchema, service_area) ? service_area : null
  const state = { name, email, municipality, audiences: [audience], serviceArea, cohort }
  const person = await makePerson(db, { ...state, roles: ['participant'] }, run)
  const scope = await findLeadershipGroup(db, cohort, { number: municipality, name: place })
  const detail = { cohort }
  await recordAct(db, { network, by, act: 'person.admitted', subject: person, detail }, deps.now())
  await moveMembers(db, deps, { leave: [], enter: [{ scope, person }] })
  return { entered: [{ scope, person }] }
}

/** All that is known of somebody who waits goes away. False if nobody does. */
export const removeWaiting = async (
  db: Db,
  { network, by }: By,
  id: string,
  now: number,
): Promise<boolean> => {
  await holdNetwork(db, network)
  return forget(db, { network, by }, id, now)
}

const forget = async (db: Db, { network, by }: By, id: string, now: number): Promise<boolean> => {
  const gone = await db
    .deleteFrom('waiting_person')
    .where('id', '=', id)
    .returning('cohort')
    .executeTakeFirst()
  if (!gone) return false
  const { cohort } = gone
  const act = { network, by, act: 'waiting.removed', subject: cohort }
  await recordAct(db, act, now)
  return true
}

const findWaiting = (db: Db, id: string) =>
  db
    .selectFrom('waiting_person')
    .innerJoin('municipality', 'number', 'municipality')
    .innerJoin('cohort', 'cohort.id', 'waiting_person.cohort')
    .select(['waiting_person.name', 'email', 'municipality', 'municipality.name as place'])
    .select(['cohort', 'run', 'audience', 'service_area'])
    .where('waiting_person.id', '=', id)
    .executeTakeFirst()
