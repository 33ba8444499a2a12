import { randomBytes } from 'node:crypto'
import type { Language } from '../../shared/domain/languages.ts'
import type { Outline } from '../../shared/domain/outline.ts'
import { personScope } from '../../shared/words/scope.ts'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'
import { openSession, type SessionDeps, type SignedIn } from './sessions.ts'

/** How many people come in by one link: a large council, each member with a new device or two. */
export const peopleByLink = 200

export type LinkFailure = 'wrong-link' | 'link-expired' | 'link-closed' | 'link-full'

/** What the page says of a link before anybody presses its button. */
export interface LinkSight {
  municipality: string
  audience: string
}

/** Looking at a link makes nobody. */
export const lookAtLink = async (
  { db, now }: SessionDeps,
  token: string,
  demoAllowed: boolean,
): Promise<LinkSight | LinkFailure> => {
  const link = await findLink(db, token, demoAllowed)
  if (!link) return 'wrong-link'
  const { place, audience } = link
  if (link.people_left === 0) return failureOf(link, now()) ?? 'link-full'
  return failureOf(link, now()) ?? { municipality: place, audience }
}

export interface Entering {
  /** Random, by the page that shows the button: pressed twice, it makes one person. */
  attempt: string
  language: Language
  /** Who is signed in on this device already. */
  present: string | null
  /** Names the device. */
  label: string | null
}

/**
 * Makes an anonymous person with words of their own, and opens a session. Whoever is such a person of this municipality already
 * goes on as they are, and no session is opened, whatever has become of the link.
 */
export const enterByLink = async (
  deps: SessionDeps,
  token: string,
  { attempt, language, present, label }: Entering,
  demoAllowed: boolean,
): Promise<SignedIn | { person: string; token: null } | LinkFailure> =>
  deps.db
    .transaction()
    .execute(async (db) => {
      const link = await findLink(db, token, demoAllowed)
      if (!link) return 'wrong-link'
      if (present !== null && (await isOfLink(db, present, link)))
        return { person: present, token: null }

      const failure = failureOf(link, deps.now())
      if (failure) return failure
      const person = `anonym-${sha256(`${link.hash} ${attempt}`).slice(0, 32)}`
      const made = await db
        .insertInto('person')
        .values({
          id: person,
          name: `${names[language]}, ${link.place}`,
          role: 'participant',
          audience: link.audience,
          municipality: link.municipality,
          cohort: link.cohort,
          link: link.hash,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      if (made.numInsertedOrUpdatedRows === 0n) {
        // The button pressed again. Whoever has been erased since stays so.
        return (await isOfLink(db, person, link))
          ? openSession(deps, db, person, label)
          : 'wrong-link'
      }
      const counted = await db
        .updateTable('municipality_link')
        .set((e) => ({ people_left: e('people_left', '-', 1) }))
        .where('hash', '=', link.hash)
        .where('people_left', '>', 0)
        .executeTakeFirstOrThrow()
      if (counted.numUpdatedRows === 0n) throw new LinkFull() // makes nobody
      const scope = personScope(person, link.run)
      await db.insertInto('membership').values({ scope, person }).execute()
      return openSession(deps, db, person, label)
    })
    .catch((error) => {
      if (error instanceof LinkFull) return 'link-full' as const
      throw error
    })

class LinkFull extends Error {}

const names: Record<Language, string> = { nn: 'Folkevald', nb: 'Folkevalgt' }

/** A new link of many uses; its token is told once, and only its hash is stored. */
export const makeLink = async (
  db: Database,
  of: { cohort: string; municipality: string; audience: string; expiresAt: number | null },
): Promise<string> => {
  const token = randomBytes(16).toString('base64url')
  const { cohort, municipality, audience, expiresAt } = of
  await db
    .insertInto('municipality_link')
    .values({
      hash: sha256(token),
      cohort,
      municipality,
      audience,
      expires_at: expiresAt,
      closed_at: null,
      people_left: peopleByLink,
      demo: 0,
    })
    .execute()
  return token
}

/** Nobody new comes in by the municipality's links; who is in stays. Returns how many links were open. */
export const closeLinks = async (
  db: Database,
  { cohort, municipality }: { cohort: string; municipality: string },
  now: number,
): Promise<number> => {
  const { numUpdatedRows } = await db
    .updateTable('municipality_link')
    .set({ closed_at: now })
    .where('cohort', '=', cohort)
    .where('municipality', '=', municipality)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Whom a link of this municipality would let in; a string says why there can be none. */
export const findCouncil = async (
  db: Database,
  number: string,
  asked: string | undefined,
): Promise<{ cohort: string; municipality: string; audience: string; place: string } | string> => {
  const municipality = await db
    .selectFrom('municipality')
    .select('name')
    .where('number', '=', number)
    .executeTakeFirst()
  if (!municipality) return `there is no municipality ${number}`
  const cohorts = await db
    .selectFrom('cohort')
    .leftJoin('package_version', (join) =>
      join
        .onRef('package_version.id', '=', 'cohort.package')
        .onRef('package_version.version', '=', 'cohort.version'),
    )
    .select(['cohort.id', 'outline'])
    .orderBy('cohort.id')
    .execute()
  const names = cohorts.map(({ id }) => id).join(', ')
  const named = cohorts.filter(({ id }) => asked === undefined || id === asked)
  if (named.length !== 1) return `name one of the cohorts: ${names || 'there is none'}`
  const [cohort] = named
  const [track] = cohort?.outline ? (JSON.parse(cohort.outline) as Outline).tracks : []
  if (!cohort || !track) return 'the programme of the cohort has no line of its own for anybody'
  const { name: place } = municipality
  return { cohort: cohort.id, municipality: number, audience: track.audience, place }
}

type Link = NonNullable<Awaited<ReturnType<typeof findLink>>>

const findLink = async (db: Database, token: string, demoAllowed: boolean) => {
  const link = await db
    .selectFrom('municipality_link')
    .innerJoin('municipality', 'municipality.number', 'municipality_link.municipality')
    .innerJoin('cohort', 'cohort.id', 'municipality_link.cohort')
    .selectAll('municipality_link')
    .select(['municipality.name as place', 'run'])
    .where('hash', '=', sha256(token))
    .executeTakeFirst()
  return link && (link.demo === 0 || demoAllowed) ? link : null
}

const failureOf = (link: Link, now: number): LinkFailure | null => {
  if (link.closed_at !== null) return 'link-closed'
  return link.expires_at !== null && link.expires_at <= now ? 'link-expired' : null
}

/** Is this person one of those that the link is for? */
const isOfLink = async (db: Database, person: string, link: Link): Promise<boolean> =>
  (await db
    .selectFrom('person')
    .select('id')
    .where('id', '=', person)
    .where('erased_at', 'is', null)
    .where('cohort', '=', link.cohort)
    .where('municipality', '=', link.municipality)
    .where('audience', '=', link.audience)
    .executeTakeFirst()) !== undefined
