import { expect, test } from 'vitest'
import { type CardReach, mostCards, type SharedCard } from '../../../src/shared/domain/card.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { openMatrixWorld } from '../http/access-matrix/world.ts'
import { eachStore } from '../stores.ts'
import { signIn, type TestApp } from '../test-app.ts'

const id = (n: number): string => `kort-${String(n).padStart(20, '0')}`
const card = {
  title: 'Nattevakt med sensorar',
  what: 'Sensorar i staden for tilsyn',
  gives: 'Rolegare netter',
  takes: 'Opplæring i to veker',
  contact: 'IKT-leiar',
  modules: ['teknologi'],
  reach: 'cohort' as CardReach,
  group: 'leiargruppa-stord',
}

const as = async ({ app }: Pick<TestApp, 'app'>, code: string) => {
  const headers = { cookie: await signIn(app, code) }
  return {
    publish: async (of: string, changes: object = {}) =>
      (
        await app.inject({
          ...{ method: 'PUT', url: paths.card(of), headers, payload: { ...card, ...changes } },
        })
      ).statusCode,
    withdraw: async (of: string) =>
      (await app.inject({ method: 'DELETE', url: paths.card(of), headers })).statusCode,
    cards: async () =>
      (await app.inject({ url: paths.cards, headers })).json<{ cards: SharedCard[] }>().cards,
  }
}

eachStore(({ testApp }) => {
  test('what a tablet shares is read by another municipality, once however often it is sent', async () => {
    const server = await testApp()
    const tablet = await as(server, 'demo-gruppe-stord')
    for (let n = 0; n < 3; n++) expect(await tablet.publish(id(1))).toBe(204)
    const seen = await (await as(server, 'demo-deltakar-sunnfjord')).cards()
    const { group, ...words } = card
    expect(seen).toEqual([
      {
        ...words,
        ...{ id: id(1), cohort: 'vestland-1-kull-1', publishedAt: server.clock.now },
        revision: expect.stringMatching(/^[0-9a-f]{16}$/),
        group: { id: group, name: 'Leiargruppa, Stord' },
        municipality: { name: 'Stord', size: 'M' },
        mayWithdraw: false,
      },
    ])
  })

  test('of two who change the same card the second is told, and nothing is replaced unseen', async () => {
    const server = await testApp()
    const [one, other] = [
      await as(server, 'demo-deltakar-stord'),
      await as(server, 'demo-gruppe-stord'),
    ]
    await one.publish(id(1))
    const upon = (await one.cards())[0]?.revision
    expect(await one.publish(id(1), { title: 'Betre nattevakt', upon })).toBe(204)
    expect(await other.publish(id(1), { title: 'Heilt anna', upon })).toBe(412)
    // What got lost on its way back and is sent again is no change.
    expect(await one.publish(id(1), { title: 'Betre nattevakt', upon })).toBe(204)
    const [now] = await other.cards()
    expect(now?.title).toBe('Betre nattevakt')
    expect(await other.publish(id(1), { title: 'Heilt anna', upon: now?.revision })).toBe(204)
    expect((await one.cards())[0]?.title).toBe('Heilt anna')
  })

  test('a change takes the place of the card, and only the own group makes one', async () => {
    const server = await testApp()
    const stord = await as(server, 'demo-deltakar-stord')
    const sunnfjord = await as(server, 'demo-deltakar-sunnfjord')
    await stord.publish(id(1))
    expect(await stord.publish(id(1), { title: 'Betre nattevakt' })).toBe(204)
    expect(await sunnfjord.publish(id(1), { title: 'Vårt' })).toBe(404)
    const foreign = { title: 'Vårt', group: 'leiargruppa-sunnfjord' }
    expect(await sunnfjord.publish(id(1), foreign)).toBe(404)
    expect((await stord.cards()).map(({ title }) => title)).toEqual(['Betre nattevakt'])
  })

  test('what is withdrawn is gone, words and all, and a late repetition does not bring it back', async () => {
    const server = await testApp()
    const stord = await as(server, 'demo-deltakar-stord')
    await stord.publish(id(1))
    expect(await (await as(server, 'demo-deltakar-sunnfjord')).withdraw(id(1))).toBe(404)
    expect(await stord.withdraw(id(1))).toBe(204)
    expect(await stord.publish(id(1))).toBe(404)
    expect(await stord.cards()).toEqual([])
    const rows = await server.db.selectFrom('shared_card').select('body').execute()
    expect(rows).toEqual([{ body: '{}' }])
    const acts = await server.db.selectFrom('administrative_act').selectAll().execute()
    expect(acts.filter(({ act }) => act === 'card.withdrawn')).toEqual([])
  })

  test('a facilitator withdraws, and it is noted without a word of the card', async () => {
    const server = await testApp()
    await (await as(server, 'demo-deltakar-stord')).publish(id(1))
    const facilitator = await as(server, 'demo-fasilitator')
    expect((await facilitator.cards())[0]?.mayWithdraw).toBe(true)
    expect(await facilitator.withdraw(id(1))).toBe(204)
    const acts = await server.db.selectFrom('administrative_act').selectAll().execute()
    expect(acts.filter(({ act }) => act === 'card.withdrawn')).toMatchObject([
      { by_person: 'fasilitator', subject: card.group, detail: '{}' },
    ])
  })

  test('what is empty, too long or unknown is refused', async () => {
    const server = await testApp()
    const stord = await as(server, 'demo-deltakar-stord')
    for (const bad of [
      { title: ' ' },
      { title: 'a'.repeat(121) },
      { what: '' },
      { gives: 'a'.repeat(801) },
      { takes: '\u0000' },
      { reach: 'verda' },
      { modules: ['../x'] },
      { person: 'kari' },
    ])
      expect([bad, await stord.publish(id(1), bad)]).toEqual([bad, 400])
    expect(await stord.publish('../../x')).not.toBe(204)
    expect(await stord.cards()).toEqual([])
  })

  test('a group shares so many cards, and may change those even then', async () => {
    const server = await testApp()
    const stord = await as(server, 'demo-deltakar-stord')
    for (let n = 0; n < mostCards; n++) expect(await stord.publish(id(n))).toBe(204)
    expect(await stord.publish(id(99))).toBe(409)
    expect(await stord.publish(id(3), { title: 'Endra' })).toBe(204)
    await stord.withdraw(id(3))
    expect(await stord.publish(id(99))).toBe(204)
  })
})

test('another cohort sees what is for the network, and another network nothing at all', async () => {
  const world = await openMatrixWorld()
  const ask = async () => {
    const headers = { cookie: world.cookies.participant ?? '' }
    const answer = await world.app.inject({ url: paths.cards, headers })
    return answer.json<{ cards: SharedCard[] }>().cards.map((one) => one.id)
  }
  const at = (place: 'cohort' | 'network' | 'other') => world.things('participant', place).card
  const own = world.things('participant', 'group').card
  expect((await ask()).toSorted()).toEqual([own, at('cohort')].toSorted())
  await world.db.updateTable('shared_card').set({ reach: 'network' }).execute()
  expect((await ask()).toSorted()).toEqual([own, at('cohort'), at('network')].toSorted())
})
