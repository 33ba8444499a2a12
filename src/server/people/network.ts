import { randomBytes, randomUUID } from 'node:crypto'
import { personScope } from '../../shared/words/scope.ts'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { demoNetwork, demoPeople } from './demonstration.ts'
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
 * The way in for a server that nobody has begun to use: null for ever once somebody has. Each call ends the code of the one before,
 * so that what an old log shows opens nothing. In the caller's transaction, which must see what is committed while it waits.
 */
export const firstAdministrator = async (
  db: Db,
  made: NewNetwork,
  now: number,
): Promise<string | null> => {
  await holdBeginning(db)
  if (await isBegun(db)) return null
  const waiting = await waitingFirst(db)
    .select(['hash', 'invitation.person'])
    .orderBy('made_at')
    .executeTakeFirst()
  if (!waiting) return makeNetwork(db, made, now)
  await db.deleteFrom('sign_in_code').where('hash', '=', waiting.hash).execute()
  await db.deleteFrom('invitation').where('hash', '=', waiting.hash).execute()
  return newCode(db, waiting.person, now)
}

/** Nodes that start at once wait here for each other: the write that changes nothing is what locks a row on both databases. */
const holdBeginning = async (db: Db): Promise<void> => {
  await seedMunicipalities(db) // there is a row
  await db
    .updateTable('municipality')
    .set((e) => ({ name: e.ref('name') }))
    .where('number', '=', (e) =>
      e.selectFrom('municipality').select((m) => m.fn.min('number').as('number')),
    )
    .execute()
}

/**
 * Is there anybody, or was there, but first administrators who have not come in yet? All others were let in by one who had; their rows
 * stay when they are erased. Of a demonstration's network, an administrator whom somebody has made there.
 */
const isBegun = async (db: Database): Promise<boolean> => {
  const ofDemonstration = demoPeople.map(({ id }) => id)
  const administrators = db
    .selectFrom('person_role')
    .select('person')
    .where('role', '=', 'administrator')
  const somebody = await db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select('person.id')
    .where('person.id', 'not in', waitingFirst(db).select('invitation.person'))
    .where((e) =>
      e.or([
        e('network', '!=', demoNetwork),
        e.and([
          e('person.id', 'not in', ofDemonstration),
          e.or([e('role', '=', 'administrator'), e('person.id', 'in', administrators)]),
        ]),
      ]),
    )
    .executeTakeFirst()
  return somebody !== undefined
}

/** Invitations that nobody has made and nobody has used, of administrators who have not come in otherwise. */
const waitingFirst = (db: Database) =>
  db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person')
    .where('made_by', 'is', null)
    .where('role', '=', 'administrator')
    .where('erased_at', 'is', null)
    .where(
      'invitation.person',
      'not in',
      db.selectFrom('invitation').select('person').where('used_at', 'is not', null),
    )

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
