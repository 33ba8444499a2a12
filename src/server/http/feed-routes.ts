import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { idSchema, languageSchema } from '../../shared/domain/text.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { podcastFeed } from '../content/podcast-feed.ts'
import { podcastReader } from '../content/read-podcast.ts'
import { notFound, route } from './route.ts'

/** A programme's open episodes for people's own apps: needs no session, and holds nothing of anybody. */
export const feedRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  const readPodcast = podcastReader(deps.db)
  route(app, deps, {
    method: 'GET',
    path: paths.feed(':id', ':language'),
    access: ['media', 'read'],
    summary: 'The open episodes of a package as a podcast',
    params: v.object({ id: v.string(), language: v.string() }),
    answer: { type: 'application/rss+xml' },
    handle: async ({ request, reply, params }) => {
      const asked = v.safeParse(v.object({ id: idSchema, language: languageSchema }), params)
      if (!asked.success) throw notFound()
      const { id, language } = asked.output
      // On one machine alone there is no public address: then as it was asked for.
      const origin = deps.publicOrigin ?? `${request.protocol}://${request.host}`
      const podcast = await readPodcast(id, language, origin)
      if (!podcast) throw notFound()
      const feed = podcastFeed(podcast)
      const etag = `"${createHash('sha256').update(feed).digest('hex').slice(0, 32)}"`
      reply
        .header('etag', etag)
        .header('cache-control', deps.publicOrigin ? 'public, max-age=900' : 'no-cache')
        .header('access-control-allow-origin', '*')
        .header('x-content-type-options', 'nosniff')
      if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
      return reply.type('application/rss+xml; charset=utf-8').send(feed)
    },
  })
}
