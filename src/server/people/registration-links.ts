import { randomBytes, randomUUID } from 'node:crypto'
import { longestLinkDays, type NewLink } from '../../shared/domain/registration.ts'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'
import { recordAct } from './acts.ts'
import type { By } from './cohorts.ts'
import { dayOf } from './retention.ts'

export type LinkFailure = 'wrong-link' | 'link-closed' | 'link-expired'
const day = 24 * 60 * 60 * 1000

/** A link by which a municipality registers its people. The token is told here alone: what is stored is its hash. */
export const makeRegistrationLink = async (
  db: Database,
  { network, by }: By,
  { cohort, municipality, lastDay }: NewLink & { cohort: string },
  now: number,
): Promise<{ id: string; token: string } | 'not-found' | 'no-such-day'> => {
  const expiresAt = endOf(lastDay)
  if (expiresAt <= now || expiresAt > now + (longestLinkDays + 1) * day) return 'no-such-day'
  const place = await db
    .selectFrom('municipality')
    .select('number')
    .where('number', '=', municipality)
    .executeTakeFirst()
  if (!place) return 'not-found'
  const [id, token] = [randomUUID(), randomBytes(16).toString('base64url')]
  await db
    .insertInto('registration_link')
    .values({
      hash: sha256(token),
      id,
      cohort,
      municipality,
      made_at: now,
      expires_at: expiresAt,
      closed_at: null,
    })
    .execute()
  const detail = { cohort, lastDay }
  const act = { network, by, act: 'registration.opened', subject: municipality, detail }
  await recordAct(db, act, now)
  return { id, token }
}

/** The last second of a day in Norway: an hour or two before it ends in UTC. */
const endOf = (lastDay: string): number => {
  const winter = Date.parse(`${lastDay}T22:59:59Z`)
  return dayOf(winter) === lastDay ? winter : winter - day / 24
}

/** Nobody registers by it any more. Doing it twice changes nothing. */
export const closeRegistrationLink = async (
  db: Database,
  { network, by }: By,
  id: string,
  now: number,
): Promise<void> => {
  const closed = await db
    .updateTable('registration_link')
    .set({ closed_at: now })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .returning(['municipality', 'cohort'])
    .executeTakeFirst()
  if (!closed) return
  const { municipality: subject, cohort } = closed
  const act = { network, by, act: 'registration.closed', subject, detail: { cohort } }
  await recordAct(db, act, now)
}

/** Where a link or a waiting person belongs; null if there is none. */
export const findPlaceOf = async (
  db: Database,
  table: 'registration_link' | 'waiting_person',
  id: string,
): Promise<{ network: string; cohort: string } | null> =>
  (await db
    .selectFrom(table)
    .innerJoin('cohort', 'cohort.id', `${table}.cohort`)
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['network', `${table}.cohort`])
    .where(`${table}.id`, '=', id)
    .executeTakeFirst()) ?? null

/** The link of a token with what it is for, open or not; null if there is none. */
export const findRegistrationLink = async (db: Database, token: string) =>
  (await db
    .selectFrom('registration_link')
    .innerJoin('municipality', 'municipality.number', 'registration_link.municipality')
    .innerJoin('cohort', 'cohort.id', 'registration_link.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .innerJoin('network', 'network.id', 'programme_run.network')
    .select(['hash', 'registration_link.id', 'registration_link.cohort', 'municipality'])
    .select(['expires_at', 'closed_at', 'run', 'package', 'version'])
    .select([
      'municipality.name as place',
      'cohort.name as cohortName',
      'network.id as network',
      'network.name as networkName',
    ])
    .where('hash', '=', sha256(token))
    .executeTakeFirst()) ?? null
export type RegistrationLink = NonNullable<Awaited<ReturnType<typeof findRegistrationLink>>>

export const linkFailure = (link: RegistrationLink, now: number): LinkFailure | null => {
  if (link.closed_at !== null) return 'link-closed'
  return link.expires_at <= now ? 'link-expired' : null
}

/** How many have been sent by each link of a network, by the link's id. */
export const countSent = async (db: Database, network: string): Promise<Map<string, number>> => {
  const acts = await db
    .selectFrom('administrative_act')
    .select('detail')
    .where('network', '=', network)
    .where('act', '=', 'person.registered')
    .execute()
  const sent = new Map<string, number>()
  for (const { detail } of acts) {
    const { link, rows } = JSON.parse(detail) as { link: string; rows: number }
    sent.set(link, (sent.get(link) ?? 0) + rows)
  }
  return sent
}
