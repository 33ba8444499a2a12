import { paths } from '../../../../src/shared/protocol/paths.ts'
import type { Rows } from './row.ts'

const administrator = { administrator: 'network' } as const
const named = ['network', 'other', 'missing'] as const

const file = 'namn;e-post;kommune;målgruppe\nHR-leiar, Stord;ny@stord.example;Stord;2\n'
const state = {
  name: 'IKT-leiar, Stord',
  municipality: '4614',
  audiences: ['ikt'],
  roles: ['participant'],
  serviceArea: null,
  facilitates: [],
}

/** The people of a network: who sees them, and who lets them in. */
export const people: Rows = {
  [`GET ${paths.people}`]: {
    may: { facilitator: 'cohort', administrator: 'network' },
    targets: ['cohort'],
    ask: () => ({}),
    lists: true,
  },
  [`POST ${paths.peoplePreview}`]: {
    may: administrator,
    targets: ['network'],
    ask: () => ({ payload: file, headers: { 'content-type': 'text/csv' } }),
  },
  [`POST ${paths.peopleImport}`]: {
    may: administrator,
    targets: ['network'],
    ask: () => ({ payload: file, headers: { 'content-type': 'text/csv' } }),
  },
  [`POST ${paths.people}`]: {
    may: administrator,
    targets: ['network', 'other', 'missing'],
    ask: ({ cohort }) => ({ payload: { ...state, email: 'hand@stord.example', cohort } }),
  },
  [`PUT ${paths.person(':id')}`]: {
    may: administrator,
    targets: named,
    ask: ({ person }) => ({ path: paths.person(person), payload: state }),
    answer: 204,
  },
  [`DELETE ${paths.person(':id')}`]: {
    may: administrator,
    targets: named,
    ask: ({ person }) => ({ path: paths.person(person) }),
    answer: 204,
    destroys: true,
  },
  [`POST ${paths.invitations}`]: {
    may: administrator,
    targets: named,
    ask: ({ person }) => ({ payload: { people: [person] } }),
  },
}
