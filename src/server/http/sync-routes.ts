import type { FastifyInstance } from 'fastify'
import { limits } from '../../shared/protocol/frames.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { handleSync } from '../sync/handle-sync.ts'
import type { SyncDeps } from '../sync/sync.ts'
import { Refusal } from './answers.ts'
import { personBeforeBody } from './session-cookie.ts'

export const syncRoutes = (app: FastifyInstance, deps: AppDeps & SyncDeps): void => {
  // Zipped requests arrive unzipped here (app.ts); their limit is counted afterwards.
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: limits.requestBytes },
    (_request, body, done) => done(null, body),
  )

  const settings = { compress: { encodings: ['gzip' as const] }, ...personBeforeBody(deps) }
  app.post(paths.sync, settings, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) throw new Refusal('bad-request', 'a sync frame is expected')
    const answer = await handleSync(deps, request.person, request.body)
    reply.type('application/octet-stream').header('cache-control', 'no-store')
    return reply.send(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength))
  })
}
