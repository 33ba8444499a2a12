import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { endDemonstration } from '../../../src/server/people/demonstration.ts'
import { createRetention } from '../../../src/server/people/retention.ts'
import { sha256 } from '../../../src/server/store/hash.ts'
import { signTable } from '../../../src/server/tablets/table-token.ts'
import { erasePerson } from '../../../src/server/words/erase.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { needsNobody } from '../../../src/shared/domain/policy.ts'
import { meAtTable, readTableLink, writeTableLink } from '../../../src/shared/domain/table-link.ts'
import type { TableLink, TabletList, TabletSight } from '../../../src/shared/domain/tablet.ts'
import { decodeAnswer, type Push } from '../../../src/shared/protocol/frames.ts'
import { paths, principalHeader } from '../../../src/shared/protocol/paths.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'
import { frame, group, own, push, sync, texts } from '../sync/sync-client.ts'
import { day, signIn, type TestApp } from '../test-app.ts'

const id = 'leiargruppa-stord'
const secret = (): string => randomBytes(16).toString('hex')

const linkOf = async (
  { app }: TestApp,
  cookie: string,
  wish: { stop?: string | null; fresh?: boolean } = {},
): Promise<TableLink> => {
  const answer = await app.inject({
    method: 'POST',
    url: paths.tableLink(id),
    headers: { cookie },
    payload: { stop: 'samling-1', ...wish },
  })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<TableLink>()
}
const tokenOf = ({ link }: Pick<TableLink, 'link'>): string => readTableLink(link)?.token ?? ''

const ask = ({ app }: TestApp, token: string, ofDevice: string) =>
  app.inject({
    method: 'POST',
    url: paths.tablets,
    payload: { token, secret: ofDevice },
    headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 15) Chrome/142.0.0.0' },
  })
/** A tablet that has joined: its headers. */
const joined = async (server: TestApp, token: string, ofDevice = secret()) => {
  const answer = await ask(server, token, ofDevice)
  expect(answer.statusCode, answer.body).toBe(200)
  const [cookie] = answer.cookies
  expect(cookie?.name).toBe('loft_table')
  const { me, sight } = answer.json<{ me: { principal: string }; sight: TabletSight }>()
  return {
    me,
    sight,
    headers: { cookie: `loft_table=${cookie?.value}`, [principalHeader]: me.principal },
  }
}
type Tablet = Awaited<ReturnType<typeof joined>>

const syncAs = async ({ app }: TestApp, { headers }: Tablet, pushes: Push[] = []) => {
  const answer = await app.inject({
    method: 'POST',
    url: paths.sync,
    payload: frame([{ id: group, pushes }]),
    headers: { ...headers, 'content-type': 'application/octet-stream' },
  })
  expect(answer.statusCode, answer.body).toBe(200)
  const [scope] = decodeAnswer(answer.rawPayload).scopes
  if (!scope) throw new Error('no answer about the scope')
  return scope
}
const tell = async ({ app }: TestApp, { headers }: Tablet, unsent: number) =>
  (
    await app.inject({ method: 'POST', url: paths.tabletState, headers, payload: { unsent } })
  ).json<TabletSight>()
const listed = async ({ app }: TestApp, cookie: string): Promise<TabletList['tablets']> =>
  (await app.inject({ url: paths.groupTablets(id), headers: { cookie } })).json<TabletList>()
    .tablets

eachStore(({ testApp }) => {
  const atTable = async () => {
    const server = await testApp()
    const mine = await signIn(server.app)
    const made = await linkOf(server, mine)
    return { server, mine, made, token: tokenOf(made) }
  }

  test('a tablet is invited by nobody: an administrator would read all that the group writes', async () => {
    const { server, token } = await atTable()
    const { me } = await joined(server, token)
    const cookie = await signIn(server.app, 'demo-administrator')
    for (const person of [me.principal, 'gruppe-stord']) {
      const invited = await server.app.inject({
        method: 'POST',
        url: paths.invitations,
        headers: { cookie },
        payload: { people: [person] },
      })
      expect(invited.statusCode).toBe(404)
    }
  })

  test('nobody is made a tablet: they would lose the right to their own', async () => {
    const { server } = await atTable()
    const cookie = await signIn(server.app, 'demo-administrator')
    const made = await server.app.inject({
      method: 'PUT',
      url: paths.person('deltakar-stord'),
      headers: { cookie },
      payload: {
        ...{ name: 'HR-leiar', municipality: null, audiences: [], serviceArea: null },
        ...{ roles: ['group-tablet'], facilitates: [] },
      },
    })
    expect(made.statusCode).toBe(400)
  })

  test('a tablet joins again at a server that was restored from before the link was made', async () => {
    const { server, mine, token } = await atTable()
    const device = secret()
    const { principal } = (await joined(server, token, device)).me
    await server.store.write(async (db) => {
      await db.deleteFrom('session').where('person', '=', principal).execute()
      await db.deleteFrom('membership').where('person', '=', principal).execute()
      await db.deleteFrom('tablet').where('person', '=', principal).execute()
      await db.deleteFrom('person').where('id', '=', principal).execute()
      await db
        .updateTable('working_group')
        .set({ table_generation: 0 })
        .where('id', '=', id)
        .execute()
    })
    expect((await joined(server, token, device)).me.principal).toBe(principal)
    // And a link that has been replaced since lets nobody in.
    await linkOf(server, mine, { fresh: true })
    expect((await ask(server, token, secret())).statusCode).toBe(401)
  })

  test('a tablet joins by the link, reads and writes with the group, and is who it thought it was', async () => {
    const { server, mine, made, token } = await atTable()
    await sync(server.app, mine, { id: group, pushes: [push(`${group}/ark`, 'frå leiaren')] })
    const device = secret()
    const tablet = await joined(server, token, device)
    const facts = readTableLink(made.link)?.facts
    if (!facts) throw new Error('no link')
    const offline = meAtTable(facts, sha256(device))
    const { cohort, ...rest } = offline
    expect(tablet.me).toMatchObject({ ...rest, cohort: { id: cohort.id, name: cohort.name } })
    const answer = await syncAs(server, tablet, [push(`${group}/ark`, 'frå nettbrettet')])
    expect(answer.acks).toEqual(['accepted'])
    expect(texts(answer.items)).toEqual(['frå leiaren'])
    expect((await sync(server.app, mine, { id: group })).head).toBe(2)
  })

  test('a tablet has nothing of anybody’s own, nor another group’s', async () => {
    const { server, token } = await atTable()
    const tablet = await joined(server, token)
    for (const other of [own, 'g:leiargruppa-sunnfjord']) {
      const answer = await server.app.inject({
        method: 'POST',
        url: paths.sync,
        payload: frame([{ id: other, pushes: [push(`${other}/ark`, 'ord')] }]),
        headers: { ...tablet.headers, 'content-type': 'application/octet-stream' },
      })
      expect(decodeAnswer(answer.rawPayload).scopes[0]).toMatchObject({
        status: 'unknown',
        acks: [],
      })
    }
    for (const path of [paths.ownData, paths.people, paths.sums])
      expect((await server.app.inject({ url: path, headers: tablet.headers })).statusCode).toBe(404)
    const code = { method: 'POST' as const, url: paths.deviceCode, headers: tablet.headers }
    expect((await server.app.inject(code)).statusCode).toBe(404)
  })

  test('a lost answer is asked for again: the same secret is the same tablet', async () => {
    const { server, mine, token } = await atTable()
    const device = secret()
    const first = await joined(server, token, device)
    const again = await joined(server, token, device)
    expect(again.me.principal).toBe(first.me.principal)
    expect(await listed(server, mine)).toHaveLength(1)
    await joined(server, token)
    expect(await listed(server, mine)).toHaveLength(2)
  })

  test('a link that this server has not signed lets nobody in', async () => {
    const { server, made, token } = await atTable()
    const [payload = '', signature = ''] = token.split('.')
    const read = readTableLink(made.link)
    if (!read) throw new Error('no link')
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), e: 9e15 }),
    ).toString('base64url')
    for (const wrong of [
      `${forged}.${signature}`,
      `${payload}.${signature.slice(0, -2)}AA`,
      `${payload}.`,
      payload,
      `${token}.${signature}`,
      signTable('ab'.repeat(32), { g: id, n: 0, s: null, e: made.expiresAt }),
    ]) {
      const answer = await ask(server, wrong, secret())
      expect([wrong, answer.statusCode, answer.json().code]).toEqual([wrong, 401, 'wrong-code'])
      expect(answer.cookies).toEqual([])
    }
    // What stands in the facts is the tablet's own affair: the token says which group.
    const link = writeTableLink({ ...read.facts, g: 'leiargruppa-sunnfjord' }, read.token)
    const { me } = await joined(server, tokenOf({ link }))
    expect(me).toMatchObject({ groups: [{ scope: group }] })
  })

  test('at the end of the last day in Norway the tablet reads nothing more, and its words are taken', async () => {
    const { server, mine, made, token } = await atTable()
    await sync(server.app, mine, { id: group, pushes: [push(`${group}/ark`, 'løyndom')] })
    const tablet = await joined(server, token)
    const { ends } =
      (await server.db
        .selectFrom('cohort_stop')
        .select('ends')
        .where('stop', '=', 'samling-1')
        .executeTakeFirst()) ?? {}
    const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' })
    expect(local.format(made.expiresAt - 1)).toBe(ends)
    expect(local.format(made.expiresAt)).not.toBe(ends)

    server.clock.now = made.expiresAt - 1
    expect(texts((await syncAs(server, tablet)).items)).toEqual(['løyndom'])
    server.clock.now = made.expiresAt
    const answer = await syncAs(server, tablet, [push(`${group}/ark`, 'siste ord')])
    expect(answer).toMatchObject({ status: 'left', acks: ['accepted'], items: [], head: 0 })
    expect(texts((await sync(server.app, mine, { id: group })).items)).toEqual([
      'løyndom',
      'siste ord',
    ])
    for (const path of [
      paths.me,
      paths.programme,
      paths.gatherings,
      paths.day,
      paths.groupTablets(id),
      `${paths.history}?doc=${group}/ark`,
      `${paths.events}?device=d&at=${group},1,0`,
    ]) {
      const read = await server.app.inject({ url: path, headers: tablet.headers })
      expect([path, read.statusCode]).toEqual([path, 404])
      expect(read.body).not.toContain('løyndom')
    }
    // Nor does any other route tell it anything.
    for (const { method, path, access, isOverToo } of server.app.declared) {
      if (needsNobody(access) || isOverToo) continue
      const url = path.replaceAll(/:\w+(\([^)]*\))?/g, id)
      const read = await server.app.inject({ method, url, headers: tablet.headers })
      expect([method, path, read.statusCode]).toEqual([method, path, 404])
    }
    const asked = { method: 'POST' as const, url: paths.content, headers: tablet.headers }
    const content = await server.app.inject({ ...asked, payload: { hashes: ['0'.repeat(64)] } })
    expect(content.json()).toEqual({})
    expect(await tell(server, tablet, 0)).toEqual({ expiresAt: made.expiresAt, isOver: true })
  })

  test('one that was offline until after the end is let in to hand in its words, and for two weeks', async () => {
    const { server, mine, made, token } = await atTable()
    server.clock.now = made.expiresAt + 14 * day - 1
    const tablet = await joined(server, token)
    expect(tablet.sight.isOver).toBe(true)
    const answer = await syncAs(server, tablet, [push(`${group}/ark`, 'seint ute')])
    expect(answer).toMatchObject({ status: 'left', acks: ['accepted'], items: [] })
    expect(texts((await sync(server.app, mine, { id: group })).items)).toEqual(['seint ute'])
    server.clock.now += 1
    const refused = await ask(server, token, secret())
    expect([refused.statusCode, refused.json().code]).toEqual([401, 'code-expired'])
  })

  test('after two weeks the tablet is out of the group, and keeps what it has: for a file that a member hands in', async () => {
    const { server, mine, made, token } = await atTable()
    const tablet = await joined(server, token)
    const ledger = openLedger(join(temporaryFolder(), 'erased.ndjson'))
    const retention = createRetention({
      store: server.store,
      ledger,
      now: () => server.clock.now,
      newEpoch: () => 99,
      scrubber: { wanted: () => undefined },
    })
    server.clock.now = made.expiresAt + 14 * day - 1
    await retention.round()
    expect((await syncAs(server, tablet, [push(`${group}/ark`, 'a')])).acks).toEqual(['accepted'])
    expect(await listed(server, mine)).toHaveLength(1)
    server.clock.now += 1
    await retention.round()
    // What was taken in time is acknowledged again, if its receipt was lost. Nothing is held that nobody would come back for.
    const late = [push(`${group}/ark`, 'a'), push(`${group}/ark`, 'b')]
    expect(await syncAs(server, tablet, late)).toMatchObject({
      acks: ['accepted', 'refused'],
      items: [],
    })
    expect(await server.db.selectFrom('held').select('hash').execute()).toEqual([])
    expect(await listed(server, mine)).toEqual([])
    await retention.stop()
  })

  test('a tablet that is ended reads nothing from that moment; the others go on', async () => {
    const { server, mine, token } = await atTable()
    const [lost, kept] = [await joined(server, token), await joined(server, token)]
    const end = (cookie: string, of: string, tablet: string) =>
      server.app.inject({
        method: 'DELETE',
        url: paths.groupTablet(of, tablet),
        headers: { cookie },
      })
    const stranger = await signIn(server.app, 'demo-deltakar-sunnfjord')
    expect((await end(stranger, id, lost.me.principal)).statusCode).toBe(404)
    expect((await end(stranger, 'leiargruppa-sunnfjord', lost.me.principal)).statusCode).toBe(404)
    expect((await end(mine, id, lost.me.principal)).statusCode).toBe(204)
    expect((await syncAs(server, lost)).status).toBe('left')
    expect((await syncAs(server, kept)).status).toBe('ok')
    expect((await tell(server, lost, 1)).isOver).toBe(true)
    expect(await listed(server, mine)).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ id: lost.me.principal, isOver: true, unsent: 1 }),
        expect.objectContaining({ id: kept.me.principal, isOver: false }),
      ]),
    )
  })

  test('new codes end the tablets that are in, and the links of before', async () => {
    const { server, mine, made, token } = await atTable()
    const tablet = await joined(server, token)
    const fresh = await linkOf(server, mine, { fresh: true })
    expect((await syncAs(server, tablet)).status).toBe('left')
    expect((await ask(server, token, secret())).json().code).toBe('code-expired')
    expect((await joined(server, tokenOf(fresh))).sight.isOver).toBe(false)
    // The short code of before leads to a link that lets nobody in.
    const old = await server.app.inject({
      method: 'POST',
      url: paths.tableCode,
      payload: { code: made.code },
    })
    expect((await ask(server, tokenOf(old.json()), secret())).statusCode).toBe(401)
  })

  test('a tablet makes links too, and is not ended by its own new codes', async () => {
    const { server, token } = await atTable()
    const [mine, other] = [await joined(server, token), await joined(server, token)]
    const answer = await server.app.inject({
      method: 'POST',
      url: paths.tableLink(id),
      headers: mine.headers,
      payload: { stop: null, fresh: true },
    })
    expect(answer.statusCode).toBe(200)
    expect((await syncAs(server, mine)).status).toBe('ok')
    expect((await syncAs(server, other)).status).toBe('left')
  })

  test('a short code gives the link for ten minutes, however it is typed', async () => {
    const { server, made } = await atTable()
    const by = async (code: string) =>
      server.app.inject({ method: 'POST', url: paths.tableCode, payload: { code } })
    expect((await by(made.code.toUpperCase().replace('-', ' '))).json()).toEqual({
      link: made.link,
    })
    expect((await by('abcde-fghjk')).json().code).toBe('wrong-code')
    server.clock.now += 10 * 60_000
    expect((await by(made.code)).statusCode).toBe(401)
  })

  test('a person and a tablet share a browser, and neither answers for the other', async () => {
    const { server, mine, token } = await atTable()
    const tablet = await joined(server, token)
    const cookie = `${mine}; ${tablet.headers.cookie}`
    const whoIs = async (principal?: string) =>
      server.app.inject({
        url: paths.me,
        headers: { cookie, ...(principal && { [principalHeader]: principal }) },
      })
    expect((await whoIs()).json().principal).toBe('deltakar-stord')
    expect((await whoIs('deltakar-stord')).json().principal).toBe('deltakar-stord')
    expect((await whoIs(tablet.me.principal)).json().principal).toBe(tablet.me.principal)
    expect((await whoIs('bord-00000000000000000000')).statusCode).toBe(401)
    const out = await server.app.inject({
      method: 'DELETE',
      url: paths.session,
      headers: { cookie, [principalHeader]: tablet.me.principal },
    })
    expect(out.cookies.map(({ name }) => name)).toEqual(['loft_table'])
    expect((await whoIs(tablet.me.principal)).statusCode).toBe(401)
    expect((await whoIs()).json().principal).toBe('deltakar-stord')
  })

  test('what a tablet tells is listed with its time, and a group without a gathering has a day', async () => {
    const { server, mine } = await atTable()
    const made = await linkOf(server, mine, { stop: null })
    expect(made.expiresAt).toBe(server.clock.now + day)
    const tablet = await joined(server, tokenOf(made))
    server.clock.now += 60_000
    await tell(server, tablet, 3)
    server.clock.now += 60_000
    expect(await listed(server, mine)).toEqual([
      {
        id: tablet.me.principal,
        label: 'Chrome, Android',
        stop: null,
        joinedAt: server.clock.now - 120_000,
        seenAt: server.clock.now - 60_000,
        unsent: 3,
        isOver: false,
      },
    ])
    const wrong = await server.app.inject({
      method: 'POST',
      url: paths.tabletState,
      headers: tablet.headers,
      payload: { unsent: -1 },
    })
    expect(wrong.statusCode).toBe(400)
  })

  test('where the demonstration is ended, its tables are', async () => {
    const { server, token } = await atTable()
    const { headers } = await joined(server, token)
    await endDemonstration(server.db)
    expect((await server.app.inject({ url: paths.me, headers })).statusCode).toBe(401)
    expect((await ask(server, token, secret())).json().code).toBe('code-expired')
  })

  test('when a run’s people are erased, nothing is told of its tablets any more', async () => {
    const { server, token } = await atTable()
    const tablet = await joined(server, token)
    const ledger = openLedger(join(temporaryFolder(), 'erased.ndjson'))
    const { store, clock } = server
    await erasePerson(
      { store, ledger, now: () => clock.now, newEpoch: () => 99 },
      tablet.me.principal,
    )
    expect(await server.db.selectFrom('tablet').selectAll().execute()).toEqual([])
    const rows = server.db.selectFrom('membership').where('person', '=', tablet.me.principal)
    expect(await rows.selectAll().execute()).toEqual([])
  })

  test('a tablet is nobody in the lists of people, and takes no seat', async () => {
    const { server, token } = await atTable()
    const admin = await signIn(server.app, 'demo-administrator')
    const read = async () => {
      const [people, overview] = [paths.people, paths.overview].map((url) =>
        server.app.inject({ url, headers: { cookie: admin } }),
      )
      return [(await people)?.json(), (await overview)?.json()]
    }
    const before = await read()
    const tablet = await joined(server, token)
    const after = await read()
    expect(after).toEqual(before)
    expect(JSON.stringify(after)).not.toContain(tablet.me.principal)
  })
})
