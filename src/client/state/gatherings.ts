import * as v from 'valibot'
import { type Gathering, gatheringsSchema } from '../../shared/domain/gathering.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import { gatheringsKey } from './keep-gatherings.ts'
import { keepAnswer, readKept } from './kept-answer.ts'

/** `stored` = the last answer, from this device: the server could not be asked. `at` = when it came, ms since 1970. */
export type GatheringsSight =
  | { kind: 'fresh' | 'stored'; gatherings: readonly Gathering[]; at: number }
  | { kind: 'none' }

const patienceMs = 20_000

export interface GatheringDeps {
  fetch: typeof fetch
  principal: string
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
  now: { peek(): number }
}

/** Which version of each stop its reader has seen; it goes when they sign out. */
export const seenKey = (principal: string): string => `loft-gatherings-seen:${principal}`

const storedSchema = v.object({ ...gatheringsSchema.entries, at: v.number() })
const seenSchema = v.record(v.string(), v.number())

/** The stops of one's own cohort; without a network as they were told last. */
export const readGatherings = async (deps: GatheringDeps): Promise<GatheringsSight> => {
  const { fetch, principal, now } = deps
  try {
    const answer = await fetch(paths.gatherings, {
      headers: { [principalHeader]: principal },
      signal: AbortSignal.timeout(patienceMs),
    })
    if (!answer.ok) return storedGatherings(deps)
    const { gatherings } = v.parse(gatheringsSchema, await answer.json())
    const sight = { gatherings, at: now.peek() }
    keepAnswer(deps.storage, gatheringsKey(principal), sight)
    return { kind: 'fresh', ...sight }
  } catch {
    return storedGatherings(deps)
  }
}

export const storedGatherings = ({ storage, principal }: GatheringDeps): GatheringsSight => {
  const read = readKept(storedSchema, storage?.getItem(gatheringsKey(principal)))
  return read ? { kind: 'stored', ...read } : { kind: 'none' }
}

/** Notes that this version is seen. True if its reader has seen an earlier one, and none since. */
export const noteSeen = (deps: GatheringDeps, { stop, sequence }: Gathering): boolean => {
  const key = seenKey(deps.principal)
  const seen = readKept(seenSchema, deps.storage?.getItem(key)) ?? {}
  const before = seen[stop]
  if (before !== sequence) keepAnswer(deps.storage, key, { ...seen, [stop]: sequence })
  return before !== undefined && before < sequence
}

/** One stop for a calendar program; null if it did not come. */
export const fetchStopCalendar = async (
  { fetch, principal }: Pick<GatheringDeps, 'fetch' | 'principal'>,
  stop: string,
  language: string,
): Promise<Blob | null> => {
  try {
    const answer = await fetch(`${paths.stopCalendar(stop)}?language=${language}`, {
      headers: { [principalHeader]: principal },
      signal: AbortSignal.timeout(patienceMs),
    })
    return answer.ok ? await answer.blob() : null
  } catch {
    return null
  }
}
