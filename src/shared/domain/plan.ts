import type { Field, FieldOf } from './field.ts'
import type { Outline, OutlineItem } from './outline.ts'
import { allItems } from './travel-order.ts'

/** How an effort of the action plan (tiltaksplan) goes; nothing said = not begun. */
export const effortStates = ['not-begun', 'under-way', 'done', 'stopped'] as const
export type EffortState = (typeof effortStates)[number]
/** On short term: within half a year; on long term: in the economic plan. */
export const effortTerms = ['short', 'long'] as const
export type EffortTerm = (typeof effortTerms)[number]

export type PlanField = FieldOf<'table'>

/** The table that is a group's action plan; null where the sheet has none. */
export const planFieldOf = (fields: readonly Field[]): PlanField | null =>
  fields.find((field): field is PlanField => field.kind === 'table' && field.plan !== undefined) ??
  null

/** The sheet whose table is the action plan; null where the programme has none. */
export const planItemOf = (outline: Outline): { item: OutlineItem; field: PlanField } | null => {
  for (const item of allItems(outline)) {
    const field = planFieldOf(item.fields)
    if (field) return { item, field }
  }
  return null
}

/** Days before its deadline from which an effort is worth a reminder. */
export const reminderDays = 14

/** Deadlines that are near or past, of efforts that are neither done nor stopped. Days are `yyyy-mm-dd`. */
export const dueEfforts = <E extends { deadline: string | null; state: EffortState }>(
  efforts: readonly E[],
  today: string,
): E[] => {
  const last = new Date(Date.parse(`${today}T00:00:00Z`) + reminderDays * 86_400_000)
    .toISOString()
    .slice(0, 10)
  return efforts.filter(
    ({ deadline, state }) =>
      deadline !== null && deadline <= last && state !== 'done' && state !== 'stopped',
  )
}
