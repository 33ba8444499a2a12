import type { OutboxRow } from '../storage/words-database.ts'

export type Refusal = 'refused' | 'too-large'

/** Updates that the server has refused by themselves: they rest, since asking again at once changes nothing. */
export interface Refusals {
  rest(born: string, row: OutboxRow, reason: Refusal): void
  isResting(born: string, row: OutboxRow): boolean
}

const restMs = 10 * 60_000

export const createRefusals = (now: () => number): Refusals => {
  const restsUntil = new Map<string, number>()
  // Numbers begin anew in another database.
  const nameOf = (born: string, { n }: OutboxRow): string => `${born} ${n}`
  return {
    rest: (born, row) => {
      restsUntil.set(nameOf(born, row), now() + restMs)
    },
    isResting: (born, row) => {
      const left = (restsUntil.get(nameOf(born, row)) ?? 0) - now()
      // More than it can be: the clock was set back.
      return left > 0 && left <= restMs
    },
  }
}
