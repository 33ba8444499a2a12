import { randomBytes, randomInt } from 'node:crypto'
import * as v from 'valibot'
import { type Role, roleSchema } from '../../shared/domain/person.ts'
import { sha256 } from '../store/hash.ts'
import { prepared } from '../store/prepared.ts'
import type { Database } from '../store/schema.ts'
import type { Ledger } from '../words/ledger.ts'

const day = 24 * 60 * 60 * 1000
/** A session lives this long after its last use: longer than a whole gathering cycle. */
export const sessionLifetime = 90 * day
const deviceCodeLifetime = 10 * 60 * 1000

export interface SessionDeps {
  db: Database
  now: () => number
}

export interface SignedIn {
  person: string
  token: string
  expiresAt: number
}

/**
 * Spends a sign-in code. Only hashes are stored, so that neither a stolen database nor the time of a comparison tells a
 * code. `demoAllowed` false makes demonstration codes look like wrong ones; `label` names the device.
 */
export const signIn = (
  deps: SessionDeps,
  code: string,
  demoAllowed: boolean,
  label: string | null = null,
): Promise<SignedIn | 'wrong-code' | 'code-expired'> =>
  deps.db.transaction().execute(async (db) => {
    const hash = sha256(normalise(code))
    const row = await db
      .selectFrom('sign_in_code')
      .selectAll()
      .where('hash', '=', hash)
      .executeTakeFirst()
    if (!row || (row.demo === 1 && !demoAllowed)) return 'wrong-code'
    if (await isErased(db, row.person)) return 'wrong-code' // made while they were being erased
    if (row.expires_at !== null && Number(row.expires_at) <= deps.now()) return 'code-expired'
    if (row.uses_left !== null) {
      // One statement, for another node may be spending the same code.
      const spent = await db
        .updateTable('sign_in_code')
        .set((e) => ({ uses_left: e('uses_left', '-', 1) }))
        .where('hash', '=', hash)
        .where('uses_left', '>', 0)
        .executeTakeFirstOrThrow()
      if (spent.numUpdatedRows === 0n) return 'code-expired'
    }
    await db
      .updateTable('invitation')
      .set({ used_at: deps.now() })
      .where('hash', '=', hash)
      .execute()
    return openSession(deps, db, row.person, label)
  })

/** In the caller's transaction. */
export const openSession = async (
  { now }: Pick<SessionDeps, 'now'>,
  db: Database,
  person: string,
  label: string | null,
): Promise<SignedIn> => {
  await db.deleteFrom('session').where('expires_at', '<=', now()).execute()
  const token = randomBytes(32).toString('base64url')
  const expiresAt = now() + sessionLifetime
  await db
    .insertInto('session')
    .values({ hash: sha256(token), person, created_at: now(), expires_at: expiresAt, label })
    .execute()
  return { person, token, expiresAt }
}

export interface Session {
  person: string
  /** The first of their roles. */
  role: Role
  /** The person has been erased: the session opens nothing, and does not slide on. */
  isErased: boolean
  /** Of a group's tablet whose time is over: it reads nothing more. */
  isOver: boolean
  expiresAt: number
  /** It has slid on, and the cookie should be set again. */
  renewed: boolean
}

export const readSession = async (deps: SessionDeps, token: string): Promise<Session | null> => {
  const hash = sha256(token)
  const [row] = await selectSession(deps.db, hash, 0)
  const now = deps.now()
  if (!row || row.ended_at !== null || Number(row.expires_at) <= now) return null
  const { person, expires_at } = row
  const isOver =
    row.tablet_until !== null && (row.tablet_ended !== null || Number(row.tablet_until) <= now)
  const role = v.parse(roleSchema, row.role)
  const isErased = row.erased_at !== null
  const expiresAt = now + sessionLifetime
  // Written at most once a day: not every request needs a write.
  if (isErased || expiresAt - Number(expires_at) < day) {
    return { person, role, isErased, isOver, expiresAt: Number(expires_at), renewed: false }
  }
  await deps.db
    .updateTable('session')
    .set({ expires_at: expiresAt })
    .where('hash', '=', hash)
    .execute()
  return { person, role, isErased, isOver, expiresAt, renewed: true }
}

const selectSession = prepared<
  string,
  {
    person: string
    role: string
    expires_at: number
    erased_at: number | null
    ended_at: number | null
    tablet_until: number | null
    tablet_ended: number | null
  }
>((db, slot) =>
  db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person')
    .leftJoin('tablet', 'tablet.person', 'session.person')
    .select(['session.person', 'role', 'session.expires_at', 'erased_at', 'session.ended_at'])
    .select(['tablet.expires_at as tablet_until', 'tablet.ended_at as tablet_ended'])
    .where(
      'hash',
      '=',
      slot((hash) => hash),
    ),
)

const isErased = async (db: Database, person: string): Promise<boolean> =>
  (await db
    .selectFrom('person')
    .select('id')
    .where('id', '=', person)
    .where('erased_at', 'is not', null)
    .executeTakeFirst()) !== undefined

/** Was it signed out from another device of the person's? */
export const wasEnded = async (db: Database, token: string): Promise<boolean> =>
  (await db
    .selectFrom('session')
    .select('hash')
    .where('hash', '=', sha256(token))
    .where('ended_at', 'is not', null)
    .executeTakeFirst()) !== undefined

/** The ledger keeps an older backup from opening the session again. */
export const signOut = async (
  { db, now, ledger }: SessionDeps & { ledger: Pick<Ledger, 'signedOut'> },
  token: string,
): Promise<void> => {
  const hash = sha256(token)
  if (await endSession(db, hash)) ledger.signedOut(hash, now())
}

/** False if there is none. */
export const endSession = async (db: Database, hash: string): Promise<boolean> => {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/**
 * Ends all codes that can be used so many times, and invitations whose mail waits: it would go out with a new code. Returns how many
 * could let somebody in yet.
 */
export const spendCodes = async (db: Database): Promise<number> => {
  const waiting = db.updateTable('invitation').set({ mail: 'none' }).where('mail', '=', 'waiting')
  // Before the first try at its mail an invitation has no code.
  const withoutCode = await waiting
    .where('hash', 'not in', db.selectFrom('sign_in_code').select('hash'))
    .executeTakeFirstOrThrow()
  await waiting.execute()
  const { numUpdatedRows } = await db
    .updateTable('sign_in_code')
    .set({ uses_left: 0 })
    .where('uses_left', '>', 0)
    .executeTakeFirstOrThrow()
  return Number(withoutCode.numUpdatedRows + numUpdatedRows)
}

/** A code for another device of the same person: one use, ten minutes. */
export const makeDeviceCode = async (
  deps: SessionDeps,
  person: string,
): Promise<{ code: string; expiresAt: number }> => {
  const code = randomCode()
  const expiresAt = deps.now() + deviceCodeLifetime
  await deps.db.deleteFrom('sign_in_code').where('expires_at', '<=', deps.now()).execute()
  // A demonstration person's code is refused where the fixed ones are, and where the link is.
  const fixed = await deps.db
    .selectFrom('sign_in_code')
    .select('hash')
    .where('person', '=', person)
    .where('demo', '=', 1)
    .union(
      deps.db
        .selectFrom('person')
        .innerJoin('municipality_link', 'municipality_link.hash', 'person.link')
        .select('hash')
        .where('person.id', '=', person)
        .where('demo', '=', 1),
    )
    .executeTakeFirst()
  await deps.db
    .insertInto('sign_in_code')
    .values({
      hash: sha256(normalise(code)),
      person,
      expires_at: expiresAt,
      uses_left: 1,
      demo: fixed ? 1 : 0,
    })
    .execute()
  return { code, expiresAt }
}

/** Short enough to be typed from another screen. */
export const randomCode = (): string => {
  const letters = Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}

// No letter or digit that is read or heard as another; 31^10 codes are 49 bits.
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** People type codes with capitals and blanks, and with another dash or none. */
export const normalise = (code: string): string =>
  code.toLowerCase().replaceAll(/[\s\p{Dash_Punctuation}]/gu, '')
