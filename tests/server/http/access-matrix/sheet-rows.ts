import { paths } from '../../../../src/shared/protocol/paths.ts'
import type { Rows } from './row.ts'
import { sheet } from './world.ts'

const staff = { facilitator: 'cohort', administrator: 'network' } as const
const places = ['cohort', 'network', 'other', 'missing'] as const

/** How ready groups are, and what they have handed in, side by side. */
export const readiness: Rows = {
  [`GET ${paths.readiness(':id', ':stop')}`]: {
    may: staff,
    targets: places,
    ask: ({ cohort }) => ({ path: paths.readiness(cohort, 'g1') }),
  },
  [`POST ${paths.reminders(':id', ':stop')}`]: {
    may: staff,
    targets: places,
    ask: ({ cohort, group }) => ({
      path: paths.reminders(cohort, 'g1'),
      payload: { groups: [group], message: 'Hugs forarbeidet.' },
    }),
    destroys: true,
  },
  [`GET ${paths.wall(':id')}`]: {
    may: staff,
    targets: places,
    ask: ({ cohort }) => ({ path: `${paths.wall(cohort)}?item=${sheet}` }),
  },
}

/** Sheets as files: for the group itself, and for who works with the cohort as they were handed in. */
export const sheets: Rows = {
  [`GET ${paths.sheetFile(':group', ':task', ':kind')}`]: {
    may: { participant: 'group', tablet: 'group' },
    targets: ['group', 'cohort', 'network', 'other', 'missing'],
    ask: ({ group }) => ({ path: paths.sheetFile(group, sheet, 'csv') }),
  },
  [`GET ${paths.handedInFile(':group', ':task', ':kind')}`]: {
    may: { facilitator: 'cohort', administrator: 'network' },
    targets: ['cohort', 'network', 'other', 'missing'],
    ask: ({ group }) => ({ path: paths.handedInFile(group, sheet, 'csv') }),
  },
}
