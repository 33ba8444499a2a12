import { expect, test } from 'vitest'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { eachStore } from '../stores.ts'
import { group, own, push, sync, syncAll } from '../sync/sync-client.ts'
import { signIn, type TestApp } from '../test-app.ts'

const erase = ({ app }: TestApp, cookie?: string) =>
  app.inject({ method: 'DELETE', url: paths.me, ...(cookie && { headers: { cookie } }) })
const isIn = async ({ app }: TestApp, cookie: string): Promise<boolean> =>
  (await app.inject({ url: paths.me, headers: { cookie } })).statusCode === 200

eachStore(({ testApp }) => {
  test('everybody with something of their own erases themselves, and both devices are told', async () => {
    let wanted = 0
    const server = await testApp({ scrubber: { wanted: () => wanted++ } })
    const { app, db } = server
    const [mine, tablet] = [await signIn(app), await signIn(app)]
    await sync(app, mine, { id: own, pushes: [push(`${own}/note`, 'ord')] })
    await sync(app, mine, { id: group, pushes: [push(`${group}/visjon`, 'ord i gruppa')] })
    expect((await erase(server, mine)).statusCode).toBe(204)
    expect(wanted).toBe(1)
    for (const cookie of [mine, tablet]) {
      expect(await isIn(server, cookie)).toBe(false)
      const scopes = await syncAll(app, cookie, [{ id: own }, { id: group }])
      expect(scopes.map(({ status }) => status)).toEqual(['gone', 'gone'])
    }
    expect((await erase(server, mine)).statusCode).toBe(401)
    // The group keeps what it has, without whose it is.
    const rows = await db.selectFrom('update').select(['scope', 'person', 'device']).execute()
    expect(rows).toEqual([{ scope: group, person: '', device: '' }])
    expect(openLedger(`${server.folder}/erased.ndjson`).people().size).toBe(1)
    for (const code of ['demo-fasilitator', 'demo-redaktor', 'demo-politikar-stord'])
      expect((await erase(server, await signIn(app, code))).statusCode, code).toBe(204)
  })

  test('a group’s tablet is nobody, and who is not signed in even less', async () => {
    const server = await testApp()
    const tablet = await signIn(server.app, 'demo-gruppe-stord')
    expect((await erase(server, tablet)).statusCode).toBe(404)
    expect(await isIn(server, tablet)).toBe(true)
    expect((await erase(server)).statusCode).toBe(401)
  })

  test('a network’s last administrator stays until there is another', async () => {
    const server = await testApp()
    const { app, db } = server
    const cookie = await signIn(app, 'demo-administrator')
    const refused = await erase(server, cookie)
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'last-administrator'])
    expect(await isIn(server, cookie)).toBe(true)
    // Nothing is noted that the next start would carry out.
    expect(openLedger(`${server.folder}/erased.ndjson`).people().size).toBe(0)

    // One of another network, or one who is erased, is none here.
    await db.insertInto('network').values({ id: 'nord', name: 'Nord', created_at: 1 }).execute()
    const run = { id: 'nord-1', network: 'nord', name: 'Nord', ends_on: null, keep_months: null }
    await db.insertInto('programme_run').values(run).execute()
    const cohort = {
      id: 'nord-kull',
      run: 'nord-1',
      name: 'Kull',
      package: 'base',
      version: '1.0.0',
    }
    await db.insertInto('cohort').values(cohort).execute()
    const other = { name: 'Administrator', role: 'administrator' }
    const here = 'vestland-1-kull-1'
    await db
      .insertInto('person')
      .values([
        { ...other, id: 'der', cohort: 'nord-kull' },
        { ...other, id: 'borte', cohort: here, erased_at: 1 },
      ])
      .execute()
    expect((await erase(server, cookie)).statusCode).toBe(409)

    await db
      .insertInto('person_role')
      .values({ person: 'fasilitator', role: 'administrator' })
      .execute()
    expect((await erase(server, cookie)).statusCode).toBe(204)
    const last = await signIn(app, 'demo-fasilitator')
    expect((await erase(server, last)).statusCode).toBe(409)
  })
})
