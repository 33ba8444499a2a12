import { randomBytes, randomUUID } from 'node:crypto'
import { personScope } from '../../shared/words/scope.ts'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { seedMunicipalities } from './municipalities.ts'
import { normalise } from './sessions.ts'

type Db = Parameters<Parameters<Store['write']>[0]>[0]

const day = 24 * 60 * 60 * 1000
/** Longer than an invitation: a server may stand ready before its administrator. */
const firstLinkLifetime = 30 * day

export interface NewNetwork {
  name: string
  /** The programme that its first cohort follows. */
  package: string
  version: string
}

/**
 * A network with one run, one cohort and one administrator, in the caller's transaction; returns the code of the administrator's
 * only way in.
 */
export const makeNetwork = async (
  db: Db,
  { name, package: id, version }: NewNetwork,
  now: number,
): Promise<string> => {
  const [network, run, cohort, person] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  await seedMunicipalities(db)
  await db.insertInto('network').values({ id: network, name, created_at: now }).execute()
  await db
    .insertInto('programme_run')
    .values({ id: run, network, name, ends_on: null, keep_months: null })
    .execute()
  await db
    .insertInto('cohort')
    .values({ id: cohort, run, name: 'Kull 1', package: id, version })
    .execute()
  await db
    .insertInto('person')
    .values({ id: person, name: `Administrator, ${name}`, role: 'administrator', cohort })
    .execute()
  await db
    .insertInto('membership')
    .values({ scope: personScope(person, run), person })
    .execute()
  return newCode(db, person, now)
}

/**
 * The way in for a server that nobody administers yet: null once one of its first administrators has come in. Each call ends the
 * code of the one before, so that what an old log shows opens nothing.
 */
export const firstAdministrator = async (
  db: Db,
  made: NewNetwork,
  now: number,
): Promise<string | null> => {
  const rows = await firstLinks(db)
  if (rows.some(({ used_at }) => used_at !== null)) return null
  const [waiting] = rows
  if (!waiting) return makeNetwork(db, made, now)
  await db.deleteFrom('sign_in_code').where('hash', '=', waiting.hash).execute()
  await db.deleteFrom('invitation').where('hash', '=', waiting.hash).execute()
  return newCode(db, waiting.person, now)
}

/** Invitations that nobody has made: those of first administrators. Demonstration people have none. */
const firstLinks = (db: Database) =>
  db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person')
    .select(['hash', 'invitation.person', 'used_at'])
    .where('made_by', 'is', null)
    .where('role', '=', 'administrator')
    .where('erased_at', 'is', null)
    .orderBy('made_at')
    .execute()

const newCode = async (db: Db, person: string, now: number): Promise<string> => {
  const code = randomBytes(20).toString('base64url').toLowerCase().replaceAll(/[-_]/g, 'x')
  const hash = sha256(normalise(code))
  const expiresAt = now + firstLinkLifetime
  await db
    .insertInto('sign_in_code')
    .values({ hash, person, expires_at: expiresAt, uses_left: 1, demo: 0 })
    .execute()
  await db
    .insertInto('invitation')
    .values({
      hash,
      person,
      made_by: null,
      made_at: now,
      expires_at: expiresAt,
      used_at: null,
      mail: 'none',
      mail_at: null,
    })
    .execute()
  return code
}
