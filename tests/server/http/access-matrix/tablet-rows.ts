import { paths } from '../../../../src/shared/protocol/paths.ts'
import type { Rows } from './row.ts'

const staff = { facilitator: 'cohort', administrator: 'network' } as const
const members = { participant: 'group', tablet: 'group' } as const
const aroundTable = { ...members, ...staff } as const
const everywhere = ['group', 'cohort', 'network', 'other', 'missing'] as const

/** A group's table: whoever sits at it invites; who runs the gathering sees what stands there, and may end it. */
export const tablets: Rows = {
  // Who has no link gets in by none.
  [`POST ${paths.tablets}`]: {
    may: 'anyone',
    targets: ['own'],
    ask: () => ({ payload: { token: 'feil.lenkje', secret: '0'.repeat(32) } }),
    answer: 401,
  },
  [`POST ${paths.tableCode}`]: {
    may: 'anyone',
    targets: ['own'],
    ask: () => ({ payload: { code: 'feil-kode' } }),
    answer: 401,
  },
  [`POST ${paths.tabletState}`]: {
    may: { tablet: 'own' },
    targets: ['own'],
    ask: () => ({ payload: { unsent: 0 } }),
  },
  [`POST ${paths.tableLink(':group')}`]: {
    may: members,
    targets: everywhere,
    ask: ({ group }) => ({ path: paths.tableLink(group), payload: { stop: null } }),
    destroys: true,
  },
  [`GET ${paths.groupTablets(':group')}`]: {
    may: aroundTable,
    targets: everywhere,
    ask: ({ group }) => ({ path: paths.groupTablets(group) }),
  },
  [`DELETE ${paths.groupTablet(':group', ':tablet')}`]: {
    may: aroundTable,
    targets: everywhere,
    ask: ({ group, tablet }) => ({ path: paths.groupTablet(group, tablet) }),
    answer: 204,
    destroys: true,
  },
}
