import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { languageSchema } from '../../shared/domain/text.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { readMe } from '../people/me.ts'
import { enterByLink, type LinkFailure, lookAtLink } from '../people/municipality-link.ts'
import { readSession } from '../people/sessions.ts'
import { readSums } from '../sums/read-sums.ts'
import { eraseWords } from '../words/erase.ts'
import { parseBody, Refusal } from './answers.ts'
import { cookieName, requirePerson, setSessionCookie } from './session-cookie.ts'
import { comesFromThisMachine } from './session-routes.ts'

const enterBody = v.strictObject({
  attempt: v.pipe(v.string(), v.regex(/^[\w-]{20,64}$/)),
  language: languageSchema,
})
type WithToken = FastifyRequest<{ Params: { token: string } }>

/** The politicians' way in, and what their resource person is told of their answers. */
export const electedRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  // A whole council sits behind one address: 77 with a few who press twice get in at once, and whoever makes people for fun is
  // stopped long before the link's own limit.
  const perAddress = { config: { rateLimit: { max: 120, timeWindow: '10 minutes' } } }
  const looking = { config: { rateLimit: { max: 300, timeWindow: '1 minute' } } }

  app.get(paths.link(':token'), looking, async (request: WithToken, reply) => {
    const sight = await lookAtLink(deps, request.params.token, mayBeDemo(request))
    reply.header('cache-control', 'no-store')
    return typeof sight === 'string' ? refuseLink(sight) : sight
  })

  app.post(paths.link(':token'), perAddress, async (request: WithToken, reply) => {
    const { attempt, language } = parseBody(enterBody, request)
    const cookie = request.cookies[cookieName]
    const session = cookie ? await readSession(deps, cookie) : null
    const present = session && !session.isErased ? session.person : null
    const entering = { attempt, language, present }
    const entered = await enterByLink(deps, request.params.token, entering, mayBeDemo(request))
    if (typeof entered === 'string') return refuseLink(entered)
    const me = await readMe(deps.db, entered.person)
    if (!me) return refuseLink('wrong-link')
    if (entered.token !== null)
      setSessionCookie(reply, entered.token, entered.expiresAt, deps.secureCookies)
    return me
  })

  // Others are erased by whoever runs the server: they have an account that somebody gave them.
  app.delete(paths.me, perAddress, async (request, reply) => {
    const person = await requirePerson(deps, request, reply)
    const me = await readMe(deps.db, person)
    if (!me?.anonymous) throw new Refusal('not-found', 'nothing here')
    await eraseWords(deps, person)
    deps.scrubber.wanted()
    return reply.code(204).send()
  })

  const often = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } }
  app.get(paths.sums, often, async (request, reply) => {
    const sums = await readSums(deps, await requirePerson(deps, request, reply))
    if (sums === null) throw new Refusal('not-found', 'nothing here')
    reply.header('cache-control', 'no-store')
    return sums
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
