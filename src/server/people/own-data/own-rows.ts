import type { OwnFacts } from '../../../shared/domain/own-data.ts'
import type { Database } from '../../store/schema.ts'
import { sessionLifetime } from '../sessions.ts'

/** Where the person is signed in, and by what they come or came in. */
export const waysIn = async (
  db: Database,
  id: string,
  now: number,
): Promise<Pick<OwnFacts, 'devices' | 'invitations' | 'codes' | 'identities'>> => {
  const sessions = await db
    .selectFrom('session')
    .select(['label', 'created_at', 'expires_at'])
    .where('person', '=', id)
    .where('expires_at', '>', now)
    .where('ended_at', 'is', null)
    .orderBy('expires_at', 'desc')
    .execute()
  const invitations = await db
    .selectFrom('invitation')
    .selectAll()
    .where('person', '=', id)
    .orderBy('made_at')
    .execute()
  const codes = await db
    .selectFrom('sign_in_code')
    .select(['expires_at', 'uses_left'])
    .where('person', '=', id)
    .execute()
  const identities = await db.selectFrom('identity').selectAll().where('person', '=', id).execute()
  return {
    devices: sessions.map(({ label, created_at, expires_at }) => ({
      label,
      signedInAt: iso(created_at),
      usedAt: iso(Math.max(created_at, expires_at - sessionLifetime)),
    })),
    invitations: invitations.map(({ made_at, expires_at, used_at, mail, mail_at }) => ({
      madeAt: iso(made_at),
      expiresAt: iso(expires_at),
      usedAt: isoOrNull(used_at),
      mail,
      mailAt: isoOrNull(mail_at),
    })),
    codes: codes.map(({ expires_at, uses_left }) => ({
      expiresAt: isoOrNull(expires_at),
      usesLeft: uses_left,
    })),
    identities: identities.map(({ issuer, subject, bound_at }) => ({
      issuer,
      subject,
      boundAt: iso(bound_at),
    })),
  }
}

/** What the person has been given, and what they have told the editors. */
export const givenAndTold = async (
  db: Database,
  id: string,
): Promise<Pick<OwnFacts, 'calendarFeeds' | 'certificates' | 'reports'>> => {
  const feeds = await db
    .selectFrom('calendar_feed')
    .select('made_at')
    .where('person', '=', id)
    .execute()
  const certificates = await db
    .selectFrom('certificate')
    .selectAll()
    .where('person', '=', id)
    .execute()
  const reports = await db
    .selectFrom('content_report')
    .selectAll()
    .where('person', '=', id)
    .orderBy('sent_at')
    .execute()
  return {
    calendarFeeds: feeds.map(({ made_at }) => ({ madeAt: iso(made_at) })),
    certificates: certificates.map(({ code, issued_at, body }) => ({
      code,
      issuedAt: iso(issued_at),
      body: parsed(body),
    })),
    reports: reports.map(({ item, language, body, sent_at, closed_at }) => ({
      item,
      language,
      text: body,
      sentAt: iso(sent_at),
      closedAt: isoOrNull(closed_at),
    })),
  }
}

export const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}
export const iso = (time: number): string => new Date(time).toISOString()
export const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time))
