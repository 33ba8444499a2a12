import { expect, test } from 'vitest'
import { roleSchema } from '../../../src/shared/domain/person.ts'
import { type Access, reachOf } from '../../../src/shared/domain/policy.ts'
import { isStaff } from '../../../src/shared/domain/staff.ts'

/** What the pages under /admin are about. */
const pages: Access[] = [
  ['cohort', 'list'],
  ['person', 'list'],
  ['group', 'list'],
  ['gathering', 'change'],
  ['contact', 'change'],
  ['report', 'list'],
  ['act', 'read'],
  ['run', 'read'],
]

test('whoever may see one of the pages of administration is staff, and nobody else', () => {
  for (const role of roleSchema.options) {
    const may = pages.some((access) => reachOf([role], access) !== null)
    expect(isStaff({ role }), role).toBe(may)
    expect(isStaff({ role: 'participant', roles: ['participant', role] }), role).toBe(may)
  }
})
