import type { Outline } from '../../shared/domain/outline.ts'
import type { LocalText } from '../../shared/domain/text.ts'
import {
  addCode,
  addInvitation,
  type Db,
  endInvitations,
  hashOfCode,
  holdPeople,
  invitationDays,
  invitationLifetime,
  newCode,
} from '../people/invitations.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

/** A mail that is this process's to send. `code` is nowhere else: it goes into the mail, and only its hash is stored. */
export interface Claimed {
  person: string
  hash: string
  code: string
  to: string
  by: string | null
  programme: LocalText
  cohort: string
  days: number
  /** This one counted. */
  tries: number
  /** They have asked for a new link themselves. */
  isAsked: boolean
}

interface Rules {
  now: number
  /** How long the mail is this process's, in ms. */
  lease: number
  mostTries: number
}

/** Takes the mail that has waited longest and makes its code; null = nothing is to be sent now. */
export const claimNext = async (store: Store, rules: Rules): Promise<Claimed | null> => {
  for (;;) {
    const next = await nextWaiting(store.db, rules.now)
    if (!next) return null
    const claimed = await store.write((db) => claim(db, next, rules))
    // Else somebody else had it, or it is not to be sent any more.
    if (claimed) return claimed
  }
}

/** Notes what became of it: `again` = when to try next, null = never. Not if it has been ended or used meanwhile. */
export const closeTry = (
  store: Store,
  { person, hash, isAsked }: Claimed,
  outcome: 'sent' | { again: number | null },
  now: number,
): Promise<void> =>
  store.write(async (db) => {
    await holdPeople(db, [person])
    const mine = db.updateTable('invitation').where('hash', '=', hash).where('mail', '=', 'waiting')
    if (outcome !== 'sent' && outcome.again !== null) {
      // The code stays good: the letter may have arrived although its server did not say so.
      await mine.set({ mail_at: outcome.again }).execute()
      return
    }
    const mail = outcome === 'sent' ? ('sent' as const) : ('failed' as const)
    const { numUpdatedRows } = await mine.set({ mail, mail_at: now }).executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return
    if (mail === 'failed') await db.deleteFrom('sign_in_code').where('hash', '=', hash).execute()
    else if (isAsked) await endInvitations(db, [person], now, hash)
  })

interface Waiting {
  hash: string
  person: string
  made_by: string | null
  made_at: number
  mail_at: number | null
}

const nextWaiting = (db: Database, now: number): Promise<Waiting | undefined> =>
  db
    .selectFrom('invitation')
    .select(['hash', 'person', 'made_by', 'made_at', 'mail_at'])
    .where('mail', '=', 'waiting')
    .where((e) => e.or([e('mail_at', 'is', null), e('mail_at', '<=', now)]))
    .orderBy('made_at')
    .orderBy('hash')
    .executeTakeFirst()

/** One statement decides who has it. Each try is a row of its own with the invitation's time: so they are counted. */
const claim = async (db: Db, found: Waiting, rules: Rules): Promise<Claimed | null> => {
  const { now, lease, mostTries } = rules
  await holdPeople(db, [found.person])
  const { numUpdatedRows } = await db
    .updateTable('invitation')
    .set({ mail: 'failed', mail_at: now })
    .where('hash', '=', found.hash)
    .where('mail', '=', 'waiting')
    .where((e) => e.or([e('mail_at', 'is', null), e('mail_at', '<=', now)]))
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return null

  const rows = await db
    .selectFrom('invitation')
    .select(['hash', 'used_at'])
    .where('person', '=', found.person)
    .where('made_at', '=', found.made_at)
    .execute()
  // Used: the letter did arrive, although nobody said so.
  if (rows.some(({ used_at }) => used_at !== null)) return null
  const tries = found.mail_at === null ? 1 : rows.length + 1
  await db.deleteFrom('sign_in_code').where('hash', '=', found.hash).execute()
  const words = await wordsFor(db, found)
  // More only if the process was stopped in the middle of the last.
  if (!words || tries > mostTries) return null

  const code = newCode()
  const hash = hashOfCode(code)
  const expiresAt = now + invitationLifetime
  const renewed = { mail: 'waiting', mail_at: now + lease, expires_at: expiresAt } as const
  if (found.mail_at === null) {
    await db
      .updateTable('invitation')
      .set({ hash, ...renewed })
      .where('hash', '=', found.hash)
      .execute()
  } else {
    const { person, made_by: by, made_at: madeAt } = found
    await addInvitation(db, {
      person,
      by,
      madeAt,
      hash,
      mail: 'waiting',
      mailAt: now + lease,
      expiresAt,
    })
  }
  await addCode(db, hash, found.person, expiresAt)
  const isAsked = found.made_by === found.person
  return { ...words, person: found.person, hash, code, tries, isAsked, days: invitationDays }
}

/** null: they have been erased, or have no address any more. */
const wordsFor = async (
  db: Db,
  { person, made_by }: Waiting,
): Promise<Pick<Claimed, 'to' | 'by' | 'programme' | 'cohort'> | null> => {
  const row = await db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .leftJoin('package_version', (join) =>
      join
        .onRef('package_version.id', '=', 'cohort.package')
        .onRef('package_version.version', '=', 'cohort.version'),
    )
    .leftJoin('person as inviter', (join) => join.on('inviter.id', '=', made_by))
    .select(['person.email', 'cohort.name as cohort', 'programme_run.name as run'])
    .select(['outline', 'inviter.name as by'])
    .where('person.id', '=', person)
    .where('person.erased_at', 'is', null)
    .executeTakeFirst()
  if (!row || row.email === null) return null
  const { email, cohort, run, outline, by } = row
  const programme = outline ? (JSON.parse(outline) as Outline).title : { nn: run, nb: run }
  return { to: email, by: by || null, programme, cohort }
}
