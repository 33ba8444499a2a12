import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/**
 * Which rights have been taken away for ever or until further notice, in a file outside the database: a restored backup knows
 * nothing of it. One line of JSON each:
 *
 *     {"erased": person, "at"}             {"scrubbed": at}: the files have been rid of the deleted bytes after that
 *     {"out": person, "scope", "at"}       {"in": person, "scope", "at"}
 *     {"signedOut": hash of the session's token, "at"}
 *
 * Times are ms since 1970. What writes a line returns when it is durable.
 */
export interface Ledger {
  erased(person: string, at: number): void
  scrubbed(at: number): void
  putOut(scope: string, person: string, at: number): void
  letIn(scope: string, person: string, at: number): void
  signedOut(session: string, at: number): void
  /** When each of the erased was so first. */
  people(): Map<string, number>
  /** Somebody was erased, and the bytes may still be in the files. */
  isUnscrubbed(): boolean
  /** Who has been put out of what, and not been let in again. */
  out(): Membership[]
  isOut(scope: string, person: string): boolean
  signedOutSessions(): string[]
}
interface Membership {
  scope: string
  person: string
}
interface Line {
  erased?: string
  scrubbed?: number
  out?: string
  in?: string
  scope?: string
  signedOut?: string
  at?: number
}

export const openLedger = (file: string): Ledger => {
  const read = (): Line[] =>
    existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap(parse) : []
  const append = (line: Line): void => {
    const handle = openSync(file, 'a+', 0o600)
    // What a crash has cut is not continued.
    const { size } = fstatSync(handle)
    const last = Buffer.from('\n')
    if (size > 0) readSync(handle, last, 0, 1, size - 1)
    const isCut = last.toString() !== '\n'
    writeSync(handle, `${isCut ? '\n' : ''}${JSON.stringify(line)}\n`)
    fsyncSync(handle)
    closeSync(handle)
    const folder = openSync(dirname(file), 'r')
    fsyncSync(folder)
    closeSync(folder)
  }
  const out = (): Membership[] => {
    const byKey = new Map<string, Membership>()
    // By time, for it may be put together of several nodes' ledgers.
    for (const line of read().sort((a, b) => (a.at ?? 0) - (b.at ?? 0))) {
      const person = line.out ?? line.in
      if (person === undefined || line.scope === undefined) continue
      const key = JSON.stringify([line.scope, person])
      if (line.in === undefined) byKey.set(key, { scope: line.scope, person })
      else byKey.delete(key)
    }
    return [...byKey.values()]
  }
  return {
    erased: (person, at) => append({ erased: person, at }),
    scrubbed: (at) => append({ scrubbed: at }),
    putOut: (scope, person, at) => append({ out: person, scope, at }),
    letIn: (scope, person, at) => append({ in: person, scope, at }),
    signedOut: (session, at) => append({ signedOut: session, at }),
    people: () => {
      const atByPerson = new Map<string, number>()
      for (const { erased, at = 0 } of read())
        if (erased !== undefined && !atByPerson.has(erased)) atByPerson.set(erased, at)
      return atByPerson
    },
    isUnscrubbed: () => {
      const last = read().findLast(({ erased, scrubbed }) => erased ?? scrubbed)
      return last?.erased !== undefined
    },
    out,
    isOut: (scope, person) => out().some((one) => one.scope === scope && one.person === person),
    signedOutSessions: () => read().flatMap(({ signedOut }) => signedOut ?? []),
  }
}

/** A line that was cut names nobody: what it was about never began. */
const parse = (line: string): Line[] => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? [value] : []
  } catch {
    return []
  }
}
