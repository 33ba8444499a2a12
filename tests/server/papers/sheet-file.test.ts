import { parse } from 'csv-parse/sync'
import mammoth from 'mammoth'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, test } from 'vitest'
import type { FieldOf } from '../../../src/shared/domain/field.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { agreedField } from '../../../src/shared/words/agreed.ts'
import { blockLabelKey, encodeBlockLabel } from '../../../src/shared/words/blocks.ts'
import {
  createDocument,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { encodeHandingIn, handedInKey } from '../../../src/shared/words/handing-in.ts'
import { effortKey } from '../../../src/shared/words/plan.ts'
import { cellRoot, fieldRoot } from '../../../src/shared/words/roots.ts'
import { hiddenValue, rowHiddenKey, rowOrderKey } from '../../../src/shared/words/rows.ts'
import { item, outlineOf, text } from '../../shared/domain/sample-outline.ts'
import { group, push, sync } from '../sync/sync-client.ts'
import { signIn, testApp } from '../test-app.ts'

const options = [
  { id: 'tid', label: text('Drifta tek tida') },
  { id: 'jus', label: text('Vi er usikre på jussen') },
]
const plan: FieldOf<'table'> = {
  id: 'plan',
  kind: 'table',
  plan: {},
  sees: 'group',
  label: { nn: 'Tiltaksplan', nb: 'Tiltaksplan på bokmål' },
  columns: ['tiltak', 'ansvarleg', 'gevinst', 'maling', 'eigar'].map((id) => ({
    id,
    label: text(`kolonne ${id}`),
  })),
}
const task = item('base.leiing.plan', {
  kind: 'task',
  title: text('Planen vår'),
  fields: [
    { id: 'utfordring', kind: 'longtext', sees: 'group', label: text('Kva vel vi?') },
    { id: 'hinder', kind: 'multiple', sees: 'group', label: text('Kva hindrar?'), options },
    { id: 'rekkje', kind: 'ranking', sees: 'group', label: text('Kva først?'), options },
    {
      ...{ id: 'skala', kind: 'scale', sees: 'group', label: text('Kor langt?') },
      scale: { min: 1, max: 5, low: text('Kort'), high: text('Langt') },
    },
    plan,
    { id: 'hemmeleg', kind: 'text', sees: 'me', label: text('Berre mitt') },
    { id: 'tom', kind: 'text', sees: 'group', label: text('Ingen svarte') },
  ],
})
const doc = `${group}/${task.id}`

const written = () => {
  const words = createDocument()
  const label = (block: string, role: string | null, at: number, name = 'Leiargruppa, Stord') =>
    [blockLabelKey(block), encodeBlockLabel({ label: name, role, at })] as const
  writeScalars(words, [
    label('a', 'hr', 1),
    label('b', null, 2, 'Kommunedirektør, Stord'),
    ['hinder/a', ['tid']],
    ['hinder/b', ['tid', 'jus']],
    ['rekkje/b', ['jus', 'tid']],
    ['skala/a', 5],
    [rowOrderKey('plan', 'r1'), 'a'],
    [rowOrderKey('plan', 'r2'), 'b'],
    [effortKey('plan', 'r1', 'state'), 'under-way'],
    [effortKey('plan', 'r1', 'deadline'), '2027-03-01'],
    [effortKey('plan', 'r1', 'term'), 'short'],
  ])
  writeText(
    words,
    fieldRoot('utfordring', 'a'),
    'Nattevaktene fører alt to gonger. 👩🏽‍⚕️\nOgså i helga.',
  )
  writeText(words, fieldRoot('utfordring', 'b'), '=SUM(1) & "hermeteikn"; <b>')
  writeText(words, fieldRoot(agreedField('utfordring'), 'b'), 'Vi byrjar med natta.')
  writeText(words, cellRoot('plan', 'r1', 'tiltak', 'a'), 'Éi vaktliste')
  writeText(words, cellRoot('plan', 'r1', 'tiltak', 'b'), 'Felles vaktliste')
  writeText(words, cellRoot('plan', 'r1', 'eigar', 'b'), 'Avdelingsleiar')
  writeText(words, cellRoot('plan', 'r2', 'tiltak', 'a'), 'Fjerna rad')
  writeText(words, fieldRoot('gamalt', 'a'), 'Svar på noko som er teke ut')
  return words
}

const open = async () => {
  const world = await testApp()
  const outline = outlineOf([task])
  await world.db
    .insertInto('package_version')
    .values({
      ...{ id: 'base', version: '1.0.0', hash: 'f'.repeat(64), published_at: 1 },
      outline: JSON.stringify(outline),
    })
    .execute()
  const member = await signIn(world.app, 'demo-deltakar-stord')
  const facilitator = await signIn(world.app, 'demo-fasilitator')
  const words = written()
  const texts = { 'f/plan/r2/tiltak/a': 'Fjerna rad' }
  writeScalars(words, [
    [rowHiddenKey('plan', 'r2'), hiddenValue({ texts, scalars: {} }, 'plan', 'r2')],
  ])
  const send = () => sync(world.app, member, { id: group, pushes: [push(doc, wholeState(words))] })
  await send()
  const ask = (cookie: string, url: string) => world.app.inject({ url, headers: { cookie } })
  const take = (kind: string, language = 'nn') =>
    ask(member, `${paths.sheetFile('leiargruppa-stord', task.id, kind)}?language=${language}`)
  const see = (kind: string) =>
    ask(facilitator, paths.handedInFile('leiargruppa-stord', task.id, kind))
  return { ...world, words, send, take, see }
}

const timesIn = (all: string, part: string): number => all.split(part).length - 1
const marks = [
  'Nattevaktene fører alt to gonger.',
  'Også i helga.',
  'Vi byrjar med natta.',
  'Éi vaktliste',
  'Felles vaktliste',
  'Avdelingsleiar',
  'Svar på noko som er teke ut',
] as const

const readPdf = async (bytes: Uint8Array) => {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const document = await loading.promise
  let all = ''
  const trees: unknown[] = []
  for (let page = 1; page <= document.numPages; page++) {
    const opened = await document.getPage(page)
    const { items } = await opened.getTextContent()
    trees.push(await opened.getStructTree())
    all += items.map((one) => ('str' in one ? one.str + (one.hasEOL ? '\n' : '') : '')).join('')
  }
  const { info, metadata } = await document.getMetadata()
  const outline = await document.getOutline()
  const read = {
    text: all,
    info: info as Record<string, unknown>,
    xmp: metadata?.getRaw() as string,
    bookmarks: outline.map(({ title }) => title),
    tree: JSON.stringify(trees),
  }
  await loading.destroy()
  return read
}

describe('a group’s sheet as a file', () => {
  test('is a Word document with headings, tables, and every word once with its writer', async () => {
    const { take } = await open()
    const file = await take('docx')
    expect(file.headers).toMatchObject({
      'content-disposition': 'attachment; filename="leiargruppa-stord-planen-var.docx"',
      'content-type': expect.stringContaining('wordprocessingml'),
    })
    const { value: html } = await mammoth.convertToHtml({ buffer: file.rawPayload })
    const { value: plain } = await mammoth.extractRawText({ buffer: file.rawPayload })
    for (const mark of marks) expect.soft(timesIn(plain, mark), mark).toBe(1)
    expect(plain).not.toContain('Fjerna rad')
    expect(plain).not.toContain('Berre mitt')
    expect(plain).toContain('=SUM(1) & "hermeteikn"; <b>')
    expect(plain).toContain('👩🏽‍⚕️')
    // By whom: the name stands before the text, in a cell behind it.
    expect(plain).toMatch(/HR-leiar\s+Nattevaktene/)
    expect(plain).toMatch(/Kommunedirektør, Stord\s+=SUM/)
    expect(plain).toMatch(/Dette samlar vi oss om\s+Kommunedirektør, Stord\s+Vi byrjar/)
    expect(html).toMatch(
      /Éi vaktliste<\/p><p>HR-leiar<\/p><p>Felles vaktliste<\/p><p>Kommunedirektør, Stord/,
    )
    expect(html).toMatch(/<h1>Kva vel vi\?<\/h1>/)
    expect(html).toMatch(/<th>.*kolonne tiltak/s)
    for (const fact of ['Kort sikt', '1. mars 2027', 'I gang', '5 (Langt)', 'Ikkje svart på enno'])
      expect.soft(plain).toContain(fact)
    expect(plain).toMatch(/1\. Vi er usikre på jussen\s+2\. Drifta tek tida/)
  })

  test('tells an archive its title, author and language', async () => {
    const { take } = await open()
    const { rawPayload } = await take('docx', 'nb')
    const unzipped = await unzip(rawPayload)
    expect(unzipped('docProps/core.xml')).toMatch(
      /<dc:title>Planen vår<.*<dc:creator>Leiargruppa, Stord</s,
    )
    expect(unzipped('word/styles.xml')).toContain('w:lang w:val="nb-NO"')
    expect(unzipped('word/document.xml')).toContain('w:tblHeader')
    expect(unzipped('word/document.xml')).toContain('Tiltaksplan på bokmål')
    const pdf = await readPdf((await take('pdf', 'nb')).rawPayload)
    expect(pdf.info).toMatchObject({
      Title: 'Planen vår',
      Author: 'Leiargruppa, Stord',
      Language: 'nb-NO',
    })
    expect(pdf.xmp).toMatch(/pdfaid:part>2<.*pdfaid:conformance>A</s)
    expect(pdf.bookmarks).toContain('Tiltaksplan på bokmål')
    expect(pdf.tree).toMatch(/"role":"H1".*"role":"Table".*"role":"TH"/s)
  })

  test('is a PDF with the same words', async () => {
    const { take } = await open()
    const pdf = await readPdf((await take('pdf')).rawPayload)
    const joined = pdf.text.replaceAll(/\s+/g, ' ')
    for (const mark of marks) expect.soft(timesIn(joined, mark), mark).toBe(1)
    expect(joined).not.toContain('Fjerna rad')
    expect(joined).toContain('Side 1 av')
  })

  test('is a table for spreadsheets in which nothing is a formula', async () => {
    const { take } = await open()
    const rows = parse((await take('csv')).rawPayload, { bom: true, delimiter: ';' }) as string[][]
    expect(rows[0]).toEqual(['Spørsmål', 'Rad', 'Kolonne', 'Skrive av', 'Samla om', 'Svar'])
    expect(rows).toContainEqual([
      'Kva vel vi?',
      '',
      '',
      'Kommunedirektør, Stord',
      '',
      '\'=SUM(1) & "hermeteikn"; <b>',
    ])
    expect(rows).toContainEqual([
      'Kva vel vi?',
      '',
      '',
      'Kommunedirektør, Stord',
      '1',
      'Vi byrjar med natta.',
    ])
    expect(rows).toContainEqual([
      'Tiltaksplan',
      '1',
      'kolonne tiltak',
      'HR-leiar',
      '',
      'Éi vaktliste',
    ])
    expect(rows.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
  })

  test('is given to facilitators as it was handed in, and not before', async () => {
    const { see, words, send } = await open()
    expect((await see('docx')).statusCode).toBe(404)
    writeScalars(words, [
      [handedInKey, encodeHandingIn({ id: 'x', at: 1_790_000_000_000, label: 'Stord' })],
    ])
    await send()
    writeText(words, fieldRoot('utfordring', 'a'), 'Endra etter levering')
    await send()
    const { value } = await mammoth.extractRawText({ buffer: (await see('docx')).rawPayload })
    expect(value).toContain('Nattevaktene fører alt to gonger.')
    expect(value).not.toContain('Endra etter levering')
    expect(value).toContain('Levert: ')
  })

  test('holds every word of long cells, in the PDF as well, and of a word without end', async () => {
    const { words, send, take } = await open()
    const numbered = (mark: string) => Array.from({ length: 400 }, (_, at) => `${mark}${at}q`)
    const all = ['gevinst', 'maling', 'ansvarleg'].flatMap((column) => {
      const list = numbered(column)
      writeText(words, cellRoot('plan', 'r1', column, 'a'), list.join(' '))
      return list
    })
    writeText(words, fieldRoot('utfordring', 'a'), 'x'.repeat(20_000))
    await send()
    const pdf = await readPdf((await take('pdf')).rawPayload)
    expect(all.filter((word) => timesIn(pdf.text, word) !== 1)).toEqual([])
    expect(timesIn(pdf.text, 'x')).toBe(20_000)
    const { value } = await mammoth.extractRawText({ buffer: (await take('docx')).rawPayload })
    expect(all.filter((word) => timesIn(value, word) !== 1)).toEqual([])
  })

  test('is refused for what is no sheet, and for a kind that there is not', async () => {
    const { take, app } = await open()
    expect((await take('exe')).statusCode).toBe(400)
    const cookie = await signIn(app, 'demo-deltakar-stord')
    const other = await app.inject({
      url: paths.sheetFile('leiargruppa-stord', 'base.leiing.finst-ikkje', 'pdf'),
      headers: { cookie },
    })
    expect(other.statusCode).toBe(404)
  })
})

/** What a program reads out of the zipped file. */
const unzip = async (bytes: Buffer): Promise<(name: string) => string> => {
  const { default: JSZip } = await import('jszip')
  const zip = await JSZip.loadAsync(bytes)
  const parts = new Map<string, string>()
  for (const name of Object.keys(zip.files))
    parts.set(name, (await zip.file(name)?.async('string')) ?? '')
  return (name) => parts.get(name) ?? ''
}
