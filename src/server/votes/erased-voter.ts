import { isVote } from '../../shared/domain/vote.ts'
import type { Database } from '../store/schema.ts'
import { voteStore } from '../store/vote-store.ts'
import { answersIn } from './read-answers.ts'
import { readSum, withoutVoter } from './vote-sum.ts'

/** Takes somebody out of what is told of their cohort's votes, in the caller's transaction and before their words go. */
export const takeOutOfVotes = async (
  db: Parameters<typeof voteStore.setSum>[0],
  person: string,
  ownScopes: readonly string[],
): Promise<void> => {
  const sums = await voteStore.sumsAround(db, person)
  const [first] = sums
  if (!first) return
  const items = await votesOf(db, first.cohort)
  for (const item of items.filter(({ id }) => sums.some((sum) => sum.item === id))) {
    for (const scope of ownScopes) {
      const answers = await answersIn(db, scope, item)
      for (const { cohort, field, body } of sums.filter((sum) => sum.item === item.id)) {
        const answer = answers.get(field)
        if (!answer) continue
        const left = JSON.stringify(withoutVoter(readSum(body), answer))
        await voteStore.setSum(db, { cohort, item: item.id }, field, left)
      }
    }
  }
}

const votesOf = async (db: Database, cohort: string) => {
  const hash = await voteStore.programmeOf(db, cohort)
  const outline = hash === undefined ? null : await voteStore.outlineOf(db, hash)
  return outline?.modules.flatMap((module) => module.items).filter(isVote) ?? []
}
