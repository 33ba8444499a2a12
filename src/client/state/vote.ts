import * as v from 'valibot'
import { type VoteResult, voteResultSchema } from '../../shared/domain/vote-answer.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'

/** What is told of a vote of one's own cohort; null where the server could not be asked. */
export const readVote = async (
  { fetch, principal }: { fetch: typeof globalThis.fetch; principal: string },
  item: string,
): Promise<VoteResult | null> => {
  try {
    const answer = await fetch(paths.vote(item), { headers: { [principalHeader]: principal } })
    return answer.ok ? v.parse(voteResultSchema, await answer.json()) : null
  } catch {
    return null
  }
}
