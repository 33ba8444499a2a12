import type { Transaction } from 'kysely'
import type { Outline } from '../../shared/domain/outline.ts'
import type { Database, Tables } from './schema.ts'

export interface VoteKey {
  cohort: string
  item: string
}

/** Who may vote in a cohort, what they have written, and what is told of it. */
export const voteStore = {
  /** Everybody who takes part by name. */
  voters: (
    db: Database,
    cohort: string,
  ): Promise<{ id: string; audience: string | null; run: string }[]> =>
    db
      .selectFrom('person')
      .innerJoin('cohort', 'cohort.id', 'person.cohort')
      .select(['person.id', 'audience', 'run'])
      .where('cohort', '=', cohort)
      .where('role', '=', 'participant')
      .where('link', 'is', null)
      .where('erased_at', 'is', null)
      .orderBy('person.id')
      .limit(1000)
      .execute(),

  /** The hash of the programme that a cohort follows. */
  programmeOf: async (db: Database, cohort: string): Promise<string | undefined> =>
    (
      await db
        .selectFrom('cohort')
        .innerJoin('package_version', (join) =>
          join
            .onRef('package_version.id', '=', 'cohort.package')
            .onRef('package_version.version', '=', 'cohort.version'),
        )
        .select('hash')
        .where('cohort.id', '=', cohort)
        .executeTakeFirst()
    )?.hash,

  outlineOf: async (db: Database, hash: string): Promise<Outline | null> => {
    const row = await db
      .selectFrom('package_version')
      .select('outline')
      .where('hash', '=', hash)
      .executeTakeFirst()
    return row ? (JSON.parse(row.outline) as Outline) : null
  },

  moreAudiences: (db: Database, cohort: string): Promise<{ person: string; audience: string }[]> =>
    db
      .selectFrom('person_audience')
      .innerJoin('person', 'person.id', 'person_audience.person')
      .select(['person_audience.person', 'person_audience.audience'])
      .where('cohort', '=', cohort)
      .execute(),

  /** How far the scopes have come that hold something. */
  heads: async (db: Database, scopes: readonly string[]): Promise<Map<string, number>> => {
    if (scopes.length === 0) return new Map()
    const rows = await db
      .selectFrom('scope')
      .select(['id', 'head'])
      .where('id', 'in', [...scopes])
      .where('status', '=', 'ok')
      .where('head', '>', 0)
      .execute()
    return new Map(rows.map(({ id, head }) => [id, Number(head)]))
  },

  isClosed: async (db: Database, { cohort, item }: VoteKey): Promise<boolean> =>
    (await db
      .selectFrom('closed_vote')
      .select('item')
      .where('cohort', '=', cohort)
      .where('item', '=', item)
      .executeTakeFirst()) !== undefined,

  close: async (db: Database, { cohort, item }: VoteKey, at: number): Promise<void> => {
    await db
      .insertInto('closed_vote')
      .values({ cohort, item, closed_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  },

  reopen: async (db: Database, { cohort, item }: VoteKey): Promise<void> => {
    await db
      .deleteFrom('closed_vote')
      .where('cohort', '=', cohort)
      .where('item', '=', item)
      .execute()
  },

  sums: (db: Database, { cohort, item }: VoteKey): Promise<{ field: string; body: string }[]> =>
    db
      .selectFrom('vote_sum')
      .select(['field', 'body'])
      .where('cohort', '=', cohort)
      .where('item', '=', item)
      .execute(),

  /** Of the cohort that a person belongs to. */
  sumsAround: (
    db: Database,
    person: string,
  ): Promise<{ cohort: string; item: string; field: string; body: string }[]> =>
    db
      .selectFrom('vote_sum')
      .innerJoin('person', 'person.cohort', 'vote_sum.cohort')
      .select(['vote_sum.cohort', 'item', 'field', 'body'])
      .where('person.id', '=', person)
      .execute(),

  setSum: async (
    db: Transaction<Tables>,
    { cohort, item }: VoteKey,
    field: string,
    body: string,
  ): Promise<void> => {
    await db
      .updateTable('vote_sum')
      .set({ body })
      .where('cohort', '=', cohort)
      .where('item', '=', item)
      .where('field', '=', field)
      .execute()
  },

  /** Puts `body` where `before` stands, null = nothing; does nothing where somebody else has put in something meanwhile. */
  replaceSum: async (
    db: Transaction<Tables>,
    { cohort, item }: VoteKey,
    field: string,
    { before, body, at }: { before: string | null; body: string; at: number },
  ): Promise<void> => {
    if (before === null) {
      await db
        .insertInto('vote_sum')
        .values({ cohort, item, field, counted_at: at, body })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return
    }
    await db
      .updateTable('vote_sum')
      .set({ counted_at: at, body })
      .where('cohort', '=', cohort)
      .where('item', '=', item)
      .where('field', '=', field)
      .where('body', '=', before)
      .execute()
  },
}
