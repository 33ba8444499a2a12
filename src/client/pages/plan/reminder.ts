import { dueEfforts } from '../../../shared/domain/plan.ts'
import type { Effort } from '../../../shared/words/plan.ts'

export interface Reminder {
  count: number
  /** Whether the deadlines are to come, past, or some of each. */
  when: 'soon' | 'past' | 'both'
  /** The first deadline, `yyyy-mm-dd`, and the group that it is in. */
  first: string
  scope: string
}

/** What is said of all plans that one is in; null where no deadline is near or past. */
export const reminderOf = (
  plans: readonly { scope: string; efforts: readonly Effort[] }[],
  today: string,
): Reminder | null => {
  const due = plans
    .flatMap(({ scope, efforts }) =>
      dueEfforts(efforts, today).map(({ deadline }) => ({ scope, deadline: deadline ?? '' })),
    )
    .sort((a, b) => (a.deadline < b.deadline ? -1 : 1))
  const [first, last] = [due[0], due.at(-1)]
  if (!first || !last) return null
  const when = first.deadline >= today ? 'soon' : last.deadline < today ? 'past' : 'both'
  return { count: due.length, when, first: first.deadline, scope: first.scope }
}
