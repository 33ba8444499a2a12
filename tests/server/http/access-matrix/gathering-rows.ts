import { paths } from '../../../../src/shared/protocol/paths.ts'
import { everybody, everyPerson, type Rows } from './row.ts'

const staff = { facilitator: 'cohort', administrator: 'network' } as const
const elsewhere = ['cohort', 'network', 'other', 'missing'] as const
const atGatherings = {
  participant: 'own',
  resource: 'own',
  tablet: 'own',
  facilitator: 'own',
  administrator: 'own',
  editor: 'own',
} as const

/** When people meet, their calendars, and their certificates. */
export const gatherings: Rows = {
  [`GET ${paths.gatherings}`]: { may: everybody('own'), targets: ['own'], ask: () => ({}) },
  [`GET ${paths.stopCalendar(':stop')}`]: [
    // Politicians meet at home alone, and only they at their meeting.
    {
      may: atGatherings,
      targets: ['own'],
      ask: () => ({ path: paths.stopCalendar('g1') }),
    },
    {
      may: { politician: 'own' },
      targets: ['own'],
      ask: () => ({ path: paths.stopCalendar('folkevalde') }),
    },
    { may: {}, targets: ['missing'], ask: ({ stop }) => ({ path: paths.stopCalendar(stop) }) },
  ],
  [`GET ${paths.cohortGatherings(':id')}`]: {
    may: staff,
    targets: elsewhere,
    ask: ({ cohort }) => ({ path: paths.cohortGatherings(cohort) }),
  },
  [`PATCH ${paths.gathering(':id', ':stop')}`]: [
    {
      may: staff,
      targets: elsewhere,
      ask: ({ cohort }) => ({
        path: paths.gathering(cohort, 'g1'),
        payload: { practical: 'Ta med lua.' },
      }),
      answer: 204,
      destroys: true,
    },
    {
      // A stop that the programme does not have.
      may: {},
      targets: ['cohort'],
      ask: ({ cohort }) => ({
        path: paths.gathering(cohort, 'ingen'),
        payload: { practical: 'Ta med lua.' },
      }),
    },
  ],
  [`GET ${paths.calendar}`]: { may: everyPerson('own'), targets: ['own'], ask: () => ({}) },
  [`POST ${paths.calendar}`]: {
    may: everyPerson('own'),
    targets: ['own'],
    ask: () => ({}),
    destroys: true,
  },
  [`GET ${paths.calendarFeed(':token([\\w-]{1,80})')}`]: {
    may: 'anyone',
    targets: ['own'],
    ask: () => ({ path: paths.calendarFeed('x'.repeat(32)) }),
    answer: 404,
  },
  [`GET ${paths.certificate}`]: { may: everyPerson('own'), targets: ['own'], ask: () => ({}) },
  // This programme has no certificate.
  [`POST ${paths.certificate}`]: {
    may: everyPerson('own'),
    targets: ['own'],
    ask: () => ({}),
    answer: 409,
  },
  [`GET ${paths.certificatePaper}`]: {
    may: everyPerson('own'),
    targets: ['own'],
    ask: () => ({}),
    answer: 409,
  },
  [`GET ${paths.verifiedCertificate(':code')}`]: {
    may: 'anyone',
    targets: ['own'],
    ask: () => ({ path: paths.verifiedCertificate('23456789BCDFGHJKMNPQ') }),
    answer: 404,
  },
}
