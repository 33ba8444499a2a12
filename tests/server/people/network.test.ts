import { expect, test } from 'vitest'
import { readActor } from '../../../src/server/people/actors.ts'
import { readMe } from '../../../src/server/people/me.ts'
import { firstAdministrator, makeNetwork } from '../../../src/server/people/network.ts'
import { signIn } from '../../../src/server/people/sessions.ts'
import { eachStore } from '../stores.ts'

const programme = { package: 'base', version: '1.0.0' }
const now = Date.UTC(2026, 10, 25, 8)
const day = 24 * 60 * 60_000

eachStore(({ newStore }) => {
  test('a network comes with one administrator, whose code works once', async () => {
    const { db, write } = await newStore()
    const code = await write((tx) => makeNetwork(tx, { name: 'Trøndelag', ...programme }, now))
    const deps = { db, now: () => now }
    const signedIn = await signIn(deps, code, false)
    if (typeof signedIn === 'string') throw new Error(signedIn)
    expect(await readMe(db, signedIn.person)).toMatchObject({
      name: 'Administrator, Trøndelag',
      network: 'Trøndelag',
      roles: ['administrator'],
      cohort: { name: 'Kull 1', stops: [] },
    })
    expect(await signIn(deps, code, false)).toBe('code-expired')
  })

  test('people of two networks are actors of their own one', async () => {
    const { db, write } = await newStore()
    const people: string[] = []
    for (const name of ['Vestland', 'Trøndelag']) {
      const code = await write((tx) => makeNetwork(tx, { name, ...programme }, now))
      const signedIn = await signIn({ db, now: () => now }, code, false)
      if (typeof signedIn !== 'string') people.push(signedIn.person)
    }
    const actors = await Promise.all(people.map((person) => readActor(db, person)))
    expect(new Set(actors.map((actor) => actor?.network)).size).toBe(2)
    expect(new Set(actors.flatMap((actor) => actor?.cohorts ?? [])).size).toBe(2)
  })

  test('a new start gives a new code and ends the one before, until somebody has come in', async () => {
    const { db, write } = await newStore()
    const start = (at: number) =>
      write((tx) => firstAdministrator(tx, { name: 'Løft', ...programme }, at))
    const first = await start(now)
    const second = await start(now + day)
    if (first === null || second === null) throw new Error('no code')
    const deps = { db, now: () => now + day }
    expect(await signIn(deps, first, false)).toBe('wrong-code')
    expect(await db.selectFrom('network').select('name').execute()).toEqual([{ name: 'Løft' }])
    expect(await signIn(deps, second, false)).toMatchObject({ token: expect.any(String) })
    expect(await start(now + 2 * day)).toBeNull()
  })

  test('a code that nobody has used for a month opens nothing', async () => {
    const { db, write } = await newStore()
    const code = await write((tx) => makeNetwork(tx, { name: 'Løft', ...programme }, now))
    expect(await signIn({ db, now: () => now + 30 * day }, code, false)).toBe('code-expired')
  })
})
