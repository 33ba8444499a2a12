// Each route of the API is declared once, by `route`. The declaration says who may ask (shared/domain/policy.ts), what is asked and
// what is answered, as schemas. From it come the check of whoever asks, before their body is read; the check of what they send;
// and the description of the API (open-api.ts), which is therefore true.
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import * as v from 'valibot'
import {
  type Access,
  type Actor,
  may,
  needsNobody,
  reachOf,
  type Target,
} from '../../shared/domain/policy.ts'
import { readActor } from '../people/actors.ts'
import type { SessionDeps } from '../people/sessions.ts'
import { Refusal } from './answers.ts'
import { withoutStreams } from './frame-body.ts'
import { requireSession } from './session-cookie.ts'

type Schema = v.GenericSchema<unknown>
type Output<S> = S extends Schema ? v.InferOutput<S> : undefined

/** What is answered: JSON of this schema, nothing (204), or bytes of a media type. */
export type AnswerShape = Schema | 'nothing' | { type: string }
/** What is sent: JSON of this schema, or bytes of a media type. */
export type BodyShape = Schema | { type: string }

export interface RouteSpec {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  access: Access
  /** One line for whoever reads the API's description, English. */
  summary: string
  params?: Schema
  query?: Schema
  body?: BodyShape
  answer: AnswerShape
  /** So many requests in so many milliseconds from one address. */
  limit?: { max: number; perMs: number; by?: (request: FastifyRequest) => string; quiet?: boolean }
  /** Answers an erased person too, so that their devices learn what to delete. */
  erasedToo?: boolean
  /** Answers a tablet whose time is over too, so that it can hand in its words. */
  isOverToo?: boolean
  /** Bytes of a body, at most; 64 KB unless said. */
  bodyLimit?: number
  /** Zips and unzips by itself (frame-body.ts). */
  isFrame?: boolean
}

export interface Asked<Params, Query, Body> {
  request: FastifyRequest
  reply: FastifyReply
  params: Params
  query: Query
  body: Body
  /** Empty where no session is needed. */
  person: string
  /** Who asks, with roles and places; a Refusal if they are no more. */
  actor(): Promise<Actor>
}

declare module 'fastify' {
  interface FastifyInstance {
    /** All that `route` has declared, in their order. */
    declared: RouteSpec[]
  }
  interface FastifyContextConfig {
    spec?: RouteSpec
  }
}

export const route = <
  const Params extends Schema | undefined = undefined,
  const Query extends Schema | undefined = undefined,
  const Body extends BodyShape | undefined = undefined,
>(
  app: FastifyInstance,
  deps: SessionDeps,
  spec: Omit<RouteSpec, 'params' | 'query' | 'body'> & {
    params?: Params
    query?: Query
    body?: Body
    handle(asked: Asked<Output<Params>, Output<Query>, Output<Body>>): unknown
  },
): void => {
  const { handle, ...declared } = spec
  app.declared.push(declared as RouteSpec)
  const { access, limit } = spec
  app.route({
    method: spec.method as HTTPMethods,
    url: spec.path,
    exposeHeadRoute: spec.method === 'GET' && needsNobody(access),
    ...(spec.isFrame && withoutStreams),
    ...(spec.bodyLimit && { bodyLimit: spec.bodyLimit }),
    config: { spec: declared as RouteSpec, ...(limit && { rateLimit: asRateLimit(limit) }) },
    onRequest: async (request, reply) => {
      request.person = needsNobody(access) ? '' : await whoMay(deps, request, reply, spec)
    },
    handler: (request, reply) =>
      handle({
        request,
        reply,
        params: read(spec.params, request.params, 'address') as Output<Params>,
        query: read(spec.query, request.query, 'query') as Output<Query>,
        body: read(asSchema(spec.body), request.body, 'body') as Output<Body>,
        person: request.person,
        actor: () => actorOf(deps, request.person),
      }),
  })
}

/** What is out of somebody's reach is answered as what is not there. */
export const demand = (actor: Actor, access: Access, target: Target): void => {
  if (!may(actor, access, target)) throw notFound()
}

export const notFound = (): Refusal => new Refusal('not-found', 'nothing here')

/** The person of the session, if one of their roles may at all. */
const whoMay = async (
  deps: SessionDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { access, erasedToo, isOverToo }: Pick<RouteSpec, 'access' | 'erasedToo' | 'isOverToo'>,
): Promise<string> => {
  const session = await requireSession(deps, request, reply)
  request.isOver = session.isOver
  if (session.isOver && !isOverToo) throw notFound()
  if (session.isErased) {
    if (erasedToo) return session.person
    throw new Refusal('not-signed-in', 'sign in first')
  }
  // Most are what the first of their roles may, which came with the session.
  if (reachOf([session.role], access) !== null) return session.person
  if (reachOf((await actorOf(deps, session.person)).roles, access) === null) throw notFound()
  return session.person
}

const actorOf = async (deps: SessionDeps, person: string): Promise<Actor> => {
  const actor = await readActor(deps.db, person)
  if (!actor) throw new Refusal('not-signed-in', 'sign in first')
  return actor
}

const asSchema = (body: BodyShape | undefined): Schema | undefined =>
  body && 'kind' in body ? body : undefined

const read = (schema: Schema | undefined, value: unknown, part: string): unknown => {
  if (!schema) return value
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  // The path names fields of ours, and no value; a field too many has whatever name they gave it.
  const place = issue.expected === 'never' ? 'a field too many' : v.getDotPath(issue)
  throw new Refusal('bad-request', `${part}: ${place ?? 'not as described'}`)
}

/** For each route. Whoever comes from more than these at once pushes their own counts out, and has no limit. */
const countedAddresses = 20_000

const asRateLimit = ({ max, perMs, by, quiet }: NonNullable<RouteSpec['limit']>) => ({
  max,
  timeWindow: perMs,
  cache: countedAddresses,
  ...(by && { keyGenerator: by }),
  ...(quiet && { addHeaders: noHeaders, addHeadersOnExceeding: noHeaders }),
})
const noHeaders = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
}
