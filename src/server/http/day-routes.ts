import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { idParam } from '../../shared/domain/administration.ts'
import {
  dayChangeSchema,
  dayPlanSchema,
  daysAnswerSchema,
  dayTakenSchema,
} from '../../shared/domain/day.ts'
import { idSchema } from '../../shared/domain/text.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { changeDay, type DayFailure, readDayPlan, readDays } from '../day/day.ts'
import type { Live } from '../live/live.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { reachCohort } from './within-reach.ts'

const withStop = v.strictObject({ id: idParam, stop: idSchema })

/** What goes on at a gathering now. The same is told by events (live/tell-day.ts). */
export const dayRoutes = (
  app: FastifyInstance,
  deps: AppDeps,
  live: Pick<Live, 'dayChanged'>,
): void => {
  // A hall shares one address.
  const limit = {
    max: 120,
    perMs: 60_000,
    by: (request: FastifyRequest) => request.person || request.ip,
    quiet: true,
  }

  route(app, deps, {
    method: 'GET',
    path: paths.day,
    access: ['day', 'read'],
    summary: 'What goes on at the gatherings of one’s own cohort, with the server’s clock',
    answer: daysAnswerSchema,
    handle: async ({ reply, actor }) => {
      reply.header('cache-control', 'no-store')
      const [own] = (await actor()).cohorts
      const now = deps.now()
      return { now, days: await readDays(deps.db, own ? [own] : [], now) }
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.cohortDay(':id', ':stop'),
    access: ['day', 'run'],
    summary: 'The activities of a gathering, with what goes on now',
    params: withStop,
    answer: dayPlanSchema,
    handle: async ({ reply, actor, params: { id, stop } }) => {
      await reachCohort(deps, await actor(), ['day', 'run'], id)
      const plan = await readDayPlan(deps.db, id, stop)
      if (!plan) throw notFound()
      reply.header('cache-control', 'no-store')
      return { now: deps.now(), ...plan }
    },
  })

  route(app, deps, {
    method: 'PUT',
    path: paths.cohortDay(':id', ':stop'),
    access: ['day', 'run'],
    summary: 'Begin, change or end an activity and its time, upon the revision that was seen',
    params: withStop,
    body: dayChangeSchema,
    answer: dayTakenSchema,
    limit,
    handle: async ({ actor, params: { id: cohort, stop }, body }) => {
      await reachCohort(deps, await actor(), ['day', 'run'], cohort)
      const done = await deps.store.write((tx) => changeDay(tx, { cohort, stop }, body, deps.now()))
      if (done === 'not-found') throw notFound()
      if (typeof done === 'string') throw new Refusal('bad-request', messages[done])
      if (done.taken) live.dayChanged()
      return { now: deps.now(), ...done }
    },
  })
}

const messages: Record<DayFailure, string> = {
  'no-activity': 'no such activity at this gathering',
  'no-time': 'a time beyond all measure',
}
