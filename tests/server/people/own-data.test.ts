import { join } from 'node:path'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { readPackage } from '../../../src/server/content/read-package.ts'
import { ownDataFile } from '../../../src/server/people/own-data/own-data-file.ts'
import { readOwnFacts } from '../../../src/server/people/own-data/own-facts.ts'
import { readOwnWords } from '../../../src/server/people/own-data/own-words.ts'
import { backedUpTables } from '../../../src/server/store/backup-store.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { compactDocument } from '../../../src/server/words/compact.ts'
import { restoreMembership, revokeMembership } from '../../../src/server/words/membership.ts'
import { mergingHere } from '../../../src/server/words/merging.ts'
import type { Field } from '../../../src/shared/domain/field.ts'
import type { Outline, OutlineItem } from '../../../src/shared/domain/outline.ts'
import { type OwnData, ownDataSchema } from '../../../src/shared/domain/own-data.ts'
import { allItems } from '../../../src/shared/domain/travel-order.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { blockLabelKey, encodeBlockLabel } from '../../../src/shared/words/blocks.ts'
import {
  createDocument,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import type { Scalar } from '../../../src/shared/words/plain.ts'
import { cellRoot, fieldRoot } from '../../../src/shared/words/roots.ts'
import { rowHiddenKey, rowOrderKey } from '../../../src/shared/words/rows.ts'
import { eachStore } from '../stores.ts'
import { signIn, testApp as sqliteApp } from '../test-app.ts'
import {
  createWriter,
  group,
  otherGroup,
  own,
  person,
  tablet,
  type World,
  worldOf,
} from '../words/words-world.ts'
import { fillPerson, marksOf } from './whole-person.ts'

const root = join(import.meta.dirname, '../../..')
const colleague = 'deltakar-sunnfjord'
const mine = marksOf('Mine')
const theirs = marksOf('Deira')

/** The demonstration programme, as the people of the tests follow it. */
const outline = await (async (): Promise<Outline> => {
  const folder = join(root, 'content/kompetanseloft-vestland')
  const read = await readPackage(folder, { findBase: async () => null })
  if (!read.ok) throw new Error(JSON.stringify(read.problems[0]))
  return read.package.outline
})()
const publish = ({ db }: Store) =>
  db
    .insertInto('package_version')
    .values({
      ...{ id: 'base', version: '1.0.0', hash: 'x', published_at: 1 },
      outline: JSON.stringify(outline),
    })
    .execute()
const items = allItems(outline)
const itemWith = (kind: Field['kind'], not: readonly OutlineItem[] = []) => {
  const item = items.find(
    (one) => !not.includes(one) && one.fields.some((field) => field.kind === kind),
  )
  const field = item?.fields.find((one) => one.kind === kind)
  if (!item || !field) throw new Error(`no ${kind} in the programme`)
  return { item, field }
}
const kinds = [
  'text',
  'longtext',
  'single',
  'multiple',
  'ranking',
  'checklist',
  'scale',
  'table',
] as const

/** What a page writes into a field of this kind; `mark` where people type. */
const answer = (
  doc: ReturnType<typeof createDocument>,
  field: Field,
  mark: string,
  block?: string,
) => {
  const set = (entries: [string, Scalar][]) => writeScalars(doc, entries)
  const key = block ? `${field.id}/${block}` : field.id
  if (field.kind === 'text' || field.kind === 'longtext' || field.kind === 'words')
    writeText(doc, fieldRoot(field.id, block), mark)
  else if (field.kind === 'single') set([[key, field.options[1]?.id ?? '']])
  else if (field.kind === 'scale') set([[key, field.scale.max]])
  else if (field.kind === 'table') {
    const [column] = field.columns
    writeText(doc, cellRoot(field.id, 'rad-1', column?.id ?? '', block), mark)
    set([[rowOrderKey(field.id, 'rad-1'), 'a']])
  } else set([[key, field.options.map(({ id }) => id)]])
}

/** All that a person of the demonstration may have left here, under marks; returns the marks of what they wrote. */
const writeEverything = async (world: World, who: string, mark: string): Promise<string[]> => {
  const scope = `u:${who}:vestland-1`
  const marks: string[] = []
  const writer = createWriter(world, who, `${who}-pc`, scope)
  const send = async (to: typeof writer, doc: string, state: Uint8Array) => {
    to.outbox.push({ doc, writtenAt: world.clock.now, update: state })
    await to.sync()
  }
  const next = (what: string): string => {
    marks.push(`${mark} ${what}`)
    return `${mark} ${what}`
  }
  for (const kind of kinds) {
    const { item, field } = itemWith(kind)
    const doc = createDocument()
    answer(doc, field, kind === 'text' || kind === 'longtext' || kind === 'table' ? next(kind) : '')
    writeText(doc, fieldRoot('notat'), next(`notat ${kind}`))
    await send(writer, `${scope}/${item.id}`, wholeState(doc))
  }
  const gone = createDocument()
  writeText(gone, fieldRoot('borte'), next('i noko som er borte'))
  await send(writer, `${scope}/base.borte.heilt`, wholeState(gone))
  await compactDocument(world.store, scope, `${scope}/${itemWith('longtext').item.id}`, mergingHere)
  const progress = createDocument()
  writeScalars(progress, [[`${items[0]?.id}/done/${who}-pc`, 1]])
  await send(writer, `${scope}/progress`, wholeState(progress))
  return marks
}

/** In a group: own blocks; others write in the same document. */
const writeInGroup = async (
  world: World,
  who: string,
  scope: string,
  mark: string,
): Promise<string> => {
  const { item, field } = itemWith('longtext')
  const doc = createDocument()
  const device = `${who}-pc`
  writeText(doc, fieldRoot(field.id, device), mark)
  writeScalars(doc, [
    [blockLabelKey(device), encodeBlockLabel({ label: `Merkelapp ${who}`, role: null, at: 1 })],
  ])
  const writer = createWriter(world, who, device, scope)
  writer.outbox.push({
    doc: `${scope}/${item.id}`,
    writtenAt: world.clock.now,
    update: wholeState(doc),
  })
  await writer.sync()
  return mark
}

eachStore(({ newStore, testApp }) => {
  const setUp = async () => {
    const store = await newStore()
    const server = await testApp({ store })
    const world = { ...(await worldOf(store)), clock: server.clock }
    world.now = () => server.clock.now
    await publish(store)
    const ask = async (cookie: string, path: string) =>
      server.app.inject({ method: 'GET', url: path, headers: { cookie } })
    return { ...world, app: server.app, ask }
  }

  test('all that one has written and been given is in both files, and nothing of anybody else', async () => {
    const world = await setUp()
    const { store, app, ask } = world
    const { now } = world.clock
    await fillPerson(store.db, { person, by: 'administrator', marks: mine, now })
    await fillPerson(store.db, { person: colleague, by: 'administrator', marks: theirs, now })
    await restoreMembership(world, group, colleague)
    const words = await writeEverything(world, person, 'MittOrd')
    const foreign = await writeEverything(world, colleague, 'FramandOrd')
    words.push(await writeInGroup(world, person, group, 'MittOrd i gruppa'))
    foreign.push(await writeInGroup(world, colleague, group, 'FramandOrd i gruppa'))
    foreign.push(await writeInGroup(world, tablet, group, 'Nettbrettet sitt ord'))
    // Left another group, and wrote for it afterwards.
    await restoreMembership(world, otherGroup, person)
    words.push(await writeInGroup(world, person, otherGroup, 'MittOrd før eg gjekk'))
    await revokeMembership(world, otherGroup, person)
    words.push(await writeInGroup(world, person, otherGroup, 'MittOrd halde'))
    foreign.push(await writeInGroup(world, colleague, otherGroup, 'FramandOrd etterpå'))

    const cookie = await signIn(app)
    const file = await ask(cookie, paths.ownData)
    expect(file.statusCode).toBe(200)
    expect(file.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="loft-eigne-data.json"',
    })
    const data: OwnData = v.parse(ownDataSchema, file.json())
    const pages = [
      await ask(cookie, `${paths.ownDataPage}?language=nn`),
      await ask(cookie, `${paths.ownDataPage}?language=nb`),
    ]
    for (const { statusCode, headers, body } of pages) {
      expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
      expect(body).not.toMatch(/<script|https?:\/\/(?!inn\.example)/)
      expect(body.trimEnd().endsWith('</html>')).toBe(true)
    }
    expect(pages[0]?.body).toContain('<html lang="nn">')
    expect(pages[0]?.body).toContain('deltakar, redaktør')
    expect(pages[1]?.body).toContain('deltaker, redaktør')
    expect(pages[1]?.body).toContain('Alt Løft har om deg')

    const { waiting, ...others } = theirs
    for (const [what, text] of [file, ...pages].entries()) {
      for (const mark of [...words, ...Object.values(mine)])
        expect(text.body, `${what}: ${mark}`).toContain(mark)
      for (const mark of [
        ...foreign,
        waiting,
        ...Object.values(others),
        'Merkelapp deltakar-sunnfjord',
      ])
        expect(text.body, `${what}: ${mark}`).not.toContain(mark)
    }
    // Choices are told by their labels, in the language of the page.
    const { field } = itemWith('multiple')
    const [option] = field.kind === 'multiple' ? field.options : []
    expect(pages[0]?.body).toContain(option?.label.nn)
    expect(pages[1]?.body).toContain(option?.label.nb)
    const held = data.words.filter(({ kind }) => kind === 'held')
    expect(held.map(({ answers }) => answers.map(({ text }) => text))).toEqual([
      [expect.stringContaining('MittOrd halde')],
    ])
    expect(data.words.find(({ kind }) => kind === 'progress')?.progress).toEqual([
      { item: items[0]?.id, title: items[0]?.title, furthest: 0, resume: null, done: true },
    ])
  })

  test('the facts name every table that tells of somebody', async () => {
    const world = await setUp()
    const { db } = world.store
    await fillPerson(db, { person, by: 'administrator', marks: mine, now: world.clock.now })
    const facts = await readOwnFacts(db, person, world.clock.now)
    for (const [list, rows] of Object.entries(facts ?? {}))
      if (Array.isArray(rows)) expect(rows.length, list).toBeGreaterThan(0)
    expect(facts?.person).toMatchObject({
      roles: ['participant', 'editor'],
      audiences: ['leiargruppe', 'hr'],
      worksWith: ['Kull 1'],
      resourceFor: [{ municipality: 'Sunnfjord', audience: 'folkevalde' }],
      groups: [{ id: 'leiargruppa-stord', name: 'Leiargruppa, Stord', leftAt: null }],
    })
  })

  test('what was deleted is not in it, and a row that was removed says so', async () => {
    const world = await setUp()
    const { item, field } = itemWith('table')
    const [column] = field.kind === 'table' ? field.columns : []
    const writer = createWriter(world, person, 'pc', own)
    writer.write('note', 'Sletta ord', 'tanke')
    await writer.sync()
    writer.write('note', '', 'tanke')
    writer.write('note', 'Står att', 'anna')
    await writer.sync()
    const doc = createDocument()
    writeText(doc, cellRoot(field.id, 'rad', column?.id ?? ''), 'Teken ut')
    writeScalars(doc, [
      [rowOrderKey(field.id, 'rad'), 'a'],
      [rowHiddenKey(field.id, 'rad'), 'noko anna'],
    ])
    writer.outbox.push({ doc: `${own}/${item.id}`, writtenAt: 1, update: wholeState(doc) })
    await writer.sync()
    const cookie = await signIn(world.app)
    const { body } = await world.ask(cookie, paths.ownData)
    expect(body).not.toContain('Sletta ord')
    expect(body).toContain('Står att')
    const data = v.parse(ownDataSchema, JSON.parse(body))
    const rows = data.words.flatMap(({ answers }) => answers.flatMap(({ rows: all }) => all ?? []))
    expect(rows).toMatchObject([{ removed: false, cells: [{ text: 'Teken ut' }] }])
  })

  test('what people write is text in the page, and cannot be markup', async () => {
    const world = await setUp()
    const bad = '</dd><script>alert("1")</script>&amp;'
    const writer = createWriter(world, person, 'pc', own)
    writer.write('note', bad, 'tanke')
    await writer.sync()
    await world.store.db.updateTable('person').set({ name: bad }).where('id', '=', person).execute()
    const { body } = await world.ask(await signIn(world.app), paths.ownDataPage)
    expect(body).not.toContain('<script')
    expect(
      body.split('&lt;/dd&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;'),
    ).toHaveLength(3)
  })
})

test('a group’s tablet and somebody who is not signed in take out nothing', async () => {
  const { app } = await sqliteApp()
  const cookie = await signIn(app, 'demo-gruppe-stord')
  for (const path of [paths.ownData, paths.ownDataPage]) {
    expect((await app.inject({ method: 'GET', url: path })).statusCode).toBe(401)
    expect((await app.inject({ method: 'GET', url: path, headers: { cookie } })).statusCode).toBe(
      404,
    )
  }
})

test('what nobody can build goes out as it is stored, and others’ words are not in it', async () => {
  const { db, store, app } = await sqliteApp({
    merging: { ...mergingHere, read: async () => ({ kind: 'unfit' }) },
  })
  const world = await worldOf(store)
  for (const [who, scope] of [
    [person, own],
    [person, group],
    [tablet, group],
  ] as const) {
    const writer = createWriter(world, who, who, scope)
    writer.write('note', `ord av ${who}`)
    await writer.sync()
  }
  const answerOf = await app.inject({ url: paths.ownData, headers: { cookie: await signIn(app) } })
  const { words } = v.parse(ownDataSchema, answerOf.json())
  const stored = await db.selectFrom('update').select('bytes').where('scope', '=', own).execute()
  expect(words.map(({ kind, unread }) => [kind, unread])).toEqual([
    ['group', []],
    ['own', stored.map(({ bytes }) => Buffer.from(bytes).toString('base64'))],
  ])
})

test('a thread that has no room is asked again', async () => {
  let tries = 0
  const { app, store } = await sqliteApp({
    merging: {
      ...mergingHere,
      read: async (updates) => (++tries < 3 ? { kind: 'busy' } : mergingHere.read(updates)),
    },
  })
  const writer = createWriter(await worldOf(store), person, 'pc', own)
  writer.write('note', 'Ventar på plass')
  await writer.sync()
  const { body } = await app.inject({ url: paths.ownData, headers: { cookie: await signIn(app) } })
  expect(body).toContain('Ventar på plass')
})

test('one document is in memory at a time', async () => {
  const { store } = await sqliteApp()
  const world = await worldOf(store)
  const writer = createWriter(world, person, 'pc', own)
  for (let n = 0; n < 5; n++) writer.write(`note-${n}`, `ord ${n}`)
  await writer.sync()
  let read = 0
  const merging = {
    ...mergingHere,
    read: (updates: readonly Uint8Array[]) => {
      read++
      return mergingHere.read(updates)
    },
  }
  const facts = await readOwnFacts(store.db, person, world.clock.now)
  if (!facts) throw new Error('nobody')
  const pieces = ownDataFile(facts, readOwnWords({ db: store.db, merging }, person), 1)
  await pieces.next()
  await pieces.next()
  expect(read).toBe(1)
  await pieces.return(undefined)
})

test('no table with a person in it is forgotten: each is known to the export or holds none of its own', async () => {
  const { db } = await sqliteApp()
  const withPerson = (await db.introspection.getTables())
    .filter(({ columns }) => columns.some(({ name }) => /person|email/.test(name)))
    .map(({ name }) => name)
  const known = [
    ...['administrative_act', 'calendar_feed', 'certificate', 'cohort_staff', 'contact_person'],
    ...['content_report', 'counted_person', 'former_member', 'identity', 'invitation'],
    ...['membership', 'person', 'person_audience', 'person_role', 'resource_person', 'session'],
    ...['sign_in_code', 'waiting_person'],
    // A group's: it is nobody's own.
    'tablet',
    // Words.
    ...['archive', 'held', 'update'],
  ]
  expect(withPerson.toSorted()).toEqual(known.toSorted())
  expect(backedUpTables.map(({ name }) => String(name))).toEqual(expect.arrayContaining(known))
})
