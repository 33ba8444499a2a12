import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { idParam } from '../../shared/domain/administration.ts'
import type { Access, Actor } from '../../shared/domain/policy.ts'
import { idSchema } from '../../shared/domain/text.ts'
import {
  appliedGroupsSchema,
  cohortGroupsSchema,
  groupNameSchema,
  moveSchema,
} from '../../shared/domain/working-group.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { readGathering } from '../people/gatherings.ts'
import { findGroup, readCohortGroups } from '../people/read-cohort-groups.ts'
import { applyGroups, type GroupAct, movePerson, renameGroup } from '../people/working-groups.ts'
import { tellEntered } from '../words/membership.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { reachCohort } from './within-reach.ts'

const withId = v.strictObject({ id: idParam })
const withStop = v.strictObject({ id: idParam, stop: idSchema })
const change: Access = ['group', 'change']

/** Who sits with whom: the leadership groups of a cohort, and the groups of each gathering. */
export const groupRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  route(app, deps, {
    method: 'GET',
    path: paths.groups(':id'),
    access: ['group', 'list'],
    summary: 'The groups of a cohort with their people, and whom groups may be made of',
    params: withId,
    answer: cohortGroupsSchema,
    handle: async ({ reply, actor, params: { id } }) => {
      await actOn(deps, await actor(), ['group', 'list'], id)
      const groups = await readCohortGroups(deps.db, id)
      if (!groups) throw notFound()
      reply.header('cache-control', 'no-store')
      return groups
    },
  })

  route(app, deps, {
    method: 'PUT',
    path: paths.gatheringGroups(':id', ':stop'),
    access: change,
    summary: 'Make the service-area groups of a gathering these; who is in none of them leaves',
    params: withStop,
    body: appliedGroupsSchema,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id, stop }, body: { groups } }) => {
      const act = await actOn(deps, await actor(), change, id)
      const gathering = await readGathering(deps.db, id, stop)
      if (gathering?.kind !== 'gathering') throw notFound()
      const done = await deps.store.write((tx) => applyGroups(tx, deps, { ...act, stop }, groups))
      if (done === 'not-found') throw notFound()
      if (done === 'person-twice') throw new Refusal('bad-request', 'somebody is in two groups')
      await tellEntered(deps, done.entered)
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.groupMoves(':id'),
    access: change,
    summary: 'Move a person from one group of the cohort to another, or out of or into one',
    params: withId,
    body: moveSchema,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id }, body }) => {
      const act = await actOn(deps, await actor(), change, id)
      const done = await deps.store.write((tx) => movePerson(tx, deps, act, body))
      if (done === 'not-found') throw notFound()
      if (done === 'sits-elsewhere')
        throw new Refusal('bad-request', 'this person sits in another group of the gathering')
      await tellEntered(deps, done.entered)
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'PATCH',
    path: paths.group(':id'),
    access: change,
    summary: 'Rename a group',
    params: withId,
    body: groupNameSchema,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id }, body: { name } }) => {
      const group = await findGroup(deps.db, id)
      if (!group) throw notFound()
      const act = await actOn(deps, await actor(), change, group.cohort)
      if (!(await deps.store.write((tx) => renameGroup(tx, deps, act, { id, name }))))
        throw notFound()
      return reply.code(204).send()
    },
  })
}

/** Who does it and where, if the cohort is within their reach. */
const actOn = async (
  deps: Pick<AppDeps, 'db'>,
  actor: Actor,
  access: Access,
  cohort: string,
): Promise<GroupAct & { by: string }> => {
  const { network } = await reachCohort(deps, actor, access, cohort)
  return { network, by: actor.person, cohort }
}
