import { paths } from '../../../../src/shared/protocol/paths.ts'
import { everybody, type Rows } from './row.ts'

const places = ['group', 'cohort', 'network', 'other', 'missing'] as const

/** What groups share with each other. */
export const cards: Rows = {
  [`GET ${paths.cards}`]: { may: everybody('own'), targets: ['own'], ask: () => ({}) },
  [`PUT ${paths.card(':id')}`]: {
    may: { participant: 'group', tablet: 'group' },
    targets: places,
    ask: ({ card, group }) => ({
      path: paths.card(card),
      payload: {
        ...{ title: 'Nattevakt', what: 'Sensorar', gives: '', takes: '', contact: '' },
        ...{ modules: [], reach: 'cohort', group },
      },
    }),
    answer: 204,
    destroys: true,
  },
  [`DELETE ${paths.card(':id')}`]: {
    may: { participant: 'group', tablet: 'group', facilitator: 'cohort', administrator: 'network' },
    targets: places,
    ask: ({ card }) => ({ path: paths.card(card) }),
    answer: 204,
    destroys: true,
  },
}
