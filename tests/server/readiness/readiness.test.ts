import { describe, expect, test } from 'vitest'
import type { Mail } from '../../../src/server/mail/mailer.ts'
import type { Readiness } from '../../../src/shared/domain/readiness.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import {
  createDocument,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import {
  encodeHandingIn,
  handedInKey,
  wordsFingerprint,
} from '../../../src/shared/words/handing-in.ts'
import { documentId, personScope, progressTask } from '../../../src/shared/words/scope.ts'
import { groupTask, item, outlineOf } from '../../shared/domain/sample-outline.ts'
import { group, push, sync } from '../sync/sync-client.ts'
import { signIn, testApp } from '../test-app.ts'

const cohort = 'vestland-1-kull-1'
const sheet = groupTask('base.m.ark', 'pre')
const outline = outlineOf([sheet, item('base.m.les', { minutes: 30 })])

const marked = createDocument()
writeScalars(marked, [['base.m.les/done/pc', 1]])
const done = wholeState(marked)

const open = async (sends = true) => {
  const mails: Mail[] = []
  const mail = { tell: (one: Mail) => void mails.push(one), newLink: () => {}, wanted: () => {} }
  const world = await testApp({ mail: sends ? mail : null })
  await world.db
    .insertInto('package_version')
    .values({
      ...{ id: 'base', version: '1.0.0', hash: 'f'.repeat(64), published_at: 1 },
      outline: JSON.stringify(outline),
    })
    .execute()
  await world.db
    .insertInto('contact_person')
    .values({
      ...{ id: 'k', network: 'vestland', municipality: '4614', name: 'Kontakt, Stord' },
      ...{ task: 'Alt', email: 'kontakt@stord.example' },
    })
    .execute()
  const member = await signIn(world.app, 'demo-deltakar-stord')
  const facilitator = await signIn(world.app, 'demo-fasilitator')
  /** Of Stord, in its leadership group; those who are ready have marked what they should have read. */
  const addPeople = async (
    ids: readonly string[],
    {
      ready = true,
      ...more
    }: Partial<Record<'role' | 'audience', string>> & {
      ready?: boolean
      erased_at?: number
    } = {},
  ): Promise<void> => {
    for (const person of ids) {
      await world.db
        .insertInto('person')
        .values({
          ...{ id: person, name: 'HR-leiar', role: 'participant', audience: 'leiargruppe' },
          ...{ cohort, municipality: '4614', ...more },
        })
        .execute()
      await world.db.insertInto('membership').values({ scope: group, person }).execute()
      if (!ready) continue
      const scope = personScope(person, 'vestland-1')
      await world.db
        .insertInto('scope')
        .values({ id: scope, epoch: 1, head: 1, status: 'ok' })
        .execute()
      await world.db
        .insertInto('update')
        .values({
          ...{ scope, seq: 1, doc: documentId(scope, progressTask), hash: person, bytes: done },
          ...{ size: done.length, person, device: 'd', written_at: 1, received_at: 1 },
        })
        .execute()
    }
  }
  const write = (id: string, doc: string, words: ReturnType<typeof createDocument>) =>
    sync(world.app, member, { id, pushes: [push(`${id}/${doc}`, wholeState(words))] })
  const look = async (): Promise<Readiness> => {
    const answer = await world.app.inject({
      url: paths.readiness(cohort, 'g1'),
      headers: { cookie: facilitator },
    })
    expect(answer.statusCode).toBe(200)
    return answer.json()
  }
  const stateOfStord = async () =>
    (await look()).groups.find(({ id }) => id === 'leiargruppa-stord')?.sheets[0]
  const remind = (groups: string[], message = 'Hugs arket før samlinga.') =>
    world.app.inject({
      method: 'POST',
      url: paths.reminders(cohort, 'g1'),
      headers: { cookie: facilitator },
      payload: { groups, message },
    })
  return { ...world, mails, facilitator, addPeople, write, look, stateOfStord, remind }
}

describe('how ready a group is', () => {
  test('is told of its sheets, as they come: not begun, begun, handed in, changed after', async () => {
    const { write, stateOfStord } = await open()
    expect(await stateOfStord()).toEqual({ id: sheet.id, state: 'none', at: null })
    const words = createDocument()
    writeText(words, 'f/f/a', 'Nattevaktene')
    await write(group, sheet.id, words)
    expect(await stateOfStord()).toEqual({ id: sheet.id, state: 'begun', at: null })
    const fingerprint = wordsFingerprint({ texts: { 'f/f/a': 'Nattevaktene' }, scalars: {} })
    const handing = { id: 'x', at: 1_790_000_000_000, label: 'Stord', words: fingerprint }
    writeScalars(words, [[handedInKey, encodeHandingIn(handing)]])
    await write(group, sheet.id, words)
    expect(await stateOfStord()).toEqual({ id: sheet.id, state: 'handed-in', at: handing.at })
    writeText(words, 'f/f/a', 'Nattevaktene og dagvaktene')
    await write(group, sheet.id, words)
    expect(await stateOfStord()).toMatchObject({ state: 'changed-after' })
  })

  test('is told of persons from five up, by what they have marked as done, and about', async () => {
    const { look, addPeople } = await open()
    const people = async () => (await look()).groups.map(({ ready }) => ready)
    expect(await people()).toEqual([null, null])
    // Two of Stord are there before, and have marked nothing.
    await addPeople(['ein'])
    await addPeople(['to', 'tre', 'fire'], { ready: false })
    expect(await people()).toEqual([{ of: 6, band: 'few' }, null])
    await addPeople(['fem', 'seks', 'sju', 'åtte'])
    expect(await people()).toEqual([{ of: 10, band: 'many' }, null])
  })

  test('says nothing of somebody who is moved from one group to another, ready or not', async () => {
    for (const isReady of [true, false]) {
      const { app, facilitator, look, addPeople } = await open()
      // Three of six are ready: one fewer of five would be fewer than half, if it is one of them who goes.
      await addPeople(['flytta'], { ready: isReady })
      await addPeople(isReady ? ['a', 'b'] : ['a', 'b', 'c'])
      await addPeople(isReady ? ['d'] : [], { ready: false })
      const people = async () => {
        const { groups, ready } = await look()
        return [...groups.map((group) => group.ready), ready]
      }
      const before = await people()
      expect(before[0]).toEqual({ of: 6, band: 'many' })
      const move = (from: string | null, to: string | null) =>
        app.inject({
          method: 'POST',
          url: paths.groupMoves(cohort),
          headers: { cookie: facilitator },
          payload: { person: 'flytta', from, to },
        })
      const moves = [
        ['leiargruppa-stord', 'leiargruppa-sunnfjord'],
        ['leiargruppa-sunnfjord', null],
        [null, 'leiargruppa-stord'],
      ] as const
      for (const [from, to] of moves) {
        const { statusCode } = await move(from, to)
        expect(statusCode).toBeLessThan(300)
        expect(await people()).toEqual(before)
      }
    }
  })

  test('counts neither politicians, tablets, staff, who came by a link, nor who is erased', async () => {
    const { db, look, addPeople } = await open()
    await addPeople(['a', 'b', 'c', 'd'])
    const before = (await look()).groups[0]?.ready
    expect(before).toEqual({ of: 6, band: 'many' })
    await addPeople(['folkevald'], { audience: 'folkevalde' })
    await addPeople(['tilsett'], { role: 'facilitator' })
    await addPeople(['nettbrett'], { role: 'group-tablet' })
    await addPeople(['borte'], { erased_at: 1 })
    expect((await look()).groups[0]?.ready).toEqual(before)
    // Who takes part beside another role is one of them.
    await addPeople(['begge'], { role: 'administrator' })
    await db.insertInto('person_role').values({ person: 'begge', role: 'participant' }).execute()
    expect((await look()).groups[0]?.ready).toEqual({ of: 7, band: 'many' })
  })
})

describe('a message to contact persons', () => {
  test('goes as one mail to each, with the words as they were written, and is noted without them', async () => {
    const { db, mails, remind } = await open()
    const answer = await remind(
      ['leiargruppa-stord', 'leiargruppa-sunnfjord'],
      'Linje éin\nLinje to',
    )
    expect(answer.json()).toEqual({ mails: 1, addresses: [], without: ['leiargruppa-sunnfjord'] })
    expect(mails.map(({ to }) => to)).toEqual(['kontakt@stord.example'])
    expect(mails[0]?.text).toContain('Linje éin\nLinje to')
    const acts = await db.selectFrom('administrative_act').selectAll().execute()
    expect(acts).toMatchObject([{ act: 'cohort.reminded', subject: cohort }])
    expect(JSON.stringify(acts)).not.toContain('Linje')
  })

  test('gives the addresses where the server sends no mail', async () => {
    const { remind } = await open(false)
    expect((await remind(['leiargruppa-stord'])).json()).toEqual({
      ...{ mails: 0, addresses: ['kontakt@stord.example'], without: [] },
    })
  })

  test('is refused for a group of another cohort, and without words', async () => {
    const { remind, mails } = await open()
    expect((await remind(['ei-anna-gruppe'])).statusCode).toBe(404)
    expect((await remind(['leiargruppa-stord'], '   ')).statusCode).toBe(400)
    expect(mails).toEqual([])
  })
})
