import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeNetwork } from '../../../src/server/people/network.ts'
import { storeReport } from '../../../src/server/people/reports.ts'
import type { Database } from '../../../src/server/store/schema.ts'
import { eraseWords } from '../../../src/server/words/erase.ts'
import type { ReportList } from '../../../src/shared/domain/report.ts'
import { paths, principalHeader } from '../../../src/shared/protocol/paths.ts'
import { eachStore } from '../stores.ts'
import { signIn, type TestApp } from '../test-app.ts'
import { person, worldOf } from '../words/words-world.ts'

const report = {
  id: 'melding-0000000000000001',
  package: 'base',
  version: '1.0.0',
  item: 'base.strategi.film-1',
  language: 'nn' as const,
  text: 'Lenkja i tredje avsnitt\ngår ingen stad.',
}
const as = async ({ app }: TestApp, code: string) => {
  const cookie = await signIn(app, code)
  return (
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ) => app.inject({ method, url, headers: { cookie, ...headers }, ...(payload && { payload }) })
}
const reportsFor = async (ask: Awaited<ReturnType<typeof as>>) =>
  (await ask('GET', paths.openReports)).json<ReportList>().reports

const by = { network: 'vestland', by: person }
/** Somebody waits for a lock that another transaction of this database has. */
const somebodyWaits = async (db: Database): Promise<boolean> => {
  const { rows } = await sql`
    select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows.length > 0
}

eachStore(({ kind, newStore, testApp }) => {
  test('a report comes to editors and administrators, once however often it is sent', async () => {
    const server = await testApp()
    const writer = await as(server, 'demo-deltakar-stord')
    for (let n = 0; n < 3; n++) {
      expect((await writer('POST', paths.reports, report)).statusCode).toBe(204)
    }
    const other = { ...report, id: 'melding-0000000000000002', text: 'Ein til' }
    server.clock.now += 1
    await (await as(server, 'demo-gruppe-stord'))('POST', paths.reports, other)
    for (const code of ['demo-redaktor', 'demo-administrator']) {
      const seen = await reportsFor(await as(server, code))
      expect(seen).toMatchObject([report, other])
      expect(seen[1]?.by).toBe('Leiargruppa, Stord')
    }
    for (const code of ['demo-deltakar-stord', 'demo-fasilitator']) {
      expect((await (await as(server, code))('GET', paths.openReports)).statusCode).toBe(404)
    }
  })

  test('an id that is taken says nothing of whose it is, and changes nothing', async () => {
    const server = await testApp()
    await (await as(server, 'demo-deltakar-stord'))('POST', paths.reports, report)
    const stranger = await as(server, 'demo-gruppe-stord')
    const again = await stranger('POST', paths.reports, { ...report, text: 'Mitt' })
    expect(again.statusCode).toBe(204)
    const [seen] = await reportsFor(await as(server, 'demo-redaktor'))
    expect(seen).toMatchObject({ text: report.text })
  })

  test('a report that is closed is gone from the list, and can be opened again', async () => {
    const server = await testApp()
    await (await as(server, 'demo-deltakar-stord'))('POST', paths.reports, report)
    const editor = await as(server, 'demo-redaktor')
    expect((await editor('PATCH', paths.report(report.id), { closed: true })).statusCode).toBe(204)
    expect(await reportsFor(editor)).toEqual([])
    await editor('PATCH', paths.report(report.id), { closed: false })
    expect(await reportsFor(editor)).toHaveLength(1)
    const unknown = paths.report('melding-0000000000000009')
    expect((await editor('PATCH', unknown, { closed: true })).statusCode).toBe(404)
    const acts = await server.db.selectFrom('administrative_act').selectAll().execute()
    expect(JSON.stringify(acts)).not.toContain('avsnitt')
  })

  test('another network neither reads nor closes it', async () => {
    const server = await testApp()
    await (await as(server, 'demo-deltakar-stord'))('POST', paths.reports, report)
    const code = await server.store.write((db) =>
      makeNetwork(db, { name: 'Nordland', package: 'base', version: '1.0.0' }, server.clock.now),
    )
    const other = await as(server, code)
    expect(await reportsFor(other)).toEqual([])
    expect((await other('PATCH', paths.report(report.id), { closed: true })).statusCode).toBe(404)
    expect(await reportsFor(await as(server, 'demo-redaktor'))).toHaveLength(1)
  })

  test('a report in the name of somebody else than the session’s person is refused', async () => {
    const server = await testApp()
    const writer = await as(server, 'demo-deltakar-stord')
    const sent = await writer('POST', paths.reports, report, { [principalHeader]: 'redaktor' })
    expect(sent.statusCode).toBe(401)
    expect(await reportsFor(await as(server, 'demo-redaktor'))).toEqual([])
  })

  test('a report that was on its way when its writer was erased is not kept', async () => {
    const store = await newStore()
    const world = await worldOf(store)
    await eraseWords(world, person)
    await store.write((db) => storeReport(db, by, report, world.clock.now))
    expect(await store.db.selectFrom('content_report').selectAll().execute()).toEqual([])
  })

  test('a report that is being stored while its writer is erased goes with them', async () => {
    const store = await newStore()
    const world = await worldOf(store)
    let isStored = () => {}
    let goOn = () => {}
    const stored = new Promise<void>((done) => {
      isStored = done
    })
    const wait = new Promise<void>((done) => {
      goOn = done
    })
    const storing = store.write(async (db) => {
      await storeReport(db, by, report, world.clock.now)
      isStored()
      await wait
    })
    await stored
    const erasing = eraseWords(world, person)
    // On SQLite it has not begun yet.
    const waits = kind === 'sqlite' || expect.poll(() => somebodyWaits(store.db)).toBe(true)
    await Promise.resolve(waits).finally(goOn)
    await Promise.all([storing, erasing])
    expect(await store.db.selectFrom('content_report').selectAll().execute()).toEqual([])
  })

  test.for([
    { ...report, text: '' },
    { ...report, text: '  \n ' },
    { ...report, text: 'x'.repeat(2001) },
    { ...report, text: 'a\u0000b' },
    { ...report, id: 'kort' },
    { ...report, item: '../../inn' },
    { ...report, language: 'en' },
    { ...report, more: 1 },
  ])('not stored: %j', async (body) => {
    const writer = await as(await testApp(), 'demo-deltakar-stord')
    expect((await writer('POST', paths.reports, body)).statusCode).toBe(400)
  })
})
