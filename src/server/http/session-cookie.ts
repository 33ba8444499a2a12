import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isTablet } from '../../shared/domain/tablet-id.ts'
import { principalHeader } from '../../shared/protocol/paths.ts'
import { readSession, type Session, type SessionDeps, wasEnded } from '../people/sessions.ts'
import { Refusal } from './answers.ts'

const personCookie = 'loft_session'
/** A tablet's on a group's table: whoever lends their own device to it stays signed in beside it. */
const tableCookie = 'loft_table'

/** Behind https with the prefix by which browsers take it from this host alone: no neighbour on the same domain can set it. */
export const hostCookie = ({ secureCookies }: FastifyInstance, name: string): string =>
  secureCookies ? `__Host-${name}` : name

export const personCookieName = (app: FastifyInstance): string => hostCookie(app, personCookie)

export const setSessionCookie = (reply: FastifyReply, token: string, expiresAt: number): void =>
  setCookie(reply, personCookie, token, expiresAt)

export const setTableCookie = (reply: FastifyReply, token: string, expiresAt: number): void =>
  setCookie(reply, tableCookie, token, expiresAt)

const setCookie = (reply: FastifyReply, name: string, token: string, expiresAt: number): void => {
  reply.setCookie(hostCookie(reply.server, name), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: reply.server.secureCookies,
    expires: new Date(expiresAt),
  })
}

/** The token of whoever asks. Whose words a request is about, it says in a header; without one it is a person's. */
export const sessionToken = (request: FastifyRequest): string | undefined =>
  request.cookies[ownName(request)]

export const clearSessionCookie = (request: FastifyRequest, reply: FastifyReply): void => {
  reply.clearCookie(ownName(request), { path: '/', secure: reply.server.secureCookies })
}

const ownName = (request: FastifyRequest): string =>
  hostCookie(request.server, asksAsTablet(request) ? tableCookie : personCookie)

const asksAsTablet = ({ headers }: FastifyRequest): boolean => {
  const principal = headers[principalHeader]
  return typeof principal === 'string' && isTablet(principal)
}

declare module 'fastify' {
  interface FastifyInstance {
    /** People come by https. */
    secureCookies: boolean
  }
  interface FastifyRequest {
    /** Who is signed in, where the route needs somebody; else empty. */
    person: string
    /** Of a group's tablet whose time is over. */
    isOver: boolean
  }
}

/** The session of whoever asks, an erased person's too; throws a Refusal if there is none. Slides it on. */
export const requireSession = async (
  deps: SessionDeps,
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
    set(reply, token, session.expiresAt)
  }
  return session
}
