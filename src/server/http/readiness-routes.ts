import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { idParam } from '../../shared/domain/administration.ts'
import { readinessSchema, remindedSchema, reminderSchema } from '../../shared/domain/readiness.ts'
import { idSchema, languageSchema } from '../../shared/domain/text.ts'
import { wallSchema } from '../../shared/domain/wall.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { readReadiness } from '../readiness/read-readiness.ts'
import { readWall } from '../readiness/read-wall.ts'
import { remind } from '../readiness/remind.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { reachCohort } from './within-reach.ts'

const withStop = v.strictObject({ id: idParam, stop: idSchema })
const wallQuery = v.strictObject({
  item: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,200}$/))),
  language: v.optional(languageSchema, 'nn'),
})

/** How ready the groups of a cohort are, and what they have handed in. */
export const readinessRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  // Each reads the progress of a whole cohort.
  const perPerson = (max: number) => ({
    max,
    perMs: 60_000,
    quiet: true,
    by: (request: FastifyRequest) => request.person || request.ip,
  })

  route(app, deps, {
    method: 'GET',
    path: paths.readiness(':id', ':stop'),
    access: ['readiness', 'read'],
    summary: 'What the groups of a cohort have done before a stop; persons as counts from five up',
    params: withStop,
    answer: readinessSchema,
    limit: perPerson(30),
    handle: async ({ reply, actor, params: { id, stop } }) => {
      await reachCohort(deps, await actor(), ['readiness', 'read'], id)
      const readiness = await readReadiness(deps, { cohort: id, stop })
      if (!readiness) throw notFound()
      if (readiness === 'busy') throw busy()
      reply.header('cache-control', 'no-store')
      return readiness
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.reminders(':id', ':stop'),
    access: ['readiness', 'remind'],
    summary: 'Write to the contact persons of some groups’ municipalities',
    params: withStop,
    body: reminderSchema,
    answer: remindedSchema,
    limit: { ...perPerson(20), perMs: 600_000 },
    handle: async ({ actor, person, params: { id, stop }, body }) => {
      const { network } = await reachCohort(deps, await actor(), ['readiness', 'remind'], id)
      const reminded = await remind(deps, { network, by: person, cohort: id, stop, ...body })
      if (!reminded) throw notFound()
      return reminded
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.wall(':id'),
    access: ['sheet', 'see'],
    summary: 'The sheets of one kind that the groups of a cohort have handed in, as they were then',
    params: v.strictObject({ id: idParam }),
    query: wallQuery,
    answer: wallSchema,
    limit: perPerson(60),
    handle: async ({ reply, actor, params: { id }, query }) => {
      await reachCohort(deps, await actor(), ['sheet', 'see'], id)
      const wall = await readWall(deps, { cohort: id, ...query })
      if (!wall) throw notFound()
      if (wall === 'busy') throw busy()
      reply.header('cache-control', 'no-store')
      return wall
    },
  })
}

const busy = (): Refusal => new Refusal('busy', 'too much to read now, try again soon')
