import type { Person } from '../bench/people.ts'
import type { Program } from '../bench/programs.ts'
import type { TestBrowser } from '../e2e/harness/browser.ts'
import type { Film } from './film.ts'

/** What every row has at hand. */
export interface MediaBench {
  runs: number
  seeks: number
  /** Of Workbox's plugin: it takes its time. */
  workboxSeeks: number
  loft: Program
  plain: Program
  large: Film
  small: Film
  person: Person
  openBrowser(): Promise<TestBrowser>
  say(line: string): void
}

/** Calls all as often, and begins each time with the next. */
export const inTurns = async (
  runs: number,
  parts: readonly (() => Promise<void>)[],
): Promise<void> => {
  for (let run = 0; run < runs; run++) {
    for (let at = 0; at < parts.length; at++) await parts[(run + at) % parts.length]?.()
  }
}
