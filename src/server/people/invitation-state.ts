import type { Database } from '../store/schema.ts'

/**
 * How far somebody's latest invitation has come. `none`: never invited. `shown`: there was no mail, the administrator was shown
 * the link. `opened`: it let them in.
 */
export type InvitationProgress =
  | 'none'
  | 'shown'
  | 'waiting'
  | 'sent'
  | 'failed'
  | 'opened'
  | 'expired'

export interface InvitationState {
  progress: InvitationProgress
  /** When it came so far; null for `none`. */
  at: number | null
  /** When any of their invitations first let them in. */
  openedAt: number | null
}

/** Of each of these people. Whoever asks has made sure that they are theirs to see. */
export const invitationStates = async (
  db: Database,
  people: readonly string[],
  now: number,
): Promise<Map<string, InvitationState>> => {
  const byPerson = new Map<string, Row[]>(people.map((id) => [id, []]))
  for (const row of people.length === 0 ? [] : await rowsOf(db, people)) {
    byPerson.get(row.person)?.push(row)
  }
  return new Map([...byPerson].map(([id, rows]) => [id, stateOf(rows, now)]))
}

interface Row {
  person: string
  made_at: number
  expires_at: number
  used_at: number | null
  mail: 'none' | 'waiting' | 'sent' | 'failed'
  mail_at: number | null
  uses_left: number | null
}

const rowsOf = (db: Database, people: readonly string[]): Promise<Row[]> =>
  db
    .selectFrom('invitation')
    .leftJoin('sign_in_code', 'sign_in_code.hash', 'invitation.hash')
    .select(['invitation.person', 'made_at', 'invitation.expires_at', 'used_at', 'mail', 'mail_at'])
    .select('uses_left')
    .where('invitation.person', 'in', [...people])
    .execute()

const stateOf = (rows: readonly Row[], now: number): InvitationState => {
  const opened = rows.flatMap(({ used_at }) => (used_at === null ? [] : [used_at]))
  const openedAt = opened.length > 0 ? Math.min(...opened) : null
  // Every try at a mail is a row of its own, and all of an invitation's have its time.
  const latest = Math.max(...rows.map(({ made_at }) => made_at))
  const tries = rows.filter(({ made_at }) => made_at === latest)
  const of = (progress: InvitationProgress, at: number | null) => ({ progress, at, openedAt })

  if (tries.length === 0) return of('none', null)
  const used = tries.find(({ used_at }) => used_at !== null)
  if (used) return of('opened', used.used_at)
  if (tries.some(({ mail }) => mail === 'waiting')) return of('waiting', latest)
  const alive = tries.find(({ expires_at, uses_left }) => expires_at > now && uses_left === 1)
  if (alive) return of(alive.mail === 'sent' ? 'sent' : 'shown', alive.mail_at ?? latest)
  const isLost = tries.every(({ mail }) => mail === 'failed')
  if (isLost) return of('failed', Math.max(...tries.map(({ mail_at }) => mail_at ?? latest)))
  return of('expired', Math.min(now, Math.max(...tries.map(({ expires_at }) => expires_at))))
}
