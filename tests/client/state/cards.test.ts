import { expect, test } from 'vitest'
import {
  type CardDeps,
  libraryKey,
  openCards,
  ownCardsKey,
} from '../../../src/client/state/cards.ts'
import type { Publishing } from '../../../src/shared/domain/card.ts'
import { principalHeader } from '../../../src/shared/protocol/paths.ts'

const id = 'kort-00000000000000000001'
const card: Publishing = {
  ...{ title: 'Nattevakt', what: 'Sensorar', gives: '', takes: '', contact: '', modules: [] },
  ...{ reach: 'cohort', group: 'leiargruppa-stord' },
}

/** A device: its storage outlives the page. `answer` is what the server says to a card. */
const device = () => {
  const values = new Map<string, string>()
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  }
  const server = {
    answer: (): Response | Promise<Response> => new Response(null, { status: 204 }),
    list: (): Response | Promise<Response> => Response.json({ cards: [{ id }] }),
    had: [] as (Publishing & { principal: string })[],
  }
  const clock = { now: 1_000_000 }
  const here = { isHere: true }
  let ids = 0
  const open = (principal = 'kari', changes: Partial<CardDeps> = {}) => {
    const chances: (() => void)[] = []
    const cards = openCards({
      ...{ storage, principal, now: () => clock.now, newId: () => `${++ids}` },
      isHere: () => here.isHere,
      onChance: (listener) => chances.push(listener),
      fetch: (async (_path: string, { method, body, headers }: RequestInit) => {
        if (!method) return server.list()
        const answer = await server.answer()
        const principal = (headers as Record<string, string>)[principalHeader] ?? ''
        if (body) server.had.push({ ...(JSON.parse(body as string) as Publishing), principal })
        return answer
      }) as unknown as typeof fetch,
      ...changes,
    })
    const chance = async (): Promise<void> => {
      for (const listener of chances) listener()
      await new Promise((done) => setImmediate(done))
    }
    return { cards, chance }
  }
  return { values, server, clock, here, open }
}
const offline = (): never => {
  throw new TypeError('Failed to fetch')
}
const refusing =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    Response.json({ code: 'x' }, { status, headers })

test('what is typed outlives the page, and nothing is published of itself', async () => {
  const { server, open } = device()
  open().cards.write(id, card)
  const { cards, chance } = open()
  await chance()
  expect(cards.own.value[id]).toMatchObject({ ...card, isWanted: false })
  expect(server.had).toEqual([])
})

test('a card that is published without a network waits, says so, and comes there after a reload', async () => {
  const { server, values, open } = device()
  server.answer = offline
  const before = open().cards
  before.write(id, card)
  expect(await before.publish(id)).toBe(false)
  expect(before.failures.value[id]).toBe('offline')
  expect(await before.sendWaiting()).toBe(false)
  server.answer = () => new Response(null, { status: 204 })
  const { cards, chance } = open()
  await chance()
  await chance()
  expect(server.had).toEqual([{ ...card, principal: 'kari' }])
  expect(cards.own.value).toEqual({})
  expect(values.has(ownCardsKey('kari'))).toBe(false)
  expect(await cards.sendWaiting()).toBe(true)
})

test.each([
  ['offline', 200],
  ['signed-out', 401],
  ['refused', 404],
  ['full', 409],
  ['later', 429],
  ['offline', 502],
] as const)('a card is kept, and called %s, at %i', async (failure, status) => {
  const { server, values, open } = device()
  server.answer = status === 200 ? () => new Response('<p>Hotell</p>') : refusing(status)
  const { cards } = open()
  cards.write(id, card)
  expect(await cards.publish(id)).toBe(false)
  expect(cards.failures.value[id]).toBe(failure)
  expect(values.get(ownCardsKey('kari'))).toContain('Nattevakt')
})

test('what is written while the card is on its way stays, and is not published with it', async () => {
  const { server, open } = device()
  const { cards } = open()
  cards.write(id, card)
  server.answer = () => {
    cards.write(id, { ...card, title: 'Nattevakt og dagvakt' })
    return new Response(null, { status: 204 })
  }
  await cards.publish(id)
  expect(cards.own.value[id]).toMatchObject({ title: 'Nattevakt og dagvakt', isWanted: false })
})

test('a server that asks to wait is not asked before', async () => {
  const { server, clock, open } = device()
  server.answer = refusing(429, { 'retry-after': '30' })
  const { cards, chance } = open()
  cards.write(id, card)
  await cards.publish(id)
  clock.now += 29_000
  await chance()
  expect(server.had.length).toBe(1)
  clock.now += 2_000
  await chance()
  expect(server.had.length).toBe(2)
})

test('somebody else’s card is neither shown nor sent', async () => {
  const { server, open } = device()
  open('kari').cards.write(id, card)
  const { cards, chance } = open('ola')
  await chance()
  expect(cards.own.value).toEqual({})
  expect(server.had).toEqual([])
})

test('two windows keep each other’s drafts', () => {
  const { open } = device()
  const [one, other] = [open().cards, open().cards]
  one.write(id, card)
  other.write('kort-00000000000000000002', card)
  expect(Object.keys(open().cards.own.value)).toHaveLength(2)
})

test('the library lies on the device; an answer that comes after signing out does not', async () => {
  const { server, values, here, open } = device()
  await open().cards.refresh()
  server.list = offline
  const later = open().cards
  await later.refresh()
  expect(later.library.value?.cards).toEqual([{ id }])
  values.delete(libraryKey('kari'))
  server.list = () => {
    here.isHere = false
    return Response.json({ cards: [] })
  }
  await later.refresh()
  expect(values.has(libraryKey('kari'))).toBe(false)
})

test('a device that can store nothing says so, and publishes all the same', async () => {
  const { server, open } = device()
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
    removeItem: () => undefined,
  }
  const { cards } = open('kari', { storage: full })
  cards.write(id, card)
  expect(cards.isKept.value).toBe(false)
  expect(cards.own.value[id]?.title).toBe('Nattevakt')
  await cards.publish(id)
  expect(server.had).toHaveLength(1)
})

test('a card that somebody else has changed meanwhile waits for its writer, who sees theirs first', async () => {
  const { server, open } = device()
  server.list = () => Response.json({ cards: [{ id, revision: 'r1' }] })
  const { cards, chance } = open()
  await cards.refresh()
  cards.write(id, card)
  server.answer = refusing(412)
  server.list = () => Response.json({ cards: [{ id, revision: 'r2' }] })
  expect(await cards.publish(id)).toBe(false)
  expect(server.had.at(-1)).toMatchObject({ upon: 'r1' })
  expect(cards.failures.value[id]).toBe('changed')
  expect(cards.library.value?.cards[0]).toMatchObject({ revision: 'r2' })
  // It is not sent again of itself, and stays.
  const sent = server.had.length
  await chance()
  expect(await cards.sendWaiting()).toBe(false)
  expect(server.had).toHaveLength(sent)
  server.answer = () => new Response(null, { status: 204 })
  expect(await cards.publish(id)).toBe(true)
  expect(server.had.at(-1)).toMatchObject({ ...card, upon: 'r2' })
})

test('what was begun upon a card stays upon it, also when the library has a newer one', async () => {
  const { server, open } = device()
  server.list = () => Response.json({ cards: [{ id, revision: 'r1' }] })
  const { cards } = open()
  await cards.refresh()
  cards.write(id, card)
  server.list = () => Response.json({ cards: [{ id, revision: 'r2' }] })
  await cards.refresh()
  cards.write(id, { ...card, title: 'Nattevakt, betre' })
  await cards.publish(id)
  expect(server.had.at(-1)).toMatchObject({ upon: 'r1' })
})

test('what another window has begun is known here, before anybody leaves', async () => {
  const { server, open } = device()
  server.answer = offline
  const { cards } = open()
  const other = open().cards
  other.write(id, card)
  await other.publish(id)
  expect(await cards.sendWaiting()).toBe(false)
  expect(cards.begun()).toMatchObject([{ id, isWanted: true }])
})
