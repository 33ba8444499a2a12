import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { isLoopback } from '../config.ts'
import { readMe } from '../people/me.ts'
import { makeDeviceCode, signIn, signOut } from '../people/sessions.ts'
import { parseBody, Refusal } from './answers.ts'
import { cookieName, requirePerson, setSessionCookie } from './session-cookie.ts'

const signInBody = v.strictObject({ code: v.pipe(v.string(), v.nonEmpty(), v.maxLength(100)) })

export const sessionRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  const slow = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } }

  app.post(paths.session, slow, async (request, reply) => {
    const { code } = parseBody(signInBody, request)
    const result = await signIn(deps, code, deps.demo && comesFromThisMachine(request))
    if (result === 'wrong-code') throw new Refusal(result, 'no such code')
    if (result === 'code-expired') throw new Refusal(result, 'the code is used or too old')
    const me = await readMe(deps.db, result.person)
    if (!me) throw new Refusal('wrong-code', 'no such code')
    setSessionCookie(reply, result.token, result.expiresAt, deps.secureCookies)
    return me
  })

  app.delete(paths.session, async (request, reply) => {
    const token = request.cookies[cookieName]
    if (token) await signOut(deps, token)
    reply.clearCookie(cookieName, { path: '/' })
    return reply.code(204).send()
  })

  app.post(paths.deviceCode, slow, async (request, reply) =>
    makeDeviceCode(deps, await requirePerson(deps, request, reply)),
  )

  app.get(paths.me, async (request, reply) => {
    const me = await readMe(deps.db, await requirePerson(deps, request, reply))
    if (!me) throw new Refusal('not-signed-in', 'sign in first')
    return me
  })
}

/**
 * Behind a proxy anybody could use the fixed codes: a foreign socket or Host, a forwarding header, or the HTTP/1.0 that nginx
 * speaks when nobody told it otherwise refuses them.
 */
export const comesFromThisMachine = (request: FastifyRequest): boolean => {
  const forwarded = Object.keys(request.headers).some((name) => forwarding.test(name))
  const host = request.headers.host ?? ''
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return (
    !forwarded &&
    request.raw.httpVersion !== '1.0' &&
    isLoopback(peer) &&
    isLoopback(host.replace(/:\d+$/, ''))
  )
}
// A browser of this machine sends no X- header by itself; proxies have dozens of them.
const forwarding = /^(x-|cf-|fly-|fastly-)|^(forwarded|via|true-client-ip|cdn-loop)$/
