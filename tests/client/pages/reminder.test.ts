import { expect, test } from 'vitest'
import { reminderOf } from '../../../src/client/pages/plan/reminder.ts'
import { writtenEfforts } from '../../../src/shared/words/plan.ts'

const today = '2026-12-20'
const plan = (scope: string, ...deadlines: string[]) => ({
  scope,
  efforts: writtenEfforts(
    {
      texts: Object.fromEntries(deadlines.map((_, row) => [`f/plan/r${row}/tiltak/a`, 'Eitt'])),
      scalars: Object.fromEntries(deadlines.map((day, row) => [`plan/r${row}/deadline`, day])),
    },
    'plan',
  ),
})

test.each([
  [['2026-12-20', '2027-01-02'], { count: 2, when: 'soon', first: '2026-12-20' }],
  [['2026-12-19'], { count: 1, when: 'past', first: '2026-12-19' }],
  [['2026-12-24', '2025-12-19'], { count: 2, when: 'both', first: '2025-12-19' }],
])('deadlines %j', (deadlines, said) => {
  expect(reminderOf([plan('g:a', ...deadlines)], today)).toEqual({ ...said, scope: 'g:a' })
})

test('leads to the group with the first deadline, and counts all groups', () => {
  const plans = [plan('g:a', '2026-12-24', '2028-01-01'), plan('g:b', '2026-12-22')]
  expect(reminderOf(plans, today)).toMatchObject({ scope: 'g:b', count: 2 })
})

test('says nothing where nothing is due', () => {
  expect(reminderOf([plan('g:a', '2028-01-01'), plan('g:b')], today)).toBeNull()
})
