import type { FastifyReply, FastifyRequest } from 'fastify'
import { isTablet } from '../../shared/domain/tablet-id.ts'
import { principalHeader } from '../../shared/protocol/paths.ts'
import { readSession, type Session, type SessionDeps, wasEnded } from '../people/sessions.ts'
import { Refusal } from './answers.ts'

export const cookieName = 'loft_session'
/** A tablet's on a group's table: whoever lends their own device to it stays signed in beside it. */
const tableCookieName = 'loft_table'

export const setSessionCookie = (
  reply: FastifyReply,
  token: string,
  expiresAt: number,
  secure: boolean,
): void => setCookie(reply, cookieName, token, expiresAt, secure)

export const setTableCookie = (
  reply: FastifyReply,
  token: string,
  expiresAt: number,
  secure: boolean,
): void => setCookie(reply, tableCookieName, token, expiresAt, secure)

const setCookie = (
  reply: FastifyReply,
  name: string,
  token: string,
  expiresAt: number,
  secure: boolean,
): void => {
  reply.setCookie(name, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    expires: new Date(expiresAt),
  })
}

/** The token of whoever asks. Whose words a request is about, it says in a header; without one it is a person's. */
export const sessionToken = (request: FastifyRequest): string | undefined =>
  request.cookies[asksAsTablet(request) ? tableCookieName : cookieName]

export const clearSessionCookie = (request: FastifyRequest, reply: FastifyReply): void => {
  reply.clearCookie(asksAsTablet(request) ? tableCookieName : cookieName, { path: '/' })
}

const asksAsTablet = ({ headers }: FastifyRequest): boolean => {
  const principal = headers[principalHeader]
  return typeof principal === 'string' && isTablet(principal)
}

export type CookieDeps = SessionDeps & { secureCookies: boolean }

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in, where the route needs somebody; else empty. */
    person: string
    /** Of a group's tablet whose time is over. */
    isOver: boolean
  }
}

/** The session of whoever asks, an erased person's too; throws a Refusal if there is none. Slides it on. */
export const requireSession = async (
  deps: CookieDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Session> => {
  const token = sessionToken(request)
  const session = token ? await readSession(deps, token) : null
  if (!token || !session) {
    if (token && (await wasEnded(deps.db, token))) {
      throw new Refusal('signed-out', 'signed out from another device')
    }
    throw new Refusal('not-signed-in', 'sign in first')
  }
  const claimed = request.headers[principalHeader]
  if (claimed !== undefined && claimed !== session.person) {
    throw new Refusal('not-signed-in', 'somebody else is signed in')
  }
  if (session.renewed) {
    const set = asksAsTablet(request) ? setTableCookie : setSessionCookie
    set(reply, token, session.expiresAt, deps.secureCookies)
  }
  return session
}
