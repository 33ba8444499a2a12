import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import {
  reportChangeSchema,
  reportIdSchema,
  reportListSchema,
  reportSchema,
} from '../../shared/domain/report.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { closeReport, readReports, storeReport } from '../people/reports.ts'
import { demand, notFound, route } from './route.ts'

/** «Meld frå om feil». */
export const reportRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  route(app, deps, {
    method: 'POST',
    path: paths.reports,
    access: ['report', 'send'],
    summary: 'Tell of a mistake in an item; the same id again is no second report',
    body: reportSchema,
    answer: 'nothing',
    limit: { max: 60, perMs: 60_000 },
    handle: async ({ reply, actor, body }) => {
      const { network, person } = await actor()
      await deps.store.write((tx) => storeReport(tx, { network, by: person }, body, deps.now()))
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.openReports,
    access: ['report', 'list'],
    summary: 'Reports that nobody has closed, the oldest first',
    answer: reportListSchema,
    handle: async ({ reply, actor }) => {
      const asking = await actor()
      demand(asking, ['report', 'list'], { network: asking.network })
      reply.header('cache-control', 'no-store')
      return { reports: await readReports(deps.db, asking.network) }
    },
  })

  route(app, deps, {
    method: 'PATCH',
    path: paths.report(':id'),
    access: ['report', 'close'],
    summary: 'Close a report, or open it again',
    params: v.strictObject({ id: reportIdSchema }),
    body: reportChangeSchema,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id }, body: { closed } }) => {
      const asking = await actor()
      demand(asking, ['report', 'close'], { network: asking.network })
      const by = { network: asking.network, by: asking.person }
      const found = await deps.store.write((tx) => closeReport(tx, by, id, closed, deps.now()))
      if (!found) throw notFound()
      return reply.code(204).send()
    },
  })
}
