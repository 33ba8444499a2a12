import { questionOf } from './agreed.ts'

/** Whether a text root or an `s/` key belongs to what is asked for. */
export type Within = (key: string) => boolean

/** What belongs to the same question as a text root or an `s/` key: `f/<field>…` and `s/<field>…`. */
export const withinQuestionOf = (key: string): Within => {
  const question = questionIn(key)
  return (other) => questionIn(other) === question
}

const questionIn = (key: string): string => questionOf(key.split('/')[1] ?? '')
