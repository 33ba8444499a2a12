import type { Language } from '../../../shared/domain/languages.ts'
import type { Outline, OutlineItem } from '../../../shared/domain/outline.ts'
import { isUnanswered, type PaperAnswer, paperOf } from '../../../shared/domain/paper.ts'
import { allItems } from '../../../shared/domain/travel-order.ts'
import type { PlainDocument } from '../../../shared/words/plain.ts'

/** A sheet that the plan builds on, with the questions that the group has answered. */
export interface BasisSheet {
  item: OutlineItem
  questions: { question: string; answer: PaperAnswer }[]
}

/**
 * The group's sheets of gatherings and of the work after them: starting point, barriers, openings and ambition. Tables of efforts are left
 * out, for they are fetched into the plan itself.
 */
export const basisOf = (
  outline: Outline,
  plainOf: (item: string) => PlainDocument | null,
  language: Language,
): BasisSheet[] =>
  allItems(outline).flatMap((item) => {
    if (item.phase !== 'samling' && item.phase !== 'etterarbeid') return []
    const isPlan = item.fields.some((field) => field.kind === 'table' && field.plan)
    const fields = item.fields.filter(
      (field) => field.sees === 'group' && !(field.kind === 'table' && field.efforts),
    )
    const plain = isPlan || fields.length === 0 ? null : plainOf(item.id)
    if (plain === null) return []
    const questions = fields.flatMap((field) => {
      const [question] = paperOf([field], plain, language, noPlanWords)
      return question?.question && !isUnanswered(question.answer)
        ? [{ question: question.question, answer: question.answer }]
        : []
    })
    return questions.length > 0 ? [{ item, questions }] : []
  })

/** None of these sheets is the plan: no word of it is asked for. */
const noPlanWords = {
  ...{ state: '', term: '', deadline: '' },
  states: { 'not-begun': '', 'under-way': '', done: '', stopped: '' },
  terms: { short: '', long: '' },
  day: (day: string) => day,
}
