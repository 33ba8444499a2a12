import { cardLimits, type Publishing, type SharedCard } from '../../../shared/domain/card.ts'
import type { PlanField } from '../../../shared/domain/plan.ts'
import type { Effort } from '../../../shared/words/plan.ts'

/** A form with what is published under this id, else with what stands in a row of the plan, else an empty one. */
export const beginCard = (
  group: string,
  shared: SharedCard | undefined,
  row: { field: PlanField; effort: Effort } | null,
): Publishing => {
  const empty = { title: '', what: '', gives: '', takes: '', contact: '', modules: [] }
  if (shared) {
    const { title, what, gives, takes, contact, modules, reach } = shared
    return { title, what, gives, takes, contact, modules, reach, group: shared.group.id }
  }
  const begun: Publishing = { ...empty, reach: 'cohort', group }
  if (!row) return begun
  const { field, effort } = row
  const textOf = (column: string | undefined): string =>
    (effort.cells[column ?? ''] ?? [])
      .map(({ text }) => text.trim())
      .filter(Boolean)
      .join('\n')
  const what = textOf(field.columns[0]?.id)
  return {
    ...begun,
    title: (what.split('\n')[0] ?? '').slice(0, cardLimits.title),
    what: what.slice(0, cardLimits.what),
    gives: textOf('gevinst').slice(0, cardLimits.gives),
    contact: textOf('ansvarleg').replaceAll('\n', ', ').slice(0, cardLimits.contact),
  }
}
