import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import {
  actsSchema,
  cohortChangeSchema,
  idParam,
  madeSchema,
  networkChangeSchema,
  newCohortSchema,
  newRunSchema,
  overviewSchema,
  runChangeSchema,
} from '../../shared/domain/administration.ts'
import { type Access, type Actor, reachOf } from '../../shared/domain/policy.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { type By, type CohortFailure, changeCohort, makeCohort } from '../people/cohorts.ts'
import { changeRun, makeRun, renameNetwork } from '../people/programme-runs.ts'
import { readActs } from '../people/read-acts.ts'
import { readOverview } from '../people/read-overview.ts'
import { Refusal } from './answers.ts'
import { demand, notFound, route } from './route.ts'

const withId = v.strictObject({ id: idParam })
const actsQuery = v.strictObject({
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}\.[\w-]{1,80}$/))),
})

/** A network's cohorts, runs and name, and what has been done there. */
export const adminRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  route(app, deps, {
    method: 'GET',
    path: paths.overview,
    access: ['cohort', 'list'],
    summary: 'The cohorts that one works with, as figures; for administrators the runs too',
    answer: overviewSchema,
    handle: async ({ reply, actor }) => {
      const { roles, network, facilitates } = await actor()
      const all = reachOf(roles, ['cohort', 'list']) === 'network'
      const overview = await readOverview(
        deps.db,
        {
          network,
          cohorts: all ? null : facilitates,
          withRuns: reachOf(roles, ['run', 'read']) !== null,
        },
        deps.now(),
      )
      if (!overview) throw notFound()
      reply.header('cache-control', 'no-store')
      return overview
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.cohorts,
    access: ['cohort', 'change'],
    summary: 'Make a cohort that follows the programme of another one',
    body: newCohortSchema,
    answer: madeSchema,
    handle: async ({ actor, body }) => {
      const by = byOf(allowed(await actor(), ['cohort', 'change']))
      return deps.store.write(async (tx) => orRefuse(await makeCohort(tx, by, body, deps.now())))
    },
  })

  route(app, deps, {
    method: 'PATCH',
    path: paths.cohort(':id'),
    access: ['cohort', 'change'],
    summary: 'Change a cohort’s name, seats, run, or the version that it follows',
    params: withId,
    body: cohortChangeSchema,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id }, body }) => {
      const by = byOf(allowed(await actor(), ['cohort', 'change']))
      await deps.store.write(async (tx) =>
        orRefuse(await changeCohort(tx, by, id, body, deps.now())),
      )
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.runs,
    access: ['run', 'change'],
    summary: 'Make a run of the programme',
    body: newRunSchema,
    answer: madeSchema,
    handle: async ({ actor, body }) => {
      const by = byOf(allowed(await actor(), ['run', 'change']))
      return deps.store.write((tx) => makeRun(tx, by, body, deps.now()))
    },
  })

  route(app, deps, {
    method: 'PATCH',
    path: paths.run(':id'),
    access: ['run', 'change'],
    summary: 'Change a run’s name, its last day, and how long its people are kept',
    params: withId,
    body: runChangeSchema,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id }, body }) => {
      const by = byOf(allowed(await actor(), ['run', 'change']))
      const found = await deps.store.write((tx) => changeRun(tx, by, id, body, deps.now()))
      if (!found) throw notFound()
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'PATCH',
    path: paths.network,
    access: ['run', 'change'],
    summary: 'Rename the network',
    body: networkChangeSchema,
    answer: 'nothing',
    handle: async ({ reply, actor, body: { name } }) => {
      const by = byOf(allowed(await actor(), ['run', 'change']))
      await deps.store.write((tx) => renameNetwork(tx, by, name, deps.now()))
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.acts,
    access: ['act', 'read'],
    summary: 'What has been done in the network, the newest first, fifty at a time',
    query: actsQuery,
    answer: actsSchema,
    handle: async ({ reply, actor, query: { before } }) => {
      const { network } = allowed(await actor(), ['act', 'read'])
      const [at = '', id = ''] = before?.split('.') ?? []
      reply.header('cache-control', 'no-store')
      return readActs(deps.db, network, before ? { at: Number(at), id } : null)
    },
  })
}

/** The network as a whole is within reach. */
const allowed = (actor: Actor, access: Access): Actor => {
  demand(actor, access, { network: actor.network })
  return actor
}

const byOf = ({ network, person }: Actor): By => ({ network, by: person })

const orRefuse = <T>(result: T | CohortFailure): T => {
  if (typeof result === 'string' && Object.hasOwn(messages, result)) {
    const failure = result as CohortFailure
    throw new Refusal(failure, messages[failure])
  }
  return result as T
}
const messages: Record<CohortFailure, string> = {
  'not-found': 'nothing here',
  'over-capacity': 'more seats are taken than that',
  'no-such-version': 'this version is not published, or older than the one that is followed',
}
