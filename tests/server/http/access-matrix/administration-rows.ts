import { paths } from '../../../../src/shared/protocol/paths.ts'
import { everybody, type Rows } from './row.ts'

const staff = { facilitator: 'cohort', administrator: 'network' } as const
const administrator = { administrator: 'network' } as const
const editors = { editor: 'network', administrator: 'network' } as const
const elsewhere = ['cohort', 'network', 'other', 'missing'] as const

const contact = {
  municipality: null,
  name: 'Prosjektleiar',
  task: 'Praktiske spørsmål',
  email: 'prosjekt@vestland.example',
  phone: null,
}

/** What administrators, and who else they are, see and change of their network. */
export const administration: Rows = {
  [`GET ${paths.overview}`]: { may: staff, targets: ['cohort'], ask: () => ({}), lists: true },
  [`POST ${paths.cohorts}`]: [
    {
      may: administrator,
      targets: elsewhere,
      ask: ({ run, cohort }) => ({ payload: { name: 'Kull 9', capacity: 50, run, like: cohort } }),
    },
    {
      // The run is there, but what it should be like is not.
      may: {},
      targets: ['other', 'missing'],
      ask: ({ cohort }) => ({
        payload: { name: 'Kull 9', capacity: 50, run: 'vestland-1', like: cohort },
      }),
    },
  ],
  [`PATCH ${paths.cohort(':id')}`]: {
    may: administrator,
    targets: elsewhere,
    ask: ({ cohort }) => ({ path: paths.cohort(cohort), payload: { capacity: 60 } }),
    answer: 204,
  },
  [`POST ${paths.runs}`]: {
    may: administrator,
    targets: ['network'],
    ask: () => ({ payload: { name: 'Neste', endsOn: null, keepMonths: null } }),
  },
  [`PATCH ${paths.run(':id')}`]: {
    may: administrator,
    targets: ['network', 'other', 'missing'],
    ask: ({ run }) => ({ path: paths.run(run), payload: { name: 'Eit nytt namn' } }),
    answer: 204,
  },
  [`PATCH ${paths.network}`]: {
    may: administrator,
    targets: ['network'],
    ask: () => ({ payload: { name: 'Vestland' } }),
    answer: 204,
  },
  [`GET ${paths.acts}`]: { may: administrator, targets: ['network'], ask: () => ({}) },

  [`GET ${paths.contacts}`]: { may: everybody('cohort'), targets: ['cohort'], ask: () => ({}) },
  [`GET ${paths.allContacts}`]: { may: administrator, targets: ['network'], ask: () => ({}) },
  [`POST ${paths.allContacts}`]: {
    may: administrator,
    targets: ['network'],
    ask: () => ({ payload: contact }),
  },
  [`PUT ${paths.contact(':id')}`]: {
    may: administrator,
    targets: ['network', 'other', 'missing'],
    ask: (things) => ({ path: paths.contact(things.contact), payload: contact }),
    answer: 204,
  },
  [`DELETE ${paths.contact(':id')}`]: {
    may: administrator,
    targets: ['network', 'other', 'missing'],
    ask: (things) => ({ path: paths.contact(things.contact) }),
    answer: 204,
    destroys: true,
  },

  [`POST ${paths.reports}`]: {
    may: everybody('own'),
    targets: ['own'],
    ask: () => ({
      payload: {
        id: 'ei-melding-fra-matrisa',
        package: 'base',
        version: '1.0.0',
        item: 'base.strategi.artikkel',
        language: 'nn',
        text: 'Ein skrivefeil.',
      },
    }),
    answer: 204,
  },
  [`GET ${paths.openReports}`]: { may: editors, targets: ['network'], ask: () => ({}) },
  [`PATCH ${paths.report(':id')}`]: {
    may: editors,
    targets: ['network', 'other', 'missing'],
    ask: ({ report }) => ({ path: paths.report(report), payload: { closed: false } }),
    answer: 204,
  },
}
