import * as v from 'valibot'
import {
  type CardReach,
  cardSchema,
  mostCards,
  mostInLibrary,
  type Publishing,
  type SharedCard,
} from '../../shared/domain/card.ts'
import { type Actor, may } from '../../shared/domain/policy.ts'
import { recordAct } from '../people/acts.ts'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'

export interface CardPlace {
  network: string
  cohort: string
  group: string
}

/**
 * Publishes, or changes what the same group has published; sent again it is no second card. `not-found` = the id is another
 * group's, or was withdrawn: who withdraws is not overruled by a device that had not heard. `changed` = somebody has changed it since
 * it was read.
 */
export const publishCard = async (
  db: Database,
  { network, cohort, group }: CardPlace,
  id: string,
  { group: _, reach, upon, ...card }: Publishing,
  now: number,
): Promise<'done' | 'not-found' | 'too-many' | 'changed'> => {
  const body = JSON.stringify(card)
  const before = await db
    .selectFrom('shared_card')
    .select(['reach', 'body'])
    .where('id', '=', id)
    .where('working_group', '=', group)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (before) {
    const isThere = before.reach === reach && before.body === body
    if (!isThere && upon !== undefined && upon !== revisionOf(before)) return 'changed'
    const { numUpdatedRows } = await db
      .updateTable('shared_card')
      .set({ reach, body })
      .where('id', '=', id)
      .where('body', '=', before.body)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n ? 'done' : 'changed'
  }
  const { count } = await db
    .selectFrom('shared_card')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('working_group', '=', group)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(count) >= mostCards) return 'too-many'
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('shared_card')
    .values({
      ...{ id, network, cohort, working_group: group, reach, body },
      ...{ published_at: now, withdrawn_at: null },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows ? 'done' : 'not-found'
}

const revisionOf = ({ reach, body }: { reach: string; body: string }): string =>
  sha256(`${reach} ${body}`).slice(0, 16)

/** Those of the actor's cohorts, and those that others of the network share with it; administrators see all of their network. */
export const readCards = async (db: Database, actor: Actor): Promise<SharedCard[]> => {
  const isAdministrator = actor.roles.includes('administrator')
  const rows = await db
    .selectFrom('shared_card')
    .innerJoin('working_group', 'working_group.id', 'shared_card.working_group')
    .leftJoin('municipality', 'municipality.number', 'working_group.municipality')
    .select(['shared_card.id', 'shared_card.cohort', 'reach', 'body', 'published_at'])
    .select(['working_group.id as group_id', 'working_group.name as group_name'])
    .select(['municipality.name as place', 'size'])
    .where('network', '=', actor.network)
    .where('withdrawn_at', 'is', null)
    .$if(!isAdministrator, (query) =>
      query.where((eb) =>
        eb.or([eb('reach', '=', 'network'), eb('shared_card.cohort', 'in', [...actor.cohorts])]),
      ),
    )
    .orderBy('published_at', 'desc')
    .orderBy('shared_card.id')
    .limit(mostInLibrary)
    .execute()
  return rows.map(({ body, group_id: group, published_at, ...row }) => ({
    ...v.parse(cardSchema, JSON.parse(body)),
    id: row.id,
    reach: row.reach as CardReach,
    group: { id: group, name: row.group_name },
    municipality: row.place !== null && row.size ? { name: row.place, size: row.size } : null,
    cohort: row.cohort,
    publishedAt: Number(published_at),
    revision: revisionOf({ reach: row.reach, body }),
    mayWithdraw: may(actor, ['card', 'withdraw'], {
      ...{ network: actor.network, cohort: row.cohort, group },
    }),
  }))
}

/** Where a card belongs; null if there is none, or no more. */
export const findCard = async (db: Database, id: string): Promise<CardPlace | null> =>
  (await db
    .selectFrom('shared_card')
    .select(['network', 'cohort', 'working_group as group'])
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()) ?? null

/** Its words go at once. An act is noted when somebody else than the group does it. */
export const withdrawCard = async (
  db: Database,
  { network, group }: CardPlace,
  id: string,
  actor: Actor,
  now: number,
): Promise<void> => {
  await db
    .updateTable('shared_card')
    .set({ withdrawn_at: now, body: '{}' })
    .where('id', '=', id)
    .execute()
  if (actor.groups.includes(group)) return
  const act = { network, by: actor.person, act: 'card.withdrawn', subject: group }
  await recordAct(db, act, now)
}

/** All that a group has shared, when nobody is left who could withdraw it. Returns how many cards. */
export const withdrawCardsOf = async (
  db: Database,
  group: string,
  now: number,
): Promise<number> => {
  const { numUpdatedRows } = await db
    .updateTable('shared_card')
    .set({ withdrawn_at: now, body: '{}' })
    .where('working_group', '=', group)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
