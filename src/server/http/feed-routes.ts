import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { languages } from '../../shared/domain/languages.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { podcastFeed } from '../content/podcast-feed.ts'
import { podcastReader } from '../content/read-podcast.ts'
import { Refusal } from './answers.ts'

/** A programme's open episodes for people's own apps: needs no session, and holds nothing of anybody. */
export const feedRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  const read = podcastReader(deps.db)
  app.get<{ Params: { id: string; language: string } }>(
    paths.feed(':id', ':language'),
    async (request, reply) => {
      const { id } = request.params
      const language = languages.find((one) => one === request.params.language)
      // On one machine alone there is no public address: then as it was asked for.
      const origin = deps.publicOrigin ?? `${request.protocol}://${request.host}`
      const podcast = language ? await read(id, language, origin) : null
      if (!podcast) throw new Refusal('not-found', 'no such feed')
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
  )
}
