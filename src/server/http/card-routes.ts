import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { cardIdSchema, cardListSchema, publishSchema } from '../../shared/domain/card.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { findCard, publishCard, readCards, withdrawCard } from '../cards/cards.ts'
import { Refusal } from './answers.ts'
import { demand, notFound, route } from './route.ts'
import { reachGroup } from './within-reach.ts'

/** What groups share with each other. */
export const cardRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  const params = v.strictObject({ id: cardIdSchema })
  const limit = { max: 60, perMs: 60_000 }

  route(app, deps, {
    method: 'GET',
    path: paths.cards,
    access: ['card', 'read'],
    summary: 'What groups of one’s cohorts share, and what others share with the network',
    answer: cardListSchema,
    handle: async ({ reply, actor }) => {
      reply.header('cache-control', 'no-store')
      return { cards: await readCards(deps.db, await actor()) }
    },
  })

  route(app, deps, {
    method: 'PUT',
    path: paths.card(':id'),
    access: ['card', 'publish'],
    summary: 'Share a card of one’s group, or change it; the same again is no second card',
    params,
    body: publishSchema,
    answer: 'nothing',
    limit,
    // A card that waited through the last hour of a gathering comes like the words do.
    isOverToo: true,
    handle: async ({ reply, actor, params: { id }, body }) => {
      const place = await reachGroup(deps, await actor(), ['card', 'publish'], body.group)
      const done = await deps.store.write((tx) => publishCard(tx, place, id, body, deps.now()))
      if (done === 'not-found') throw notFound()
      if (done === 'changed') throw new Refusal('changed-meanwhile', 'somebody has changed it')
      if (done === 'too-many') throw new Refusal('over-capacity', 'the group shares too many cards')
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'DELETE',
    path: paths.card(':id'),
    access: ['card', 'withdraw'],
    summary: 'Withdraw a card; its words are deleted',
    params,
    answer: 'nothing',
    limit,
    handle: async ({ reply, actor, params: { id } }) => {
      const asking = await actor()
      await deps.store.write(async (tx) => {
        const found = await findCard(tx, id)
        if (!found) throw notFound()
        demand(asking, ['card', 'withdraw'], found)
        await withdrawCard(tx, found, id, asking, deps.now())
      })
      return reply.code(204).send()
    },
  })
}
