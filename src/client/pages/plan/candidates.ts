import type { Outline } from '../../../shared/domain/outline.ts'
import type { PlanField } from '../../../shared/domain/plan.ts'
import { allItems } from '../../../shared/domain/travel-order.ts'
import type { PlainDocument } from '../../../shared/words/plain.ts'
import { distinctTexts, effortsOf, isEmptyRow } from '../../../shared/words/plan.ts'
import { rowsOf } from '../../../shared/words/rows.ts'

/** An effort that stands in another sheet of the group's, and is not in the plan yet. */
export interface Candidate {
  /** `<item>/<field>/<row>` */
  from: string
  /** Title of its sheet. */
  sheet: { nn: string; nb: string }
  /** The plan's columns with what stands in them; two writers' different texts on a line each. */
  cells: Record<string, string>
  /** What it is called in the list. */
  name: string
}

/** From all sheets of the group that lie on this device, in the order of the programme. */
export const candidatesFor = (
  outline: Outline,
  plainOf: (item: string) => PlainDocument | null,
  plan: { field: PlanField; plain: PlainDocument },
): Candidate[] => {
  // What was taken out and emptied is nowhere to be brought back from, but from here.
  const fetched = new Set(
    effortsOf(plan.plain, plan.field.id)
      .filter((effort) => !(effort.hidden && isEmptyRow(effort)))
      .map(({ from }) => from),
  )
  return allItems(outline).flatMap((item) => {
    const plain = item.fields.some((field) => field.kind === 'table' && field.efforts)
      ? plainOf(item.id)
      : null
    if (plain === null) return []
    return item.fields.flatMap((field) => {
      if (field.kind !== 'table' || !field.efforts) return []
      const { efforts } = field
      return rowsOf(plain, field.id).flatMap(({ row, cells, hidden }) => {
        const from = `${item.id}/${field.id}/${row}`
        const taken = Object.entries(cells).flatMap(([column, texts]) => {
          const text = distinctTexts(plain, texts)
            .map((one) => one.text.trim())
            .join('\n')
          const target = efforts[column]
          return target && text ? [[target, text] as const] : []
        })
        const name = taken.find(([column]) => column === plan.field.columns[0]?.id) ?? taken[0]
        if (hidden || !name || fetched.has(from)) return []
        return [{ from, sheet: item.title, cells: Object.fromEntries(taken), name: name[1] }]
      })
    })
  })
}
