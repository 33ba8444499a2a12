import type { FastifyInstance } from 'fastify'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { handleSync } from '../sync/handle-sync.ts'
import type { SyncDeps } from '../sync/sync.ts'
import { frameOf, parseFrames, sendFrame, withoutStreams } from './frame-body.ts'
import { personBeforeBody } from './session-cookie.ts'

export const syncRoutes = (app: FastifyInstance, deps: AppDeps & SyncDeps): void => {
  parseFrames(app)
  const settings = { ...withoutStreams, ...personBeforeBody(deps) }
  app.post(paths.sync, settings, async (request, reply) => {
    const answer = await handleSync(deps, request.person, frameOf(request))
    return sendFrame(request, reply, answer)
  })
}
