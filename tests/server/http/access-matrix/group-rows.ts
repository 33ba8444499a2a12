import { paths } from '../../../../src/shared/protocol/paths.ts'
import type { Rows } from './row.ts'

const staff = { facilitator: 'cohort', administrator: 'network' } as const
const administrator = { administrator: 'network' } as const
const elsewhere = ['cohort', 'network', 'other', 'missing'] as const

/** Who sits with whom. */
export const groups: Rows = {
  [`GET ${paths.groups(':id')}`]: {
    may: staff,
    targets: elsewhere,
    ask: ({ cohort }) => ({ path: paths.groups(cohort) }),
  },
  [`PUT ${paths.gatheringGroups(':id', ':stop')}`]: [
    {
      may: staff,
      targets: elsewhere,
      ask: ({ cohort, person }) => ({
        path: paths.gatheringGroups(cohort, 'g1'),
        payload: { groups: [{ name: 'Bord 1', people: [person] }] },
      }),
      answer: 204,
      destroys: true,
    },
    {
      // A stop of own time is no gathering, and one of somebody else's cohort no person of this one.
      may: {},
      targets: ['cohort'],
      ask: ({ cohort, person }) => ({
        path: paths.gatheringGroups(cohort, 'pre'),
        payload: { groups: [{ name: 'Bord 1', people: [person] }] },
      }),
    },
    {
      may: {},
      targets: ['network', 'other', 'missing'],
      ask: ({ person }) => ({
        path: paths.gatheringGroups('vestland-1-kull-1', 'g1'),
        payload: { groups: [{ name: 'Bord 1', people: [person] }] },
      }),
    },
  ],
  [`POST ${paths.groupMoves(':id')}`]: {
    may: staff,
    targets: elsewhere,
    ask: ({ cohort, person, group }) => ({
      path: paths.groupMoves(cohort),
      payload: { person, from: group, to: null },
    }),
    answer: 204,
    destroys: true,
  },
  [`PATCH ${paths.group(':id')}`]: {
    may: staff,
    targets: elsewhere,
    ask: ({ group }) => ({ path: paths.group(group), payload: { name: 'Bord ved døra' } }),
    answer: 204,
  },
}

const people = [
  { name: 'IKT-leiar', email: 'ny@stord.example', audience: 'ikt', serviceArea: null },
]

/** By a link anybody registers; who waits is a matter for administrators. */
export const registration: Rows = {
  [`GET ${paths.registration(':token')}`]: {
    may: 'anyone',
    targets: ['own'],
    ask: ({ registration: token }) => ({ path: paths.registration(token) }),
  },
  [`POST ${paths.registration(':token')}`]: {
    may: 'anyone',
    targets: ['own'],
    ask: ({ registration: token }) => ({
      path: paths.registration(token),
      payload: { attempt: 'an-attempt-of-the-matrix', people },
    }),
    destroys: true,
  },
  [`GET ${paths.cohortRegistration(':id')}`]: {
    may: administrator,
    targets: elsewhere,
    ask: ({ cohort }) => ({ path: paths.cohortRegistration(cohort) }),
  },
  [`POST ${paths.registrationLinks(':id')}`]: {
    may: administrator,
    targets: elsewhere,
    ask: ({ cohort }) => ({
      path: paths.registrationLinks(cohort),
      payload: { municipality: '4614', lastDay: '2026-12-24' },
    }),
  },
  [`DELETE ${paths.registrationLink(':id')}`]: {
    may: administrator,
    targets: elsewhere,
    ask: (things) => ({ path: paths.registrationLink(things.registration) }),
    answer: 204,
    destroys: true,
  },
  [`POST ${paths.admission(':id')}`]: {
    may: administrator,
    targets: elsewhere,
    ask: ({ waiting }) => ({ path: paths.admission(waiting) }),
    answer: 204,
    destroys: true,
  },
  [`DELETE ${paths.waitingPerson(':id')}`]: {
    may: administrator,
    targets: elsewhere,
    ask: ({ waiting }) => ({ path: paths.waitingPerson(waiting) }),
    answer: 204,
    destroys: true,
  },
}
