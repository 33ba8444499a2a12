import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { limits } from '../../shared/protocol/frames.ts'
import { paths } from '../../shared/protocol/paths.ts'
import { splitDocumentId } from '../../shared/words/scope.ts'
import type { AppDeps } from '../app-deps.ts'
import type { EventSink } from '../live/follower.ts'
import type { Live } from '../live/live.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { sessionToken } from './session-cookie.ts'

/** PostgreSQL's text holds all but this. */
const withoutNul = v.excludes<string, '\u0000', undefined>('\u0000', undefined)
const id = v.pipe(v.string(), v.nonEmpty(), v.maxLength(limits.idLength), withoutNul)
const wholeNumber = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))

/** `<scope>,<epoch>,<cursor>`; a scope's id may hold commas. */
const position = v.pipe(
  v.string(),
  v.transform((text) => /^(.+),([^,]*),([^,]*)$/.exec(text)?.slice(1) ?? []),
  v.strictTuple([id, wholeNumber, wholeNumber]),
  v.transform(([scope, epoch, cursor]) => ({ scope, epoch, cursor })),
)
const eventsQuery = v.object({
  device: id,
  at: v.pipe(
    v.union([
      v.pipe(
        v.string(),
        v.transform((one) => [one]),
      ),
      v.array(v.string()),
    ]),
    v.maxLength(limits.scopes),
    v.array(position),
  ),
})

const presenceBody = v.pipe(
  v.strictObject({
    scope: id,
    device: id,
    doc: v.nullable(id),
    label: v.pipe(v.string(), v.maxLength(80), withoutNul),
    role: v.nullable(v.pipe(v.string(), v.maxLength(40), withoutNul)),
  }),
  v.check(
    ({ scope, doc }) => doc === null || splitDocumentId(doc)?.scope === scope,
    'the document is of another scope',
  ),
)

/** What a reader may leave unread, bytes; a hundred hints. Above it the reader is gone, or too slow to be told. */
const mostUnread = 32 * 1024

export const liveRoutes = (app: FastifyInstance, deps: AppDeps, live: Live): void => {
  // A hall shares one address; a session is what may not ask too often.
  const atMost = (max: number) => ({
    max,
    perMs: 60_000,
    by: (request: FastifyRequest) => sessionToken(request) ?? request.ip,
    quiet: true,
  })

  route(app, deps, {
    method: 'GET',
    path: paths.events,
    access: ['words', 'read'],
    summary: 'Follow scopes: server-sent events, src/shared/protocol/event-frames.ts',
    query: eventsQuery,
    answer: { type: 'text/event-stream' },
    limit: atMost(60),
    handle: async ({ request, reply, person, query: { device, at } }) => {
      const session = sessionToken(request) ?? ''
      const stream = new Readable({ read: () => undefined })
      const ended = await live.connect({ person, session, device, at }, () => sinkOf(stream))
      if (ended === 'not-found') throw notFound()
      if (ended === 'too-many') throw new Refusal('too-many', 'no room for more connections')
      stream.on('close', ended)
      if (request.raw.destroyed) stream.destroy() // left while we asked
      return reply
        .type('text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(stream)
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.presence,
    access: ['words', 'sync'],
    summary: 'Say which document this device has open',
    body: presenceBody,
    answer: 'nothing',
    limit: atMost(120),
    handle: async ({ reply, person, body }) => {
      if (!(await live.report(person, body))) throw notFound()
      return reply.code(204).send()
    },
  })

  // An open stream is a request that never ends: the server would wait for it.
  app.addHook('preClose', () => live.close())
}

const sinkOf = (stream: Readable): EventSink => ({
  write: (text) => {
    if (!stream.destroyed) stream.push(text)
    return stream.readableLength < mostUnread
  },
  end: () => {
    if (stream.readableLength > 0) stream.destroy()
    else if (!stream.readableEnded) stream.push(null)
  },
})
