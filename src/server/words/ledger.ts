import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Who has been erased, in a file outside the database: a restored backup knows nothing of it. One line of JSON for each
 * erasure, and one for each time that the database's files were rid of the deleted bytes after that.
 */
export interface Ledger {
  /** Durable when it returns. */
  erased(person: string, at: number): void
  scrubbed(at: number): void
  /** When each of them was erased first, ms since 1970. */
  people(): Map<string, number>
  /** Somebody was erased, and the bytes may still be in the files. */
  isUnscrubbed(): boolean
}

export const openLedger = (file: string): Ledger => {
  const read = (): { erased?: string; at?: number; scrubbed?: number }[] =>
    existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap(parse) : []
  const append = (line: object): void => {
    // What a crash has cut is not continued.
    const isCut = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'))
    const handle = openSync(file, 'a', 0o600)
    writeSync(handle, `${isCut ? '\n' : ''}${JSON.stringify(line)}\n`)
    fsyncSync(handle)
    closeSync(handle)
    const folder = openSync(dirname(file), 'r')
    fsyncSync(folder)
    closeSync(folder)
  }
  return {
    erased: (person, at) => append({ erased: person, at }),
    scrubbed: (at) => append({ scrubbed: at }),
    people: () => {
      const atByPerson = new Map<string, number>()
      for (const { erased, at = 0 } of read())
        if (erased !== undefined && !atByPerson.has(erased)) atByPerson.set(erased, at)
      return atByPerson
    },
    isUnscrubbed: () => read().at(-1)?.erased !== undefined,
  }
}

/** A line that was cut names nobody: its erasure never began. */
const parse = (line: string): object[] => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? [value] : []
  } catch {
    return []
  }
}
