import { agreedField, questionOf } from '../words/agreed.ts'
import { answersOf, type BlockLabel, blockLabelOf, blocksOf } from '../words/blocks.ts'
import type { PlainDocument, Scalar } from '../words/plain.ts'
import { distinctTexts, type Effort, writtenEfforts } from '../words/plan.ts'
import { partsOfRoot } from '../words/roots.ts'
import type { Field } from './field.ts'
import type { Language } from './languages.ts'
import type { EffortState, EffortTerm } from './plan.ts'

// A sheet as it is to stand on paper: question by question, every answer with its writer. Word, PDF and CSV are written from this.

/** What somebody wrote; null = nobody knows who. */
export interface PaperText {
  writer: BlockLabel | null
  text: string
}
export type PaperAnswer =
  /** What the group agrees on first, then each writer's own. */
  | { kind: 'texts'; agreed: PaperText[]; texts: PaperText[] }
  /** `ordered` = the most important first. */
  | {
      kind: 'choices'
      ordered: boolean
      choices: { writer: BlockLabel | null; chosen: string[] }[]
    }
  /** Cells by row and column; two who write in one cell both stand in it, the same text once. */
  | { kind: 'table'; columns: string[]; rows: PaperText[][][] }

export interface PaperQuestion {
  /** Null where the programme does not have the question any more. */
  question: string | null
  hint: string | null
  answer: PaperAnswer
}

/** What a plan's table has beside its columns, in the paper's language. */
export interface PlanWords {
  state: string
  term: string
  deadline: string
  states: Record<EffortState, string>
  terms: Record<EffortTerm, string>
  /** A day `yyyy-mm-dd` in words. */
  day(day: string): string
}

/** All that stands in a group's document, the programme's questions first, in their order, and then what is withdrawn. */
export const paperOf = (
  fields: readonly Field[],
  plain: PlainDocument,
  language: Language,
  planWords: PlanWords,
): PaperQuestion[] => [
  ...fields.map((field) => ({
    question: field.label[language],
    hint: field.hint?.[language] ?? null,
    answer: answerTo(field, plain, language, planWords),
  })),
  ...withdrawn(fields, plain),
]

export const isUnanswered = (answer: PaperAnswer): boolean => {
  switch (answer.kind) {
    case 'texts':
      return answer.agreed.length === 0 && answer.texts.length === 0
    case 'choices':
      return answer.choices.length === 0
    case 'table':
      return answer.rows.length === 0
  }
}

const answerTo = (
  field: Field,
  plain: PlainDocument,
  language: Language,
  planWords: PlanWords,
): PaperAnswer => {
  switch (field.kind) {
    case 'text':
    case 'longtext':
    case 'words':
      return textsOf(plain, field.id)
    case 'table':
      return tableOf(
        plain,
        field.id,
        field.columns
          .filter(({ id }) => id !== field.plan?.deadline || isWritten(plain, field.id, id))
          .map(({ id, label }) => ({ id, label: label[language] })),
        field.plan ? planWords : null,
      )
    case 'scale': {
      const { min, max, low, high } = field.scale
      const said = (value: Scalar): string => {
        const end = value === min ? low : value === max ? high : null
        return end ? `${value} (${end[language]})` : `${value}`
      }
      return choicesOf(plain, field.id, (value) => [said(value)])
    }
    default: {
      const labels = new Map(field.options.map(({ id, label }) => [id, label[language]]))
      const chosen = (value: Scalar): string[] =>
        (Array.isArray(value) ? value : [String(value)]).map((id) => labels.get(id) ?? id)
      return choicesOf(plain, field.id, chosen, field.kind === 'ranking')
    }
  }
}

const isWritten = (plain: PlainDocument, field: string, column: string): boolean =>
  Object.entries(plain.texts).some(([root, text]) => {
    const parts = partsOfRoot(root)
    const isOf = parts?.kind === 'cell' && parts.field === field && parts.column === column
    return isOf && text.trim() !== ''
  })

const textsOf = (plain: PlainDocument, field: string): PaperAnswer => {
  const written = (id: string): PaperText[] =>
    blocksOf(plain, id)
      .filter(({ text }) => text.trim() !== '')
      .map(({ label, text }) => ({ writer: label, text }))
  return { kind: 'texts', agreed: written(agreedField(field)), texts: written(field) }
}

const choicesOf = (
  plain: PlainDocument,
  field: string,
  chosen: (value: Scalar) => string[],
  ordered = false,
): PaperAnswer => ({
  kind: 'choices',
  ordered,
  choices: answersOf(plain, field)
    .map(({ label, value }) => ({ writer: label, chosen: chosen(value) }))
    .filter((one) => one.chosen.length > 0),
})

const tableOf = (
  plain: PlainDocument,
  field: string,
  columns: readonly { id: string; label: string }[],
  planWords: PlanWords | null = null,
): PaperAnswer => {
  const rows = writtenEfforts(plain, field).map((effort) => [
    ...columns.map(({ id }) =>
      distinctTexts(plain, effort.cells[id] ?? []).map(({ block, text }) => ({
        writer: block ? blockLabelOf(plain, block) : null,
        text,
      })),
    ),
    ...(planWords ? factsOf(effort, planWords) : []),
  ])
  const more = planWords ? [planWords.term, planWords.deadline, planWords.state] : []
  return { kind: 'table', columns: [...columns.map(({ label }) => label), ...more], rows }
}

const factsOf = ({ term, deadline, state }: Effort, words: PlanWords): PaperText[][] =>
  [term && words.terms[term], deadline && words.day(deadline), words.states[state]].map((text) =>
    text ? [{ writer: null, text }] : [],
  )

/** Words under fields that the programme does not have any more, or not for this municipality: text alone, for nobody knows what was chosen. */
const withdrawn = (fields: readonly Field[], plain: PlainDocument): PaperQuestion[] => {
  const known = new Map(fields.map((field) => [field.id, field.kind]))
  const [texts, tables] = [new Set<string>(), new Map<string, Set<string>>()]
  for (const [root, text] of Object.entries(plain.texts)) {
    const parts = partsOfRoot(root)
    if (parts === null || text.trim() === '') continue
    const field = questionOf(parts.field)
    const kind = known.get(field)
    if (parts.kind === 'field' && !(kind && isText(kind))) texts.add(field)
    if (parts.kind === 'cell' && kind !== 'table')
      tables.set(field, (tables.get(field) ?? new Set()).add(parts.column))
  }
  const without = (answer: PaperAnswer): PaperQuestion => ({ question: null, hint: null, answer })
  return [
    ...[...texts].sort().map((field) => without(textsOf(plain, field))),
    ...[...tables].sort().map(([field, columns]) =>
      without(
        tableOf(
          plain,
          field,
          [...columns].sort().map((id) => ({ id, label: '' })),
        ),
      ),
    ),
  ].filter(({ answer }) => !isUnanswered(answer))
}

const isText = (kind: Field['kind']): boolean =>
  kind === 'text' || kind === 'longtext' || kind === 'words'
