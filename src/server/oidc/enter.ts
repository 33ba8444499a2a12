import { type Db, holdPeople, spendInvitation } from '../people/invitations.ts'
import { openSession, type SessionDeps, type SignedIn } from '../people/sessions.ts'

interface Identity {
  issuer: string
  subject: string
}

/**
 * Opens a session for whom this identity lets in, in the caller's transaction: with an invitation (its hash) the invited person, to
 * whom the identity is bound; else whoever has bound themselves before. Never by an e-mail address, which anybody can have
 * changed. Who is a person in several networks comes in as the one they have bound last.
 */
export const enter = async (
  deps: Pick<SessionDeps, 'now'>,
  db: Db,
  identity: Identity,
  invitation: string | null,
  label: string | null,
): Promise<SignedIn | 'no-invitation' | 'code-expired' | 'already-bound'> => {
  if (invitation !== null) {
    const person = await bind(db, identity, invitation, deps.now())
    return typeof person === 'string' ? person : openSession(deps, db, person.id, label)
  }
  const person = await latestOf(db, identity)
  return person === null ? 'no-invitation' : openSession(deps, db, person, label)
}

const bind = async (
  db: Db,
  identity: Identity,
  invitation: string,
  now: number,
): Promise<{ id: string } | 'code-expired' | 'already-bound'> => {
  const invited = await invitedBy(db, invitation)
  if (!invited) return 'code-expired'
  // One after another in a network: two invitations could bind one identity to two people at once, and no key forbids it.
  await db
    .updateTable('network')
    .set((e) => ({ name: e.ref('name') }))
    .where('id', '=', invited.network)
    .execute()
  // Nor are they erased meanwhile.
  await holdPeople(db, [invited.person])
  if (await isOfAnother(db, identity, invited)) return 'already-bound'
  const spent = await spendInvitation(db, invitation, now)
  if (spent === 'code-expired') return spent
  // The way to mend a binding to somebody else's: whoever has this person's invitation now is the one who comes in by this provider.
  await db
    .deleteFrom('identity')
    .where('issuer', '=', identity.issuer)
    .where('person', '=', spent.person)
    .where('subject', '!=', identity.subject)
    .execute()
  await db
    .insertInto('identity')
    .values({ ...identity, person: spent.person, bound_at: now })
    .onConflict((conflict) =>
      conflict.columns(['issuer', 'subject', 'person']).doUpdateSet({ bound_at: now }),
    )
    .execute()
  return { id: spent.person }
}

const invitedBy = (db: Db, hash: string) =>
  db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['invitation.person', 'network'])
    .where('hash', '=', hash)
    .executeTakeFirst()

const boundTo = (db: Db, { issuer, subject }: Identity) =>
  db
    .selectFrom('identity')
    .innerJoin('person', 'person.id', 'identity.person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .where('erased_at', 'is', null)

const isOfAnother = async (
  db: Db,
  identity: Identity,
  { person, network }: { person: string; network: string },
): Promise<boolean> =>
  (await boundTo(db, identity)
    .select('identity.person')
    .where('network', '=', network)
    .where('identity.person', '!=', person)
    .executeTakeFirst()) !== undefined

const latestOf = async (db: Db, identity: Identity): Promise<string | null> => {
  const row = await boundTo(db, identity)
    .select('identity.person')
    .orderBy('bound_at', 'desc')
    .orderBy('identity.person')
    .executeTakeFirst()
  return row?.person ?? null
}
