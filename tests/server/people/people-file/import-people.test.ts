import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { importPeople } from '../../../../src/server/people/people-file/import-people.ts'
import { planPeople } from '../../../../src/server/people/people-file/plan-people.ts'
import { readSeats } from '../../../../src/server/people/seats.ts'
import { readHeld } from '../../../../src/server/words/held.ts'
import { tellEntered } from '../../../../src/server/words/membership.ts'
import {
  type PeoplePreview,
  peoplePreviewSchema,
} from '../../../../src/shared/domain/people-file.ts'
import { eachStore } from '../../stores.ts'
import { createWriter } from '../../words/words-world.ts'
import { everything, type NetworkWorld, networkWorld } from '../network-world.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures/people')
const fixture = (name: string): Uint8Array => readFileSync(join(fixtures, name))
const heading = 'Namn;E-post;Kommune;Målgruppe;Rolle;Tenesteområde;Kull'
const fileOf = (...rows: string[]): Uint8Array => Buffer.from([heading, ...rows].join('\n'))
const stord = 'HR-leiar, Stord;hr-leiar@stord.example;Stord;2;;Stab;Kull 1'

const previewOf = async (world: NetworkWorld, bytes: Uint8Array): Promise<PeoplePreview> =>
  v.parse(peoplePreviewSchema, (await planPeople(world.store.db, { ...world, bytes })).preview)

const bring = async (world: NetworkWorld, bytes: Uint8Array): Promise<PeoplePreview> => {
  const { network, administrator: by } = world
  const done = await world.store.write((db) => importPeople(db, world, { network, by, bytes }))
  if (!done) throw new Error('no such network')
  await tellEntered(world, done.entered)
  return v.parse(peoplePreviewSchema, done.preview)
}
const counts = ({ counts: { new: made, changed, same, problems } }: PeoplePreview): number[] => [
  made,
  changed,
  same,
  problems,
]
const told = ({ problems, rows }: PeoplePreview): string[] =>
  [...problems, ...rows.flatMap((row) => row.problems)].map(({ code, line, value, detail }) =>
    `${code} ${line} ${value} ${Object.values(detail).join(' ')}`.trim(),
  )
const personOf = (world: NetworkWorld, email: string) =>
  world.store.db
    .selectFrom('person')
    .selectAll()
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
const scopesOf = async (world: NetworkWorld, person: string): Promise<string[]> => {
  const { db } = world.store
  const groups = await db.selectFrom('working_group').select(['id', 'name']).execute()
  const nameByScope = new Map(groups.map(({ id, name }) => [`g:${id}`, name]))
  const rows = await db
    .selectFrom('membership')
    .select('scope')
    .where('person', '=', person)
    .execute()
  return rows.map(({ scope }) => nameByScope.get(scope) ?? scope.split(':')[0] ?? '').sort()
}

eachStore(({ newStore }) => {
  test('the preview says what the import then does, and changes nothing itself', async () => {
    const world = await networkWorld(await newStore())
    const before = await everything(world.store.db)
    const preview = await previewOf(world, fixture('excel-sep.csv'))
    expect(await everything(world.store.db)).toEqual(before)
    expect(preview).toMatchObject({ imported: false, problems: [], ignored: [] })
    expect(counts(preview)).toEqual([5, 0, 0, 0])
    expect(preview.rows[1]).toEqual({
      line: 6,
      name: 'HR-leiar, Øygarden',
      email: 'hr-leiar@oygarden.example',
      outcome: 'new',
      changes: [],
      problems: [],
    })
    expect(await bring(world, fixture('excel-sep.csv'))).toEqual({ ...preview, imported: true })
  })

  test('everybody gets a scope of their own, participants their leadership group', async () => {
    const world = await networkWorld(await newStore())
    await bring(world, fixture('calc-comma-utf8.csv'))
    const { db } = world.store
    const [kull1 = '', kull2 = ''] = world.cohorts
    const two = await personOf(world, 'ikt@kvam.example')
    expect(two).toMatchObject({
      name: 'Hovudtillitsvald; IKT-leiar, Ålvik',
      role: 'participant',
      audience: 'ikt',
      municipality: '4622',
      cohort: kull2,
      link: null,
      erased_at: null,
    })
    expect(await db.selectFrom('person_audience').selectAll().execute()).toEqual([
      { person: two.id, audience: 'tillitsvalde' },
    ])
    expect(await scopesOf(world, two.id)).toEqual(['Leiargruppa, Kvam', 'u'])
    const hr = await personOf(world, 'hr-leiar@oygarden.example')
    expect(hr).toMatchObject({ service_area: 'stab-og-stotte', cohort: kull1 })
    const staff = await personOf(world, 'fasilitator@vestland.example')
    expect(staff).toMatchObject({ role: 'facilitator', audience: null, municipality: null })
    expect(await scopesOf(world, staff.id)).toEqual(['u'])
    expect(await db.selectFrom('cohort_staff').selectAll().execute()).toEqual([
      { cohort: kull1, person: staff.id },
    ])
    expect(await readSeats(db, kull1)).toEqual({ capacity: 50, taken: 2 })
    const [act] = await db.selectFrom('administrative_act').selectAll().execute()
    expect(act).toMatchObject({
      network: world.network,
      by_person: world.administrator,
      act: 'person.imported',
      detail: '{"new":5,"changed":0,"same":0}',
    })
  })

  test('200 people of 43 municipalities are brought, and once more nothing changes', async () => {
    const world = await networkWorld(await newStore())
    expect(counts(await bring(world, fixture('vestland-200.csv')))).toEqual([200, 0, 0, 0])
    const { db } = world.store
    expect(await db.selectFrom('working_group').select('name').execute()).toHaveLength(43)
    for (const cohort of world.cohorts)
      expect(await readSeats(db, cohort)).toEqual({ capacity: 50, taken: 50 })
    const before = await everything(db)
    world.clock.now += 1000
    expect(counts(await bring(world, fixture('vestland-200.csv')))).toEqual([0, 0, 200, 0])
    expect(await everything(db)).toEqual(before)
  })

  test('nothing is stored while there is one problem', async () => {
    const world = await networkWorld(await newStore())
    const before = await everything(world.store.db)
    const preview = await bring(world, fileOf(stord, 'Utan adresse;;Stord;1;;;Kull 1'))
    expect(preview).toMatchObject({ imported: false, counts: { new: 1, problems: 1 } })
    expect(told(preview)).toEqual(['missing-value 3'])
    expect(await everything(world.store.db)).toEqual(before)
  })

  test('every problem of a file is told at once, with its line', async () => {
    const world = await networkWorld(await newStore())
    const preview = await previewOf(
      world,
      fileOf(
        stord,
        'Same att;HR-LEIAR@stord.example;Stord;2;;;Kull 1',
        `${'x'.repeat(121)};a@b;Stordd;6;leiar;romfart;Kul 1`,
        'Ingen;ingen@stord.example;;;;;',
        'Delt, Bømlo;delt@bomlo.example;4613 Stord;03/04/26;;teknik;Kull 9;for mykje',
        ';namnlaus@stord.example;Stord;1;deltakar/kokk;;Kull 2',
      ),
    )
    expect(told(preview)).toEqual(
      [
        'duplicate-email 3 hr-leiar@stord.example 2',
        `too-long 4 ${'x'.repeat(121)} 120`,
        'invalid-email 4 a@b',
        'unknown-municipality 4 Stordd Stord',
        'unknown-audience 4 6',
        'unknown-role 4 leiar',
        'unknown-service-area 4 romfart',
        'unknown-cohort 4 Kul 1 Kull 1',
        'missing-value 5',
        'missing-value 5',
        'missing-value 5',
        'unknown-municipality 6 4613 Stord Stord',
        'unknown-audience 6 03/04/26 3+4',
        'unknown-service-area 6 teknik teknisk',
        'unknown-cohort 6 Kull 9 Kull 1',
        'too-many-cells 6 for mykje',
        'missing-value 7',
        'unknown-role 7 deltakar/kokk',
      ].map((line) => line.trim()),
    )
    expect(preview.rows.map(({ outcome }) => outcome)).toEqual([
      'new',
      null,
      null,
      null,
      null,
      null,
    ])
  })

  test('a file that is none is told', async () => {
    const world = await networkWorld(await newStore())
    expect(told(await bring(world, Buffer.from('PK\u0003\u0004\u0000', 'latin1')))).toEqual([
      'not-text null null',
    ])
    expect(told(await bring(world, new Uint8Array(1_000_001)))).toEqual([
      'too-large null null 1000000',
    ])
    expect(told(await bring(world, fixture('calc-3-4-became-a-date.csv')))).toEqual([
      'unknown-audience 6 03/04/26 3+4',
    ])
  })

  test('what the file does not say stays; what it says is changed and named', async () => {
    const world = await networkWorld(await newStore())
    await bring(
      world,
      fileOf('Leiar, Stord;a@stord.example;Stord;1+2;deltakar/redaktør;Stab;Kull 1'),
    )
    const { id } = await personOf(world, 'a@stord.example')
    const short = Buffer.from(
      'navn,epost,kommune,målgruppe,kull\n"HR-leder, Stord",A@stord.example,,,',
    )
    expect((await previewOf(world, short)).rows[0]).toMatchObject({
      outcome: 'changed',
      changes: ['name'],
    })
    await bring(world, short)
    expect(await personOf(world, 'a@stord.example')).toMatchObject({
      id,
      name: 'HR-leder, Stord',
      audience: 'leiargruppe',
      service_area: 'stab-og-stotte',
    })
    const all = await bring(
      world,
      fileOf('HR-leder, Stord;a@stord.example;Stord;2;fasilitator;Teknisk;Kull 1'),
    )
    expect(all.rows[0]?.changes).toEqual(['audience', 'role', 'serviceArea'])
    const { db } = world.store
    expect(await personOf(world, 'a@stord.example')).toMatchObject({ audience: 'hr' })
    expect(await db.selectFrom('person_audience').selectAll().execute()).toEqual([])
    expect(await db.selectFrom('person_role').selectAll().execute()).toEqual([])
    expect(await db.selectFrom('cohort_staff').select('person').execute()).toEqual([{ person: id }])
    // No participant any more: out of the leadership group.
    expect(await scopesOf(world, id)).toEqual(['u'])
    await bring(world, fileOf(';a@stord.example;;;redaktør;;'))
    expect(await db.selectFrom('cohort_staff').select('person').execute()).toEqual([])
  })

  test('a file leaves the cohorts that somebody facilitates as they are', async () => {
    const world = await networkWorld(await newStore())
    const { db } = world.store
    await bring(world, fileOf('Begge;begge@stord.example;Stord;2;deltakar+fasilitator;;Kull 1'))
    const { id: person } = await personOf(world, 'begge@stord.example')
    await db
      .updateTable('cohort_staff')
      .set({ cohort: 'kull-2' })
      .where('person', '=', person)
      .execute()
    await bring(world, fileOf('Nytt namn;begge@stord.example;;;;;'))
    expect(await personOf(world, 'begge@stord.example')).toMatchObject({ name: 'Nytt namn' })
    expect(await db.selectFrom('cohort_staff').selectAll().execute()).toEqual([
      { cohort: 'kull-2', person },
    ])
  })

  test('who gets another municipality moves to its leadership group, and no word is lost', async () => {
    const world = await networkWorld(await newStore())
    await bring(world, fileOf(stord, 'Leiar, Stord;leiar@stord.example;Stord;1;;;Kull 1'))
    const [mover, stays] = [
      await personOf(world, 'hr-leiar@stord.example'),
      await personOf(world, 'leiar@stord.example'),
    ]
    const { db } = world.store
    const { id: group } = await db
      .selectFrom('working_group')
      .select('id')
      .executeTakeFirstOrThrow()
    const scope = `g:${group}`
    const [mine, theirs] = [
      createWriter(world, mover.id, 'mine', scope),
      createWriter(world, stays.id, 'theirs', scope),
    ]
    mine.write('visjon', 'frå HR')
    await mine.sync()
    await bring(world, fileOf(stord.replace(';Stord;', ';Bømlo;')))
    expect(await scopesOf(world, mover.id)).toEqual(['Leiargruppa, Bømlo', 'u'])
    expect(world.ledger.isOut(scope, mover.id)).toBe(true)
    mine.write('visjon', 'frå HR, etterpå')
    expect(await mine.sync()).toMatchObject({ status: 'left', acks: ['held'] })
    await theirs.sync()
    expect(theirs.plain('visjon').texts).toEqual({ 'f/visjon/mine': 'frå HR' })
    const own = createWriter(world, mover.id, 'mine', `u:${mover.id}:${world.run}`)
    await own.sync()
    expect(own.plain('visjon').texts).toEqual({ 'f/visjon/mine': 'frå HR' })

    // And back: what was held comes into the group.
    await bring(world, fileOf(stord))
    expect(world.ledger.isOut(scope, mover.id)).toBe(false)
    expect(await readHeld(world, mover.id)).toEqual({ held: [], next: null })
    await theirs.sync()
    expect(theirs.plain('visjon').texts).toEqual({ 'f/visjon/mine': 'frå HR, etterpå' })
  })

  test('who was moved to another leadership group by hand stays there', async () => {
    const world = await networkWorld(await newStore())
    await bring(world, fileOf(stord))
    const { id } = await personOf(world, 'hr-leiar@stord.example')
    const { db } = world.store
    await db
      .insertInto('working_group')
      .values({ id: 'nabo', name: 'Nabo', cohort: world.cohorts[0] ?? '', municipality: '4613' })
      .execute()
    await db
      .updateTable('membership')
      .set({ scope: 'g:nabo' })
      .where('scope', 'like', 'g:%')
      .execute()
    await bring(world, fileOf(stord.replace('HR-leiar, Stord', 'HR-sjef, Stord')))
    expect(await scopesOf(world, id)).toEqual(['Nabo', 'u'])
  })

  test('a cohort that would be too full is told at the first without a seat', async () => {
    const world = await networkWorld(await newStore())
    const { db } = world.store
    await db.updateTable('cohort').set({ capacity: 2 }).execute()
    const other = 'Leiar, Stord;leiar@stord.example;Stord;1;;;Kull 1'
    expect(told(await previewOf(world, fileOf(stord, stord, other)))).toEqual([
      'duplicate-email 3 hr-leiar@stord.example 2',
    ])
    await bring(world, fileOf(stord))
    const row = (n: number, more = ';1;') => `${n};p${n}@stord.example;Stord${more};;Kull 1`
    expect(told(await bring(world, fileOf(row(1), row(2), row(3))))).toEqual([
      'over-capacity 3 Kull 1 2 1 3',
    ])
    // Neither staff, nor politicians, nor those of a full cohort who are there already.
    const free = [row(4, ';;fasilitator'), row(5, ';folkevald;')]
    expect(counts(await bring(world, fileOf(row(1), stord, ...free)))).toEqual([3, 0, 1, 0])
    expect(await readSeats(db, world.cohorts[0] ?? '')).toEqual({ capacity: 2, taken: 2 })
    const politician = await personOf(world, 'p5@stord.example')
    expect(await scopesOf(world, politician.id)).toEqual(['u'])
    await db.updateTable('cohort').set({ capacity: 1 }).execute()
    expect(told(await bring(world, fileOf(stord.replace(';Stab;', ';Teknisk;'))))).toEqual([])
    // Who gives a seat away makes room in the same file.
    await db.updateTable('cohort').set({ capacity: 2 }).execute()
    expect(told(await bring(world, fileOf(row(6), row(1, ';;fasilitator'))))).toEqual([])
  })

  test('two files at the same time fill no cohort twice, and make nobody twice', async () => {
    const world = await networkWorld(await newStore())
    const { db } = world.store
    await db.updateTable('cohort').set({ capacity: 1 }).execute()
    const other = 'Leiar, Stord;leiar@stord.example;Stord;1;;;Kull 1'
    const both = await Promise.all([bring(world, fileOf(stord)), bring(world, fileOf(other))])
    expect(both.map(({ imported }) => imported).sort()).toEqual([false, true])
    await db.updateTable('cohort').set({ capacity: 50 }).execute()
    const more = fileOf(stord, other)
    await Promise.all([bring(world, more), bring(world, more)])
    expect(await readSeats(db, world.cohorts[0] ?? '')).toEqual({ capacity: 50, taken: 2 })
    expect(await db.selectFrom('working_group').select('name').execute()).toHaveLength(1)
  })

  test('nobody is moved to another cohort', async () => {
    const world = await networkWorld(await newStore())
    await bring(world, fileOf(stord))
    expect(told(await bring(world, fileOf(stord.replace('Kull 1', 'Kull 2'))))).toEqual([
      'moves-cohort 2 Kull 2 Kull 1',
    ])
  })

  test('the last administrator stays one', async () => {
    const world = await networkWorld(await newStore())
    const { db } = world.store
    await db.updateTable('person').set({ email: 'admin@vestland.example' }).execute()
    const demoted = 'A;admin@vestland.example;Stord;1;deltakar;;Kull 1'
    expect(told(await bring(world, fileOf(demoted)))).toEqual([
      'last-administrator 2 admin@vestland.example',
    ])
    const other = 'B;b@vestland.example;;;administrator;;Kull 1'
    expect(counts(await bring(world, fileOf(demoted, other)))).toEqual([1, 1, 0, 0])
  })

  test('people and cohorts of another network are nobody here', async () => {
    const world = await networkWorld(await newStore())
    await bring(world, fileOf(stord))
    const { db } = world.store
    await db.insertInto('network').values({ id: 'nabo', name: 'Nabo', created_at: 0 }).execute()
    await db
      .insertInto('programme_run')
      .values({ id: 'nabo-1', network: 'nabo', name: 'Nabo', ends_on: null, keep_months: null })
      .execute()
    const there = { ...world, network: 'nabo' }
    expect(told(await bring(there, fileOf(stord)))).toEqual([
      'unknown-audience 2 2',
      'unknown-cohort 2 Kull 1',
    ])
    await db
      .insertInto('cohort')
      .values({ id: 'nabo-kull', run: 'nabo-1', name: 'Kull 1', package: 'p', version: '1.0.0' })
      .execute()
    expect(counts(await bring(there, fileOf(stord)))).toEqual([1, 0, 0, 0])
    const nobody = { ...world, network: 'ingen' }
    await expect(bring(nobody, fileOf(stord))).rejects.toThrow('no such network')
  })

  test('two cohorts of one name are told apart by id only', async () => {
    const world = await networkWorld(await newStore())
    const { db } = world.store
    await db.updateTable('cohort').set({ name: 'Kull 1' }).where('id', '=', 'kull-2').execute()
    expect(told(await previewOf(world, fileOf(stord)))).toEqual(['ambiguous-cohort 2 Kull 1'])
    expect(told(await previewOf(world, fileOf(stord.replace('Kull 1', 'kull-2'))))).toEqual([])
  })

  test('a failure afterwards stores nothing and gives nobody a right', async () => {
    const world = await networkWorld(await newStore())
    const before = await everything(world.store.db)
    const broken = world.store.write(async (db) => {
      await importPeople(db, world, { network: world.network, by: null, bytes: fileOf(stord) })
      throw new Error('the power went')
    })
    await expect(broken).rejects.toThrow('the power went')
    expect(await everything(world.store.db)).toEqual(before)
  })
})
