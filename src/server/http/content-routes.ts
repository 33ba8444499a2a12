import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import * as v from 'valibot'
import { itemTextSchema } from '../../shared/domain/article.ts'
import { programmeAnswerSchema } from '../../shared/domain/person.ts'
import { sha256Schema } from '../../shared/domain/text.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { manifestReader } from '../content/manifests.ts'
import { mediaFile, readTexts } from '../content/read-content.ts'
import { packageOf } from '../people/me.ts'
import { readSession } from '../people/sessions.ts'
import { notFound, route } from './route.ts'
import { sessionToken } from './session-cookie.ts'

const textsBody = v.strictObject({ hashes: v.pipe(v.array(sha256Schema), v.maxLength(200)) })

/** Readable by another origin, and taken for nothing but what it is called. */
const publicFile = {
  'access-control-allow-origin': '*',
  'x-content-type-options': 'nosniff',
}
const named = v.object({ sha256: v.string() })

export const contentRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  route(app, deps, {
    method: 'GET',
    path: paths.programme,
    access: ['programme', 'read'],
    summary: 'The outline of the programme that the person follows, with its hash as ETag',
    answer: programmeAnswerSchema,
    handle: async ({ request, reply, person }) => {
      const found = await packageOf(deps.db, person)
      if (!found) throw notFound()
      const etag = `"${found.hash}"`
      reply.header('etag', etag).header('cache-control', 'private, no-cache')
      // A proxy that zips makes it W/"…".
      if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
      return reply
        .type('application/json')
        .send(`{"hash":"${found.hash}","outline":${found.outline}}`)
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.content,
    access: ['text', 'read'],
    summary: 'Texts by their hashes; without a session only those that are open',
    body: textsBody,
    answer: v.record(sha256Schema, itemTextSchema),
    handle: async ({ request, reply, body: { hashes } }) => {
      const token = sessionToken(request)
      const session = token ? await readSession(deps, token) : null
      const texts = await readTexts(
        deps.db,
        hashes,
        session !== null && !session.isErased && !session.isOver,
      )
      const members = texts.map((text) => `"${text.hash}":${text.body}`)
      return reply.type('application/json').send(`{${members.join(',')}}`)
    },
  })

  const manifestOf = manifestReader(deps.db, deps.mediaDir)
  route(app, deps, {
    method: 'GET',
    path: paths.manifest(':sha256'),
    access: ['media', 'read'],
    summary: 'The pieces of a file and their hashes, src/shared/media/manifest.ts',
    params: named,
    answer: { type: 'application/json' },
    handle: async ({ reply, params: { sha256 } }) => {
      const manifest = v.is(sha256Schema, sha256) ? await manifestOf(sha256) : null
      if (manifest === null) throw notFound()
      return reply
        .headers({ ...publicFile, 'cache-control': 'public, max-age=31536000, immutable' })
        .type('application/json')
        .send(manifest)
    },
  })

  app.register(fastifyStatic, { root: deps.mediaDir, serve: false })
  const sendFile = async (reply: FastifyReply, name: string | null) => {
    if (!name) throw notFound()
    return reply
      .headers(publicFile)
      .sendFile(name, deps.mediaDir, { maxAge: '365d', immutable: true })
  }
  route(app, deps, {
    method: 'GET',
    path: paths.media(':sha256'),
    access: ['media', 'read'],
    summary: 'A file of film or sound, with ranges',
    params: named,
    answer: { type: 'application/octet-stream' },
    handle: async ({ reply, params: { sha256 } }) =>
      sendFile(reply, v.is(sha256Schema, sha256) ? await mediaFile(deps.db, sha256) : null),
  })
  route(app, deps, {
    method: 'GET',
    path: paths.episode(':sha256(^[0-9a-f]{64})'),
    access: ['media', 'read'],
    summary: 'The sound of an episode, named as podcast apps want it',
    params: named,
    answer: { type: 'audio/mp4' },
    handle: async ({ reply, params: { sha256 } }) => {
      const name = await mediaFile(deps.db, sha256)
      return sendFile(reply, name?.endsWith('.m4a') ? name : null)
    },
  })
}
