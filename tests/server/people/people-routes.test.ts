import * as v from 'valibot'
import { expect, test } from 'vitest'
import { type PeopleList, peopleListSchema } from '../../../src/shared/domain/people.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { openMatrixWorld } from '../http/access-matrix/world.ts'
import { signIn } from '../test-app.ts'

const state = {
  name: 'HR-leiar, Fitjar',
  municipality: '4615',
  audiences: ['hr'],
  roles: ['participant'],
  serviceArea: 'helse-og-omsorg',
  facilitates: [],
}

const open = async () => {
  const world = await openMatrixWorld()
  const ask = async (
    caller: 'administrator' | 'facilitator',
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object | string,
  ) =>
    world.app.inject({
      method,
      url,
      ...(payload !== undefined && { payload }),
      headers: {
        cookie: world.cookies[caller],
        ...(typeof payload === 'string' && { 'content-type': 'text/csv' }),
      },
    })
  const list = async (caller: 'administrator' | 'facilitator'): Promise<PeopleList> =>
    v.parse(peopleListSchema, (await ask(caller, 'GET', paths.people)).json())
  return { ...world, ask, list }
}

test('an administrator sees the whole network, a facilitator the own cohort without addresses', async () => {
  const { list } = await open()
  const all = await list('administrator')
  expect(all.cohorts.map(({ id }) => id)).toEqual(['det-andre-kullet', 'vestland-1-kull-1'])
  expect(all.people.some(({ email }) => email !== null)).toBe(true)
  expect(all.people.some(({ name }) => name.startsWith('Folkevald'))).toBe(true)
  const own = await list('facilitator')
  expect(own.cohorts.map(({ id }) => id)).toEqual(['vestland-1-kull-1'])
  expect(
    own.people.every(({ cohort, email }) => cohort === 'vestland-1-kull-1' && email === null),
  ).toBe(true)
})

test('somebody added by hand is invited by a link, comes in, and belongs to their leadership group', async () => {
  const { app, ask, list } = await open()
  const body = { ...state, email: 'HR@fitjar.example', cohort: 'vestland-1-kull-1' }
  const made = await ask('administrator', 'POST', paths.people, body)
  const { id } = made.json()
  const invited = await ask('administrator', 'POST', paths.invitations, { people: [id] })
  expect(invited.json()).toMatchObject({ mails: 0, links: [{ person: id }], left: [] })
  const cookie = await signIn(app, invited.json().links[0].code)
  const me = await app.inject({ method: 'GET', url: paths.me, headers: { cookie } })
  expect(me.json()).toMatchObject({
    name: 'HR-leiar, Fitjar',
    groups: [{ name: 'Leiargruppa, Fitjar' }],
  })
  const there = (await list('administrator')).people.find((person) => person.id === id)
  expect(there).toMatchObject({ email: 'hr@fitjar.example', invitation: { progress: 'opened' } })
  await expect(signIn(app, invited.json().links[0].code)).rejects.toThrow('code-expired')
})

test('an address is one person’s, and a full cohort takes nobody more', async () => {
  const { ask, db } = await open()
  const body = { ...state, email: 'hr@fitjar.example', cohort: 'vestland-1-kull-1' }
  expect((await ask('administrator', 'POST', paths.people, body)).statusCode).toBe(200)
  const again = await ask('administrator', 'POST', paths.people, body)
  expect(again.json()).toMatchObject({ code: 'address-taken' })
  await db.updateTable('cohort').set({ capacity: 1 }).where('id', '=', 'det-andre-kullet').execute()
  const full = { ...body, email: 'ny@fitjar.example', cohort: 'det-andre-kullet' }
  const refused = await ask('administrator', 'POST', paths.people, full)
  expect(refused.json()).toMatchObject({ code: 'over-capacity' })
  // Whoever works with a cohort takes no seat.
  const staff = {
    ...full,
    roles: ['facilitator'],
    audiences: [],
    facilitates: ['det-andre-kullet'],
  }
  expect((await ask('administrator', 'POST', paths.people, staff)).statusCode).toBe(200)
})

test('another municipality is another leadership group; other roles are other rights at once', async () => {
  const { app, ask, db } = await open()
  const body = { ...state, email: 'hr@fitjar.example', cohort: 'vestland-1-kull-1' }
  const { id } = (await ask('administrator', 'POST', paths.people, body)).json()
  const { links } = (await ask('administrator', 'POST', paths.invitations, { people: [id] })).json()
  const cookie = await signIn(app, links[0].code)
  const groups = async (): Promise<string[]> => {
    const me = await app.inject({ method: 'GET', url: paths.me, headers: { cookie } })
    return me.json().groups.map(({ name }: { name: string }) => name)
  }
  const moved = { ...state, municipality: '4614' }
  expect((await ask('administrator', 'PUT', paths.person(id), moved)).statusCode).toBe(204)
  expect(await groups()).toEqual(['Leiargruppa, Stord'])

  const overview = () => app.inject({ method: 'GET', url: paths.overview, headers: { cookie } })
  expect((await overview()).statusCode).toBe(404)
  const roles = {
    ...moved,
    roles: ['participant', 'facilitator'],
    facilitates: ['det-andre-kullet'],
  }
  expect((await ask('administrator', 'PUT', paths.person(id), roles)).statusCode).toBe(204)
  expect((await overview()).statusCode).toBe(200)
  expect((await ask('administrator', 'PUT', paths.person(id), moved)).statusCode).toBe(204)
  expect((await overview()).statusCode).toBe(404)
  const staff = await db.selectFrom('cohort_staff').selectAll().where('person', '=', id).execute()
  expect(staff).toEqual([])
})

test('the last administrator keeps the role and is not erased; what names nothing changes nothing', async () => {
  const { ask, db } = await open()
  await db.updateTable('person').set({ role: 'editor' }).where('id', '=', 'nummer-to').execute()
  const demoted = { ...state, municipality: null, audiences: [], roles: ['editor'] }
  const refused = await ask('administrator', 'PUT', paths.person('administrator'), demoted)
  expect(refused.json()).toMatchObject({ code: 'last-administrator' })
  const kept = await ask('administrator', 'DELETE', paths.person('administrator'))
  expect(kept.json()).toMatchObject({ code: 'last-administrator' })

  const before = await db.selectFrom('person').selectAll().execute()
  for (const [change, status] of [
    [{ audiences: ['ukjend'] }, 400],
    [{ audiences: ['hr', 'hr'] }, 400],
    [{ municipality: '9999' }, 400],
    [{ facilitates: ['annan-stad-kull-2'] }, 404],
    [{ roles: [] }, 400],
  ] as const) {
    const path = paths.person('deltakar-stord')
    const answer = await ask('administrator', 'PUT', path, { ...state, ...change })
    expect([change, answer.statusCode]).toEqual([change, status])
  }
  expect(await db.selectFrom('person').selectAll().execute()).toEqual(before)
})

test('a file is looked at, imported once, and changes nothing the second time', async () => {
  const { ask } = await open()
  const file =
    'namn;e-post;kommune;målgruppe;kull\nHR-leiar, Fitjar;hr@fitjar.example;Fitjar;2;Kull 1\n'
  const looked = await ask('administrator', 'POST', paths.peoplePreview, file)
  expect(looked.json()).toMatchObject({ imported: false, counts: { new: 1, problems: 0 } })
  const done = await ask('administrator', 'POST', paths.peopleImport, file)
  expect(done.json()).toMatchObject({ imported: true, counts: { new: 1 } })
  const again = await ask('administrator', 'POST', paths.peopleImport, file)
  expect(again.json()).toMatchObject({ counts: { new: 0, same: 1 } })
  const json = await ask('administrator', 'POST', paths.peopleImport, { not: 'a file' })
  expect(json.statusCode).toBe(400)
})
