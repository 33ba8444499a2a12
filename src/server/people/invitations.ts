import { randomBytes } from 'node:crypto'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { recordAct } from './acts.ts'
import { normalise } from './sessions.ts'

export type Db = Parameters<Parameters<Store['write']>[0]>[0]

const day = 24 * 60 * 60 * 1000
export const invitationDays = 14
export const invitationLifetime = invitationDays * day

export interface Inviting {
  network: string
  /** The administrator. */
  by: string
  people: readonly string[]
  /** There is a mail server. */
  byMail: boolean
}

export interface Invited {
  /** How many will get a mail. */
  mails: number
  /** Of those who get none. The codes of their links are told here and never again. */
  links: { person: string; code: string }[]
  /** Erased, of another network, or nobody: nothing was done for them. */
  left: string[]
}

/**
 * Invites people of a network, in the caller's transaction; who has been invited before gets a new link in place of the old one.
 * Of a mail no code is made here: whoever sends it makes one, so that none is ever stored.
 */
export const invite = async (
  db: Db,
  { network, by, people, byMail }: Inviting,
  now: number,
): Promise<Invited> => {
  // 1. Nobody else invites or erases them meanwhile.
  const ids = [...new Set(people)]
  const found = new Map<string, { email: string | null }>()
  for (const part of inParts(ids)) {
    await holdPeople(db, part)
    for (const row of await livingOf(db, network, part)) found.set(row.id, row)
  }

  // 2. The former links open nothing any more.
  for (const part of inParts([...found.keys()])) await endInvitations(db, part, now)

  // 3. The new ones.
  const invited: Invited = { mails: 0, links: [], left: ids.filter((id) => !found.has(id)) }
  for (const [person, { email }] of found) {
    const mail = byMail && email !== null
    if (mail) {
      await addInvitation(db, { person, by, madeAt: now, hash: unknownHash(), mail: 'waiting' })
      invited.mails++
    } else {
      const code = newCode()
      await addInvitation(db, { person, by, madeAt: now, hash: hashOfCode(code), mail: 'none' })
      await addCode(db, hashOfCode(code), person, now + invitationLifetime)
      invited.links.push({ person, code })
    }
    await recordAct(
      db,
      { network, by, act: 'person.invited', subject: person, detail: { mail } },
      now,
    )
  }
  return invited
}

/** To be called where a code is spent, in the same transaction; does nothing for codes that are no invitations. */
export const markUsed = async (db: Database, hash: string, now: number): Promise<void> => {
  await db
    .updateTable('invitation')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .execute()
}

/** What a link is worth, for the page that shows its button. Looking spends nothing. */
export const lookAtInvitation = async (
  db: Database,
  code: string,
  now: number,
): Promise<'open' | 'used' | 'expired' | 'unknown'> => {
  const row = await invitationOf(db, hashOfCode(code))
  if (!row || row.erased_at !== null) return 'unknown'
  if (row.used_at !== null) return 'used'
  return isOpen(row, now) ? 'open' : 'expired'
}

/** Spends an open invitation, in the caller's transaction. One statement decides, for another node may be at it too. */
export const spendInvitation = async (
  db: Db,
  hash: string,
  now: number,
): Promise<{ person: string } | 'code-expired'> => {
  const row = await invitationOf(db, hash)
  if (!row || row.erased_at !== null || !isOpen(row, now)) return 'code-expired'
  const { numUpdatedRows } = await db
    .updateTable('sign_in_code')
    .set((e) => ({ uses_left: e('uses_left', '-', 1) }))
    .where('hash', '=', hash)
    .where('uses_left', '>', 0)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return 'code-expired'
  await markUsed(db, hash, now)
  return { person: row.person }
}

export const hashOfCode = (code: string): string => sha256(normalise(code))

/** 128 bits, of letters and digits alone. */
export const newCode = (): string => randomBytes(16).toString('hex')

/** Of no code at all: nobody comes in by an invitation whose mail is not made yet. */
export const unknownHash = (): string => sha256(randomBytes(32))

/** Keeps others from inviting or erasing these people until the transaction ends. */
export const holdPeople = async (db: Db, people: readonly string[]): Promise<void> => {
  await db
    .updateTable('person')
    .set((e) => ({ email: e.ref('email') }))
    .where('id', 'in', [...people])
    .execute()
}

/** What has not been used opens nothing any more; mails that wait are not sent. `except` = the hash of the one that stays. */
export const endInvitations = async (
  db: Db,
  people: readonly string[],
  now: number,
  except = '',
): Promise<void> => {
  const open = db
    .selectFrom('invitation')
    .select('hash')
    .where('person', 'in', [...people])
    .where('used_at', 'is', null)
    .where('hash', '!=', except)
  await db.deleteFrom('sign_in_code').where('hash', 'in', open).execute()
  await db
    .updateTable('invitation')
    .set({ mail: 'none' })
    .where('hash', 'in', open)
    .where('mail', '=', 'waiting')
    .execute()
  await db
    .updateTable('invitation')
    .set({ expires_at: now })
    .where('hash', 'in', open)
    .where('expires_at', '>', now)
    .execute()
}

export interface NewInvitation {
  person: string
  by: string | null
  madeAt: number
  hash: string
  mail: 'none' | 'waiting'
  mailAt?: number
  expiresAt?: number
}
export const addInvitation = async (db: Db, made: NewInvitation): Promise<void> => {
  const { person, by, madeAt, hash, mail, mailAt = null } = made
  await db
    .insertInto('invitation')
    .values({
      hash,
      person,
      made_by: by,
      made_at: madeAt,
      expires_at: made.expiresAt ?? madeAt + invitationLifetime,
      used_at: null,
      mail,
      mail_at: mailAt,
    })
    .execute()
}

export const addCode = async (
  db: Db,
  hash: string,
  person: string,
  expiresAt: number,
): Promise<void> => {
  await db
    .insertInto('sign_in_code')
    .values({ hash, person, expires_at: expiresAt, uses_left: 1, demo: 0 })
    .execute()
}

const invitationOf = (db: Database, hash: string) =>
  db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person')
    .leftJoin('sign_in_code', 'sign_in_code.hash', 'invitation.hash')
    .select(['invitation.person', 'used_at', 'erased_at'])
    .select(['sign_in_code.expires_at', 'uses_left'])
    .where('invitation.hash', '=', hash)
    .executeTakeFirst()

const isOpen = (
  row: { used_at: number | null; expires_at: number | null; uses_left: number | null },
  now: number,
): boolean => row.used_at === null && (row.expires_at ?? 0) > now && (row.uses_left ?? 0) > 0

/** Persons by name: who came by a municipality's link or lies on a table has a way in of their own, and nobody else is to have it. */
const livingOf = (db: Db, network: string, people: readonly string[]) =>
  db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['person.id', 'email'])
    .where('person.id', 'in', [...people])
    .where('network', '=', network)
    .where('role', '!=', 'group-tablet')
    .where('link', 'is', null)
    .where('erased_at', 'is', null)
    .execute()

const mostInStatement = 500
const inParts = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / mostInStatement) }, (_none, part) =>
    ids.slice(part * mostInStatement, (part + 1) * mostInStatement),
  )
