import { describe, expect, it } from 'vitest'
import { readSums, sumsKey } from '../../../src/client/state/sums.ts'

const answer = { municipality: 'Stord', audience: 'folkevalde', sums: [] }
const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

const setUp = () => {
  const kept = new Map<string, string>()
  const world = { answer: (): Response => json(answer), now: 1000 }
  const deps = {
    fetch: (async () => world.answer()) as unknown as typeof fetch,
    principal: 'ressursperson',
    storage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
    now: { peek: () => world.now },
  }
  return { kept, world, deps, read: () => readSums(deps) }
}
const fails = (): Response => {
  throw new TypeError('no network')
}

describe('what a resource person is told', () => {
  it('comes from the server, and without it as it was then', async () => {
    const { world, read } = setUp()
    expect(await read()).toEqual({ kind: 'fresh', answer, at: 1000 })
    world.now = 9000
    for (const broken of [
      fails,
      () => new Response('<html>portal</html>'),
      () => json({ welcome: 'portal' }),
      () => json({ code: 'not-signed-in' }, 401),
      () => json({ code: 'too-many' }, 429),
    ]) {
      world.answer = broken
      expect(await read()).toEqual({ kind: 'stored', answer, at: 1000 })
    }
  })

  it('is nothing to somebody who is told nothing any more', async () => {
    const { kept, world, read } = setUp()
    await read()
    world.answer = () => json({ code: 'not-found' }, 404)
    expect(await read()).toEqual({ kind: 'none' })
    expect(kept.size).toBe(0)
  })

  it('is nothing before the first answer, or where nothing can be kept', async () => {
    const { kept, world, deps, read } = setUp()
    world.answer = fails
    expect(await read()).toEqual({ kind: 'none' })
    kept.set(sumsKey('ressursperson'), 'cut off {')
    expect(await read()).toEqual({ kind: 'none' })
    world.answer = () => json(answer)
    deps.storage.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    expect(await read()).toMatchObject({ kind: 'fresh' })
    expect(await readSums({ ...deps, storage: null })).toMatchObject({ kind: 'fresh' })
  })
})
