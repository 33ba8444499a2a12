import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  type Access,
  type Actor,
  may,
  needsNobody,
  policy,
  reachOf,
  type Target,
} from '../../../src/shared/domain/policy.ts'
import { policyTable } from './policy-table.ts'

const actor: Actor = {
  person: 'p',
  roles: ['participant'],
  network: 'n',
  cohorts: ['c'],
  facilitates: ['c'],
  groups: ['g'],
}
const as = (...roles: Actor['roles']): Actor => ({ ...actor, roles })
const everywhere: Target = { network: 'n', cohort: 'c', group: 'g', person: 'p' }
const all = Object.entries(policy).flatMap(([resource, actions]) =>
  Object.keys(actions).map((action) => [resource, action] as unknown as Access),
)

test('nobody reaches another network, whatever they may at home', () => {
  const roles = ['participant', 'group-tablet', 'facilitator', 'administrator', 'editor'] as const
  for (const access of all) {
    expect(may(as(...roles), access, { ...everywhere, network: 'other' })).toBe(false)
  }
})

test('a facilitator reaches their cohorts and no other one', () => {
  const facilitator = as('facilitator')
  expect(may(facilitator, ['person', 'list'], { network: 'n', cohort: 'c' })).toBe(true)
  expect(may(facilitator, ['person', 'list'], { network: 'n', cohort: 'other' })).toBe(false)
  expect(may(facilitator, ['person', 'list'], { network: 'n', cohort: null })).toBe(false)
  expect(may(facilitator, ['person', 'list'], { network: 'n' })).toBe(false)
})

test('where a facilitator only takes part, they run nothing', () => {
  const both = { ...as('participant', 'facilitator'), cohorts: ['c', 'd'], facilitates: ['d'] }
  for (const access of [
    ['person', 'list'],
    ['sheet', 'see'],
    ['vote', 'close'],
    ['readiness', 'read'],
  ] as const) {
    expect(may(both, access, { network: 'n', cohort: 'd' })).toBe(true)
    expect(may(both, access, { network: 'n', cohort: 'c' })).toBe(false)
  }
  // What a member of a group may, they may in theirs.
  expect(may(both, ['tablet', 'list'], { network: 'n', cohort: 'c', group: 'g' })).toBe(true)
  expect(may(both, ['tablet', 'list'], { network: 'n', cohort: 'c', group: 'h' })).toBe(false)
  // What everybody of a cohort may, they may in both.
  expect(may(both, ['gathering', 'read'], { network: 'n', cohort: 'c' })).toBe(true)
  expect(may(both, ['gathering', 'read'], { network: 'n', cohort: 'd' })).toBe(true)
})

test('what is one’s own is not another’s, and not nobody’s', () => {
  expect(may(actor, ['me', 'erase'], { network: 'n', person: 'p' })).toBe(true)
  expect(may(actor, ['me', 'erase'], { network: 'n', person: 'q' })).toBe(false)
  expect(may(actor, ['me', 'erase'], { network: 'n' })).toBe(false)
  expect(may(as('group-tablet'), ['me', 'erase'], { network: 'n', person: 'p' })).toBe(false)
})

test('several roles reach as far as the widest of them', () => {
  expect(reachOf(['facilitator', 'administrator'], ['group', 'change'])).toBe('network')
  expect(reachOf(['participant', 'facilitator'], ['group', 'change'])).toBe('cohort')
  expect(reachOf(['participant'], ['group', 'change'])).toBeNull()
  expect(reachOf([], ['me', 'read'])).toBeNull()
})

test('an action that the table does not know is nobody’s', () => {
  const unknown = ['person', 'praise'] as unknown as Access
  expect(needsNobody(unknown)).toBe(false)
  expect(may(as('administrator'), unknown, everywhere)).toBe(false)
})

test('participants and tablets change nothing of others', () => {
  const own = new Set([
    'words sync',
    'devices add',
    'devices end',
    'me erase',
    'report send',
    'tablet tell',
  ])
  /** Of their own group: its table, its sheets and its cards. */
  const groups = new Set([
    'tablet invite',
    'tablet end',
    'sheet take',
    'card publish',
    'card withdraw',
  ])
  for (const access of all.filter((one) => !needsNobody(one))) {
    const name = access.join(' ')
    if (own.has(name) || /(read|list|issue|make|export)$/.test(name)) continue
    const reach = groups.has(name) ? 'group' : null
    expect([name, reachOf(['participant', 'group-tablet'], access)]).toEqual([name, reach])
  }
})

test('docs/access.md shows the table as it is', () => {
  expect(readFileSync('docs/access.md', 'utf8')).toContain(policyTable())
})
