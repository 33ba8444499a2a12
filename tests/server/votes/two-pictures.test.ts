// Pictures of a vote that differ by one person.
import { expect, test } from 'vitest'
import { openSession } from '../../../src/server/people/sessions.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { createVotes } from '../../../src/server/votes/votes.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { createDocument, wholeState, writeScalars } from '../../../src/shared/words/document.ts'
import type { Scalar } from '../../../src/shared/words/plain.ts'
import { personScope } from '../../../src/shared/words/scope.ts'
import { item, outlineOf, text } from '../../shared/domain/sample-outline.ts'
import { eachStore } from '../stores.ts'
import { push, sync } from '../sync/sync-client.ts'
import { signIn, type testApp } from '../test-app.ts'

const options = ['gevinst', 'forankring', 'endring'].map((id) => ({ id, label: text(id) }))
const poll = item('base.strategi.kvar-er-vi', {
  kind: 'task',
  stop: 'g1',
  fields: [{ id: 'tema', kind: 'ranking', sees: 'aggregate', label: text('Kva først?'), options }],
})
const cohort = 'vestland-1-kull-1'

const open = async (makeApp: typeof testApp, people: number) => {
  const world = await makeApp()
  await world.db
    .insertInto('package_version')
    .values({
      ...{ id: 'base', version: '1.0.0', hash: 'f'.repeat(64), published_at: 1 },
      outline: JSON.stringify(outlineOf([poll])),
    })
    .execute()
  await world.db.updateTable('person').set({ audience: 'folkevalde' }).execute()
  const voters: { scope: string; cookie: string; doc: ReturnType<typeof createDocument> }[] = []
  for (let index = 0; index < people; index++) {
    const id = `veljar-${String(index).padStart(2, '0')}`
    await world.db
      .insertInto('person')
      .values({ id, name: 'HR-leiar', role: 'participant', audience: 'leiargruppe', cohort })
      .execute()
    const scope = personScope(id, 'vestland-1')
    await world.db.insertInto('membership').values({ scope, person: id }).execute()
    const { token } = await openSession({ now: () => world.clock.now }, world.db, id, null)
    voters.push({ scope, cookie: `loft_session=${token}`, doc: createDocument() })
  }
  const facilitator = await signIn(world.app, 'demo-fasilitator')
  const answer = async (index: number, tema: Scalar) => {
    const voter = voters[index]
    if (!voter) throw new Error('no such voter')
    writeScalars(voter.doc, [['tema', tema]])
    const pushes = [push(`${voter.scope}/${poll.id}`, wholeState(voter.doc))]
    const { acks } = await sync(world.app, voter.cookie, { id: voter.scope, pushes })
    expect(acks).toEqual(['accepted'])
  }
  const url = paths.votes(cohort, poll.id)
  const headers = { cookie: facilitator }
  const points = async (): Promise<Record<string, number> | null> => {
    world.clock.now += 1001
    const { fields } = (await world.app.inject({ url, headers })).json()
    return pointsOf(fields)
  }
  const close = () => world.app.inject({ method: 'PUT', url, headers, payload: { closed: true } })
  return { ...world, answer, points, close }
}
type Fields = { told: { topics: { id: string; points: number }[] } | null }[]
const pointsOf = (fields: Fields): Record<string, number> | null => {
  const topics = fields[0]?.told?.topics
  return topics ? Object.fromEntries(topics.map((one) => [one.id, one.points])) : null
}

eachStore(({ testApp }) => {
  test('one who takes an answer back does not let the picture be made anew with one other', async () => {
    const { answer, points, close } = await open(testApp, 8)
    for (let index = 0; index < 5; index++) await answer(index, ['endring', 'gevinst'])
    await close()
    const first = await points()
    expect(first).toEqual({ endring: 15, gevinst: 10, forankring: 0 })
    await answer(0, []) // somebody who is in it with whoever looks
    expect(await points()).toBeNull()
    await answer(5, ['forankring', 'endring', 'gevinst'])
    // 5 people again, four of them the same: the difference is the new one's whole answer.
    expect(await points()).toBeNull()
  })

  test('a count that is slower than the close does not put an older picture in its place', async () => {
    const { answer, store } = await open(testApp, 13)
    for (let index = 0; index < 11; index++) await answer(index, ['endring'])
    const vote = { cohort, item: poll.id }
    let go = (): void => undefined
    const gate = new Promise<void>((done) => {
      go = done
    })
    let now = Date.UTC(2026, 10, 25, 9)
    // Two servers: the first one's write is slow.
    const slow: Store = {
      ...store,
      write: async (work) => {
        await gate
        return store.write(work)
      },
    }
    const [one, other] = [slow, store].map((each) => createVotes({ store: each, now: () => now }))
    if (!one || !other) throw new Error('none')
    const looking = one.sight(vote)
    await new Promise((done) => setTimeout(done, 100))
    await other.setClosed(vote, true)
    const atClose = pointsOf((await other.result(vote))?.fields as Fields)
    expect(atClose).toMatchObject({ endring: 33 })
    go()
    await looking
    await answer(11, ['forankring', 'gevinst', 'endring'])
    now += 2000
    const after = pointsOf((await other.sight(vote))?.fields as Fields)
    // One more has answered after the close, and it waits until there are five.
    expect([atClose, { ...atClose, endring: 18 }]).toContainEqual(after)
  })
})
