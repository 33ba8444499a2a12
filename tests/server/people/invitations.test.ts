import { expect, test } from 'vitest'
import { invitationStates } from '../../../src/server/people/invitation-state.ts'
import {
  hashOfCode,
  invitationLifetime,
  invite,
  lookAtInvitation,
  spendInvitation,
} from '../../../src/server/people/invitations.ts'
import { signIn, spendCodes } from '../../../src/server/people/sessions.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { eachStore } from '../stores.ts'
import { erase, type InvitedNetwork, invitedNetwork } from './invited-network.ts'

const now = Date.UTC(2026, 10, 25, 8)

const inviting = (
  store: Store,
  { id, administrator }: InvitedNetwork,
  people: string[],
  { byMail = false, at = now } = {},
) => store.write((db) => invite(db, { network: id, by: administrator, people, byMail }, at))

const codeFor = async (store: Store, network: InvitedNetwork, person: string, at = now) =>
  (await inviting(store, network, [person], { at })).links[0]?.code ?? ''

const enter = (store: Store, code: string, at = now) =>
  signIn({ db: store.db, now: () => at }, code, false)

const stateOf = async (store: Store, person: string, at = now) =>
  (await invitationStates(store.db, [person], at)).get(person)

eachStore(({ newStore, kind }) => {
  test('without a mail server each link is shown once, and lets one in once', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const [one, two] = [await network.person(), await network.person(null)]
    const { links, mails, left } = await inviting(store, network, [one, two, one])
    expect({ mails, left }).toEqual({ mails: 0, left: [] })
    expect(links.map(({ person }) => person).sort()).toEqual([one, two].sort())
    const code = links.find(({ person }) => person === one)?.code ?? ''
    expect(await lookAtInvitation(store.db, code, now)).toBe('open')
    expect(await stateOf(store, one)).toEqual({ progress: 'shown', at: now, openedAt: null })

    expect(await enter(store, code, now + 5)).toMatchObject({ person: one })
    expect(await stateOf(store, one, now + 9)).toEqual({
      progress: 'opened',
      at: now + 5,
      openedAt: now + 5,
    })
    expect(await enter(store, code, now + 6)).toBe('code-expired')
    expect(await lookAtInvitation(store.db, code, now + 6)).toBe('used')
    expect((await stateOf(store, two))?.progress).toBe('shown')
  })

  test('no code is stored, neither of a link nor of a mail', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const code = await codeFor(store, network, await network.person())
    await inviting(store, network, [await network.person()], { byMail: true })
    const rows = [
      await store.db.selectFrom('invitation').selectAll().execute(),
      await store.db.selectFrom('sign_in_code').selectAll().execute(),
      await store.db.selectFrom('administrative_act').selectAll().execute(),
    ]
    expect(code).toMatch(/^[0-9a-f]{32}$/)
    expect(JSON.stringify(rows)).not.toContain(code)
    expect(rows.map(({ length }) => length)).toEqual([2, 1, 2])
  })

  test('with mail those who have an address wait for it, and the others’ links are shown', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const [one, two] = [await network.person(), await network.person(null)]
    const { links, mails } = await inviting(store, network, [one, two], { byMail: true })
    expect(mails).toBe(1)
    expect(links.map(({ person }) => person)).toEqual([two])
    expect(await stateOf(store, one)).toEqual({ progress: 'waiting', at: now, openedAt: null })
  })

  test('each invitation is noted, with whom it is for and by whom', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const person = await network.person()
    await inviting(store, network, [person])
    const acts = await store.db.selectFrom('administrative_act').selectAll().execute()
    expect(acts).toMatchObject([
      { network: network.id, act: 'person.invited', subject: person, detail: '{"mail":false}' },
    ])
    expect(acts[0]?.by_person).toBe(network.administrator)
  })

  test('people of another network, erased ones and nobody are left out', async () => {
    const store = await newStore()
    const [network, other] = [await invitedNetwork(store), await invitedNetwork(store, 'Rogaland')]
    const [foreign, erased] = [await other.person(), await network.person()]
    await erase(store, erased, now)
    const invited = await inviting(store, network, [foreign, erased, 'nobody'])
    expect(invited).toEqual({ mails: 0, links: [], left: [foreign, erased, 'nobody'] })
    expect(await store.db.selectFrom('invitation').selectAll().execute()).toEqual([])
    expect(await inviting(store, network, [])).toEqual({ mails: 0, links: [], left: [] })
  })

  test('to invite again ends the link before', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const person = await network.person()
    const first = await codeFor(store, network, person)
    const second = await codeFor(store, network, person, now + 10)
    expect(await lookAtInvitation(store.db, first, now + 11)).toBe('expired')
    expect(await enter(store, first, now + 11)).toBe('wrong-code')
    expect(await enter(store, second, now + 11)).toMatchObject({ person })
  })

  test('to invite somebody again who has come in keeps that they have', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const person = await network.person()
    await enter(store, await codeFor(store, network, person), now + 1)
    await codeFor(store, network, person, now + 10)
    expect(await stateOf(store, person, now + 11)).toEqual({
      progress: 'shown',
      at: now + 10,
      openedAt: now + 1,
    })
  })

  test('a link is good for 14 days, to the millisecond', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const [early, late] = [await network.person(), await network.person()]
    const codes = [await codeFor(store, network, early), await codeFor(store, network, late)]
    const end = now + invitationLifetime
    expect(await enter(store, codes[0] ?? '', end - 1)).toMatchObject({ person: early })
    expect(await enter(store, codes[1] ?? '', end)).toBe('code-expired')
    expect(await lookAtInvitation(store.db, codes[1] ?? '', end)).toBe('expired')
    expect((await stateOf(store, late, end - 1))?.progress).toBe('shown')
    expect(await stateOf(store, late, end)).toEqual({
      progress: 'expired',
      at: end,
      openedAt: null,
    })
  })

  test('whoever is erased is let in by no link', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const person = await network.person()
    const code = await codeFor(store, network, person)
    await erase(store, person, now)
    expect(await lookAtInvitation(store.db, code, now)).toBe('unknown')
    const spent = await store.write((db) => spendInvitation(db, hashOfCode(code), now))
    expect(spent).toBe('code-expired')
  })

  test('of many who spend an invitation at once, one is let in', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const person = await network.person()
    const hash = hashOfCode(await codeFor(store, network, person))
    const spent = await Promise.all(
      Array.from({ length: 8 }, () => store.write((db) => spendInvitation(db, hash, now))),
    )
    expect(spent.filter((one) => one !== 'code-expired')).toEqual([{ person }])
  })

  test('of many who invite somebody at once, one link is left open', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const person = await network.person()
    const codes = await Promise.all(
      Array.from({ length: 6 }, () => codeFor(store, network, person)),
    )
    const looks = await Promise.all(codes.map((code) => lookAtInvitation(store.db, code, now)))
    expect(looks.filter((look) => look === 'open')).toHaveLength(1)
  })

  test('where all codes have been ended, an invitation says that it is too', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const person = await network.person()
    const code = await codeFor(store, network, person)
    await spendCodes(store.db)
    expect(await lookAtInvitation(store.db, code, now)).toBe('expired')
    expect((await stateOf(store, person))?.progress).toBe('expired')
  })

  test('whoever was never invited has no state, and nor has nobody', async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const none = { progress: 'none', at: null, openedAt: null }
    expect(await stateOf(store, await network.person())).toEqual(none)
    expect((await invitationStates(store.db, [], now)).size).toBe(0)
    expect(await lookAtInvitation(store.db, 'abc', now)).toBe('unknown')
  })

  test('two thousand people are invited at once', { skip: kind === 'postgresql' }, async () => {
    const store = await newStore()
    const network = await invitedNetwork(store)
    const person = await network.person()
    const many = Array.from({ length: 2000 }, (_none, number) => `nobody-${number}`)
    const { links, left } = await inviting(store, network, [...many, person])
    expect([links.length, left.length]).toEqual([1, 2000])
  })
})
