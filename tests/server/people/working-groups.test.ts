import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { importPeople } from '../../../src/server/people/people-file/import-people.ts'
import { listGroups } from '../../../src/server/people/read-groups.ts'
import { applyGroups, movePerson } from '../../../src/server/people/working-groups.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { makeTableLink } from '../../../src/server/tablets/table-links.ts'
import { joinTable } from '../../../src/server/tablets/tablets.ts'
import { erasePerson } from '../../../src/server/words/erase.ts'
import { readHeld } from '../../../src/server/words/held.ts'
import { tellEntered } from '../../../src/server/words/membership.ts'
import { proposeGroups } from '../../../src/shared/domain/group-proposal.ts'
import { matchGroups } from '../../../src/shared/domain/match-groups.ts'
import { readTableLink } from '../../../src/shared/domain/table-link.ts'
import {
  type AppliedGroups,
  appliedGroupsSchema,
  groupListSchema,
  moveSchema,
} from '../../../src/shared/domain/working-group.ts'
import { eachStore } from '../stores.ts'
import { createWriter } from '../words/words-world.ts'
import { everything, type NetworkWorld, networkWorld } from './network-world.ts'

const all = readFileSync(
  join(import.meta.dirname, '../../fixtures/people/vestland-200.csv'),
  'utf8',
)
/** The first cohort, and some of the second. */
const vestland = Buffer.from(all.split('\r\n').slice(0, 56).join('\r\n'))

interface GroupWorld extends NetworkWorld {
  cohort: string
  /** Ids of the first twelve people. */
  people: string[]
}

const groupWorld = async (store: Store): Promise<GroupWorld> => {
  const world = await networkWorld(store)
  const { network } = world
  await store.write((db) => importPeople(db, world, { network, by: null, bytes: vestland }))
  const [cohort = ''] = world.cohorts
  const { people } = await listGroups(store.db, cohort)
  await store.db.deleteFrom('administrative_act').execute()
  return { ...world, cohort, people: people.map(({ id }) => id).slice(0, 12) }
}

const apply = async (world: GroupWorld, groups: AppliedGroups['groups'], stop = 'g1') => {
  const { network, administrator: by, cohort } = world
  const wanted = v.parse(appliedGroupsSchema, { groups }).groups
  const done = await world.store.write((db) =>
    applyGroups(db, world, { network, by, cohort, stop }, wanted),
  )
  if (typeof done !== 'string') await tellEntered(world, done.entered)
  return done
}
const move = async (world: GroupWorld, person: string, from: string | null, to: string | null) => {
  const { network, administrator: by, cohort } = world
  const done = await world.store.write((db) =>
    movePerson(db, world, { network, by, cohort }, v.parse(moveSchema, { person, from, to })),
  )
  if (typeof done !== 'string') await tellEntered(world, done.entered)
  return done
}
/** The groups of a gathering, by name. */
const groupsOf = async ({ store: { db }, cohort }: GroupWorld, stop = 'g1') => {
  const { groups } = v.parse(groupListSchema, await listGroups(db, cohort))
  const ofStop = groups.filter((group) => group.stop === stop)
  return new Map(
    ofStop.map(({ id, name, people, written }) => [
      name,
      { id, written, people: people.map((one) => one.id).sort() },
    ]),
  )
}
const idOf = async (world: GroupWorld, name: string): Promise<string> =>
  (await groupsOf(world)).get(name)?.id ?? 'no such group'
const actsOf = ({ store: { db } }: GroupWorld) =>
  db.selectFrom('administrative_act').select(['act', 'subject', 'detail']).orderBy('at').execute()

eachStore(({ newStore }) => {
  test('a proposal for 50 people becomes groups, and once more nothing changes', async () => {
    const world = await groupWorld(await newStore())
    const { db } = world.store
    const { people } = await listGroups(db, world.cohort)
    const proposed = proposeGroups(
      people.map(({ id, serviceArea, municipality }) => ({
        id,
        serviceArea,
        municipality: municipality?.number ?? null,
        size: municipality?.size ?? null,
      })),
    )
    const groups = proposed.map((group, index) => ({
      name: `Bord ${index + 1}`,
      people: group.people,
    }))
    await apply(world, groups)
    const made = await groupsOf(world)
    expect([...made.values()].flatMap((group) => group.people)).toHaveLength(50)
    for (const { name, people: ids } of groups) expect(made.get(name)?.people).toEqual(ids)
    expect(await actsOf(world)).toMatchObject([{ act: 'group.proposed', subject: world.cohort }])
    const before = await everything(db)
    expect(await apply(world, groups)).toEqual({ entered: [] })
    expect(await everything(db)).toEqual(before)
  })

  test('groups of leaders and of other gatherings stay as they are', async () => {
    const world = await groupWorld(await newStore())
    const [a = '', b = ''] = world.people
    await apply(world, [{ name: 'Bord', people: [a, b] }], 'g2')
    const before = (await listGroups(world.store.db, world.cohort)).groups
    await apply(world, [{ name: 'Andre', people: [a] }])
    const after = (await listGroups(world.store.db, world.cohort)).groups
    expect(after.filter(({ stop }) => stop !== 'g1')).toEqual(before)
  })

  test('a group goes on where its people do; one in which nobody wrote goes away', async () => {
    const world = await groupWorld(await newStore())
    const [a = '', b = '', c = '', d = '', e = '', f = ''] = world.people
    await apply(world, [
      { name: 'Ein', people: [a, b, c] },
      { name: 'To', people: [d, e] },
    ])
    const [one, two] = [await idOf(world, 'Ein'), await idOf(world, 'To')]
    await apply(world, [{ name: 'Alle', people: [b, c, d, f] }])
    expect(await groupsOf(world)).toEqual(
      new Map([['Alle', { id: one, written: false, people: [b, c, d, f].sort() }]]),
    )
    // What somebody has typed there offline is held for them, not refused.
    const late = createWriter(world, e, 'late', `g:${two}`)
    late.write('visjon', 'skrive på toget')
    expect(await late.sync()).toMatchObject({ status: 'left', acks: ['held'] })
  })

  test('a group with words never goes away, and goes on when its people come back', async () => {
    const world = await groupWorld(await newStore())
    const [a = '', b = '', c = '', d = ''] = world.people
    const first = [
      { name: 'Ein', people: [a, b] },
      { name: 'To', people: [c, d] },
    ]
    await apply(world, first)
    const one = await idOf(world, 'Ein')
    const mine = createWriter(world, a, 'mine', `g:${one}`)
    mine.write('visjon', 'skrive ved bordet')
    await mine.sync()
    await apply(world, [{ name: 'Nye', people: [c, d] }])
    expect((await groupsOf(world)).get('Ein')).toEqual({ id: one, written: true, people: [] })
    mine.write('visjon', 'skrive ved bordet, og heime')
    expect(await mine.sync()).toMatchObject({ acks: ['held'] })
    const own = createWriter(world, a, 'mine', `u:${a}:${world.run}`)
    await own.sync()
    expect(own.plain('visjon').texts).toEqual({ 'f/visjon/mine': 'skrive ved bordet' })
    const empty = await everything(world.store.db)
    await apply(world, [{ name: 'Nye', people: [c, d] }])
    expect(await everything(world.store.db)).toEqual(empty)

    await apply(world, first)
    expect(await idOf(world, 'Ein')).toBe(one)
    expect(world.ledger.isOut(`g:${one}`, a)).toBe(false)
    const theirs = createWriter(world, b, 'theirs', `g:${one}`)
    await theirs.sync()
    expect(theirs.plain('visjon').texts).toEqual({
      'f/visjon/mine': 'skrive ved bordet, og heime',
    })
    expect(await readHeld(world, a)).toEqual({ held: [], next: null })
  })

  test('words are not shown to a group of others', async () => {
    const world = await groupWorld(await newStore())
    const [a = '', b = '', c = '', d = '', e = ''] = world.people
    await apply(world, [{ name: 'Ein', people: [a, b, c] }])
    const one = await idOf(world, 'Ein')
    const mine = createWriter(world, a, 'mine', `g:${one}`)
    mine.write('visjon', 'våre ord')
    await mine.sync()
    await apply(world, [{ name: 'Ny', people: [c, d, e] }])
    const groups = await groupsOf(world)
    expect(groups.get('Ein')).toEqual({ id: one, written: true, people: [] })
    expect(groups.get('Ny')?.id).not.toBe(one)
    expect(await createWriter(world, d, 'd', `g:${one}`).sync()).toMatchObject({ items: [] })
  })

  test('a tablet that lies with a group stays with it', async () => {
    const world = await groupWorld(await newStore())
    const { db } = world.store
    const [a = '', b = '', c = ''] = world.people
    await apply(world, [{ name: 'Ein', people: [a, b] }])
    const one = await idOf(world, 'Ein')
    await db
      .insertInto('person')
      .values({ id: 'brett', name: 'Brett', role: 'group-tablet', cohort: world.cohort })
      .execute()
    await db
      .insertInto('membership')
      .values({ scope: `g:${one}`, person: 'brett' })
      .execute()
    await apply(world, [{ name: 'Ein', people: [a, c] }])
    expect((await groupsOf(world)).get('Ein')?.people).toEqual([a, c, 'brett'].sort())
  })

  test('a group whose table a tablet may be at stays, is shown to no group of others, and goes on', async () => {
    const world = await groupWorld(await newStore())
    const { db } = world.store
    const [a = '', b = '', c = '', d = '', e = ''] = world.people
    const days = { starts: '2026-11-25', ends: '2026-11-26', place: null }
    await db
      .insertInto('cohort_stop')
      .values({ cohort: world.cohort, stop: 'g1', ...days })
      .execute()
    const first = [{ name: 'Ein', people: [a, b, c] }]
    await apply(world, first)
    const one = await idOf(world, 'Ein')
    const made = await world.store.write((tx) =>
      makeTableLink({ db: tx, now: world.now }, { group: one, stop: null, fresh: false, by: a }),
    )
    const token = readTableLink(made?.link ?? '')?.token ?? ''
    const tablet = { token, secret: 'a'.repeat(32), label: '' }
    const deps = { ...world, db }
    expect(await joinTable(deps, tablet)).toBeTypeOf('object')

    // Nothing has come yet of what is written at the table.
    await apply(world, [{ name: 'Ny', people: [c, d, e] }])
    expect(await idOf(world, 'Ny')).not.toBe(one)
    const { people } = (await groupsOf(world)).get('Ein') ?? { people: [] }
    expect(people).toEqual([expect.stringMatching(/^bord-/)])
    const late = createWriter(world, people[0] ?? '', 'late', `g:${one}`)
    late.write('visjon', 'frå bordet')
    const empty = await everything(db)
    await apply(world, [{ name: 'Ny', people: [c, d, e] }])
    expect(await everything(db)).toEqual(empty)

    await apply(world, first)
    expect(await idOf(world, 'Ein')).toBe(one)
    expect(await late.sync()).toMatchObject({ acks: ['accepted'] })
    const theirs = createWriter(world, b, 'theirs', `g:${one}`)
    await theirs.sync()
    expect(theirs.plain('visjon').texts).toEqual({ 'f/visjon/late': 'frå bordet' })
  })

  test('somebody twice, of another cohort, or nobody at all: nothing is done', async () => {
    const world = await groupWorld(await newStore())
    const { db } = world.store
    const [a = '', b = '', c = ''] = world.people
    const [stranger] = (await listGroups(db, 'kull-2')).people
    await erasePerson(world, c)
    const before = await everything(db)
    expect(
      await apply(world, [
        { name: 'Ein', people: [a, b] },
        { name: 'To', people: [b] },
      ]),
    ).toBe('person-twice')
    for (const nobody of [stranger?.id ?? '', world.administrator, c, 'ingen'])
      expect(await apply(world, [{ name: 'Ein', people: [a, nobody] }])).toBe('not-found')
    expect(await apply({ ...world, network: 'ingen' }, [])).toBe('not-found')
    expect(await everything(db)).toEqual(before)
  })

  test('somebody is moved with what they wrote, and back', async () => {
    const world = await groupWorld(await newStore())
    const [a = '', b = '', c = ''] = world.people
    await apply(world, [
      { name: 'Ein', people: [a, b] },
      { name: 'To', people: [c] },
    ])
    const [one, two] = [await idOf(world, 'Ein'), await idOf(world, 'To')]
    const mine = createWriter(world, a, 'mine', `g:${one}`)
    mine.write('visjon', 'mitt')
    await mine.sync()
    expect(await move(world, a, one, two)).toEqual({ entered: [{ scope: `g:${two}`, person: a }] })
    expect((await groupsOf(world)).get('To')?.people).toEqual([a, c].sort())
    mine.write('visjon', 'mitt, seinare')
    expect(await mine.sync()).toMatchObject({ acks: ['held'] })
    expect(world.ledger.isOut(`g:${one}`, a)).toBe(true)
    await move(world, a, two, one)
    expect(world.ledger.isOut(`g:${one}`, a)).toBe(false)
    const theirs = createWriter(world, b, 'theirs', `g:${one}`)
    await theirs.sync()
    expect(theirs.plain('visjon').texts).toEqual({ 'f/visjon/mine': 'mitt, seinare' })
    expect((await actsOf(world)).map(({ act }) => act)).toEqual([
      'group.proposed',
      'group.moved',
      'group.moved',
    ])
  })

  test('somebody is put into a group, and taken out of one', async () => {
    const world = await groupWorld(await newStore())
    const [a = '', b = ''] = world.people
    await apply(world, [{ name: 'Ein', people: [a] }])
    const one = await idOf(world, 'Ein')
    await move(world, b, null, one)
    expect((await groupsOf(world)).get('Ein')?.people).toEqual([a, b].sort())
    await move(world, a, one, null)
    expect((await groupsOf(world)).get('Ein')?.people).toEqual([b])
  })

  test('a move that can not be is refused, and changes nothing', async () => {
    const world = await groupWorld(await newStore())
    const { db } = world.store
    const [a = '', b = ''] = world.people
    await apply(world, [
      { name: 'Ein', people: [a] },
      { name: 'To', people: [b] },
    ])
    const [one, two] = [await idOf(world, 'Ein'), await idOf(world, 'To')]
    const [stranger] = (await listGroups(db, 'kull-2')).people
    const [theirGroup] = (await listGroups(db, 'kull-2')).groups
    const before = await everything(db)
    expect(await move(world, a, null, two)).toBe('sits-elsewhere')
    expect(await move(world, b, one, two)).toBe('not-found')
    expect(await move(world, a, one, 'ingen')).toBe('not-found')
    expect(await move(world, a, one, theirGroup?.id ?? '')).toBe('not-found')
    expect(await move(world, stranger?.id ?? '', null, one)).toBe('not-found')
    expect(await move(world, 'ingen', null, one)).toBe('not-found')
    expect(() => v.parse(moveSchema, { person: a, from: one, to: one })).toThrow()
    expect(await everything(db)).toEqual(before)
    expect(world.ledger.out()).toEqual([])
  })

  test('words that are pushed while groups are made anew are accepted or held, none lost', async () => {
    const world = await groupWorld(await newStore())
    const [a = '', b = '', c = '', d = ''] = world.people
    const plans = [
      [
        { name: 'Ein', people: [a, b] },
        { name: 'To', people: [c, d] },
      ],
      [
        { name: 'Ein', people: [b, c] },
        { name: 'To', people: [a, d] },
      ],
    ]
    await apply(world, plans[0] ?? [])
    const one = await idOf(world, 'Ein')
    const mine = createWriter(world, a, 'mine', `g:${one}`)
    const codes: string[] = []
    for (let round = 1; round <= 6; round++) {
      mine.write(`t-${round}`, `ord ${round}`)
      const [answer] = await Promise.all([mine.sync(), apply(world, plans[round % 2] ?? [])])
      codes.push(...answer.acks)
    }
    expect(codes).toHaveLength(6)
    await apply(world, plans[0] ?? [])
    const reader = createWriter(world, b, 'reader', `g:${one}`)
    await reader.sync()
    const held = (await readHeld(world, a))?.held ?? []
    const shared = [1, 2, 3, 4, 5, 6].filter((n) => reader.plain(`t-${n}`).texts['f/visjon/mine'])
    expect(shared.length + held.length).toBe(6)
  })
})

describe('which group goes on', () => {
  const earlier = [
    { id: 'x', people: ['a', 'b', 'c'], written: false },
    { id: 'y', people: ['d', 'e', 'f', 'g'], written: true },
  ]

  test('the one with the most people in common', () => {
    expect(matchGroups(earlier, [['d', 'e', 'f'], ['a', 'g'], ['h']])).toEqual(['y', 'x', null])
  })

  test('one group goes on once', () => {
    expect(matchGroups(earlier, [['a'], ['b', 'c']])).toEqual([null, 'x'])
  })

  test('of two with as many of its people, the one with words', () => {
    const two = [
      { id: 'x', people: ['a'], written: false },
      { id: 'y', people: ['b'], written: true },
    ]
    expect(matchGroups(two, [['a', 'b']])).toEqual(['y'])
    expect(matchGroups(two.toReversed(), [['a', 'b']])).toEqual(['y'])
  })

  test('one with words only with half of its people', () => {
    expect(matchGroups(earlier, [['d', 'h', 'i']])).toEqual([null])
    expect(matchGroups(earlier, [['d', 'e', 'h', 'i', 'j']])).toEqual(['y'])
  })
})
