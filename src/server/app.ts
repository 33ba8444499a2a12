import fastifyCompress from '@fastify/compress'
import fastifyCookie from '@fastify/cookie'
import fastifyRateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance } from 'fastify'
import type { AppDeps } from './app-deps.ts'
import { adminRoutes } from './http/admin-routes.ts'
import { handleErrors, Refusal, refuse, tellable } from './http/answers.ts'
import { calendarRoutes } from './http/calendar-routes.ts'
import { cardRoutes } from './http/card-routes.ts'
import { certificateRoutes } from './http/certificate-routes.ts'
import { contactRoutes } from './http/contact-routes.ts'
import { contentRoutes } from './http/content-routes.ts'
import { dayRoutes } from './http/day-routes.ts'
import { electedRoutes } from './http/elected-routes.ts'
import { feedRoutes } from './http/feed-routes.ts'
import { gatheringRoutes } from './http/gathering-routes.ts'
import { groupRoutes } from './http/group-routes.ts'
import { guardAnswer, isOwnOrigin, networkOf } from './http/guards.ts'
import { liveRoutes } from './http/live-routes.ts'
import { meRoutes } from './http/me-routes.ts'
import { pageRoutes } from './http/page-routes.ts'
import { peopleRoutes } from './http/people-routes.ts'
import { readinessRoutes } from './http/readiness-routes.ts'
import { registrationRoutes } from './http/registration-routes.ts'
import { reportRoutes } from './http/report-routes.ts'
import { serverRoutes } from './http/server-routes.ts'
import { sessionRoutes } from './http/session-routes.ts'
import { sheetRoutes } from './http/sheet-routes.ts'
import { signInRoutes } from './http/sign-in-routes.ts'
import { syncRoutes } from './http/sync-routes.ts'
import { tabletRoutes } from './http/tablet-routes.ts'
import { voteRoutes } from './http/vote-routes.ts'
import { wordsRoutes } from './http/words-routes.ts'
import { createLive } from './live/live.ts'

/** Room for every stream, and for some thousands that ask; each is a file to the system. */
export const mostConnections = 8000

/** The whole server without a socket. */
export const createApp = async (deps: AppDeps): Promise<FastifyInstance> => {
  const app = fastify({
    logger: deps.logger ?? false,
    bodyLimit: 64 * 1024,
    // Whoever has not sent a whole request by then is gone, or holds memory on purpose; a device gives up after one minute.
    requestTimeout: 120_000,
    // Else everybody has the proxy's address, and one guesser's limit locks the whole hall out of signing in.
    trustProxy: deps.behindProxy ? 'loopback' : false,
    forceCloseConnections: 'idle',
    // Before any route is found: an address that is none.
    frameworkErrors: (_error, _request, reply) => refuse(reply, 'bad-request', 'no such address'),
  })
  app.server.maxConnections = mostConnections
  app.server.once('drop', () => app.log.warn('connections are refused: there are too many'))
  handleErrors(app)
  await app.register(fastifyCookie)
  app.decorateRequest('person', '')
  app.decorateRequest('isOver', false)
  app.decorate('declared', [])
  app.decorate('secureCookies', deps.secureCookies)
  await app.register(fastifyCompress, {
    threshold: 1024, // bytes; below, the header costs more than it saves
    encodings: ['br', 'gzip'],
    requestEncodings: ['gzip'],
  })
  await app.register(fastifyRateLimit, {
    global: false,
    keyGenerator: ({ ip }) => networkOf(ip),
  })

  // A page of another site can make a browser send our cookie with a form; no such request changes anything.
  app.addHook('onRequest', (request, _reply, done) => {
    const site = request.headers['sec-fetch-site']
    const foreign = site === 'cross-site' || site === 'same-site'
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    const isForeign = foreign || !isOwnOrigin(request, deps.publicOrigin)
    done(isForeign && changes ? new Refusal('not-found', 'nothing here') : undefined)
  })
  const { onAnswer } = deps
  if (onAnswer) {
    app.addHook('preSerialization', async (request, _reply, payload) => {
      onAnswer(request.routeOptions.config.spec, payload)
      return payload
    })
  }

  // A connection that is busy when the server begins to close would hold it up for the keep-alive time afterwards.
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onResponse', (_request, _reply, done) => {
    if (closing) app.server.closeIdleConnections()
    done()
  })

  const live = createLive({
    db: deps.db,
    now: deps.now,
    timers: deps.timers,
    failed: (error) => {
      app.log.error(
        tellable(error instanceof Error ? error : new Error()),
        'telling devices failed',
      )
    },
  })
  await app.register(async (api) => {
    // HTTP/1.1 keeps a connection open unless told otherwise: to say so takes 48 bytes of each answer.
    api.addHook('onSend', (request, reply, _payload, done) => {
      if (!reply.raw.hasHeader('connection')) reply.raw.removeHeader('connection')
      guardAnswer(request, reply)
      done()
    })
    // Nothing is answered that is not declared, and so not in the table of who may.
    api.addHook('onRoute', ({ method, url, config }) => {
      if (config?.spec || url.endsWith('/*')) return
      throw new Error(`${method} ${url} is not declared by route()`)
    })
    serverRoutes(api, deps)
    sessionRoutes(api, deps)
    signInRoutes(api, deps)
    meRoutes(api, deps)
    adminRoutes(api, deps)
    contactRoutes(api, deps)
    peopleRoutes(api, deps)
    reportRoutes(api, deps)
    groupRoutes(api, deps)
    sheetRoutes(api, deps)
    readinessRoutes(api, deps)
    voteRoutes(api, deps)
    registrationRoutes(api, deps)
    gatheringRoutes(api, deps)
    dayRoutes(api, deps, live)
    tabletRoutes(api, deps)
    cardRoutes(api, deps)
    calendarRoutes(api, deps)
    certificateRoutes(api, deps)
    electedRoutes(api, deps)
    syncRoutes(api, { ...deps, accepted: live.accepted, listening: live.listening })
    wordsRoutes(api, deps)
    contentRoutes(api, deps)
    feedRoutes(api, deps)
    liveRoutes(api, deps, live)
    // Before the page, whose addresses are all the rest.
    for (const path of ['/api/*', '/media/*', '/feeds/*']) {
      api.all(path, (_request, reply) => reply.callNotFound())
    }
  })
  await app.register((page) => pageRoutes(page, deps))
  return app
}
