import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import * as v from 'valibot'
import { sha256Schema } from '../../shared/domain/text.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { manifestReader } from '../content/manifests.ts'
import { mediaFile, readTexts } from '../content/read-content.ts'
import { packageOf } from '../people/me.ts'
import { parseBody, Refusal } from './answers.ts'
import { requirePerson } from './session-cookie.ts'

const textsBody = v.strictObject({ hashes: v.pipe(v.array(sha256Schema), v.maxLength(200)) })

/** Readable by another origin, and taken for nothing but what it is called. */
const publicFile = {
  'access-control-allow-origin': '*',
  'x-content-type-options': 'nosniff',
}

export const contentRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  app.get(paths.programme, async (request, reply) => {
    const person = await requirePerson(deps, request, reply)
    const found = await packageOf(deps.db, person)
    if (!found) throw new Refusal('not-found', 'no programme')
    const etag = `"${found.hash}"`
    reply.header('etag', etag).header('cache-control', 'private, no-cache')
    // A proxy that zips makes it W/"…".
    if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
    return reply
      .type('application/json')
      .send(`{"hash":"${found.hash}","outline":${found.outline}}`)
  })

  app.post(paths.content, async (request, reply) => {
    const { hashes } = parseBody(textsBody, request)
    const signedIn = await requirePerson(deps, request, reply).then(
      () => true,
      (error) => {
        if (error instanceof Refusal) return false
        throw error
      },
    )
    const texts = await readTexts(deps.db, hashes, signedIn)
    const members = texts.map((text) => `"${text.hash}":${text.body}`)
    return reply.type('application/json').send(`{${members.join(',')}}`)
  })

  const manifestOf = manifestReader(deps.db, deps.mediaDir)
  app.get<{ Params: { sha256: string } }>(paths.manifest(':sha256'), async (request, reply) => {
    const { sha256 } = request.params
    const manifest = v.is(sha256Schema, sha256) ? await manifestOf(sha256) : null
    if (manifest === null) throw new Refusal('not-found', 'no such file')
    return reply
      .headers({ ...publicFile, 'cache-control': 'public, max-age=31536000, immutable' })
      .type('application/json')
      .send(manifest)
  })

  app.register(fastifyStatic, { root: deps.mediaDir, serve: false })
  const sendFile = async (reply: FastifyReply, name: string | null) => {
    if (!name) throw new Refusal('not-found', 'no such file')
    return reply
      .headers(publicFile)
      .sendFile(name, deps.mediaDir, { maxAge: '365d', immutable: true })
  }
  app.get<{ Params: { sha256: string } }>(paths.media(':sha256'), async (request, reply) => {
    const { sha256 } = request.params
    return sendFile(reply, v.is(sha256Schema, sha256) ? await mediaFile(deps.db, sha256) : null)
  })
  app.get<{ Params: { sha256: string } }>(
    paths.episode(':sha256(^[0-9a-f]{64})'),
    async (request, reply) => {
      const name = await mediaFile(deps.db, request.params.sha256)
      return sendFile(reply, name?.endsWith('.m4a') ? name : null)
    },
  )
}
