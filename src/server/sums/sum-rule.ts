// What may be told of several people's answers to one field.
//
// 1. An answer is one of the field's own options or numbers; anything else is none. Text is never looked at.
// 2. Nothing is told of fewer than five people.
// 3. It is counted again only when five people have answered who were in no count before. Between two readings lie the answers of
//    five people at least, so that nobody's can be told from the difference. A changed answer waits for them, too.
// 4. All and nobody are told as "at least all but one" and "at most one", and the number of people in steps of five, counted from
//    what is told of the options alone: so adding up does not undo it. Where it would all the same (five people, of whom two and two
//    agree: the fifth stands alone), nothing is told until one more has answered.
import type { Field } from '../../shared/domain/field.ts'
import { sumStep } from '../../shared/domain/sum-step.ts'
import type { SumCount } from '../../shared/domain/sums.ts'
import type { Scalar } from '../../shared/words/plain.ts'

/** Kinds whose answers are numbers of people. */
export type SummedField = Extract<Field, { kind: 'single' | 'multiple' | 'scale' }>

export const isSummed = (field: Field): field is SummedField =>
  field.sees === 'aggregate' &&
  (field.kind === 'single' || field.kind === 'multiple' || field.kind === 'scale')

/** What somebody chose; null if they have not answered. */
export const chosenIn = (field: SummedField, value: Scalar | undefined): string[] | null => {
  const known = new Set(optionsOf(field))
  const list = Array.isArray(value) ? value : [value]
  const isList = Array.isArray(value)
  if (isList !== (field.kind === 'multiple')) return null
  const chosen = [...new Set(list.map(String).filter((id) => known.has(id)))]
  return chosen.length > 0 ? chosen : null
}

export const mayBeTold = (answers: number): boolean => answers >= sumStep

/** `counted` = who was in any count before. */
export const isTimeToCount = (
  answering: readonly string[],
  counted: ReadonlySet<string>,
): boolean => answering.filter((person) => !counted.has(person)).length >= sumStep

/** Null where whoever adds up would know of an option that exactly one has chosen it. */
export const sumOf = (
  field: SummedField,
  answers: readonly (readonly string[])[],
): { persons: number; counts: SumCount[] } | null => {
  const counts = optionsOf(field).map((id) =>
    blurred(id, answers.filter((chosen) => chosen.includes(id)).length, answers.length),
  )
  const told = counts.reduce((sum, one) => sum + leastOrAll(one), 0)
  const small = counts.filter(({ bound }) => bound === 'atMost').length
  // There are five at least, and two who did not choose what is told exactly. If it takes one in each of the small counts to come
  // to so many, each of them is told.
  const exact = counts.flatMap(({ count, bound }) => (bound === null ? count + 2 : []))
  const known = Math.max(sumStep, ...exact)
  if (small > 0 && told + small - 1 < known) return null
  const persons = Math.floor(Math.min(answers.length, told) / sumStep) * sumStep
  return { persons: Math.max(sumStep, persons), counts }
}

const leastOrAll = ({ count, bound }: SumCount): number =>
  bound === null ? count : bound === 'atLeast' ? count + 1 : 0

const blurred = (id: string, count: number, of: number): SumCount => {
  if (count <= 1) return { id, count: 1, bound: 'atMost' }
  if (count >= of - 1) return { id, count: of - 1, bound: 'atLeast' }
  return { id, count, bound: null }
}

const optionsOf = (field: SummedField): string[] => {
  if (field.kind !== 'scale') return field.options.map(({ id }) => id)
  const { min, max } = field.scale
  return Array.from({ length: max - min + 1 }, (_, index) => String(min + index))
}
