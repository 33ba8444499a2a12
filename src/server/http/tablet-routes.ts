import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { idParam } from '../../shared/domain/administration.ts'
import {
  joinedSchema,
  joinTableSchema,
  tableCodeAnswerSchema,
  tableCodeSchema,
  tableLinkSchema,
  tabletListSchema,
  tabletSightSchema,
  tabletStateSchema,
  tableWishSchema,
} from '../../shared/domain/tablet.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { deviceLabel } from '../people/devices.ts'
import { readMe } from '../people/me.ts'
import { linkOfCode, makeTableLink } from '../tablets/table-links.ts'
import { endTablet, joinTable, listTablets, sightOf, takeState } from '../tablets/tablets.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { setTableCookie } from './session-cookie.ts'
import { reachGroup } from './within-reach.ts'

const withGroup = v.strictObject({ group: idParam })
const withTablet = v.strictObject({ group: idParam, tablet: idParam })

/** A group's table: its link, the tablets that join by it, and how they go. docs/tablets.md. */
export const tabletRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  const slow = { max: 60, perMs: 60_000 }
  // A hall shares one address.
  const byPerson = {
    max: 60,
    perMs: 60_000,
    by: (request: FastifyRequest) => request.person || request.ip,
    quiet: true,
  }

  route(app, deps, {
    method: 'POST',
    path: paths.tableLink(':group'),
    access: ['tablet', 'invite'],
    summary: 'A link and a short code by which tablets join the group’s table',
    params: withGroup,
    body: tableWishSchema,
    answer: tableLinkSchema,
    limit: byPerson,
    handle: async ({ reply, actor, person, params: { group }, body }) => {
      await reachGroup(deps, await actor(), ['tablet', 'invite'], group)
      const made = await deps.store.write((db) =>
        makeTableLink({ ...deps, db }, { group, ...body, by: person }),
      )
      if (!made) throw notFound()
      reply.header('cache-control', 'no-store')
      return made
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.tableCode,
    access: ['tablet', 'join'],
    summary: 'The link of a short code',
    body: tableCodeSchema,
    answer: tableCodeAnswerSchema,
    limit: slow,
    handle: async ({ reply, body: { code } }) => {
      const link = await linkOfCode(deps, code)
      if (link === null) throw new Refusal('wrong-code', 'no such code, or it is too old')
      reply.header('cache-control', 'no-store')
      return { link }
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.tablets,
    access: ['tablet', 'join'],
    summary: 'Join a table by its link’s token: the answer sets the tablet’s own session cookie',
    body: joinTableSchema,
    answer: joinedSchema,
    limit: slow,
    handle: async ({ request, reply, body }) => {
      const label = deviceLabel(request.headers['user-agent']) ?? ''
      const result = await joinTable(deps, { ...body, label })
      if (result === 'wrong-code') throw new Refusal(result, 'no link of this server')
      if (result === 'code-expired') throw new Refusal(result, 'the link is too old')
      const me = await readMe(deps.db, result.person)
      if (!me) throw new Refusal('wrong-code', 'no link of this server')
      setTableCookie(reply, result.token, result.expiresAt)
      return { me, sight: await sightOf(deps, result.person) }
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.tabletState,
    access: ['tablet', 'tell'],
    summary: 'A tablet tells how much it has not sent, and learns whether its time is over',
    body: tabletStateSchema,
    answer: tabletSightSchema,
    limit: byPerson,
    isOverToo: true,
    handle: async ({ person, body: { unsent } }) => {
      await takeState(deps, person, unsent)
      return sightOf(deps, person)
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.groupTablets(':group'),
    access: ['tablet', 'list'],
    summary: 'The tablets on the group’s table, with their last contact and what was not sent then',
    params: withGroup,
    answer: tabletListSchema,
    handle: async ({ reply, actor, params: { group } }) => {
      await reachGroup(deps, await actor(), ['tablet', 'list'], group)
      reply.header('cache-control', 'no-store')
      return listTablets(deps, group)
    },
  })

  route(app, deps, {
    method: 'DELETE',
    path: paths.groupTablet(':group', ':tablet'),
    access: ['tablet', 'end'],
    summary: 'End a tablet: it reads nothing more, and what it has not sent is taken for two weeks',
    params: withTablet,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { group, tablet } }) => {
      await reachGroup(deps, await actor(), ['tablet', 'end'], group)
      if (!(await endTablet(deps, group, tablet))) throw notFound()
      return reply.code(204).send()
    },
  })
}
