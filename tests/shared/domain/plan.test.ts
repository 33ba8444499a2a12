import { expect, test } from 'vitest'
import { dueEfforts, type EffortState, planItemOf } from '../../../src/shared/domain/plan.ts'
import { item, outlineOf, text } from './sample-outline.ts'

const effort = (deadline: string | null, state: EffortState = 'under-way') => ({ deadline, state })

test.each([
  ['today', '2026-12-20', true],
  ['past', '2026-01-01', true],
  ['in fourteen days, in another year', '2027-01-03', true],
  ['in fifteen days', '2027-01-04', false],
  ['not set', null, false],
])('a deadline %s', (_, deadline, isDue) => {
  expect(dueEfforts([effort(deadline)], '2026-12-20')).toHaveLength(isDue ? 1 : 0)
})

test('nobody is reminded of what is done or stopped', () => {
  const efforts = [
    effort('2026-12-20', 'done'),
    effort('2026-12-20', 'stopped'),
    effort('2026-12-20', 'not-begun'),
  ]
  expect(dueEfforts(efforts, '2026-12-20')).toEqual([efforts[2]])
})

test('the plan is the table that says so; a programme may have none', () => {
  const table = {
    ...{ id: 'plan', kind: 'table' as const, sees: 'group' as const, label: text('plan') },
    columns: [{ id: 'tiltak', label: text('tiltak') }],
  }
  const other = item('anna', { fields: [table] })
  expect(planItemOf(outlineOf([other]))).toBeNull()
  const field = { ...table, plan: {} }
  const planned = item('planen', { fields: [field] })
  expect(planItemOf(outlineOf([other, planned]))).toEqual({ item: planned, field })
})
