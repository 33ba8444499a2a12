import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openSession } from '../../../src/server/people/sessions.ts'
import { cloudOf, rankingOf, votesToTell, wordsIn } from '../../../src/shared/domain/vote.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import {
  createDocument,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import type { Scalar } from '../../../src/shared/words/plain.ts'
import { personScope } from '../../../src/shared/words/scope.ts'
import { item, outlineOf, text } from '../../shared/domain/sample-outline.ts'
import { push, sync } from '../sync/sync-client.ts'
import { signIn, testApp } from '../test-app.ts'

const scale = { min: 1, max: 5, low: text('Lite'), high: text('Mykje') }
const options = ['gevinst', 'forankring', 'endring'].map((id) => ({ id, label: text(id) }))
const poll = item('base.strategi.kvar-er-vi', {
  kind: 'task',
  stop: 'g1',
  fields: [
    { id: 'no', kind: 'scale', sees: 'aggregate', label: text('Kvar er vi?'), scale },
    { id: 'tema', kind: 'ranking', sees: 'aggregate', label: text('Kva først?'), options },
    { id: 'ord', kind: 'words', sees: 'aggregate', label: text('Tre ord') },
  ],
})
const cohort = 'vestland-1-kull-1'

/** So many more people of the cohort, each with a session. */
const open = async (people: number) => {
  const world = await testApp()
  await world.db
    .insertInto('package_version')
    .values({
      ...{ id: 'base', version: '1.0.0', hash: 'f'.repeat(64), published_at: 1 },
      outline: JSON.stringify(outlineOf([poll])),
    })
    .execute()
  // Of the demonstration nobody meets it but those whom the test makes.
  await world.db.updateTable('person').set({ audience: 'folkevalde' }).execute()
  const voters: { id: string; scope: string; cookie: string }[] = []
  for (let index = 0; index < people; index++) {
    const id = `veljar-${index}`
    await world.db
      .insertInto('person')
      .values({ id, name: 'HR-leiar', role: 'participant', audience: 'leiargruppe', cohort })
      .execute()
    const scope = personScope(id, 'vestland-1')
    await world.db.insertInto('membership').values({ scope, person: id }).execute()
    const { token } = await openSession({ now: () => world.clock.now }, world.db, id, null)
    voters.push({ id, scope, cookie: `loft_session=${token}` })
  }
  const facilitator = await signIn(world.app, 'demo-fasilitator')
  const answer = async (
    index: number,
    { ord, ...scalars }: { ord?: string } & Record<string, Scalar>,
  ) => {
    const voter = voters[index]
    if (!voter) throw new Error('no such voter')
    const doc = createDocument()
    writeScalars(doc, Object.entries(scalars))
    if (ord) writeText(doc, 'f/ord', ord)
    const pushes = [push(`${voter.scope}/${poll.id}`, wholeState(doc))]
    await sync(world.app, voter.cookie, { id: voter.scope, pushes })
  }
  const look = async () => {
    world.clock.now += 1001
    const answered = await world.app.inject({
      url: paths.votes(cohort, poll.id),
      headers: { cookie: facilitator },
    })
    expect(answered.statusCode).toBe(200)
    return answered.json()
  }
  const close = (closed: boolean) =>
    world.app.inject({
      method: 'PUT',
      url: paths.votes(cohort, poll.id),
      headers: { cookie: facilitator },
      payload: { closed },
    })
  const read = async () =>
    (
      await world.app.inject({
        url: paths.vote(poll.id),
        headers: { cookie: voters[0]?.cookie ?? '' },
      })
    ).json()
  return { ...world, voters, answer, look, close, read }
}
const told = (sight: { fields: { field: string; told: unknown }[] }, id: string) =>
  sight.fields.find(({ field }) => field === id)?.told

describe('a vote at a gathering', () => {
  test('tells how many have answered and how many are missing, and nothing else of four', async () => {
    const { answer, look } = await open(8)
    for (let index = 0; index < 4; index++) await answer(index, { no: 2, ord: 'tillit' })
    const sight = await look()
    expect(sight.turnout).toEqual({ answers: 4, missing: 4 })
    expect(sight.fields.map((one: { told: unknown }) => one.told)).toEqual([null, null, null])
  })

  test('tells counts, ranks and words of five, and to everybody who takes part', async () => {
    const { answer, look, read } = await open(5)
    for (let index = 0; index < 5; index++) {
      await answer(index, {
        no: index < 3 ? 2 : 4,
        tema: index < 3 ? ['endring', 'gevinst', 'forankring'] : ['gevinst', 'endring'],
        ord: index < 3 ? 'Tillit, mot' : 'tillit, uro',
      })
    }
    const sight = await look()
    expect(told(sight, 'no')).toMatchObject({ kind: 'counts', persons: 5 })
    expect(told(sight, 'tema')).toEqual({
      ...{ kind: 'ranking', persons: 5 },
      topics: [
        { id: 'endring', points: 13 },
        { id: 'gevinst', points: 12 },
        { id: 'forankring', points: 3 },
      ],
    })
    expect(told(sight, 'ord')).toEqual({
      ...{ kind: 'words', persons: 5 },
      words: [
        { word: 'Tillit', writers: 5 },
        { word: 'mot', writers: 3 },
      ],
    })
    expect(await read()).toEqual({ closed: false, fields: sight.fields })
  })

  test('holds five back while it is open, takes all at the close, and no single one after', async () => {
    const { answer, look, close } = await open(30)
    /** Each answer is worth three points: the first of three topics. */
    const answers = async () => {
      const ranking = told(await look(), 'tema') as { topics: { points: number }[] } | null
      return ranking && ranking.topics.reduce((sum, { points }) => sum + points, 0) / 3
    }
    let count = 0
    const more = async (by: number) => {
      for (const to = count + by; count < to; count++) await answer(count, { tema: ['gevinst'] })
    }
    await more(9)
    expect(await answers()).toBeNull()
    await more(1)
    expect(await answers()).toBe(5)
    await more(4)
    expect(await answers()).toBe(5)
    await more(3) // all of it is looked at late
    expect(await answers()).toBe(12)
    expect((await close(true)).statusCode).toBe(204)
    expect(await answers()).toBe(17)
    await more(4)
    expect(await answers()).toBe(17)
    await close(false)
    await close(true)
    expect(await answers()).toBe(17)
    await more(1)
    expect(await answers()).toBe(22)
  })

  test('has everybody in the picture when all have answered, before any close', async () => {
    const { answer, look } = await open(12)
    for (let index = 0; index < 11; index++) await answer(index, { no: 2 })
    expect(told(await look(), 'no')).toMatchObject({ persons: 5 })
    await answer(11, { no: 3 })
    expect(told(await look(), 'no')).toMatchObject({ persons: 10 })
    expect((await look()).turnout).toEqual({ answers: 12, missing: 0 })
  })

  test('counts at its close what came a moment before', async () => {
    const { answer, look, close, clock } = await open(8)
    for (let index = 0; index < 5; index++) await answer(index, { ord: 'tid' })
    await look()
    clock.now += 10
    await answer(5, { ord: 'tid' })
    await close(true)
    expect(told(await look(), 'ord')).toMatchObject({ words: [{ word: 'tid', writers: 6 }] })
  })

  test('is asked for in vain where there is none', async () => {
    const { app } = await open(0)
    const cookie = await signIn(app, 'demo-fasilitator')
    const nowhere = await app.inject({
      url: paths.votes(cohort, 'base.m.borte'),
      headers: { cookie },
    })
    expect(nowhere.statusCode).toBe(404)
  })
})

describe('the rule of a vote', () => {
  test('takes at most five short words, none twice, whatever stands between', () => {
    expect(wordsIn(' Mot,mot ; tillit\n\nTID,  ro , uro,for mange')).toEqual([
      'Mot',
      'tillit',
      'TID',
      'ro',
      'uro',
    ])
    expect(wordsIn(`${'x'.repeat(41)}, kort`)).toEqual(['kort'])
  })

  test('tells no word of fewer than three writers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom('a', 'A', 'b', 'c'), { maxLength: 3 })),
        (raw) => {
          const answers = raw.map((words) => wordsIn(words.join(',')))
          for (const { word, writers } of cloudOf(answers)) {
            const by = answers.filter((words) =>
              words.some((one) => one.toLowerCase() === word.toLowerCase()),
            )
            expect(writers).toBe(by.length)
            expect(writers).toBeGreaterThanOrEqual(3)
          }
        },
      ),
    )
  })

  test('gives the same points whatever the order of the answers', () => {
    const topics = ['a', 'b', 'c', 'd']
    fc.assert(
      fc.property(fc.array(fc.shuffledSubarray(topics)), (answers) => {
        const ranked = rankingOf(topics, answers)
        expect(ranked).toEqual(rankingOf(topics, answers.toReversed()))
        expect(ranked.map(({ id }) => id).sort()).toEqual(topics)
      }),
    )
  })

  test('lets two pictures differ by five people at least, however answers come and it is closed', () => {
    const step = fc.record({ more: fc.nat(7), closed: fc.boolean(), isLooked: fc.boolean() })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.array(step), (people, steps) => {
        let [answers, told] = [0, 0]
        for (const { more, closed, isLooked } of steps) {
          answers = Math.min(people, answers + more)
          const next = isLooked ? votesToTell(answers, { told, people, closed }) : null
          if (next === null) continue
          expect(next - told).toBeGreaterThanOrEqual(5)
          if (!closed && answers < people) expect(answers - next).toBeGreaterThanOrEqual(5)
          expect(next).toBeLessThanOrEqual(answers)
          told = next
        }
        // Whoever closes it for the first time has all, if there are five.
        const fresh = votesToTell(answers, { told: 0, people, closed: true })
        expect(fresh).toBe(answers >= 5 ? answers : null)
      }),
    )
  })
})

describe('who erases themselves', () => {
  const erase = async (world: Awaited<ReturnType<typeof open>>, who: readonly number[]) => {
    for (const index of who) {
      const headers = { cookie: world.voters[index]?.cookie ?? '' }
      const answer = await world.app.inject({ method: 'DELETE', url: paths.me, headers })
      expect(answer.statusCode).toBe(204)
    }
  }

  test('takes along the words that too few others have written, and is not told by the difference', async () => {
    const world = await open(9)
    for (let index = 0; index < 9; index++)
      await world.answer(index, { no: 3, ord: index < 4 ? 'gevinst, løyndom' : 'gevinst' })
    await world.close(true)
    const words = async () => {
      await world.look()
      return told(await world.read(), 'ord')
    }
    const gevinst = { word: 'gevinst', writers: 9 }
    expect(await words()).toMatchObject({ words: [gevinst, { word: 'løyndom', writers: 4 }] })
    await erase(world, [1])
    expect(await words()).toMatchObject({ words: [gevinst, { word: 'løyndom', writers: 4 }] })
    await erase(world, [2])
    expect(await words()).toMatchObject({ words: [gevinst] })
    const bodies = await world.db.selectFrom('vote_sum').select('body').execute()
    expect(JSON.stringify(bodies)).not.toContain('løyndom')
  })

  test('leaves nothing of the picture when fewer than five are left, also where nobody looks', async () => {
    const world = await open(6)
    for (let index = 0; index < 6; index++) await world.answer(index, { no: 3, ord: 'løyndom' })
    await world.close(true)
    expect(told(await world.read(), 'no')).not.toBeNull()
    await erase(world, [1, 2])
    expect((await world.read()).fields.map((one: { told: unknown }) => one.told)).toEqual([
      null,
      null,
      null,
    ])
    const bodies = await world.db.selectFrom('vote_sum').select('body').execute()
    expect(JSON.stringify(bodies)).not.toContain('løyndom')
  })
})
