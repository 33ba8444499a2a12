import {
  type FileProblem,
  type PeopleColumn,
  type PeoplePreview,
  type PreviewRow,
  peopleColumns,
  peopleFileLimits,
} from '../../../shared/domain/people-file.ts'
import type { Database } from '../../store/schema.ts'
import type { PersonState } from '../make-person.ts'
import { takesPart } from '../seats.ts'
import { decodeText } from './decode-text.ts'
import { problemOf } from './problem.ts'
import { type KnownNetwork, type KnownPerson, readNetwork } from './read-network.ts'
import { type ReadRow, readRow } from './read-row.ts'
import { readTable, type Table } from './read-table.ts'

/** Somebody as the file would have them. */
export interface PlannedPerson {
  line: number
  /** null = new. */
  known: KnownPerson | null
  state: PersonState
  changes: PeopleColumn[]
}
export interface PeoplePlan {
  preview: PeoplePreview
  /** In the order of the file; to be done only if the preview has no problem. */
  people: PlannedPerson[]
  network: KnownNetwork
}

/** What importing a file would do: the preview, and the import's first step. Changes nothing. */
export const planPeople = async (
  db: Database,
  { network: id, bytes }: { network: string; bytes: Uint8Array },
): Promise<PeoplePlan> => {
  const network = await readNetwork(db, id)
  const table = readFile(bytes)
  const read = table.rows.map((row) => readRow(row, network))
  const people = read.map((row) => planPerson(row, network))
  const rowProblems = [
    ...read.flatMap(({ problems }) => problems),
    ...duplicates(read),
    ...people.flatMap((person, index) => ownProblems(person, read[index], table, network)),
    ...seatProblems(people, network),
    ...administratorProblem(people, network),
  ]
  return { preview: previewOf(table, people, rowProblems), people, network }
}

const readFile = (bytes: Uint8Array): Table => {
  const nothing = (problem: FileProblem): Table => ({
    columns: [],
    ignored: [],
    rows: [],
    problems: [problem],
  })
  const limit = peopleFileLimits.bytes
  if (bytes.length > limit) return nothing(problemOf('too-large', {}, { limit }))
  const text = decodeText(bytes)
  return text === null ? nothing(problemOf('not-text')) : readTable(text)
}

/** What the file does not say stays as it is. */
const planPerson = ({ line, cells, said }: ReadRow, { people }: KnownNetwork): PlannedPerson => {
  const known = people.find(({ email }) => email !== null && email === said.email) ?? null
  const state: PersonState = {
    name: cells.name ?? '',
    municipality: null,
    audiences: [],
    roles: ['participant'],
    serviceArea: null,
    cohort: '',
    ...known,
    ...said,
    email: said.email ?? cells.email ?? '',
  }
  const changes = known === null ? [] : changedColumns(known, state)
  return { line, known, state, changes }
}

const changedColumns = (known: KnownPerson, state: PersonState): PeopleColumn[] => {
  const isChanged: Partial<Record<PeopleColumn, boolean>> = {
    name: known.name !== state.name,
    municipality: known.municipality !== state.municipality,
    audience: !isSameList(known.audiences, state.audiences),
    role: !isSameList(known.roles, state.roles),
    serviceArea: known.serviceArea !== state.serviceArea,
  }
  return (Object.keys(isChanged) as PeopleColumn[]).filter((column) => isChanged[column])
}

/** The same first one, and the same others in any order. */
const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one[0] === other[0] && JSON.stringify([...one].sort()) === JSON.stringify([...other].sort())

const duplicates = (read: readonly ReadRow[]): FileProblem[] => {
  const firstLines = new Map<string, number>()
  return read.flatMap(({ line, said: { email } }) => {
    if (email === undefined) return []
    const firstLine = firstLines.get(email)
    if (firstLine !== undefined)
      return problemOf('duplicate-email', { line, column: 'email', value: email }, { firstLine })
    firstLines.set(email, line)
    return []
  })
}

/** What must be there and is not, and who belongs to another cohort. */
const ownProblems = (
  { line, known, state }: PlannedPerson,
  read: ReadRow | undefined,
  table: Table,
  { cohorts }: KnownNetwork,
): FileProblem[] => {
  const told = new Set(read?.problems.map(({ column }) => column))
  const isParticipant = state.roles.includes('participant')
  const isMissing: Partial<Record<PeopleColumn, boolean>> = {
    name: state.name === '',
    email: state.email === '',
    municipality: isParticipant && state.municipality === null,
    audience: isParticipant && state.audiences.length === 0,
    cohort: state.cohort === '',
  }
  const missing = table.columns.filter((column) => isMissing[column] && !told.has(column))
  const problems = missing.map((column) => problemOf('missing-value', { line, column, value: '' }))
  if (known === null || known.cohort === state.cohort) return problems
  const nameOf = (id: string): string => cohorts.find((one) => one.id === id)?.name ?? id
  const [value, current] = [nameOf(state.cohort), nameOf(known.cohort)]
  return [...problems, problemOf('moves-cohort', { line, column: 'cohort', value }, { current })]
}

/** A cohort that the file makes fuller than it may be, told at the first row that has no seat. */
const seatProblems = (people: readonly PlannedPerson[], network: KnownNetwork): FileProblem[] =>
  network.cohorts.flatMap(({ id, name, capacity, tracks }) => {
    const takes = (one: Omit<PersonState, 'email'> | null): boolean =>
      one !== null &&
      one.cohort === id &&
      takesPart({ roles: one.roles, audience: one.audiences[0] ?? null }, tracks)
    const taken = network.people.filter(takes).length
    const freed = people.filter(({ known, state }) => takes(known) && !takes(state)).length
    const wanting = people.filter(
      ({ known, state }, index) =>
        !takes(known) &&
        takes(state) &&
        people.findIndex((one) => one.state.email === state.email) === index,
    )
    const first = wanting[Math.max(0, capacity - taken + freed)]
    if (!first) return []
    const { line } = first
    const numbers = { capacity, taken: taken - freed, wanted: wanting.length }
    return problemOf('over-capacity', { line, column: 'cohort', value: name }, numbers)
  })

/** Nobody could let anybody in any more. */
const administratorProblem = (
  people: readonly PlannedPerson[],
  network: KnownNetwork,
): FileProblem[] => {
  const isAdministrator = (one: { roles: readonly string[] }): boolean =>
    one.roles.includes('administrator')
  const changed = new Map(people.map(({ known, state }) => [known?.id ?? state.email, state]))
  const before = network.people.filter(isAdministrator)
  const after = network.people.map((person) => changed.get(person.id) ?? person)
  const isLost = before.length > 0 && ![...after, ...changed.values()].some(isAdministrator)
  const first = people.find(({ known }) => known !== null && isAdministrator(known))
  if (!isLost || !first) return []
  const { line, state } = first
  return [problemOf('last-administrator', { line, column: 'role', value: state.email })]
}

/** In the order of the columns; what is about none comes last. */
const placeOf = ({ column }: FileProblem): number =>
  column === null ? peopleColumns.length : peopleColumns.indexOf(column)

const previewOf = (
  { problems, ignored }: Table,
  people: readonly PlannedPerson[],
  rowProblems: readonly FileProblem[],
): PeoplePreview => {
  const byLine = Map.groupBy(rowProblems, ({ line }) => line)
  const rows = people.map(({ line, known, state, changes }): PreviewRow => {
    const own = (byLine.get(line) ?? []).sort((a, b) => placeOf(a) - placeOf(b))
    const isSame = known !== null && changes.length === 0
    const outcome = known === null ? 'new' : isSame ? 'same' : 'changed'
    return {
      line,
      name: state.name,
      email: state.email,
      outcome: own.length > 0 ? null : outcome,
      changes,
      problems: own,
    }
  })
  const count = (outcome: PreviewRow['outcome']): number =>
    rows.filter((row) => row.outcome === outcome).length
  return {
    imported: false,
    problems,
    rows,
    counts: {
      new: count('new'),
      changed: count('changed'),
      same: count('same'),
      problems: problems.length + rowProblems.length,
    },
    ignored,
  }
}
