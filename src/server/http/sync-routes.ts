import type { FastifyInstance } from 'fastify'
import { limits } from '../../shared/protocol/frames.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { handleSync } from '../sync/handle-sync.ts'
import type { SyncDeps } from '../sync/sync.ts'
import { frameOf, frameShape, parseFrames, sendFrame } from './frame-body.ts'
import { route } from './route.ts'

export const syncRoutes = (app: FastifyInstance, deps: AppDeps & SyncDeps): void => {
  parseFrames(app)
  route(app, deps, {
    method: 'POST',
    path: paths.sync,
    access: ['words', 'sync'],
    summary:
      'Push and pull words in one round trip; src/shared/protocol/frames.ts describes the frame',
    body: frameShape,
    answer: frameShape,
    erasedToo: true,
    isOverToo: true,
    isFrame: true,
    bodyLimit: limits.requestBytes,
    handle: async ({ request, reply, person }) =>
      sendFrame(request, reply, await handleSync(deps, person, frameOf(request), request.isOver)),
  })
}
