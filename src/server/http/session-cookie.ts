import type { FastifyReply, FastifyRequest } from 'fastify'
import { principalHeader } from '../../shared/protocol/paths.ts'
import { readSession, type Session, type SessionDeps } from '../people/sessions.ts'
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

type CookieDeps = SessionDeps & { secureCookies: boolean }

/** The signed-in person's id; throws a Refusal if nobody is, or somebody who has been erased. Slides the session on. */
export const requirePerson = async (
  deps: CookieDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> => {
  const { person, isErased } = await requireSession(deps, request, reply)
  if (isErased) throw new Refusal('not-signed-in', 'sign in first')
  return person
}

/** The same for what answers an erased person too: `gone`, so that their devices delete what they have. */
export const requirePersonOrErased = async (
  deps: CookieDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> => (await requireSession(deps, request, reply)).person

declare module 'fastify' {
  interface FastifyRequest {
    /** Where `personBeforeBody` has asked. */
    person: string
  }
}

/** A route's setting: who it is, erased or not, is asked before the body is read, so that no stranger's large one is kept. */
export const personBeforeBody = (deps: CookieDeps) => ({
  onRequest: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    request.person = await requirePersonOrErased(deps, request, reply)
  },
})

const requireSession = async (
  deps: CookieDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Session> => {
  const token = request.cookies[cookieName]
  const session = token ? await readSession(deps, token) : null
  if (!token || !session) throw new Refusal('not-signed-in', 'sign in first')
  const claimed = request.headers[principalHeader]
  if (claimed !== undefined && claimed !== session.person) {
    throw new Refusal('not-signed-in', 'somebody else is signed in')
  }
  if (session.renewed) setSessionCookie(reply, token, session.expiresAt, deps.secureCookies)
  return session
}
