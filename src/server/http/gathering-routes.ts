import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { idParam } from '../../shared/domain/administration.ts'
import {
  type GatheringFailure,
  gatheringChangeSchema,
  gatheringsSchema,
} from '../../shared/domain/gathering.ts'
import type { Actor } from '../../shared/domain/policy.ts'
import { idSchema } from '../../shared/domain/text.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { changeGathering } from '../people/change-gathering.ts'
import type { By } from '../people/cohorts.ts'
import { readGatherings, readOwnGatherings } from '../people/gatherings.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { reachCohort } from './within-reach.ts'

const withId = v.strictObject({ id: idParam })
const withStop = v.strictObject({ id: idParam, stop: idSchema })

/** When and where people meet, and all that one should know before. */
export const gatheringRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  route(app, deps, {
    method: 'GET',
    path: paths.gatherings,
    access: ['gathering', 'read'],
    summary: 'The stops of one’s own cohort, with the days of one’s own municipality',
    answer: gatheringsSchema,
    handle: async ({ reply, person }) => {
      reply.header('cache-control', 'no-store')
      return { gatherings: await readOwnGatherings(deps.db, person) }
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.cohortGatherings(':id'),
    access: ['gathering', 'change'],
    summary: 'The stops of a cohort, as they are for most',
    params: withId,
    answer: gatheringsSchema,
    handle: async ({ reply, actor, params: { id } }) => {
      await changing(deps, await actor(), id)
      reply.header('cache-control', 'no-store')
      return { gatherings: await readGatherings(deps.db, id) }
    },
  })

  route(app, deps, {
    method: 'PATCH',
    path: paths.gathering(':id', ':stop'),
    access: ['gathering', 'change'],
    summary: 'Change what is said of a stop; what is left out stays. Calendars show it',
    params: withStop,
    body: gatheringChangeSchema,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id: cohort, stop }, body }) => {
      const by = await changing(deps, await actor(), cohort)
      await deps.store.write(async (tx) => {
        const done = await changeGathering(tx, by, { cohort, stop }, body, deps.now())
        if (done === 'not-found') throw notFound()
        if (done !== 'changed' && done !== 'same') throw new Refusal(done, messages[done])
      })
      return reply.code(204).send()
    },
  })
}

const changing = async (deps: Pick<AppDeps, 'db'>, actor: Actor, cohort: string): Promise<By> => {
  const { network } = await reachCohort(deps, actor, ['gathering', 'change'], cohort)
  return { network, by: actor.person }
}

const messages: Record<Exclude<GatheringFailure, 'not-found'>, string> = {
  'no-first-day': 'a last day or times, and no first day',
  'ends-before-start': 'it would end before it begins',
}
