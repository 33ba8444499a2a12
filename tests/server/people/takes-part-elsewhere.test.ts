import { expect, test } from 'vitest'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { eachStore } from '../stores.ts'
import { signIn } from '../test-app.ts'

eachStore(({ testApp }) => {
  test('who facilitates another cohort does not run the one in which they take part', async () => {
    const { app, db } = await testApp()
    const own = await db
      .selectFrom('cohort')
      .selectAll()
      .where('id', '=', 'vestland-1-kull-1')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('cohort')
      .values({ ...own, id: 'eit-anna', name: 'Kull 9' })
      .execute()
    const person = 'deltakar-stord'
    await db.insertInto('person_role').values({ person, role: 'facilitator' }).execute()
    await db.insertInto('cohort_staff').values({ person, cohort: 'eit-anna' }).execute()
    const headers = { cookie: await signIn(app) }
    const statusOf = async (url: string) => (await app.inject({ url, headers })).statusCode

    expect(await statusOf(paths.groups(own.id))).toBe(404)
    expect(await statusOf(paths.wall(own.id))).toBe(404)
    expect(await statusOf(paths.groups('eit-anna'))).toBe(200)
    const { cohorts } = (await app.inject({ url: paths.overview, headers })).json()
    expect(cohorts.map(({ id }: { id: string }) => id)).toEqual(['eit-anna'])
  })
})
