import type { WordsDatabase, WordsTables } from './words-database.ts'

/** The name of this very database; gives it one if it has none. Another name, and the browser has thrown the old one away. */
export const bornOf = async ({ meta }: WordsTables, candidate: string): Promise<string> => {
  const known = await meta.get('born')
  if (typeof known?.value === 'string') return known.value
  await meta.put({ key: 'born', version: 1, value: candidate })
  return candidate
}

/** As `bornOf`, in transactions of its own: one that may write waits for the disk. */
export const nameDatabase = async (database: WordsDatabase, candidate: string): Promise<string> => {
  const known = await database.transaction('readonly', ['meta'], ({ meta }) => meta.get('born'))
  if (typeof known?.value === 'string') return known.value
  return database.transaction('readwrite', ['meta'], (tables) => bornOf(tables, candidate))
}
