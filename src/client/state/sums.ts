import type { SumsAnswer } from '../../shared/domain/sums.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'

/** `stored` = the last answer, from this device: the server could not be asked. `at` = when it came, ms since 1970. */
export type SumsSight =
  | { kind: 'fresh' | 'stored'; answer: SumsAnswer; at: number }
  | { kind: 'none' }

interface SumsDeps {
  fetch: typeof fetch
  principal: string
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
  now: { peek(): number }
}

/** Where the last answer lies: nothing in it is of a single person, and it goes when its reader signs out. */
export const sumsKey = (principal: string): string => `loft-sums:${principal}`

export const readSums = async (deps: SumsDeps): Promise<SumsSight> => {
  const { fetch, principal, storage, now } = deps
  try {
    const answer = await fetch(paths.sums, { headers: { [principalHeader]: principal } })
    if (answer.status === 404) {
      storage?.removeItem(sumsKey(principal))
      return { kind: 'none' }
    }
    const read = answer.ok ? sumsIn(await answer.json()) : null
    if (read === null) return stored(deps)
    const sight = { answer: read, at: now.peek() }
    keep(deps, JSON.stringify(sight))
    return { kind: 'fresh', ...sight }
  } catch {
    return stored(deps)
  }
}

const keep = ({ storage, principal }: SumsDeps, text: string): void => {
  try {
    storage?.setItem(sumsKey(principal), text)
  } catch {
    // Full: it is asked for again.
  }
}

const stored = ({ storage, principal }: SumsDeps): SumsSight => {
  try {
    const { answer, at } = JSON.parse(storage?.getItem(sumsKey(principal)) ?? '{}') as {
      answer?: unknown
      at?: unknown
    }
    const read = sumsIn(answer)
    return read && typeof at === 'number' ? { kind: 'stored', answer: read, at } : { kind: 'none' }
  } catch {
    return { kind: 'none' }
  }
}

/** Our server has checked it; this only tells it from a portal's JSON. */
const sumsIn = (value: unknown): SumsAnswer | null =>
  Array.isArray((value as Partial<SumsAnswer> | null)?.sums) ? (value as SumsAnswer) : null
