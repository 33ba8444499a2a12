import * as v from 'valibot'
import { expect, test } from 'vitest'
import {
  issueCertificate,
  readIssued,
  readOwnCertificate,
  verifyCertificate,
} from '../../../src/server/certificate/certificates.ts'
import { codeOf, grouped, newCode } from '../../../src/server/certificate/code.ts'
import { erasureStore } from '../../../src/server/store/erasure-store.ts'
import type { Store } from '../../../src/server/store/store.ts'
import {
  issuedCertificateSchema,
  ownCertificateSchema,
  verifiedCertificateSchema,
} from '../../../src/shared/domain/certificate.ts'
import { doneEntries } from '../../../src/shared/words/progress.ts'
import { item, outlineOf } from '../../shared/domain/sample-outline.ts'
import { eachStore } from '../stores.ts'
import { day } from '../test-app.ts'
import { createWriter, own, person, type World, worldOf } from '../words/words-world.ts'

const cohort = 'vestland-1-kull-1'
const items = [
  item('p.m.a', { minutes: 60 }),
  item('p.m.b', { minutes: 40 }),
  item('p.m.c', { minutes: 30 }),
]

/** The demonstration's people in a programme of three texts and one gathering that is over. */
const certifiedWorld = async (store: Store, hasRule = true) => {
  const world = await worldOf(store)
  const outline = {
    ...outlineOf(items),
    ...(hasRule && { certificate: { requiredShare: 0.75, passed: ['g1'] } }),
  }
  await store.db
    .insertInto('package_version')
    .values({
      ...{ id: 'base', version: '1.0.0', hash: '0'.repeat(64), published_at: 0 },
      outline: JSON.stringify(outline),
    })
    .execute()
  await store.db.deleteFrom('cohort_stop').execute()
  await store.db
    .insertInto('cohort_stop')
    .values([
      { cohort, stop: 'g1', starts: '2026-11-23', ends: '2026-11-24', place: null, drawing: null },
      { cohort, stop: 'start', starts: '2026-11-02', ends: null, place: null, drawing: null },
    ])
    .execute()
  return world
}
const phone = (world: World, device = 'a') => {
  const writer = createWriter(world, person, device, own)
  return async (id: string, done = true) => {
    await writer.sync()
    writer.set(
      'progress',
      doneEntries(writer.plain('progress'), id, device, done) as [string, number][],
    )
    await writer.sync()
  }
}
const issued = async (world: World) => {
  const certificate = await issueCertificate(world, person)
  if (typeof certificate === 'string') throw new Error(certificate)
  return v.parse(issuedCertificateSchema, certificate)
}
const depsOf = (world: World) => ({ ...world, db: world.store.db })

eachStore(({ newStore }) => {
  test('what a person has marked as done on any device gives the certificate, and no earlier', async () => {
    const world = await certifiedWorld(await newStore())
    expect(await issueCertificate(world, person)).toBe('not-met')
    await phone(world, 'a')('p.m.a')
    expect(await issueCertificate(world, person)).toBe('not-met')
    await phone(world, 'b')('p.m.b')
    const { code, issuedOn, body } = await issued(world)
    expect(code).toMatch(/^([2-9B-DF-HJ-NP-TV-Z]{4}-){4}[2-9B-DF-HJ-NP-TV-Z]{4}$/)
    expect(issuedOn).toBe('2026-11-25')
    expect(body).toMatchObject({
      name: 'Kommunedirektør, Stord',
      municipality: 'Stord',
      network: 'Vestland',
      cohort: 'Kull 1',
      from: '2026-11-02',
      ownMinutes: 100,
      gatheringMinutes: 510, // g1, and the start at home
      modules: [{ nn: 'm', nb: 'm' }],
    })
  })

  test('asked again it is the same, and after more is done it says more under the same code', async () => {
    const world = await certifiedWorld(await newStore())
    const mark = phone(world)
    await mark('p.m.a')
    await mark('p.m.b')
    const first = await issued(world)
    world.clock.now += day
    expect(await issued(world)).toEqual(first)
    await mark('p.m.c')
    const second = await issued(world)
    expect(second).toMatchObject({ code: first.code, issuedOn: '2026-11-26' })
    expect(second.body.ownMinutes).toBe(130)
    expect(await readIssued(world.store.db, person)).toEqual(second)
    expect(await world.store.db.selectFrom('certificate').selectAll().execute()).toHaveLength(1)
  })

  test('it is never taken back, nor says less, when something is marked as not done again', async () => {
    const world = await certifiedWorld(await newStore())
    const mark = phone(world)
    for (const { id } of items) await mark(id)
    const first = await issued(world)
    await mark('p.m.c', false)
    expect(await issued(world)).toEqual(first)
    await mark('p.m.a', false)
    expect(await issued(world)).toEqual(first)
    const read = await readOwnCertificate(depsOf(world), person)
    expect(read).toMatchObject({ standing: { met: false, missingMinutes: 58 }, issued: first })
    expect(v.parse(ownCertificateSchema, read)).toEqual(read)
  })

  test('two who ask at the same time get one code', async () => {
    const world = await certifiedWorld(await newStore())
    const mark = phone(world)
    for (const { id } of items) await mark(id)
    const [one, two] = await Promise.all([issued(world), issued(world)])
    expect(one).toEqual(two)
    expect(await world.store.db.selectFrom('certificate').selectAll().execute()).toHaveLength(1)
  })

  test('a gathering that is not over yet is said to be missing', async () => {
    const world = await certifiedWorld(await newStore())
    const mark = phone(world)
    for (const { id } of items) await mark(id)
    world.clock.now = Date.UTC(2026, 10, 24, 12)
    expect(await issueCertificate(world, person)).toBe('not-met')
    const read = await readOwnCertificate(depsOf(world), person)
    expect(read).toMatchObject({ issued: null, standing: { missingStops: [{ id: 'g1' }] } })
  })

  test('whoever has the code is told that it is true, however they type it, and no more than the paper says', async () => {
    const world = await certifiedWorld(await newStore())
    const mark = phone(world)
    for (const { id } of items) await mark(id)
    const { code } = await issued(world)
    const { db } = world.store
    const told = await verifyCertificate(db, code)
    expect(v.parse(verifiedCertificateSchema, told)).toEqual({
      name: 'Kommunedirektør, Stord',
      programme: { nn: 'p', nb: 'p' },
      hours: 10.5,
      modules: [{ nn: 'm', nb: 'm' }],
      issuedOn: '2026-11-25',
    })
    for (const typed of [code.toLowerCase(), code.replaceAll('-', ' '), code.replaceAll('-', '')])
      expect(await verifyCertificate(db, typed), typed).toEqual(told)
    const wrong = `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`
    for (const typed of [wrong, '', 'x', '%', `${code}-2222`, code.slice(5), "' or 1=1 --"])
      expect(await verifyCertificate(db, typed), typed).toBeNull()
  })

  test('an erased person has none: the code is unknown, and none is made any more', async () => {
    const world = await certifiedWorld(await newStore())
    const mark = phone(world)
    for (const { id } of items) await mark(id)
    const { code } = await issued(world)
    const { db } = world.store
    await world.store.write((tx) => erasureStore.removePerson(tx, person, world.clock.now))
    expect(await verifyCertificate(db, code)).toBeNull()
    expect(await readIssued(db, person)).toBeNull()
    expect(await issueCertificate(world, person)).toBe('not-found')
    expect(await readOwnCertificate(depsOf(world), person)).toBe('not-found')
    expect(await db.selectFrom('certificate').selectAll().execute()).toEqual([])
  })

  test('nobody gets one for the words of somebody else', async () => {
    const world = await certifiedWorld(await newStore())
    const mark = phone(world)
    for (const { id } of items) await mark(id)
    expect(await issueCertificate(world, 'deltakar-sunnfjord')).toBe('not-met')
    expect(await issueCertificate(world, 'ukjend')).toBe('not-found')
  })

  test('a programme without the rule, and people without a name, have none', async () => {
    const without = await certifiedWorld(await newStore(), false)
    expect(await issueCertificate(without, person)).toBe('not-met')
    expect(await readOwnCertificate(depsOf(without), person)).toMatchObject({ standing: null })
    const world = await certifiedWorld(await newStore())
    const mark = phone(world)
    for (const { id } of items) await mark(id)
    await world.store.db.updateTable('person').set({ link: 'h' }).where('id', '=', person).execute()
    expect(await issueCertificate(world, person)).toBe('not-met')
    expect(await readOwnCertificate(depsOf(world), person)).toEqual({
      anonymous: true,
      standing: null,
      issued: null,
    })
  })

  test('while nobody can read the progress it says so, and issues nothing', async () => {
    const world = await certifiedWorld(await newStore())
    await phone(world)('p.m.a')
    for (const [kind, failure] of [
      ['busy', 'busy'],
      ['unfit', 'unreadable'],
    ] as const) {
      const merging = { ...world.merging, read: async () => ({ kind }) }
      expect(await issueCertificate({ ...world, merging }, person)).toBe(failure)
      expect(await readOwnCertificate({ ...depsOf(world), merging }, person)).toBe(failure)
    }
    expect(await world.store.db.selectFrom('certificate').selectAll().execute()).toEqual([])
  })
})

test('codes are of twenty signs, none like another, and read back as they were', () => {
  const codes = Array.from({ length: 200 }, newCode)
  expect(new Set(codes).size).toBe(200)
  for (const code of codes) {
    expect(code).toMatch(/^[^01AEIOUL]{20}$/)
    expect(codeOf(grouped(code).toLowerCase())).toBe(code)
  }
})
