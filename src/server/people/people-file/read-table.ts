import { CsvError, parse } from 'csv-parse/sync'
import {
  type FileProblem,
  type PeopleColumn,
  peopleFileLimits,
} from '../../../shared/domain/people-file.ts'
import { withoutInvisible } from '../../../shared/domain/text.ts'
import { findColumn, requiredColumns } from './columns.ts'
import { problemOf } from './problem.ts'

export interface TableRow {
  /** Where it begins, as an editor shows it. */
  line: number
  cells: Partial<Record<PeopleColumn, string>>
  /** The first cell beyond the last heading; '' if there is none. */
  extra: string
}
export interface Table {
  columns: PeopleColumn[]
  /** Headings that mean nothing here. */
  ignored: string[]
  rows: TableRow[]
  problems: FileProblem[]
}

/** The rows of a text with a separator between cells: the one that Excel names in the first line, or the one that the heading has. */
export const readTable = (text: string): Table => {
  const lines = text.replaceAll(/\r\n?/g, '\n')
  const named = lines.match(/^"?sep=(.)"?\n/)
  const body = named ? lines.slice(named[0].length) : lines
  const separator = named?.[1] ?? findSeparator(body)
  const { records, brokenAt } = readRecords(body, separator, named ? 1 : 0)
  const [heading, ...rest] = records
  const problems: FileProblem[] = []
  if (brokenAt !== null) problems.push(problemOf('quote-not-closed', { line: brokenAt }))
  if (!heading || (rest.length === 0 && brokenAt === null)) {
    problems.push(problemOf('empty-file'))
  }
  if (!heading) return { columns: [], ignored: [], rows: [], problems }

  const columns = heading.cells.map(findColumn)
  problems.push(...headingProblems(heading, columns))
  const present = columns.filter((column) => column !== null)
  const ignored = heading.cells.filter((cell, index) => cell !== '' && columns[index] === null)
  if (rest.length > peopleFileLimits.rows) {
    problems.push(problemOf('too-many-rows', {}, { limit: peopleFileLimits.rows }))
    return { columns: present, ignored, rows: [], problems }
  }
  const width = heading.cells.findLastIndex((cell) => cell !== '') + 1
  const rows = rest.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(
      columns.flatMap((column, index) => (column === null ? [] : [[column, cells[index] ?? '']])),
    ),
    extra: cells.slice(width).find((cell) => cell !== '') ?? '',
  }))
  return { columns: present, ignored, rows, problems }
}

const headingProblems = (
  { line, cells }: TextRecord,
  columns: readonly (PeopleColumn | null)[],
): FileProblem[] => [
  ...requiredColumns
    .filter((column) => !columns.includes(column))
    .map((column) => problemOf('missing-column', { line, column })),
  ...columns.flatMap((column, index) =>
    column !== null && columns.indexOf(column) < index
      ? problemOf('column-twice', { line, column, value: cells[index] ?? '' })
      : [],
  ),
]

/** With which most headings mean something. */
const findSeparator = (body: string): string => {
  const [heading = ''] = body.split('\n').filter((line) => line.trim() !== '')
  const known = (separator: string): number =>
    readRecords(heading, separator, 0).records[0]?.cells.filter(findColumn).length ?? 0
  return [';', ',', '\t'].reduce((best, other) => (known(other) > known(best) ? other : best))
}

interface TextRecord {
  line: number
  cells: string[]
}

/** Those with something in them. `brokenAt` = where a record begins whose quote is never closed. */
const readRecords = (
  body: string,
  separator: string,
  linesBefore: number,
): { records: TextRecord[]; brokenAt: number | null } => {
  const records: TextRecord[] = []
  let line = linesBefore + 1
  try {
    parse(body, {
      delimiter: separator,
      record_delimiter: '\n',
      relax_quotes: true,
      relax_column_count: true,
      on_record: (record: string[], { lines }) => {
        const cells = record.map(tidy)
        if (cells.some((cell) => cell !== '')) records.push({ line, cells })
        line = linesBefore + lines + 1
        return null
      },
    })
    return { records, brokenAt: null }
  } catch (error) {
    if (error instanceof CsvError) return { records, brokenAt: line }
    throw error
  }
}

/** One blank for breaks and blanks of all kinds, and nothing that nobody sees. */
const tidy = (cell: string): string =>
  withoutInvisible(cell.normalize('NFC'))
    .replaceAll(/[\u200c\u200d]/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
