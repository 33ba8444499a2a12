import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { meSchema } from '../../shared/domain/person.ts'
import { sumsAnswerSchema } from '../../shared/domain/sums.ts'
import { languageSchema } from '../../shared/domain/text.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { deviceLabel } from '../people/devices.ts'
import { readMe } from '../people/me.ts'
import { enterByLink, type LinkFailure, lookAtLink } from '../people/municipality-link.ts'
import { readSession } from '../people/sessions.ts'
import { readSums } from '../sums/read-sums.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { personCookieName, setSessionCookie } from './session-cookie.ts'
import { comesFromThisMachine } from './session-routes.ts'

const enterBody = v.strictObject({
  attempt: v.pipe(v.string(), v.regex(/^[\w-]{20,64}$/)),
  language: languageSchema,
})
const withToken = v.object({ token: v.string() })
const sightSchema = v.strictObject({ municipality: v.string(), audience: v.string() })

/** The politicians' way in, and what their resource person is told of their answers. */
export const electedRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  // A whole council sits behind one address: 77 with a few who press twice get in at once, and whoever makes people for fun is
  // stopped long before the link's own limit.
  const perAddress = { max: 120, perMs: 600_000 }

  route(app, deps, {
    method: 'GET',
    path: paths.link(':token'),
    access: ['link', 'look'],
    summary: 'For which municipality a link of politicians is',
    params: withToken,
    answer: sightSchema,
    limit: { max: 300, perMs: 60_000 },
    handle: async ({ request, reply, params: { token } }) => {
      const sight = await lookAtLink(deps, token, mayBeDemo(request))
      reply.header('cache-control', 'no-store')
      return typeof sight === 'string' ? refuseLink(sight) : sight
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.link(':token'),
    access: ['link', 'enter'],
    summary: 'Become an anonymous person of that municipality',
    params: withToken,
    body: enterBody,
    answer: meSchema,
    limit: perAddress,
    handle: async ({ request, reply, params: { token }, body: { attempt, language } }) => {
      const cookie = request.cookies[personCookieName(app)]
      const session = cookie ? await readSession(deps, cookie) : null
      const present = session && !session.isErased ? session.person : null
      const label = deviceLabel(request.headers['user-agent'])
      const entering = { attempt, language, present, label }
      const entered = await enterByLink(deps, token, entering, mayBeDemo(request))
      if (typeof entered === 'string') return refuseLink(entered)
      const me = await readMe(deps.db, entered.person)
      if (!me) return refuseLink('wrong-link')
      if (entered.token !== null) setSessionCookie(reply, entered.token, entered.expiresAt)
      return me
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.sums,
    access: ['sums', 'read'],
    summary: 'What the politicians whom a resource person meets have answered, from five people up',
    answer: sumsAnswerSchema,
    limit: { max: 60, perMs: 60_000 },
    handle: async ({ reply, person }) => {
      const sums = await readSums(deps, person)
      if (sums === null) throw notFound()
      reply.header('cache-control', 'no-store')
      return sums
    },
  })

  const mayBeDemo = (request: FastifyRequest): boolean => deps.demo && comesFromThisMachine(request)
}

const refuseLink = (failure: LinkFailure): never => {
  throw new Refusal(failure, messages[failure])
}
const messages: Record<LinkFailure, string> = {
  'wrong-link': 'no such link',
  'link-expired': 'the link is too old',
  'link-closed': 'the link is closed',
  'link-full': 'the link has let in as many as it may',
}
