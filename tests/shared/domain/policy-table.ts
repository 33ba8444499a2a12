import { roleSchema } from '../../../src/shared/domain/person.ts'
import { policy } from '../../../src/shared/domain/policy.ts'

/** The policy as docs/access.md shows it. */
export const policyTable = (): string => {
  const roles = roleSchema.options
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rows = Object.entries(policy).flatMap(([resource, actions]) =>
    Object.entries(actions as Record<string, Record<string, unknown>>).map(([action, cells]) =>
      row([
        `${resource}: ${action}`,
        ...roles.map((role) => String(cells[role] ?? ('anyone' in cells ? 'anyone' : '–'))),
      ]),
    ),
  )
  return [row(['', ...roles]), row(['---', ...roles.map(() => '---')]), ...rows].join('\n')
}
