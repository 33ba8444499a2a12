import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { openApi } from './open-api.ts'
import { route } from './route.ts'
import { personCookieName } from './session-cookie.ts'

const healthSchema = v.strictObject({
  status: v.literal('ok'),
  version: v.string(),
  database: v.picklist(['sqlite', 'postgresql']),
})

/** What the server says of itself. */
export const serverRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  route(app, deps, {
    method: 'GET',
    path: paths.health,
    access: ['server', 'read'],
    summary: 'Does the server run, and does its database answer',
    answer: healthSchema,
    handle: async () => {
      await deps.db.selectFrom('scope').select('id').limit(1).execute()
      return { status: 'ok', version: deps.version, database: deps.store.kind }
    },
  })

  let description: string | null = null
  route(app, deps, {
    method: 'GET',
    path: paths.openApi,
    access: ['server', 'read'],
    summary: 'This description',
    answer: { type: 'application/json' },
    handle: async ({ reply }) => {
      description ??= JSON.stringify(
        openApi(app.declared, { version: deps.version, cookie: personCookieName(app) }),
      )
      return reply.type('application/json').header('cache-control', 'no-cache').send(description)
    },
  })
}
