import type { FastifyReply, FastifyRequest } from 'fastify'
import { principalHeader } from '../../shared/protocol/paths.ts'
import { personOfSession, type SessionDeps } from '../people/sessions.ts'
import { Refusal } from './answers.ts'

export const cookieName = 'loft_session'

export const setSessionCookie = (
  reply: FastifyReply,
  token: string,
  expiresAt: number,
  secure: boolean,
): void => {
  reply.setCookie(cookieName, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    expires: new Date(expiresAt),
  })
}

/** The signed-in person's id; throws a Refusal if nobody is. Slides the session on. */
export const requirePerson = async (
  deps: SessionDeps & { secureCookies: boolean },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> => {
  const token = request.cookies[cookieName]
  const session = token ? await personOfSession(deps, token) : null
  if (!token || !session) throw new Refusal('not-signed-in', 'sign in first')
  const claimed = request.headers[principalHeader]
  if (claimed !== undefined && claimed !== session.person) {
    throw new Refusal('not-signed-in', 'somebody else is signed in')
  }
  if (session.renewed) setSessionCookie(reply, token, session.expiresAt, deps.secureCookies)
  return session.person
}
