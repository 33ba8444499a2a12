import fastifyCompress from '@fastify/compress'
import fastifyCookie from '@fastify/cookie'
import fastifyRateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance } from 'fastify'
import { paths } from '../shared/protocol/paths.ts'
import type { AppDeps } from './app-deps.ts'
import { handleErrors, Refusal } from './http/answers.ts'
import { contentRoutes } from './http/content-routes.ts'
import { electedRoutes } from './http/elected-routes.ts'
import { feedRoutes } from './http/feed-routes.ts'
import { liveRoutes } from './http/live-routes.ts'
import { pageRoutes } from './http/page-routes.ts'
import { sessionRoutes } from './http/session-routes.ts'
import { syncRoutes } from './http/sync-routes.ts'
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
  })
  app.server.maxConnections = mostConnections
  app.server.once('drop', () => app.log.warn('connections are refused: there are too many'))
  handleErrors(app)
  await app.register(fastifyCookie)
  app.decorateRequest('person', '')
  await app.register(fastifyCompress, {
    threshold: 1024, // bytes; below, the header costs more than it saves
    encodings: ['br', 'gzip'],
    requestEncodings: ['gzip'],
  })
  await app.register(fastifyRateLimit, { global: false })

  // A page of another site can make a browser send our cookie with a form; no such request changes anything.
  app.addHook('onRequest', (request, _reply, done) => {
    const site = request.headers['sec-fetch-site']
    const foreign = site === 'cross-site' || site === 'same-site'
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    done(foreign && changes ? new Refusal('not-found', 'nothing here') : undefined)
  })

  // A connection that is busy when the server begins to close would hold it up for the keep-alive time afterwards.
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onResponse', (_request, _reply, done) => {
    if (closing) app.server.closeIdleConnections()
    done()
  })

  app.get(paths.health, async () => {
    await deps.db.selectFrom('scope').select('id').limit(1).execute()
    return { status: 'ok', version: deps.version, database: deps.store.kind }
  })
  const live = createLive({
    db: deps.db,
    now: deps.now,
    timers: deps.timers,
    failed: (error) => {
      const { name, stack } = error instanceof Error ? error : new Error(String(error))
      app.log.error({ name, stack }, 'telling devices failed')
    },
  })
  await app.register(async (api) => {
    // HTTP/1.1 keeps a connection open unless told otherwise: to say so takes 48 bytes of each answer.
    api.addHook('onSend', (_request, { raw }, _payload, done) => {
      if (!raw.hasHeader('connection')) raw.removeHeader('connection')
      done()
    })
    sessionRoutes(api, deps)
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
