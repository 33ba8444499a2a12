import type { FastifyInstance } from 'fastify'
import {
  decodeRequest,
  encodeAnswer,
  FrameError,
  limits,
  type SyncRequest,
} from '../../shared/protocol/frames.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { sync } from '../sync/sync.ts'
import { Refusal } from './answers.ts'
import { requirePerson } from './session-cookie.ts'

export const syncRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  // Zipped requests arrive unzipped here (app.ts); their limit is counted afterwards.
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: limits.requestBytes },
    (_request, body, done) => done(null, body),
  )

  app.post(paths.sync, { compress: { encodings: ['gzip'] } }, async (request, reply) => {
    const person = await requirePerson(deps, request, reply)
    if (!Buffer.isBuffer(request.body)) throw new Refusal('bad-request', 'a sync frame is expected')
    const answer = await sync(deps, person, read(request.body))
    reply.type('application/octet-stream').header('cache-control', 'no-store')
    return reply.send(Buffer.from(encodeAnswer(answer)))
  })
}

const read = (bytes: Uint8Array): SyncRequest => {
  try {
    const request = decodeRequest(bytes)
    if (request.scopes.length > limits.scopes) throw new Refusal('too-large', 'too many scopes')
    return request
  } catch (error) {
    if (!(error instanceof FrameError)) throw error
    throw error.code === 'version'
      ? new Refusal(
          'unknown-version',
          'this version of Løft is too old or too new; update the page',
        )
      : new Refusal('bad-request', error.message)
  }
}
