import { signal } from '@preact/signals'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { OwnWords } from '../../../src/client/state/create-words.ts'
import type { MediaLibrary } from '../../../src/client/state/services.ts'
import { createStart, type StartDeps } from '../../../src/client/state/start.ts'
import { openContentDatabase } from '../../../src/client/storage/content-database.ts'
import { openDeviceDatabase } from '../../../src/client/storage/device-database.ts'
import type { Outline, OutlineItem } from '../../../src/shared/domain/outline.ts'
import type { Me } from '../../../src/shared/domain/person.ts'

const me = (principal: string, groups: Me['groups'] = []): Me => ({
  principal,
  name: principal,
  role: 'participant',
  audience: null,
  municipality: null,
  personScope: `u:${principal}:run`,
  groups,
  run: 'run',
  cohort: { name: 'Kull 1', stops: [] },
})
const outline = { stops: [], modules: [], tracks: [] } as unknown as Outline
const programme = { hash: 'f'.repeat(64), outline }

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

let indexedDB: IDBFactory

/** A server that answers `/me` and signing in when the test says so. */
const setUp = () => {
  const device = openDeviceDatabase({ indexedDB, IDBKeyRange })
  const contentDatabase = openContentDatabase({ indexedDB, IDBKeyRange })
  const answers = {
    me: (): Response | Promise<Response> => json({ code: 'not-signed-in' }, 401),
    signIn: (): Response | Promise<Response> => json({ code: 'wrong-code' }, 401),
    signOut: (): Response | Promise<Response> => new Response(null, { status: 204 }),
  }
  const asked: string[] = []
  const opened: string[] = []
  const stopped: string[] = []
  const ended: string[] = []
  const left = new Map<string, () => void>()
  const returning = new Set<() => void>()
  const deps: StartDeps = {
    fetch: (async (path: string, init?: RequestInit) => {
      const method = init?.method ?? 'GET'
      asked.push(`${method} ${path}`)
      if (path.endsWith('/me')) return answers.me()
      if (path.endsWith('/session'))
        return method === 'DELETE' ? answers.signOut() : answers.signIn()
      if (path.endsWith('/programme')) return json(programme)
      return json({})
    }) as typeof fetch,
    device,
    contentDatabase,
    media: {} as MediaLibrary,
    presence: { present: signal({}), days: signal({}), enter: () => () => undefined },
    now: signal(0),
    openWords: async (who, tell) => {
      opened.push(who.principal)
      left.set(who.principal, tell)
      return {
        documents: signal([]),
        pending: signal({ connection: 'online' }),
        syncNow: async () => undefined,
        hasUnsent: async () => false,
        leave: async () => {
          ended.push(who.principal)
          return 'deleted'
        },
        stop: async () => {
          stopped.push(who.principal)
        },
      } as unknown as OwnWords
    },
    storage: null,
    persist: async () => true,
    forget: async () => undefined,
    onReturn: (listener) => {
      returning.add(listener)
    },
  }
  return { deps, answers, device, contentDatabase, asked, opened, stopped, ended, left, returning }
}

const shownTo = (start: ReturnType<typeof createStart>): string => {
  const { value } = start.start
  return value.kind === 'ready' ? value.services.me.principal : value.kind
}

beforeEach(() => {
  indexedDB = new IDBFactory()
})

describe('a device that several use', () => {
  it('does not show the one before again when the answer about that one comes late', async () => {
    const { deps, answers, device, asked } = setUp()
    await device.people.put({ key: 'current', me: me('kari') })
    let answerLate: (answer: Response) => void = () => undefined
    answers.me = () =>
      new Promise((resolve) => {
        answerLate = resolve
      })
    answers.signIn = () => json(me('ola'))
    const start = createStart(deps)
    await vi.waitFor(() => expect(asked).toContain('GET /api/v1/me'))
    await start.signIn('kode')
    expect(shownTo(start)).toBe('ola')
    const before = asked.length
    answerLate(json(me('kari')))
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before))
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(shownTo(start)).toBe('ola')
    expect((await device.people.get('current'))?.me?.principal).toBe('ola')
  })

  it('takes leave of the one before when somebody else signs in over them', async () => {
    const { deps, answers, ended } = setUp()
    answers.me = () => json(me('kari'))
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    answers.signIn = () => json(me('ola'))
    await start.signIn('kode')
    expect(shownTo(start)).toBe('ola')
    expect(ended).toEqual(['kari'])
  })

  it('shows no table that was still being opened when somebody else signed in', async () => {
    const { deps, answers, device, stopped } = setUp()
    let readWriter: () => void = () => undefined
    const reading = new Promise<void>((resolve) => {
      readWriter = resolve
    })
    const { people } = device
    const get = people.get.bind(people) as (key: string) => Promise<unknown>
    vi.spyOn(people, 'get').mockImplementation((async (key: string) => {
      if (key === 'writer') await reading
      return get(key)
    }) as unknown as typeof people.get)
    answers.me = () => json({ ...me('bord'), role: 'group-tablet' })
    const start = createStart(deps)
    await vi.waitFor(() => expect(people.get).toHaveBeenCalledWith('writer'))
    answers.signIn = () => json(me('ola'))
    await start.signIn('kode')
    expect(shownTo(start)).toBe('ola')
    readWriter()
    await vi.waitFor(() => expect(stopped).toEqual(['bord']), 10_000)
    expect(shownTo(start)).toBe('ola')
  })

  it('ends this window when the person signs out in another', async () => {
    const { deps, answers, left, stopped } = setUp()
    answers.me = () => json(me('kari'))
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    left.get('kari')?.()
    await vi.waitFor(() => expect(shownTo(start)).toBe('signed-out'))
    expect(stopped).toEqual(['kari'])
  })

  it('notices on return that somebody else has taken it over, told or not', async () => {
    const { deps, answers, device, returning, stopped } = setUp()
    answers.me = () => json(me('kari'))
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    await device.people.put({ key: 'current', me: me('ola') })
    answers.me = () => json(me('ola'))
    for (const listener of returning) listener()
    await vi.waitFor(() => expect(shownTo(start)).toBe('ola'))
    expect(stopped).toEqual(['kari'])
  })

  it('opens the words anew when the person has come into another group', async () => {
    const { deps, answers, device, contentDatabase, opened } = setUp()
    await device.people.put({ key: 'current', me: me('kari') })
    await contentDatabase.programmes.put({ key: 'current', ...programme })
    answers.me = () => json(me('kari', [{ scope: 'g:ny', name: 'Ny' }]))
    const start = createStart(deps)
    await vi.waitFor(() => expect(opened).toEqual(['kari', 'kari']))
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
  })
})

describe('a start that meets trouble', () => {
  it('gets past a stored programme of another shape, with the one from the server', async () => {
    const { deps, answers, device, contentDatabase } = setUp()
    await device.people.put({ key: 'current', me: me('kari') })
    const broken = { ...programme, hash: 'a'.repeat(64), outline: {} as Outline }
    await contentDatabase.programmes.put({ key: 'current', ...broken })
    answers.me = () => json(me('kari'))
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
  })

  it('says something when the words cannot be opened, and tries again when asked', async () => {
    const { deps, answers } = setUp()
    answers.me = () => json(me('kari'))
    const { openWords } = deps
    let broken = true
    deps.openWords = async (...parts) => {
      if (broken) throw new Error('no database')
      return openWords(...parts)
    }
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('no-programme'))
    broken = false
    await start.retry()
    expect(shownTo(start)).toBe('kari')
  })

  it('asks the server when the databases of the device do not answer', async () => {
    const { deps, answers, device, contentDatabase } = setUp()
    const silence = () => new Promise<never>(() => undefined)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      device.people.get = silence as never
      contentDatabase.programmes.get = silence as never
      answers.me = () => json(me('kari'))
      const start = createStart(deps)
      await vi.waitFor(async () => {
        await vi.advanceTimersByTimeAsync(5000)
        expect(shownTo(start)).toBe('kari')
      })
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a page that is looked at again', () => {
  const shownPage = async () => {
    const setup = setUp()
    setup.answers.me = () => json(me('kari'))
    const start = createStart(setup.deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    await vi.waitFor(async () =>
      expect((await setup.device.people.get('current'))?.me?.principal).toBe('kari'),
    )
    return { ...setup, start }
  }

  it('goes on when the browser has thrown away who was here: its words may be all there is', async () => {
    const { start, device, returning, stopped } = await shownPage()
    await device.people.delete('current')
    for (const listener of returning) listener()
    await vi.waitFor(async () =>
      expect((await device.people.get('current'))?.me?.principal).toBe('kari'),
    )
    expect(shownTo(start)).toBe('kari')
    expect(stopped).toEqual([])
  })

  it('is left when the person has signed out in another window', async () => {
    const { start, device, returning, stopped } = await shownPage()
    await device.people.put({ key: 'current', me: null })
    for (const listener of returning) listener()
    await vi.waitFor(() => expect(shownTo(start)).toBe('signed-out'))
    expect(stopped).toEqual(['kari'])
  })
})

describe('a page that nobody has', () => {
  it('is looked at again when somebody has signed in in another window, and goes to them', async () => {
    const { deps, answers, device, returning } = setUp()
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('signed-out'))
    for (const listener of returning) listener()
    await device.people.put({ key: 'current', me: me('ola') })
    answers.me = () => json(me('ola'))
    for (const listener of returning) listener()
    await vi.waitFor(() => expect(shownTo(start)).toBe('ola'))
  })
})

describe('an answer that comes when its asker has left', () => {
  it('is not kept on the device', async () => {
    const { deps, answers } = setUp()
    const kept = new Map<string, string>()
    deps.storage = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    }
    answers.me = () => json(me('kari'))
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    const { value } = start.start
    if (value.kind !== 'ready') throw new Error(value.kind)
    const { server, account } = value.services
    server.storage?.setItem('loft-day:kari', 'told')
    expect(kept.get('loft-day:kari')).toBe('told')
    expect(await account.signOut(false)).toBe('done')
    server.storage?.setItem('loft-day:kari', 'told too late')
    expect([...kept.keys()].filter((key) => key.endsWith(':kari'))).toEqual([])
  })

  it('is not kept, whatever asked for it', async () => {
    const { deps, answers } = setUp()
    const kept = new Map<string, string>()
    deps.storage = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    }
    let answerLate: (answer: Response) => void = () => undefined
    const { fetch } = deps
    deps.fetch = ((path: string, init?: RequestInit) =>
      path.includes('sums')
        ? new Promise((resolve) => {
            answerLate = resolve
          })
        : fetch(path, init)) as typeof fetch
    answers.me = () => json(me('kari'))
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    const { value } = start.start
    if (value.kind !== 'ready') throw new Error(value.kind)
    const asked = value.services.sums()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await value.services.account.signOut(false)).toBe('done')
    answerLate(json({ sums: [] }))
    await asked
    expect([...kept.keys()].filter((key) => key.endsWith(':kari'))).toEqual([])
  })
})

describe('a device whose database refuses to forget who has left', () => {
  const refusing = async () => {
    const setup = setUp()
    const kept = new Map<string, string>()
    setup.deps.storage = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    }
    await setup.deps.contentDatabase.programmes.put({ key: 'current', ...programme })
    setup.answers.me = () => json(me('kari'))
    const start = createStart(setup.deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    await vi.waitFor(async () =>
      expect((await setup.device.people.get('current'))?.me?.principal).toBe('kari'),
    )
    const full = new DOMException('full', 'QuotaExceededError')
    const put = vi.spyOn(setup.device.people, 'put').mockRejectedValue(full)
    return { ...setup, start, put, kept }
  }
  const quiet = async () => {
    for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setTimeout(resolve, 2))
  }
  const isOffline = () => {
    throw new TypeError('offline')
  }

  it('shows them neither when it is looked at again nor after a reload, and tells the server', async () => {
    const { deps, answers, start, returning, asked, put, kept } = await refusing()
    const { value } = start.start
    if (value.kind !== 'ready') throw new Error(value.kind)
    answers.signOut = isOffline
    expect(await value.services.account.signOut(false)).toBe('done')
    answers.me = isOffline
    for (const listener of returning) listener()
    await quiet()
    expect(shownTo(start)).toBe('signed-out')
    const reloaded = createStart(deps)
    await vi.waitFor(() => expect(shownTo(reloaded)).toBe('signed-out'))
    // With a network the server is told, once, and whoever comes next is let in.
    answers.signOut = () => new Response(null, { status: 204 })
    answers.me = () => json({ code: 'not-signed-in' }, 401)
    await createStart(deps).retry()
    await quiet()
    const told = asked.filter((one) => one.startsWith('DELETE')).length
    answers.signIn = () => json(me('ola'))
    const next = createStart(deps)
    await next.signIn('kode')
    expect(shownTo(next)).toBe('ola')
    expect(asked.filter((one) => one.startsWith('DELETE')).length).toBe(told)
    // They may come back.
    put.mockRestore()
    answers.signIn = () => json(me('kari'))
    await next.signIn('kode')
    expect(shownTo(next)).toBe('kari')
    expect(kept.has('loft-left')).toBe(false)
    answers.me = isOffline
    const again = createStart(deps)
    await vi.waitFor(() => expect(shownTo(again)).toBe('kari'))
  })

  it('does not show again who was signed out from another device', async () => {
    const { answers, start, returning } = await refusing()
    answers.me = () => json({ code: 'signed-out' }, 401)
    await start.retry()
    expect(shownTo(start)).toBe('signed-out')
    answers.me = isOffline
    for (const listener of returning) listener()
    await quiet()
    expect(shownTo(start)).toBe('signed-out')
  })
})

describe('a device that comes back to a server', () => {
  const remembered = async () => {
    const setup = setUp()
    await setup.device.people.put({ key: 'current', me: me('kari') })
    await setup.deps.contentDatabase.programmes.put({ key: 'current', ...programme })
    return setup
  }

  it('locks itself when it has been signed out from another device', async () => {
    const { deps, answers, device, ended } = await remembered()
    answers.me = () => json({ code: 'signed-out' }, 401)
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('signed-out'))
    expect(ended).toEqual(['kari'])
    expect((await device.people.get('current'))?.me).toBeNull()
  })

  it.each([
    ['whose session is too old', () => json({ code: 'not-signed-in' }, 401)],
    ['through a portal that says no', () => new Response('<html>', { status: 401 })],
  ])('goes on writing %s', async (_, answer) => {
    const { deps, answers, asked, ended } = await remembered()
    answers.me = answer
    const start = createStart(deps)
    await vi.waitFor(() => expect(asked).toContain('GET /api/v1/me'))
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(shownTo(start)).toBe('kari')
    expect(ended).toEqual([])
  })
})

describe('signing out', () => {
  it('where the server does not know the session any more leaves the words: it may have lost them', async () => {
    const { deps, answers } = setUp()
    const left: unknown[] = []
    const { openWords } = deps
    deps.openWords = async (who, tell) => ({
      ...(await openWords(who, tell)),
      pending: signal({ connection: 'signed-out', documents: 0 }) as never,
      leave: async (what) => {
        left.push(what)
        return 'kept'
      },
    })
    answers.me = () => json(me('kari'))
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    const { value } = start.start
    if (value.kind !== 'ready') throw new Error(value.kind)
    expect(await value.services.account.signOut(false)).toBe('done')
    expect(left).toEqual(['nothing'])
  })

  it('is not undone by an answer that was under way', async () => {
    const { deps, answers, device, asked } = setUp()
    await device.people.put({ key: 'current', me: me('kari') })
    await deps.contentDatabase.programmes.put({ key: 'current', ...programme })
    let answerLate: (answer: Response) => void = () => undefined
    answers.me = () =>
      new Promise((resolve) => {
        answerLate = resolve
      })
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    await vi.waitFor(() => expect(asked).toContain('GET /api/v1/me'))
    if (start.start.value.kind !== 'ready') throw new Error('not ready')
    await start.start.value.services.account.signOut(false)
    answerLate(json(me('kari')))
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(shownTo(start)).toBe('signed-out')
    expect(await device.people.get('current')).toEqual({ key: 'current', me: null })
  })

  it('sends once more only for who has not been asked yet', async () => {
    const { deps, answers, ended } = setUp()
    answers.me = () => json(me('kari'))
    const { openWords } = deps
    let sent = 0
    deps.openWords = async (...parts) => ({
      ...(await openWords(...parts)),
      syncNow: async () => {
        sent++
      },
      hasUnsent: async () => true,
    })
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    if (start.start.value.kind !== 'ready') throw new Error('not ready')
    const { account } = start.start.value.services
    const before = sent
    expect(await account.signOut(false)).toBe('unsent')
    expect(sent - before).toBe(1)
    expect(await account.signOut(true)).toBe('done')
    expect(sent - before).toBe(1)
    expect(ended).toEqual(['kari'])
  })

  it('remembers that nobody may be let in before it clears the words', async () => {
    const { deps, answers, device } = setUp()
    answers.me = () => json(me('kari'))
    const { openWords } = deps
    const order: string[] = []
    deps.openWords = async (...parts) => ({
      ...(await openWords(...parts)),
      leave: async () => {
        order.push((await device.people.get('leaving')) ? 'after' : 'before')
        return 'deleted'
      },
    })
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    if (start.start.value.kind !== 'ready') throw new Error('not ready')
    await start.start.value.services.account.signOut(false)
    expect(order).toEqual(['after'])
    expect(shownTo(start)).toBe('signed-out')
  })
})

describe('a municipality’s link', () => {
  it('lets somebody in as a code does, and what was here before is left', async () => {
    const { deps, asked, ended } = setUp()
    await deps.device.people.put({ key: 'current', me: me('kari') })
    const start = createStart(deps)
    await vi.waitFor(() => expect(asked).toContain('GET /api/v1/me'))
    const spent: string[] = []
    const result = await start.signIn('lenkje', async (_deps, token) => {
      spent.push(token)
      return { ok: true, me: me('anonym-1') }
    })
    expect(result.ok).toBe(true)
    expect(spent).toEqual(['lenkje'])
    expect(shownTo(start)).toBe('anonym-1')
    expect(asked).not.toContain('POST /api/v1/session')
    expect(ended).not.toContain('anonym-1')
  })

  it('that does not open leaves everything as it was', async () => {
    const { deps } = setUp()
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('signed-out'))
    const result = await start.signIn('lenkje', async () => ({ ok: false, error: 'link-full' }))
    expect(result).toEqual({ ok: false, error: 'link-full' })
    expect(shownTo(start)).toBe('signed-out')
  })
})

describe('signing out', () => {
  const keepsSums = async () => {
    const { deps, answers } = setUp()
    const kept = new Map([
      ['loft-sums:kari', '{}'],
      ['loft-sums:ola', '{}'],
      ['loft-journey:kari', '{}'],
    ])
    deps.storage = {
      getItem: () => null,
      setItem: () => undefined,
      removeItem: (key) => void kept.delete(key),
    }
    answers.me = () => json(me('kari'))
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    return { start, kept }
  }

  it('takes what was told of others along, and how far away the person lives', async () => {
    const { start, kept } = await keepsSums()
    const { value } = start.start
    if (value.kind !== 'ready') throw new Error('nobody is in')
    expect(await value.services.account.signOut(false)).toBe('done')
    expect([...kept.keys()]).toEqual(['loft-sums:ola'])
  })

  it('by the one who comes next does, too', async () => {
    const { start, kept } = await keepsSums()
    await start.signIn('lenkje', async () => ({ ok: true, me: me('ola') }))
    expect(shownTo(start)).toBe('ola')
    expect([...kept.keys()]).toEqual(['loft-sums:ola'])
  })
})

describe('what plays', () => {
  /** Somebody is here and something plays; `order` is what happened, in order. */
  const playing = async () => {
    const made = setUp()
    const { deps, answers } = made
    const order: string[] = []
    answers.me = () => json(me('kari'))
    const { openWords } = deps
    deps.openWords = async (...parts) => ({
      ...(await openWords(...parts)),
      syncNow: async () => {
        order.push('sent')
      },
      leave: async () => {
        order.push('left')
        return 'deleted'
      },
      stop: async () => {
        order.push('stopped')
      },
    })
    const start = createStart(deps)
    await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
    const { value } = start.start
    if (value.kind !== 'ready') throw new Error('not ready')
    order.length = 0
    const { services } = value
    services.playing.value = {
      item: {} as OutlineItem,
      Dock: () => null,
      end: () => {
        order.push('ended')
        services.playing.value = null
      },
    }
    return { ...made, start, services, order }
  }

  it('ends before the words are sent for the last time: its position is one of them', async () => {
    const { services, order } = await playing()
    await services.account.signOut(false)
    expect(order).toEqual(['ended', 'sent', 'left'])
  })

  it('ends when the person signs out in another window', async () => {
    const { start, left, order } = await playing()
    left.get('kari')?.()
    await vi.waitFor(() => expect(order).toEqual(['ended', 'stopped']))
    expect(shownTo(start)).toBe('signed-out')
  })

  it('ends when somebody else takes over the device', async () => {
    const { start, answers, order } = await playing()
    answers.signIn = () => json(me('ola'))
    await start.signIn('kode')
    expect(order.slice(-2)).toEqual(['ended', 'left'])
  })
})

describe('a report of a mistake', () => {
  const waiting = {
    id: 'melding-0000000000000001',
    item: 'base.strategi.visjon',
    package: 'base',
    version: '1.0.0',
    language: 'nn',
    text: 'Lenkja er død',
    isWanted: true,
  }
  const withReport = (principal: string) => {
    const made = setUp()
    const values = new Map([
      [`loft-reports:${principal}`, JSON.stringify([waiting.item])],
      [`loft-report:${principal}:${waiting.item}`, JSON.stringify(waiting)],
    ])
    made.deps.storage = {
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => void values.set(key, value),
      removeItem: (key) => void values.delete(key),
    }
    const ordinary = made.deps.fetch
    const sent: unknown[] = []
    let status = 500
    made.deps.fetch = (async (path: string, init?: RequestInit) => {
      if (path !== '/api/v1/reports') return ordinary(path, init)
      sent.push(init?.body)
      return new Response(null, { status })
    }) as typeof fetch
    const setStatus = (next: number): void => {
      status = next
    }
    return { ...made, sent, setStatus, values }
  }

  it('that waits is sent at the start', async () => {
    const { deps, device, answers, sent, setStatus, values } = withReport('kari')
    setStatus(204)
    await device.people.put({ key: 'current', me: me('kari') })
    answers.me = () => json(me('kari'))
    createStart(deps)
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    await vi.waitFor(() => expect(values.size).toBe(0))
  })

  it('is sent before somebody signs out, or they are told that it stays', async () => {
    const { deps, answers, sent, setStatus, values } = withReport('kari')
    answers.me = () => json(me('kari'))
    const { start } = createStart(deps)
    await vi.waitFor(() => expect(start.value.kind).toBe('ready'))
    if (start.value.kind !== 'ready') throw new Error('not ready')
    const { account } = start.value.services
    expect(await account.signOut(false)).toBe('unsent')
    expect(values.size).toBe(2)
    setStatus(204)
    expect(await account.signOut(false)).toBe('done')
    expect(values.size).toBe(0)
    expect(sent.length).toBeGreaterThan(1)
  })

  it('of somebody else stays where it is', async () => {
    const { deps, answers, sent, setStatus, values } = withReport('kari')
    setStatus(204)
    answers.me = () => json(me('ola'))
    const { start } = createStart(deps)
    await vi.waitFor(() => expect(start.value.kind).toBe('ready'))
    if (start.value.kind !== 'ready') throw new Error('not ready')
    expect(await start.value.services.account.signOut(false)).toBe('done')
    expect(sent).toEqual([])
    expect(values.size).toBe(2)
  })
})
