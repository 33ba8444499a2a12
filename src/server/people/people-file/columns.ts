import type { PeopleColumn } from '../../../shared/domain/people-file.ts'
import { plainWords } from '../../../shared/domain/plain-words.ts'

/** Without which a file says too little. */
export const requiredColumns: readonly PeopleColumn[] = [
  'name',
  'email',
  'municipality',
  'audience',
  'cohort',
]

/** The column below a heading in nynorsk or bokmål; null if it means nothing here. */
export const findColumn = (heading: string): PeopleColumn | null =>
  columnByHeading.get(plainWords(heading).replaceAll(' ', '')) ?? null

const headings: Record<PeopleColumn, string> = {
  name: 'namn navn name',
  email: 'epost epostadresse mail mailadresse email',
  municipality: 'kommune kommunenummer kommunenr kommunenamn kommunenavn',
  audience: 'målgruppe målgrupper',
  role: 'rolle roller rollar',
  serviceArea: 'tenesteområde tenesteområder tjenesteområde tjenesteområder',
  cohort: 'kull',
}
const columnByHeading = new Map(
  Object.entries(headings).flatMap(([column, words]) =>
    words.split(' ').map((word) => [word, column as PeopleColumn] as const),
  ),
)
