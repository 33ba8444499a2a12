import { paths } from '../../../../src/shared/protocol/paths.ts'
import { everybody, type Rows } from './row.ts'

const staff = { facilitator: 'cohort', administrator: 'network' } as const

/** What goes on at a gathering now. */
export const days: Rows = {
  [`GET ${paths.day}`]: { may: everybody('own'), targets: ['own'], ask: () => ({}) },
  [`GET ${paths.cohortDay(':id', ':stop')}`]: [
    {
      may: staff,
      targets: ['cohort', 'network', 'other', 'missing'],
      ask: ({ cohort }) => ({ path: paths.cohortDay(cohort, 'g1') }),
    },
    // A stop at which the programme has nobody do anything.
    {
      may: {},
      targets: ['cohort'],
      ask: ({ cohort }) => ({ path: paths.cohortDay(cohort, 'pre') }),
    },
  ],
  [`PUT ${paths.cohortDay(':id', ':stop')}`]: {
    may: staff,
    targets: ['cohort', 'network', 'other', 'missing'],
    ask: ({ cohort }) => ({
      path: paths.cohortDay(cohort, 'g1'),
      payload: { activity: 'opning', endsAt: null, leftMs: 60_000, revision: 0 },
    }),
    destroys: true,
  },
}
