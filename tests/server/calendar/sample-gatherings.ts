import type { NamedCalendar } from '../../../src/server/calendar/calendar.ts'
import type { Gathering } from '../../../src/shared/domain/gathering.ts'

/** A stop of which nothing has been said. */
export const stop = (id: string, more: Partial<Gathering> = {}): Gathering => ({
  cohort: 'kull-1',
  stop: id,
  kind: 'gathering',
  title: { nn: 'Samling 1', nb: 'Samling 1' },
  audience: null,
  own: false,
  drawing: null,
  starts: null,
  ends: null,
  place: null,
  startsAt: null,
  endsAt: null,
  address: null,
  meetingLink: null,
  practical: null,
  agenda: [],
  travelDay: false,
  cancelled: false,
  lecturers: [],
  sequence: 0,
  changedAt: null,
  ...more,
})

export const calendarWith = (
  gatherings: readonly Gathering[],
  more: Partial<NamedCalendar> = {},
): NamedCalendar => ({
  programme: { nn: 'Kompetanseløft', nb: 'Kompetanseløft' },
  cohort: 'Kull 1',
  gatherings,
  audience: 'leiargruppe',
  municipality: 'Stord',
  language: 'nn',
  pageOf: (id) => `https://loft.example/samling/${id}`,
  ...more,
})

export const lunchToLunch = stop('samling-1', {
  starts: '2026-12-09',
  ends: '2026-12-10',
  startsAt: '12:00',
  endsAt: '13:00',
  place: 'Førde',
})
