import { expect, test } from 'vitest'
import { openReports, type ReportDeps, reportsKey } from '../../../src/client/state/reports.ts'
import { principalHeader } from '../../../src/shared/protocol/paths.ts'

const about = {
  item: 'base.strategi.visjon',
  package: 'base',
  version: '1.0.0',
  language: 'nn' as const,
}
const other = { ...about, item: 'base.leiing.film' }

const memory = () => {
  const values = new Map<string, string>()
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  }
}

/** A device: its storage outlives the page. `answer` is what the server says. */
const device = () => {
  const storage = memory()
  const server = {
    answer: (): Response | Promise<Response> => new Response(null, { status: 204 }),
    had: [] as { id: string; text: string; principal: string }[],
  }
  const clock = { now: 1_000_000 }
  let ids = 0
  const open = (principal = 'kari', changes: Partial<ReportDeps> = {}) => {
    const chances: (() => void)[] = []
    const reports = openReports({
      storage,
      principal,
      now: () => clock.now,
      newId: () => `melding-${String(++ids).padStart(16, '0')}`,
      isHere: () => true,
      onChance: (listener) => chances.push(listener),
      fetch: (async (_path: string, init: RequestInit) => {
        const answer = await server.answer()
        const headers = init.headers as Record<string, string>
        const body = JSON.parse(init.body as string) as { id: string; text: string }
        server.had.push({ ...body, principal: headers[principalHeader] ?? '' })
        return answer
      }) as unknown as typeof fetch,
      ...changes,
    })
    const chance = async (): Promise<void> => {
      for (const listener of chances) listener()
      await new Promise((done) => setImmediate(done))
    }
    return { reports, chance, of: (item = about.item) => reports.own.value[item] }
  }
  return { storage, server, clock, open }
}
const offline = (): never => {
  throw new TypeError('Failed to fetch')
}
const refusing =
  (status: number, headers: Record<string, string> = {}) =>
  (): Response =>
    new Response('{"code":"x"}', {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    })

test('what is typed is there after a reload, key by key, and nothing is sent of itself', async () => {
  const { server, open } = device()
  const { reports } = open()
  for (const text of ['L', 'Le', 'Lenkja']) {
    reports.write(about, text)
    expect(open().of()).toMatchObject({ text, isWanted: false, isKept: true })
  }
  await open().chance()
  expect(server.had).toEqual([])
})

test('a report that came there is gone from the device', async () => {
  const { storage, server, open } = device()
  const { reports, of } = open()
  reports.write(about, 'Lenkja er død')
  await reports.send(about.item)
  expect(server.had).toMatchObject([{ text: 'Lenkja er død', principal: 'kari' }])
  expect(of()).toMatchObject({ text: '', isWanted: false, sentAt: 1_000_000 })
  expect(storage.values.size).toBe(0)
})

test('without a network it waits, over a reload too, and goes later by itself with the same id', async () => {
  const { server, open } = device()
  server.answer = offline
  const { reports, of } = open()
  reports.write(about, 'Lenkja er død')
  await reports.send(about.item)
  expect(of()).toMatchObject({ isWanted: true, failure: 'offline', text: 'Lenkja er død' })

  const later = open()
  expect(later.of()).toMatchObject({ isWanted: true, text: 'Lenkja er død' })
  await later.chance()
  expect(later.of()).toMatchObject({ failure: 'offline' })
  server.answer = () => new Response(null, { status: 204 })
  await later.chance()
  expect(later.of()).toMatchObject({ text: '', isWanted: false })
  await later.chance()
  expect(server.had).toHaveLength(1)
})

test('an answer that was lost makes no second report', async () => {
  const { server, open } = device()
  const { reports, chance } = open()
  let isFirst = true
  server.answer = async () => {
    if (!isFirst) return new Response(null, { status: 204 })
    isFirst = false
    return refusing(502)()
  }
  reports.write(about, 'Lenkja er død')
  await reports.send(about.item)
  await chance()
  expect(server.had).toHaveLength(2)
  expect(new Set(server.had.map(({ id }) => id)).size).toBe(1)
})

test.for([
  [401, 'signed-out'],
  [429, 'later'],
  [503, 'later'],
  [500, 'offline'],
  [400, 'refused'],
] as const)('after %i the text stays, and why is said', async ([status, failure]) => {
  const { server, open } = device()
  server.answer = refusing(status)
  const { reports, of } = open()
  reports.write(about, 'Lenkja er død')
  await reports.send(about.item)
  expect(of()).toMatchObject({ text: 'Lenkja er død', isWanted: true, failure })
  expect(open().of()).toMatchObject({ text: 'Lenkja er død', isWanted: true })
  expect(await open().reports.sendWaiting()).toBe(false)
})

test('a portal’s page is no receipt', async () => {
  const { server, open } = device()
  server.answer = () => new Response('<html>', { headers: { 'content-type': 'text/html' } })
  const { reports, of } = open()
  reports.write(about, 'Lenkja er død')
  await reports.send(about.item)
  expect(of()).toMatchObject({ text: 'Lenkja er død', failure: 'offline' })
})

test('after 429 it is not tried before the time that the server has named', async () => {
  const { server, clock, open } = device()
  server.answer = refusing(429, { 'retry-after': '120' })
  const { reports, chance } = open()
  reports.write(about, 'Lenkja er død')
  await reports.send(about.item)
  clock.now += 119_000
  await chance()
  expect(server.had).toHaveLength(1)
  clock.now += 2_000
  await chance()
  expect(server.had).toHaveLength(2)
})

test('another person at the device sees nothing of it, and it is not sent in their name', async () => {
  const { server, open } = device()
  server.answer = offline
  const { reports } = open('kari')
  reports.write(about, 'Mitt')
  await reports.send(about.item)
  server.answer = () => new Response(null, { status: 204 })
  const ola = open('ola')
  expect(ola.of()).toBeUndefined()
  await ola.chance()
  expect(await ola.reports.sendWaiting()).toBe(true)
  expect(server.had).toEqual([])
  const back = open('kari')
  expect(back.of()).toMatchObject({ text: 'Mitt', isWanted: true })
  await back.chance()
  expect(server.had).toMatchObject([{ text: 'Mitt', principal: 'kari' }])
})

test('a page that its person has left sends nothing any more', async () => {
  const { server, open } = device()
  let isHere = true
  const { reports, chance, of } = open('kari', { isHere: () => isHere })
  server.answer = offline
  reports.write(about, 'Mitt')
  await reports.send(about.item)
  isHere = false
  server.answer = () => new Response(null, { status: 204 })
  await chance()
  expect(await reports.sendWaiting()).toBe(false)
  expect(server.had).toEqual([])
  expect(of()).toMatchObject({ text: 'Mitt' })
})

test('whoever writes on while it is sent keeps what is new, with an id of its own', async () => {
  const { server, open } = device()
  const { reports, of } = open()
  reports.write(about, 'Lenkja')
  server.answer = () => {
    reports.write(about, 'Lenkja i første avsnitt')
    return new Response(null, { status: 204 })
  }
  await reports.send(about.item)
  expect(of()).toMatchObject({ text: 'Lenkja i første avsnitt', isWanted: false })
  expect(open().of()).toMatchObject({ text: 'Lenkja i første avsnitt', isWanted: false })
  server.answer = () => new Response(null, { status: 204 })
  await reports.send(about.item)
  expect(server.had.map(({ text }) => text)).toEqual(['Lenkja', 'Lenkja i første avsnitt'])
  expect(new Set(server.had.map(({ id }) => id)).size).toBe(2)
})

test('two windows: what one has sent, the other does not send again, and each item has its own', async () => {
  const { server, open } = device()
  server.answer = offline
  const [left, right] = [open(), open()]
  left.reports.write(about, 'Ein')
  await left.reports.send(about.item)
  right.reports.write(other, 'To')
  await right.reports.send(other.item)
  const third = open()
  expect([third.of(about.item)?.text, third.of(other.item)?.text]).toEqual(['Ein', 'To'])
  server.answer = () => new Response(null, { status: 204 })
  await third.chance()
  expect(server.had).toHaveLength(2)
  await left.chance()
  await right.chance()
  expect(server.had).toHaveLength(2)
  expect(left.of()).toMatchObject({ text: '', isWanted: false })
})

test('on a full device the page still has it, says so, and sends it', async () => {
  const { server, storage, open } = device()
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  const { reports, of } = open()
  reports.write(about, 'Lenkja er død')
  expect(of()).toMatchObject({ text: 'Lenkja er død', isKept: false })
  await reports.send(about.item)
  expect(server.had).toMatchObject([{ text: 'Lenkja er død' }])
  expect(of()).toMatchObject({ text: '' })
})

test('a text that is too long is not sent, and stays whole', async () => {
  const { server, open } = device()
  const { reports, of } = open()
  const long = 'x'.repeat(2_001)
  reports.write(about, long)
  await reports.send(about.item)
  expect(server.had).toEqual([])
  expect(of()?.text).toBe(long)
})

test('what is taken away again leaves nothing behind', () => {
  const { storage, open } = device()
  const { reports } = open()
  reports.write(about, 'L')
  reports.write(about, '')
  expect(storage.values.size).toBe(0)
})

test('what somebody else put there stops nothing', () => {
  const { storage, open } = device()
  storage.setItem(reportsKey('kari'), '{"a":1')
  expect(open().of()).toBeUndefined()
  storage.setItem(reportsKey('kari'), `["${about.item}", 4]`)
  storage.setItem(`loft-report:kari:${about.item}`, '[]')
  expect(open().of()).toBeUndefined()
})
