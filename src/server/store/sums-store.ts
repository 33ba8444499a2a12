import type { Transaction } from 'kysely'
import type { Database, Tables } from './schema.ts'

/** The people of one audience in one municipality's part of a cohort. */
export interface Council {
  cohort: string
  municipality: string
  audience: string
}
export interface SumField {
  item: string
  field: string
}

export const sumsStore = {
  /** Whom this person meets as a resource person, and in which run. */
  councilOf: (
    db: Database,
    person: string,
  ): Promise<(Council & { run: string; place: string }) | undefined> =>
    db
      .selectFrom('resource_person')
      .innerJoin('person', 'person.id', 'resource_person.person')
      .innerJoin('cohort', 'cohort.id', 'person.cohort')
      .innerJoin('municipality', 'municipality.number', 'resource_person.municipality')
      .select(['person.cohort', 'resource_person.municipality', 'resource_person.audience'])
      .select(['run', 'municipality.name as place'])
      .where('resource_person.person', '=', person)
      .where('erased_at', 'is', null)
      .executeTakeFirst(),

  /** Those who have written something, with the head of their own scope, the first `limit` by their ids. */
  writers: async (
    db: Database,
    { cohort, municipality, audience }: Council,
    scopeOf: (person: string) => string,
    limit: number,
  ): Promise<{ person: string; scope: string; head: number }[]> => {
    const people = await db
      .selectFrom('person')
      .select('id')
      .where('cohort', '=', cohort)
      .where('municipality', '=', municipality)
      .where('audience', '=', audience)
      .where('role', '=', 'participant')
      .where('erased_at', 'is', null)
      .orderBy('id')
      .limit(limit)
      .execute()
    if (people.length === 0) return []
    const personByScope = new Map(people.map(({ id }) => [scopeOf(id), id]))
    const scopes = await db
      .selectFrom('scope')
      .select(['id', 'head'])
      .where('id', 'in', [...personByScope.keys()])
      .where('status', '=', 'ok')
      .where('head', '>', 0)
      .orderBy('id')
      .execute()
    return scopes.flatMap(({ id, head }) => {
      const person = personByScope.get(id)
      return person === undefined ? [] : [{ person, scope: id, head }]
    })
  },

  /**
   * True for one of those who ask at the same time, and not before `notSince`: it is theirs to count. False where nobody's words
   * have come further than the last count saw.
   */
  claim: async (
    db: Database,
    { cohort, municipality, audience }: Council,
    { heads, now, notSince }: { heads: string; now: number; notSince: number },
  ): Promise<boolean> => {
    const claimed = await db
      .insertInto('sum_reading')
      .values({ cohort, municipality, audience, read_at: now, heads: '' })
      .onConflict((conflict) =>
        conflict
          .columns(['cohort', 'municipality', 'audience'])
          .doUpdateSet({ read_at: now })
          .where('sum_reading.read_at', '<=', notSince)
          .where('sum_reading.heads', '!=', heads),
      )
      .executeTakeFirstOrThrow()
    return claimed.numInsertedOrUpdatedRows === 1n
  },

  /** False if another has claimed since: what this one has read is older than what that one finds. */
  hasCounted: async (
    db: Transaction<Tables>,
    { cohort, municipality, audience }: Council,
    { heads, now }: { heads: string; now: number },
  ): Promise<boolean> => {
    const { numUpdatedRows } = await db
      .updateTable('sum_reading')
      .set({ heads })
      .where('cohort', '=', cohort)
      .where('municipality', '=', municipality)
      .where('audience', '=', audience)
      .where('read_at', '=', now)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  },

  counted: async (db: Database, council: Council, { item, field }: SumField): Promise<string[]> => {
    const { cohort, municipality } = council
    const rows = await db
      .selectFrom('counted_person')
      .select('person')
      .where('cohort', '=', cohort)
      .where('municipality', '=', municipality)
      .where('item', '=', item)
      .where('field', '=', field)
      .execute()
    return rows.map(({ person }) => person)
  },

  publish: async (
    db: Transaction<Tables>,
    council: Council,
    of: SumField,
    { people, body, at }: { people: readonly string[]; body: string; at: number },
  ): Promise<void> => {
    const { cohort, municipality } = council
    const key = { cohort, municipality, item: of.item, field: of.field }
    await db
      .insertInto('published_sum')
      .values({ ...key, counted_at: at, body })
      .onConflict((conflict) =>
        conflict
          .columns(['cohort', 'municipality', 'item', 'field'])
          .doUpdateSet({ counted_at: at, body }),
      )
      .execute()
    await db
      .insertInto('counted_person')
      .values(people.map((person) => ({ ...key, person })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  },

  /** Nothing is told of the field until enough others have answered. */
  withdraw: async (
    db: Transaction<Tables>,
    council: Council,
    { item, field }: SumField,
  ): Promise<void> => {
    const { cohort, municipality } = council
    await db
      .deleteFrom('published_sum')
      .where('cohort', '=', cohort)
      .where('municipality', '=', municipality)
      .where('item', '=', item)
      .where('field', '=', field)
      .execute()
  },

  published: (db: Database, { cohort, municipality }: Council) =>
    db
      .selectFrom('published_sum')
      .select(['item', 'field', 'counted_at as countedAt', 'body'])
      .where('cohort', '=', cohort)
      .where('municipality', '=', municipality)
      .execute(),
}
