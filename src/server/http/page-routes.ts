import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyHelmet from '@fastify/helmet'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { AppDeps } from '../app-deps.ts'

const notAsked = 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()'

/** The built page. Headers of a page are set here alone: answers of the API carry none of them. */
export const pageRoutes = async (app: FastifyInstance, deps: AppDeps): Promise<void> => {
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        // Drawings carry style attributes; they cannot load or run anything under this policy.
        'style-src-attr': ["'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'media-src': ["'self'", 'blob:'],
        'connect-src': ["'self'"],
        'worker-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: deps.secureCookies,
    crossOriginEmbedderPolicy: false,
  })
  // What the page never asks for, nothing that got into it can ask for either.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', notAsked)
  })
  if (!existsSync(join(deps.pageDir, 'index.html'))) {
    app.log.warn(`no built page in ${deps.pageDir}`)
    return
  }
  await app.register(fastifyStatic, {
    root: deps.pageDir,
    wildcard: false,
    index: false,
    decorateReply: true,
    setHeaders: (reply, path) => {
      // Names of built files carry their content's hash; all others are asked for again each time.
      const built = path.includes(`${deps.pageDir}/assets/`)
      reply.header('cache-control', built ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  // Every address of the page is the same document; the page itself knows what it shows there.
  app.get('/*', (request, reply) =>
    request.url.startsWith('/assets/')
      ? reply.callNotFound()
      : reply.sendFile('index.html', deps.pageDir),
  )
}
