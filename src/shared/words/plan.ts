import { isCalendarDay } from '../domain/calendar-day.ts'
import { type EffortState, type EffortTerm, effortStates, effortTerms } from '../domain/plan.ts'
import { blockLabelOf } from './blocks.ts'
import { fingerprint } from './fingerprint.ts'
import { orderBetween } from './order.ts'
import type { PlainDocument, Scalar } from './plain.ts'
import { cellRoot } from './roots.ts'
import { type CellText, type Row, rowHiddenKey, rowOrderKey, rowsOf } from './rows.ts'

// The action plan is a table like any other. What is chosen for a row, and not typed, are scalars beside it: the last one counts.

export type EffortFact = 'state' | 'term' | 'deadline' | 'from'
/** The scalar of a row's fact. `from` = where it was fetched from: `<item>/<field>/<row>`. */
export const effortKey = (field: string, row: string, fact: EffortFact): string =>
  `${field}/${row}/${fact}`

export interface Effort extends Row {
  state: EffortState
  term: EffortTerm | null
  /** `yyyy-mm-dd` */
  deadline: string | null
  from: string | null
}

/** All rows of a plan in order, hidden ones too; whatever is no fact of ours counts as not said. */
export const effortsOf = (plain: PlainDocument, field: string): Effort[] =>
  rowsOf(plain, field).map((row) => {
    const fact = (name: EffortFact) => plain.scalars[effortKey(field, row.row, name)]
    const deadline = fact('deadline')
    const from = fact('from')
    return {
      ...row,
      state: effortStates.find((state) => state === fact('state')) ?? 'not-begun',
      term: effortTerms.find((term) => term === fact('term')) ?? null,
      deadline: typeof deadline === 'string' && isCalendarDay(deadline) ? deadline : null,
      from: typeof from === 'string' ? from : null,
    }
  })

export const isEmptyRow = ({ cells }: Pick<Row, 'cells'>): boolean =>
  Object.values(cells).every((texts) => texts.every(({ text }) => text.trim() === ''))

/** What stands in the plan: neither taken out nor without a word. */
export const writtenEfforts = (plain: PlainDocument, field: string): Effort[] =>
  effortsOf(plain, field).filter((effort) => !effort.hidden && !isEmptyRow(effort))

/** What stands in a cell, the first writer first. The same text of several, as when two devices fetched it, stands once. */
export const distinctTexts = (plain: PlainDocument, texts: readonly CellText[]): CellText[] => {
  const since = ({ block }: CellText): number => (block && blockLabelOf(plain, block)?.at) || 0
  const seen = new Set([''])
  return texts
    .toSorted((a, b) => since(a) - since(b) || ((a.block ?? '') < (b.block ?? '') ? -1 : 1))
    .filter(({ text }) => {
      const isNew = !seen.has(text.trim())
      seen.add(text.trim())
      return isNew
    })
}

/** All that is to be written for an effort that is fetched from another sheet. */
export interface NewEffort {
  row: string
  order: string
  scalars: [key: string, value: Scalar][]
  texts: [root: string, text: string][]
}

/**
 * The last row of the plan, with the texts in the writer's own block. Its id comes from where it was fetched, so that two devices
 * without a network make the same row. `after` = the order of the row before it, when that is newer than the document.
 */
export const newEffort = (
  { field, plain, block }: { field: string; plain: PlainDocument; block: string | undefined },
  { from, cells }: { from: string; cells: Record<string, string> },
  after?: string,
): NewEffort => {
  const row = fingerprint(from)
  const rows = rowsOf(plain, field)
  const order = orderBetween(after ?? rows.findLast((one) => one.order !== '')?.order ?? null, null)
  // It was there before, and somebody took it out and emptied it: nothing of that remains.
  const earlier: [string, Scalar][] = [
    rowHiddenKey(field, row),
    ...(['state', 'term', 'deadline'] as const).map((fact) => effortKey(field, row, fact)),
  ].flatMap((key) => (plain.scalars[key] == null ? [] : [[key, null]]))
  return {
    row,
    order,
    scalars: [[rowOrderKey(field, row), order], [effortKey(field, row, 'from'), from], ...earlier],
    texts: Object.entries(cells).map(([column, text]) => [
      cellRoot(field, row, column, block),
      text,
    ]),
  }
}
