import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeText } from '../../../../src/server/people/people-file/decode-text.ts'
import { readTable, type Table } from '../../../../src/server/people/people-file/read-table.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures/people')
const read = (name: string): Table =>
  readTable(decodeText(readFileSync(join(fixtures, name))) ?? '')
const heading = 'Namn;E-post;Kommune;Målgruppe;Kull'
const codes = ({ problems }: Table): string[] => problems.map(({ code, line }) => `${code} ${line}`)

const people = [
  ['Kommunedirektør, Stord', 'kommunedirektor@stord.example', 'Stord', '1', '', '', 'Kull 1'],
  ['HR-leiar, Øygarden', 'hr-leiar@oygarden.example', '4626', 'HR', '', 'Stab og støtte', 'Kull 1'],
  [
    'Leiar for "Skule og barnehage", Bømlo',
    'oppvekst@bomlo.example',
    'Bømlo kommune',
    'leiargruppe',
    'deltakar',
    'Skule og barnehage',
    'Kull 2',
  ],
  ['Hovudtillitsvald; IKT-leiar, Ålvik', 'ikt@kvam.example', 'Kvam herad', '3+4', '', '', 'Kull 2'],
  ['Fasilitator, Vestland', 'fasilitator@vestland.example', '', '', 'fasilitator', '', 'Kull 1'],
]
const cellsOf = ({ rows }: Table): (string | undefined)[][] =>
  rows.map(({ cells }) =>
    (['name', 'email', 'municipality', 'audience', 'role', 'serviceArea', 'cohort'] as const).map(
      (column) => cells[column],
    ),
  )

describe('files of spreadsheet programs', () => {
  test.each([
    ['calc-semicolon-utf8.csv', [2, 3, 5, 6, 7]],
    ['calc-semicolon-windows-1252.csv', [2, 3, 5, 6, 7]],
    ['calc-comma-utf8.csv', [2, 3, 5, 6, 7]],
    ['calc-tab-utf8.csv', [2, 3, 5, 6, 7]],
    ['excel-utf8.csv', [2, 3, 5, 6, 7]],
    ['excel-ansi.csv', [2, 3, 5, 6, 7]],
    ['excel-unicode-text.txt', [2, 3, 5, 6, 7]],
    ['excel-sep.csv', [3, 6, 8, 9, 10]],
  ])('%s says the same, and at which lines', (name, lines) => {
    const table = read(name)
    expect(table.problems).toEqual([])
    expect(cellsOf(table)).toEqual(people)
    expect(table.rows.map(({ line }) => line)).toEqual(lines)
    expect(table.rows.map(({ extra }) => extra).join('')).toBe('')
    expect(table.ignored).toEqual([])
  })

  test('a workbook, a picture and a text of another kind are no text', () => {
    expect(
      decodeText(Buffer.from('PK\u0003\u0004\u0014\u0000xl/workbook.xml', 'latin1')),
    ).toBeNull()
    expect(decodeText(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).toBeNull()
    expect(decodeText(Buffer.from('Namn;Kommune', 'utf16le'))).toBeNull() // without its mark
    expect(decodeText(Buffer.from('efbbbf4e616d6ef8', 'hex'))).toBeNull() // marked as UTF-8, and is not
  })

  test('old line ends of a Mac and mixed ones are line ends', () => {
    const rows = ['Rolle;Kull', 'a;b', '', 'c;d'].join('\r')
    expect(readTable(rows).rows.map(({ line }) => line)).toEqual([2, 4])
    expect(readTable('Rolle;Kull\na;b\r\nc;d\r').rows.map(({ cells }) => cells)).toEqual([
      { role: 'a', cohort: 'b' },
      { role: 'c', cohort: 'd' },
    ])
  })
})

describe('headings', () => {
  test.each(['Navn', 'NAVN', ' namn ', 'Namn:', 'Name'])('%s is the name', (written) => {
    expect(readTable(`${written};E-post\na;b`).columns).toEqual(['name', 'email'])
  })

  test('what means nothing is not read, and told', () => {
    const table = readTable(`Telefon;${heading};Stilling\n1;a;b;c;d;e;f`)
    expect(table.ignored).toEqual(['Telefon', 'Stilling'])
    expect(table.problems).toEqual([])
    expect(table.rows[0]?.cells).toEqual({
      name: 'a',
      email: 'b',
      municipality: 'c',
      audience: 'd',
      cohort: 'e',
    })
  })

  test('the separator is the one with which they mean something', () => {
    for (const separator of [';', ',', '\t'])
      expect(readTable(`"Namn"${separator}Kull\n1${separator}2`).columns).toEqual([
        'name',
        'cohort',
      ])
    expect(readTable('sep=|\nNamn|Kull\n1|2').columns).toEqual(['name', 'cohort'])
    expect(readTable('Namn;Rolle, skriv her;Kull\na;b;c').columns).toEqual(['name', 'cohort'])
  })

  test('those that are missing, or there twice, are told at their line', () => {
    const table = readTable('\n\nNamn;Navn;Kommune;Kull\na;b;c;d')
    expect(table.problems).toEqual([
      { code: 'missing-column', line: 3, column: 'email', value: null, detail: {} },
      { code: 'missing-column', line: 3, column: 'audience', value: null, detail: {} },
      { code: 'column-twice', line: 3, column: 'name', value: 'Navn', detail: {} },
    ])
  })
})

describe('rows', () => {
  test('nothing in the file, and nothing below the headings, is told', () => {
    expect(codes(readTable(''))).toEqual(['empty-file null'])
    expect(codes(readTable('\n ; \n\n'))).toEqual(['empty-file null'])
    expect(codes(readTable(`${heading}\n;;;;\n`))).toEqual(['empty-file null'])
  })

  test('a quote that is never closed is told where it begins', () => {
    const table = readTable(`${heading}\na;b;c;1;k\n"e;f;g;1;k\nh;i;j;1;k\n`)
    expect(codes(table)).toEqual(['quote-not-closed 3'])
    expect(table.rows.map(({ line }) => line)).toEqual([2])
    expect(codes(readTable(`sep=;\n${heading}\n"e;f\n`))).toEqual(['quote-not-closed 3'])
  })

  test('a quote within a cell is a letter', () => {
    expect(readTable(`${heading}\nHR "leiar", Stord;b;c;1;k\n`).rows[0]?.cells.name).toBe(
      'HR "leiar", Stord',
    )
  })

  test('a cell beyond the headings is told, an empty one is not', () => {
    const { rows } = readTable('Namn,Kull\nHR-leiar, Stord,Kull 1\na,b,,,\n')
    expect(rows.map(({ extra }) => extra)).toEqual(['Kull 1', ''])
  })

  test('blanks of all kinds and what nobody sees are no letters', () => {
    const cell = '\u00a0HR-leiar,\t\u200bA\u030alvik\u0081 \u00a0'
    expect(readTable(`${heading}\n"${cell}";b;c;1;k`).rows[0]?.cells.name).toBe('HR-leiar, Ålvik')
  })

  test('more than so many are not looked at', () => {
    const table = readTable(`${heading}\n${'a;b;c;1;k\n'.repeat(2001)}`)
    expect(table.problems).toMatchObject([{ code: 'too-many-rows', detail: { limit: 2000 } }])
    expect(table.rows).toEqual([])
    expect(readTable(`${heading}\n${'a;b;c;1;k\n'.repeat(2000)}`).rows).toHaveLength(2000)
  })
})
