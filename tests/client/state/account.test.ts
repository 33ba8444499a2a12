import { describe, expect, it } from 'vitest'
import { endDevices, partsOfLabel, readDevices } from '../../../src/client/state/devices.ts'
import { eraseMe, forgetBesideWords, mayAsOneself } from '../../../src/client/state/erase-me.ts'
import { fetchOwnData } from '../../../src/client/state/own-data.ts'
import type { SessionDeps } from '../../../src/client/state/session.ts'
import type { Me } from '../../../src/shared/domain/person.ts'
import { paths, principalHeader } from '../../../src/shared/protocol/paths.ts'

const me = { principal: 'deltakar', role: 'participant' } as Me

/** A server that answers each request in turn; an error = no network. */
const serverOf = (...answers: (Response | Error)[]) => {
  const asked: string[] = []
  const fetch = (async (path: string, init: RequestInit = {}) => {
    const headers = init.headers as Record<string, string>
    asked.push(`${init.method ?? 'GET'} ${path} ${headers[principalHeader]}`)
    const answer = answers.shift() ?? new Error('asked too often')
    if (answer instanceof Error) throw answer
    return answer
  }) as unknown as typeof globalThis.fetch
  return { asked, fetch }
}
const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status })
const nothing = (): Response => new Response(null, { status: 204 })
const device = { id: 'x', label: null, signedInAt: 1, usedAt: 2, isThis: true }

describe('the list of devices', () => {
  it('is asked for in the name of the person', async () => {
    const server = serverOf(json({ devices: [device] }))
    expect(await readDevices(server, me)).toEqual([device])
    expect(server.asked).toEqual([`GET ${paths.devices} deltakar`])
  })

  it.each([
    ['no network', new TypeError('failed')],
    ['a refusal', json({ code: 'not-signed-in' }, 401)],
    ['a portal’s page', new Response('<html>')],
    ['something else', json({ devices: 'none' })],
  ])('is unknown with %s', async (_name, answer) => {
    expect(await readDevices(serverOf(answer), me)).toBeNull()
  })

  it('ends all of them, one that is gone already too', async () => {
    const server = serverOf(nothing(), json({ code: 'not-found' }, 404), nothing())
    expect(await endDevices(server, me, ['a', 'b', 'c'])).toBe(true)
    expect(server.asked[2]).toBe(`DELETE ${paths.device('c')} deltakar`)
    for (const answer of [json({}, 500), json({}, 401), new TypeError('failed')])
      expect(await endDevices(serverOf(answer), me, ['a'])).toBe(false)
  })

  it('knows a browser with and without its system', () => {
    expect(partsOfLabel('Firefox, Windows')).toEqual({ browser: 'Firefox', system: 'Windows' })
    expect(partsOfLabel('Firefox')).toEqual({ browser: 'Firefox', system: null })
    expect([partsOfLabel(null), partsOfLabel('')]).toEqual([null, null])
  })
})

describe('what is taken out', () => {
  it('comes whole or not at all', async () => {
    const server = serverOf(new Response('{}'), new Response('<html>'))
    expect(await (await fetchOwnData(server, me, 'data'))?.text()).toBe('{}')
    expect(await (await fetchOwnData(server, me, { language: 'nb' }))?.text()).toBe('<html>')
    expect(server.asked).toEqual([
      `GET ${paths.ownData} deltakar`,
      `GET ${paths.ownDataPage}?language=nb deltakar`,
    ])
    const broken = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('{"half":'))
        controller.error(new Error('the network went'))
      },
    })
    for (const answer of [new Response(broken), json({}, 429), new TypeError('failed')])
      expect(await fetchOwnData(serverOf(answer), me, 'data')).toBeNull()
  })
})

describe('erasing oneself', () => {
  it.each([
    ['erased', nothing()],
    ['last-administrator', json({ code: 'last-administrator', message: '' }, 409)],
    ['failed', json({ code: 'server-error', message: '' }, 500)],
    ['failed', new Response('<html>')],
    ['failed', new TypeError('failed')],
  ])('is %s when the server says so', async (outcome, answer) => {
    const { fetch } = serverOf(answer)
    expect(await eraseMe({ fetch } as SessionDeps, me)).toBe(outcome)
  })

  it('is for everybody who has something of their own', () => {
    expect(mayAsOneself(me, ['me', 'erase'])).toBe(true)
    expect(mayAsOneself({ ...me, role: 'group-tablet' }, ['me', 'erase'])).toBe(false)
    expect(mayAsOneself({ ...me, roles: ['group-tablet', 'editor'] }, ['me', 'export'])).toBe(true)
  })

  it('takes what lies beside the words, and nobody else’s', () => {
    const kept = new Map([
      ['loft-reports:deltakar', '["a.b","c"]'],
      ['loft-report:deltakar:a.b', 'skrive'],
      ['loft-report:deltakar:c', 'skrive'],
      ['loft-contacts:deltakar', '{}'],
      ['loft-writer:deltakar', 'hr'],
      ['loft-reports:annan', '["c"]'],
      ['loft-report:annan:c', 'skrive'],
      ['loft-language', 'nn'],
    ])
    forgetBesideWords(
      {
        getItem: (key) => kept.get(key) ?? null,
        removeItem: (key) => void kept.delete(key),
      },
      'deltakar',
    )
    expect([...kept.keys()]).toEqual(['loft-reports:annan', 'loft-report:annan:c', 'loft-language'])
    forgetBesideWords(null, 'deltakar')
  })
})
