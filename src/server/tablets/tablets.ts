import { type TabletList, type TabletSight, takenAfterwardsMs } from '../../shared/domain/tablet.ts'
import { tabletOf } from '../../shared/domain/tablet-id.ts'
import { groupScope } from '../../shared/words/scope.ts'
import { openSession, type SignedIn } from '../people/sessions.ts'
import { sha256 } from '../store/hash.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { enterIn } from '../words/membership.ts'
import { readTableToken, type TablePayload, tableSecret } from './table-token.ts'

interface TabletDeps {
  store: Store
  db: Database
  now: () => number
  newEpoch: () => number
}

/**
 * Lets a tablet in by a table's link. The same secret is the same tablet: a lost answer is asked for again. A tablet that has been
 * without a network beyond its time is let in too, since it has words to hand in; it reads nothing. By a link that was replaced
 * nobody new comes in: it may have gone astray, and a tablet that began with it saves what it has as a file.
 */
export const joinTable = async (
  deps: TabletDeps,
  { token, secret, label }: { token: string; secret: string; label: string },
): Promise<SignedIn | 'wrong-code' | 'code-expired'> => {
  const payload = readTableToken(await tableSecret(deps.db), token)
  if (!payload) return 'wrong-code'
  const now = deps.now()
  const person = tabletOf(sha256(secret))
  return deps.store.write(async (db) => {
    const known = await db
      .selectFrom('tablet')
      .select('working_group')
      .where('person', '=', person)
      .executeTakeFirst()
    if (known && known.working_group !== payload.g) return 'wrong-code'
    if (!known) {
      if (now >= payload.e + takenAfterwardsMs) return 'code-expired'
      const group = await db
        .selectFrom('working_group')
        .select(['name', 'cohort', 'municipality', 'table_generation'])
        .where('id', '=', payload.g)
        .executeTakeFirst()
      if (!group) return 'wrong-code'
      if (group.table_generation > payload.n) return 'code-expired'
      // Signed here and newer than what stands here: the server was restored from before. Its links count on.
      await db
        .updateTable('working_group')
        .set({ table_generation: payload.n })
        .where('id', '=', payload.g)
        .where('table_generation', '<', payload.n)
        .execute()
      const { name, cohort, municipality } = group
      await db
        .insertInto('person')
        .values({ id: person, name, role: 'group-tablet', cohort, municipality })
        .onConflict((conflict) => conflict.column('id').doNothing()) // it asks twice at once
        .execute()
      await db
        .insertInto('tablet')
        .values(tabletRow(person, payload, label, now))
        .onConflict((conflict) => conflict.column('person').doNothing())
        .execute()
      await enterIn(db, deps, groupScope(payload.g), person)
    }
    return openSession(deps, db, person, label || null)
  })
}

const tabletRow = (person: string, { g, s, e }: TablePayload, label: string, now: number) => ({
  person,
  working_group: g,
  stop: s,
  label,
  joined_at: now,
  expires_at: e,
  seen_at: now,
  unsent: 0,
})

/** How the server sees a tablet; one that was not let in by a link has no end. */
export const sightOf = async (
  { db, now }: Pick<TabletDeps, 'db' | 'now'>,
  person: string,
): Promise<TabletSight> => {
  const row = await db
    .selectFrom('tablet')
    .select(['expires_at', 'ended_at'])
    .where('person', '=', person)
    .executeTakeFirst()
  return row
    ? { expiresAt: row.expires_at, isOver: isOver(row, now()) }
    : { expiresAt: null, isOver: false }
}

/** A tablet tells how much it has not sent. */
export const takeState = async (
  { db, now }: Pick<TabletDeps, 'db' | 'now'>,
  person: string,
  unsent: number | null,
): Promise<void> => {
  await db
    .updateTable('tablet')
    .set({ ...(unsent !== null && { unsent }), seen_at: now() })
    .where('person', '=', person)
    .execute()
}

/** Those that may have words yet, the newest first. */
export const listTablets = async (
  { db, now }: Pick<TabletDeps, 'db' | 'now'>,
  group: string,
): Promise<TabletList> => {
  const rows = await db
    .selectFrom('tablet')
    .innerJoin('membership', 'membership.person', 'tablet.person')
    .selectAll('tablet')
    .where('working_group', '=', group)
    .where('membership.scope', '=', groupScope(group))
    .orderBy('joined_at', 'desc')
    .orderBy('tablet.person')
    .execute()
  return {
    tablets: rows.map((row) => ({
      id: row.person,
      label: row.label,
      stop: row.stop,
      joinedAt: row.joined_at,
      seenAt: row.seen_at,
      unsent: row.unsent,
      isOver: isOver(row, now()),
    })),
  }
}

/** From now on it reads nothing more. False if it is none of the group's. */
export const endTablet = async (
  { db, now }: Pick<TabletDeps, 'db' | 'now'>,
  group: string,
  tablet: string,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('tablet')
    .set((e) => ({ ended_at: e.fn.coalesce('ended_at', e.val(now())) }))
    .where('working_group', '=', group)
    .where('person', '=', tablet)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

const isOver = (
  { expires_at, ended_at }: { expires_at: number; ended_at: number | null },
  now: number,
): boolean => ended_at !== null || expires_at <= now
