import * as v from 'valibot'
import {
  audiencesOfDate,
  findAudiences,
  separators,
} from '../../../shared/domain/audience-words.ts'
import {
  emailSchema,
  type FileProblem,
  type PeopleColumn,
  peopleFileLimits,
} from '../../../shared/domain/people-file.ts'
import type { Role } from '../../../shared/domain/person.ts'
import { nearestWord, plainWords } from '../../../shared/domain/plain-words.ts'
import { findServiceArea, serviceAreaWords } from '../../../shared/domain/service-area.ts'
import type { PersonState } from '../make-person.ts'
import { problemOf } from './problem.ts'
import type { KnownCohort, KnownNetwork } from './read-network.ts'
import type { TableRow } from './read-table.ts'

export interface ReadRow extends Pick<TableRow, 'line' | 'cells'> {
  /** What the row says. An empty cell, or one with a problem, says nothing. */
  said: Partial<PersonState>
  problems: FileProblem[]
}

type Meaning<T> = { means: T } | { wrong: FileProblem['code']; detail?: FileProblem['detail'] }

export const readRow = (row: TableRow, network: KnownNetwork): ReadRow => {
  const { line, cells } = row
  const problems: FileProblem[] = []
  const read = <T>(column: PeopleColumn, meaning: (cell: string) => Meaning<T>) => {
    const value = cells[column] ?? ''
    if (value === '') return undefined
    const limit = peopleFileLimits.textLength
    const found: Meaning<T> =
      value.length > limit && column !== 'email'
        ? { wrong: 'too-long', detail: { limit } }
        : meaning(value)
    if ('means' in found) return found.means
    problems.push(problemOf(found.wrong, { line, column, value }, found.detail))
    return undefined
  }
  const cohort = read('cohort', (cell) => readCohort(cell, network.cohorts))
  const audiences = cohort ? cohort.audiences : network.cohorts.flatMap((one) => one.audiences)
  const said = {
    name: read('name', (cell) => ({ means: cell })),
    email: read('email', readEmail),
    municipality: read('municipality', (cell) => readMunicipality(cell, network)),
    audiences: read('audience', (cell): Meaning<string[]> => {
      const found = findAudiences(cell, audiences)
      const wrong = found.find((one) => typeof one === 'string')
      const known = audiences.flatMap(({ id, title }) => [id, title.nn, title.nb])
      if (wrong !== undefined || found.length === 0)
        return {
          wrong: 'unknown-audience',
          detail: { nearest: audiencesOfDate(cell) ?? nearestWord(wrong ?? cell, known) ?? '' },
        }
      return { means: found.flatMap((one) => (typeof one === 'string' ? [] : one.id)) }
    }),
    roles: read('role', readRoles),
    serviceArea: read('serviceArea', (cell) => {
      const area = findServiceArea(cell)
      if (area !== null) return { means: area }
      return {
        wrong: 'unknown-service-area',
        detail: { nearest: nearestWord(cell, serviceAreaWords()) ?? '' },
      }
    }),
    cohort: cohort?.id,
  }
  if (row.extra !== '') problems.push(problemOf('too-many-cells', { line, value: row.extra }))
  return {
    line,
    cells,
    said: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    problems,
  }
}

const readEmail = (cell: string): Meaning<string> => {
  const read = v.safeParse(emailSchema, cell.replace(/^mailto:/i, ''))
  return read.success ? { means: read.output } : { wrong: 'invalid-email' }
}

/** `4614`, `Stord`, `Stord kommune`, `4614 Stord`. */
const readMunicipality = (cell: string, { municipalities }: KnownNetwork): Meaning<string> => {
  const words = plainWords(cell)
  const [number, name] = [words.match(/^\d+/)?.[0] ?? '', words.replace(/^\d+ ?/, '')]
  const plainName = name.replace(/ (kommune|herad)$/, '')
  const found = municipalities.filter(
    (one) =>
      (number === '' || one.number === number) &&
      (name === '' || [name, plainName].includes(plainWords(one.name))),
  )
  const [only] = found
  if (only && found.length === 1) return { means: only.number }
  if (only) return { wrong: 'ambiguous-municipality' }
  const names = municipalities.map((one) => one.name)
  return { wrong: 'unknown-municipality', detail: { nearest: nearestWord(plainName, names) ?? '' } }
}

const readCohort = (cell: string, cohorts: readonly KnownCohort[]): Meaning<KnownCohort> => {
  const byId = cohorts.find(({ id }) => id === cell)
  if (byId) return { means: byId }
  const found = cohorts.filter(({ name }) => plainWords(name) === plainWords(cell))
  const [only] = found
  if (only && found.length === 1) return { means: only }
  if (only) return { wrong: 'ambiguous-cohort' }
  const names = cohorts.map(({ name }) => name)
  return { wrong: 'unknown-cohort', detail: { nearest: nearestWord(cell, names) ?? '' } }
}

const readRoles = (cell: string): Meaning<Role[]> => {
  const parts = cell
    .split(separators)
    .map(plainWords)
    .filter((part) => part !== '')
  const wrong = parts.find((part) => !roleByWord.has(part))
  if (wrong !== undefined || parts.length === 0) {
    return {
      wrong: 'unknown-role',
      detail: { nearest: nearestWord(wrong ?? cell, [...roleByWord.keys()]) ?? '' },
    }
  }
  return { means: [...new Set(parts.flatMap((part) => roleByWord.get(part) ?? []))] }
}

const words: Partial<Record<Role, string>> = {
  participant: 'deltakar deltaker',
  facilitator: 'fasilitator',
  editor: 'redaktør',
  administrator: 'administrator',
}
const roleByWord = new Map(
  Object.entries(words).flatMap(([role, all]) =>
    all.split(' ').map((word) => [word, role as Role] as const),
  ),
)
