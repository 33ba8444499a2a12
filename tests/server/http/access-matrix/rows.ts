// One row for each route of the API: how it is asked, and who may. A new route gets its row here (or in a file beside this one,
// spread into `rows`); without one the test fails. `may` is written by hand from what people should be able to do, not read out of
// the policy: when one of the two changes, the test says so.
//
// `targets` are the places whose things the route can be asked about. `['own']` = there is only the caller's own answer.
import { paths } from '../../../../src/shared/protocol/paths.ts'
import { administration } from './administration-rows.ts'
import { cards } from './card-rows.ts'
import { days } from './day-rows.ts'
import { gatherings } from './gathering-rows.ts'
import { groups, registration } from './group-rows.ts'
import { people } from './people-rows.ts'
import { everybody, everyPerson, type Row, type Rows } from './row.ts'
import { readiness, sheets } from './sheet-rows.ts'
import { tablets } from './tablet-rows.ts'
import { votes } from './vote-rows.ts'
import { words } from './words-rows.ts'

const open = (ask: Row['ask'], answer = 200): Row => ({
  may: 'anyone',
  targets: ['own'],
  ask,
  answer,
})

export const rows: Rows = {
  [`GET ${paths.health}`]: open(() => ({})),
  [`GET ${paths.openApi}`]: open(() => ({})),
  [`GET ${paths.signInWays}`]: open(() => ({})),
  // Who has no code gets none: nobody comes in by asking.
  [`POST ${paths.session}`]: open(() => ({ payload: { code: 'feil-kode' } }), 401),
  [`DELETE ${paths.session}`]: { ...open(() => ({}), 204), destroys: true },
  [`POST ${paths.newLink}`]: open(() => ({ payload: { email: 'a@stord.example' } }), 404),
  [`POST ${paths.oidcStart}`]: open(() => ({ payload: { provider: 'ingen', code: null } }), 404),
  [`GET ${paths.oidcReturn(':provider')}`]: open(() => ({ path: paths.oidcReturn('ingen') }), 302),
  [`GET ${paths.link(':token')}`]: open((_, { linkToken }) => ({ path: paths.link(linkToken) })),
  [`POST ${paths.link(':token')}`]: {
    ...open((_, { linkToken }) => ({
      path: paths.link(linkToken),
      payload: { attempt: 'eit-forsok-i-matrisa', language: 'nn' },
    })),
    destroys: true,
  },
  [`GET ${paths.manifest(':sha256')}`]: open(() => ({ path: paths.manifest('0'.repeat(64)) }), 404),
  [`GET ${paths.media(':sha256')}`]: open(() => ({ path: paths.media('0'.repeat(64)) }), 404),
  [`GET ${paths.episode(':sha256(^[0-9a-f]{64})')}`]: open(
    () => ({ path: paths.episode('0'.repeat(64)) }),
    404,
  ),
  [`GET ${paths.feed(':id', ':language')}`]: open(() => ({ path: paths.feed('ingen', 'nn') }), 404),
  [`POST ${paths.content}`]: open(() => ({ payload: { hashes: [] } })),

  [`POST ${paths.deviceCode}`]: { may: everybody('own'), targets: ['own'], ask: () => ({}) },
  [`GET ${paths.devices}`]: { may: everybody('own'), targets: ['own'], ask: () => ({}) },
  [`DELETE ${paths.device(':id')}`]: {
    may: everybody('own'),
    targets: ['own', 'cohort', 'network', 'other', 'missing'],
    ask: ({ device }) => ({ path: paths.device(device) }),
    answer: 204,
    destroys: true,
  },
  [`GET ${paths.me}`]: { may: everybody('own'), targets: ['own'], ask: () => ({}) },
  [`GET ${paths.ownData}`]: { may: everyPerson('own'), targets: ['own'], ask: () => ({}) },
  [`GET ${paths.ownDataPage}`]: { may: everyPerson('own'), targets: ['own'], ask: () => ({}) },
  [`DELETE ${paths.me}`]: {
    may: everyPerson('own'),
    targets: ['own'],
    ask: () => ({}),
    answer: 204,
    destroys: true,
  },
  [`GET ${paths.programme}`]: { may: everybody('own'), targets: ['own'], ask: () => ({}) },
  // Only who has been named to meet the politicians of a municipality.
  [`GET ${paths.sums}`]: { may: { resource: 'own' }, targets: ['own'], ask: () => ({}) },

  ...words,
  ...administration,
  ...people,
  ...groups,
  ...registration,
  ...gatherings,
  ...days,
  ...cards,
  ...tablets,
  ...sheets,
  ...readiness,
  ...votes,
}
