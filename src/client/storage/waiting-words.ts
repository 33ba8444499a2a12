import {
  allPacks,
  type OutboxRow,
  type ScopeRow,
  type WordsDatabase,
  type WordsTables,
} from './words-database.ts'

/** From where a request is made. */
export interface Waiting {
  /** Which database this was read in. */
  born: string
  scopes: ScopeRow[]
  /** Unsent updates, oldest first, at least as many as asked for, if there are so many. */
  outbox: OutboxRow[]
  /** Something in the outbox may not be sent now. */
  isAnyHeldBack: boolean
  /** Numbers of updates that wait to be unpacked. */
  packs: number[]
}

/** The scopes' cursors and the oldest unsent updates that `may` be sent now, until they make `bytes`. One transaction. */
export const readWaiting = (
  database: WordsDatabase,
  bytes: number,
  may: (row: OutboxRow, born: string, scope: ScopeRow | undefined) => boolean,
): Promise<Waiting> =>
  database.transaction('readonly', ['scopes', 'outbox', 'updates', 'meta'], async (tables) => {
    const [born, scopes, packs] = await Promise.all([
      tables.meta.get('born'),
      tables.scopes.getAll(),
      tables.updates.numbersOfDocuments(allPacks),
    ])
    const scopeById = new Map(scopes.map((row) => [row.id, row]))
    const name = typeof born?.value === 'string' ? born.value : ''
    let isAnyHeldBack = false
    const outbox = await oldest(tables, bytes, (row) => {
      const maySend = may(row, name, scopeById.get(row.scope))
      isAnyHeldBack ||= !maySend
      return maySend
    })
    return { born: name, scopes, outbox, isAnyHeldBack, packs }
  })

const firstRows = 64

const oldest = async (
  { outbox }: WordsTables,
  bytes: number,
  may: (row: OutboxRow) => boolean,
): Promise<OutboxRow[]> => {
  const waiting: OutboxRow[] = []
  let [wanted, rows, read] = [bytes, firstRows, 0]
  for (let from = 0; wanted > 0; ) {
    const batch = await outbox.getAll({ from }, rows)
    for (const row of batch) {
      read += row.update.length
      if (!may(row)) continue
      waiting.push(row)
      wanted -= row.update.length
    }
    if (batch.length < rows) break
    from = (batch.at(-1)?.n ?? 0) + 1
    // As many more as are likely to be enough, so that a thousand small ones are read at once and large ones one by one.
    rows = Math.min(2000, Math.max(8, Math.ceil((wanted / (read + 1)) * batch.length * 1.2)))
  }
  return waiting
}
