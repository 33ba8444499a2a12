import { paths } from '../../../../src/shared/protocol/paths.ts'
import { everybody, type Rows } from './row.ts'
import { vote } from './world.ts'

const staff = { facilitator: 'cohort', administrator: 'network' } as const
const places = ['cohort', 'network', 'other', 'missing'] as const

/** What is told of votes: to everybody of the cohort, with the turnout to who runs its gatherings. */
export const votes: Rows = {
  [`GET ${paths.vote(':item')}`]: {
    may: everybody('own'),
    targets: ['own'],
    ask: () => ({ path: paths.vote(vote) }),
  },
  [`GET ${paths.votes(':id', ':item')}`]: {
    may: staff,
    targets: places,
    ask: ({ cohort }) => ({ path: paths.votes(cohort, vote) }),
  },
  [`PUT ${paths.votes(':id', ':item')}`]: {
    may: staff,
    targets: places,
    ask: ({ cohort }) => ({ path: paths.votes(cohort, vote), payload: { closed: true } }),
    answer: 204,
  },
}
