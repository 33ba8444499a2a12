import type { Store } from '../../src/server/store/store.ts'
import type { WorldSettings } from './world.ts'

export const settleIn =
  ({ db }: Store): WorldSettings['settle'] =>
  async (people, groups) => {
    await db
      .insertInto('cohort')
      .values({ id: 'verda', run: 'haust', name: '', package: '', version: '' })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await db
      .insertInto('person')
      .values(
        people.map(({ id, personScope }) => ({
          id,
          name: id,
          role: personScope === null ? 'group-tablet' : 'participant',
          audience: null,
          municipality: null,
          cohort: 'verda',
        })),
      )
      .execute()
    const memberships = people.flatMap(({ id, personScope }) =>
      [...(personScope === null ? [] : [personScope]), ...groups].map((scope) => ({
        scope,
        person: id,
      })),
    )
    await db.insertInto('membership').values(memberships).execute()
  }
