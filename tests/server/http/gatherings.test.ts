import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import type { AppDeps } from '../../../src/server/app-deps.ts'
import { erasureStore } from '../../../src/server/store/erasure-store.ts'
import type { Gatherings } from '../../../src/shared/domain/gathering.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import {
  createDocument,
  onLocalUpdate,
  readPlain,
  writeScalars,
} from '../../../src/shared/words/document.ts'
import { doneEntries } from '../../../src/shared/words/progress.ts'
import { progressTask } from '../../../src/shared/words/scope.ts'
import { item, outlineOf } from '../../shared/domain/sample-outline.ts'
import { frame, own, post, push } from '../sync/sync-client.ts'
import { signIn, testApp } from '../test-app.ts'

const cohort = 'vestland-1-kull-1'
const days = { starts: '2026-12-09', ends: '2026-12-10' }

/** The demonstration in a programme of one text, whose certificate asks for it and for the first gathering. */
const gatheringApp = async (changes: Partial<AppDeps> = {}) => {
  const server = await testApp(changes)
  const outline = {
    ...outlineOf([item('p.m.a', { minutes: 60 })]),
    certificate: { requiredShare: 1, passed: ['g1'] },
  }
  await server.db
    .insertInto('package_version')
    .values({
      ...{ id: 'base', version: '1.0.0', hash: '0'.repeat(64), published_at: 0 },
      outline: JSON.stringify(outline),
    })
    .execute()
  const as = async (code: string) => {
    const cookie = await signIn(server.app, code)
    return (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) =>
      server.app.inject({ method, url, headers: { cookie }, ...(payload && { payload }) })
  }
  return { ...server, as }
}

test('what a facilitator changes is what everybody of the cohort reads, and the log says who', async () => {
  const { as, db } = await gatheringApp()
  const facilitator = await as('demo-fasilitator')
  const body = {
    ...days,
    startsAt: '10:00',
    agenda: [{ time: '10:00', title: 'Lunsj', who: null }],
  }
  expect((await facilitator('PATCH', paths.gathering(cohort, 'g1'), body)).statusCode).toBe(204)
  for (const code of ['demo-deltakar-stord', 'demo-gruppe-stord', 'demo-redaktor']) {
    const { gatherings } = (await (await as(code))('GET', paths.gatherings)).json<Gatherings>()
    expect(gatherings.find(({ stop }) => stop === 'g1')).toMatchObject({ ...body, sequence: 1 })
  }
  expect(
    await db.selectFrom('administrative_act').select(['act', 'by_person']).execute(),
  ).toContainEqual({ act: 'gathering.changed', by_person: 'fasilitator' })
})

test.each([
  [{ ends: '2026-12-10' }, 'no-first-day', 409],
  [{ starts: '2026-12-09', ends: '2026-12-08' }, 'ends-before-start', 409],
  [{ meetingLink: 'http://meet.example' }, 'bad-request', 400],
  [{ agenda: [{ time: '24:00', title: 'Lunsj', who: null }] }, 'bad-request', 400],
  [{ practical: 'a\u0000b' }, 'bad-request', 400],
  [{ title: 'Ei anna samling' }, 'bad-request', 400],
])('%j changes nothing: %s', async (body, code, status) => {
  const { as } = await gatheringApp()
  const ask = await as('demo-administrator')
  const answer = await ask('PATCH', paths.gathering(cohort, 'g1'), body)
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  const { gatherings } = (await ask('GET', paths.cohortGatherings(cohort))).json<Gatherings>()
  expect(gatherings.find(({ stop }) => stop === 'g1')).toMatchObject({ sequence: 0, starts: null })
})

test('a calendar is read without a session, and not again while nothing has changed', async () => {
  const { app, as } = await gatheringApp({ publicOrigin: 'https://loft.example' })
  const staff = await as('demo-administrator')
  await staff('PATCH', paths.gathering(cohort, 'g1'), days)
  const ask = await as('demo-deltakar-stord')
  expect((await ask('GET', paths.calendar)).json()).toEqual({ madeAt: null })
  const { address } = (await ask('POST', `${paths.calendar}?language=nb`)).json<{
    address: string
  }>()
  expect(address).toMatch(
    /^https:\/\/loft\.example\/api\/v1\/calendar\/[\w-]{32}\.ics\?language=nb$/,
  )
  expect((await ask('GET', paths.calendar)).json()).toEqual({ madeAt: expect.any(Number) })
  const url = address.replace('https://loft.example', '')
  const read = (etag?: string) =>
    app.inject({ method: 'GET', url, headers: etag ? { 'if-none-match': etag } : {} })

  const first = await read()
  expect(first.headers['content-type']).toBe('text/calendar; charset=utf-8')
  expect(ICAL.parse(first.body)[0]).toBe('vcalendar')
  expect(first.body).toContain('https://loft.example/samling/g1')
  const etag = `${first.headers.etag}`
  expect((await read(etag)).statusCode).toBe(304)
  await staff('PATCH', paths.gathering(cohort, 'g1'), { practical: 'Ta med lua.' })
  const second = await read(etag)
  expect([second.statusCode, second.headers.etag === etag]).toEqual([200, false])
})

test('an address that is unknown, renewed or of an erased person is answered alike', async () => {
  const { app, as, store, clock } = await gatheringApp()
  const ask = await as('demo-deltakar-stord')
  const make = async () =>
    new URL((await ask('POST', paths.calendar)).json<{ address: string }>().address).pathname
  const read = async (url: string) => {
    const { statusCode, body } = await app.inject({ method: 'GET', url })
    return `${statusCode} ${body}`
  }
  const unknown = await read(paths.calendarFeed('x'.repeat(32)))
  expect(unknown).toMatch(/^404 /)
  const renewed = await make()
  const last = await make()
  expect(await read(last)).toMatch(/^200 /)
  expect(await read(renewed)).toBe(unknown)
  await store.write((tx) => erasureStore.removePerson(tx, 'deltakar-stord', clock.now))
  expect(await read(last)).toBe(unknown)
  expect(await read(paths.calendarFeed('%00'))).toMatch(/^40[04] /)
})

test('a single gathering is a file for whoever meets there, and nothing for others', async () => {
  const { as } = await gatheringApp()
  await (await as('demo-administrator'))('PATCH', paths.gathering(cohort, 'g1'), days)
  const file = await (await as('demo-deltakar-stord'))('GET', paths.stopCalendar('g1'))
  expect(file.headers['content-disposition']).toBe('attachment; filename="g1.ics"')
  const events = new ICAL.Component(ICAL.parse(file.body)).getAllSubcomponents('vevent')
  expect(events.map((event) => event.getFirstPropertyValue('uid'))).toEqual([`${cohort}.g1@loft`])
  for (const stop of ['g2', 'ingen']) {
    const none = await (await as('demo-deltakar-stord'))('GET', paths.stopCalendar(stop))
    expect(none.statusCode).toBe(404)
  }
})

test('a certificate is refused until enough is done, then issued, drawn and found true', async () => {
  const { app, as } = await gatheringApp()
  await (await as('demo-administrator'))('PATCH', paths.gathering(cohort, 'g1'), {
    starts: '2026-11-23',
  })
  const ask = await as('demo-deltakar-stord')
  expect((await ask('GET', paths.certificate)).json()).toMatchObject({
    standing: { met: false, doneMinutes: 0, requiredMinutes: 60, missingStops: [] },
    issued: null,
  })
  for (const [method, path] of [
    ['POST', paths.certificate],
    ['GET', paths.certificatePaper],
  ] as const) {
    const refused = await ask(method, path)
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'not-met'])
  }

  const cookie = await signIn(app, 'demo-deltakar-stord')
  const document = createDocument()
  const pushes: ReturnType<typeof push>[] = []
  onLocalUpdate(document, (update) => pushes.push(push(`${own}/${progressTask}`, update)))
  writeScalars(document, [...doneEntries(readPlain(document), 'p.m.a', 'eining', true)] as [
    string,
    boolean,
  ][])
  await post(app, cookie, frame([{ id: own, pushes }]))
  const issued = await ask('POST', paths.certificate)
  const { code } = issued.json<{ code: string }>()
  expect((await ask('POST', paths.certificate)).json()).toMatchObject({ code })
  const paper = await ask('GET', `${paths.certificatePaper}?language=nb`)
  expect(paper.headers['content-type']).toBe('application/pdf')
  expect(paper.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  const verified = await app.inject({ method: 'GET', url: paths.verifiedCertificate(code) })
  expect(verified.json()).toMatchObject({ name: 'Kommunedirektør, Stord', issuedOn: '2026-11-25' })
  const wrong = await app.inject({
    method: 'GET',
    url: paths.verifiedCertificate('2345-6789-BCDF-GHJK-MNPQ'),
  })
  expect([wrong.statusCode, wrong.json().code]).toEqual([404, 'not-found'])
})

test('whoever tries many codes is stopped', async () => {
  const { app } = await gatheringApp()
  const statuses = new Set<number>()
  for (let tries = 0; tries < 61; tries += 1) {
    const url = paths.verifiedCertificate(String(tries))
    statuses.add((await app.inject({ method: 'GET', url })).statusCode)
  }
  expect([...statuses]).toEqual([404, 429])
})
