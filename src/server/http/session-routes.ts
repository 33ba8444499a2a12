import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { deviceCodeSchema, deviceListSchema } from '../../shared/domain/devices.ts'
import { meSchema } from '../../shared/domain/person.ts'
import { isTablet } from '../../shared/domain/tablet-id.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { isLoopback } from '../loopback.ts'
import { deviceLabel, endDevice, listDevices } from '../people/devices.ts'
import { readMe } from '../people/me.ts'
import { makeDeviceCode, signIn, signOut } from '../people/sessions.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { clearSessionCookie, sessionToken, setSessionCookie } from './session-cookie.ts'

const signInBody = v.strictObject({ code: v.pipe(v.string(), v.nonEmpty(), v.maxLength(100)) })

export const sessionRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  const slow = { max: 60, perMs: 60_000 }

  route(app, deps, {
    method: 'POST',
    path: paths.session,
    access: ['session', 'open'],
    summary: 'Spend a sign-in code: the answer sets the session cookie',
    body: signInBody,
    answer: meSchema,
    limit: slow,
    handle: async ({ request, reply, body: { code } }) => {
      const result = await signIn(
        deps,
        code,
        deps.demo && comesFromThisMachine(request),
        deviceLabel(request.headers['user-agent']),
      )
      if (result === 'wrong-code') throw new Refusal(result, 'no such code')
      if (result === 'code-expired') throw new Refusal(result, 'the code is used or too old')
      const me = await readMe(deps.db, result.person)
      if (!me) throw new Refusal('wrong-code', 'no such code')
      setSessionCookie(reply, result.token, result.expiresAt)
      return me
    },
  })

  route(app, deps, {
    method: 'DELETE',
    path: paths.session,
    access: ['session', 'end'],
    summary: 'Sign out on this device',
    answer: 'nothing',
    handle: async ({ request, reply }) => {
      const token = sessionToken(request)
      if (token) await signOut(deps, token)
      clearSessionCookie(request, reply)
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.deviceCode,
    access: ['devices', 'add'],
    summary: 'A code that lets another device in as the same person, for ten minutes',
    answer: deviceCodeSchema,
    limit: slow,
    handle: ({ person }) => {
      // Another tablet joins by the table's link.
      if (isTablet(person)) throw notFound()
      return makeDeviceCode(deps, person)
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.devices,
    access: ['devices', 'list'],
    summary: 'Where one is signed in',
    answer: deviceListSchema,
    handle: ({ request, reply, person }) => {
      reply.header('cache-control', 'no-store')
      return listDevices(deps, person, sessionToken(request) ?? '')
    },
  })

  route(app, deps, {
    method: 'DELETE',
    path: paths.device(':id'),
    access: ['devices', 'end'],
    summary: 'Sign out on another device of one’s own',
    params: v.object({ id: v.string() }),
    answer: 'nothing',
    handle: async ({ reply, person, params: { id } }) => {
      if (!(await endDevice(deps, person, id))) throw notFound()
      return reply.code(204).send()
    },
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
