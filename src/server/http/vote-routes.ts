import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { idParam } from '../../shared/domain/administration.ts'
import {
  voteClosingSchema,
  voteResultSchema,
  voteSightSchema,
} from '../../shared/domain/vote-answer.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { createVotes } from '../votes/votes.ts'
import { notFound, route } from './route.ts'
import { reachCohort } from './within-reach.ts'

const itemSchema = v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,200}$/))
const withVote = v.strictObject({ id: idParam, item: itemSchema })

/** Votes at gatherings: what is told of them, live for whoever runs the day. */
export const voteRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  const votes = createVotes(deps)
  const limit = {
    max: 180,
    perMs: 60_000,
    quiet: true,
    by: (request: FastifyRequest) => request.person || request.ip,
  }

  route(app, deps, {
    method: 'GET',
    path: paths.vote(':item'),
    access: ['vote', 'read'],
    summary: 'What is told of a vote of one’s own cohort',
    params: v.strictObject({ item: itemSchema }),
    answer: voteResultSchema,
    limit,
    handle: async ({ reply, actor, params: { item } }) => {
      const [cohort] = (await actor()).cohorts
      const result = cohort ? await votes.result({ cohort, item }) : null
      if (!result) throw notFound()
      reply.header('cache-control', 'no-store')
      return result
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.votes(':id', ':item'),
    access: ['vote', 'follow'],
    summary: 'A vote of a cohort as it stands, and how many have answered',
    params: withVote,
    answer: voteSightSchema,
    limit,
    handle: async ({ reply, actor, params: { id: cohort, item } }) => {
      await reachCohort(deps, await actor(), ['vote', 'follow'], cohort)
      const sight = await votes.sight({ cohort, item })
      if (!sight) throw notFound()
      reply.header('cache-control', 'no-store')
      return sight
    },
  })

  route(app, deps, {
    method: 'PUT',
    path: paths.votes(':id', ':item'),
    access: ['vote', 'close'],
    summary: 'Close a vote of a cohort, or open it again',
    params: withVote,
    body: voteClosingSchema,
    answer: 'nothing',
    limit,
    handle: async ({ reply, actor, params: { id: cohort, item }, body: { closed } }) => {
      await reachCohort(deps, await actor(), ['vote', 'close'], cohort)
      if (!(await votes.setClosed({ cohort, item }, closed))) throw notFound()
      return reply.code(204).send()
    },
  })
}
