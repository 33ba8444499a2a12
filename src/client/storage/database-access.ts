import type { Clock } from './clock.ts'
import type { WordsDatabase } from './words-database.ts'

/** The one way to the database: it may be gone at any time, and is then opened anew. */
export interface DatabaseAccess {
  /**
   * Begins `work` at once, in the same task; after a failure reopens the database and does it once more. Rejects after the
   * second failure, silence for half a minute being one. Work that may run twice does no harm here: every write of words is idempotent.
   */
  run<T>(work: (database: WordsDatabase) => Promise<T>): Promise<T>
  /** As `run`, but a transaction that is silent for so long has failed: WebKit leaves some hanging after a suspension. */
  runWithin<T>(ms: number, work: (database: WordsDatabase) => Promise<T>): Promise<T>
  close(): void
  /** Deletes the database and everything in it. */
  delete(): Promise<void>
}

/** Far longer than any reading here takes; WebKit leaves transactions hanging after a suspension. */
const longestMs = 30_000

export const createDatabaseAccess = (open: () => WordsDatabase, clock: Clock): DatabaseAccess => {
  let database = open()
  let closed = false

  const twice = async <T>(work: (database: WordsDatabase) => Promise<T>): Promise<T> => {
    // Opened again, a database that was deleted at the sign-out would be there once more.
    if (closed) throw new Error('the database is closed')
    const used = database
    try {
      return await work(used)
    } catch {
      if (closed) throw new Error('the database is closed')
      // Others may have reopened it since: their new connection is not closed again.
      if (used === database) {
        used.close()
        database = open()
      }
      return await work(database)
    }
  }

  return {
    run: (work) => twice((used) => within(clock, longestMs, work(used))),
    runWithin: (ms, work) => twice((used) => within(clock, ms, work(used))),
    close: () => {
      closed = true
      database.close()
    },
    delete: () => database.delete(),
  }
}

const within = async <T>(clock: Clock, ms: number, work: Promise<T>): Promise<T> => {
  let timer: unknown
  const silence = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(() => reject(new Error('the database does not answer')), ms)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clock.clearTimeout(timer)
  }
}
