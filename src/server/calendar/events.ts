import type { Gathering } from '../../shared/domain/gathering.ts'
import type { Language } from '../../shared/domain/languages.ts'
import type { LocalText } from '../../shared/domain/text.ts'
import { calendarTextsIn } from './calendar-texts.ts'

/** Days `yyyy-mm-dd`; `last` counts. Without both times it is an event of whole days. */
export interface CalendarEvent {
  /** Independent of the days and of the server's address: the same event for ever. */
  uid: string
  first: string
  last: string
  times: { startsAt: string; endsAt: string } | null
  summary: string
  location: string | null
  description: string
  page: string
  /** Nobody is busy because of it. */
  free: boolean
  cancelled: boolean
  sequence: number
  changedAt: number | null
  reminders: ('day-before' | 'two-hours')[]
}

export interface CalendarInput {
  programme: LocalText
  /** Of the person's cohort, in the order of travel, with their municipality's own days. */
  gatherings: readonly Gathering[]
  audience: string | null
  /** The name of the person's own municipality: nobody travels to it. */
  municipality: string | null
  language: Language
  /** The whole address of a stop's page. */
  pageOf: (stop: string) => string
}

/** Everything that one person's calendar shows. */
export const eventsOf = (input: CalendarInput): CalendarEvent[] => {
  const met = metBy(input.gatherings, input.audience)
  return met.flatMap((gathering, index) => {
    if (gathering.kind === 'own') {
      const later = met.slice(index + 1).filter(({ kind }) => kind !== 'own')
      return [deadline(gathering, later, input)].flatMap((event) => event ?? [])
    }
    return [journey(gathering, input), meeting(gathering, input)].flatMap((event) => event ?? [])
  })
}

/** A track's audience meets at the track's meeting alone; everybody else at the stops of the line. */
const metBy = (gatherings: readonly Gathering[], audience: string | null): Gathering[] => {
  const ofTrack = gatherings.filter((one) => one.audience !== null && one.audience === audience)
  return ofTrack.length > 0 ? ofTrack : gatherings.filter((one) => one.audience === null)
}

const common = ({ cohort, stop, sequence, changedAt }: Gathering, input: CalendarInput) => ({
  uid: `${cohort}.${stop}@loft`,
  page: input.pageOf(stop),
  sequence,
  changedAt,
})

const meeting = (gathering: Gathering, input: CalendarInput): CalendarEvent | null => {
  const { starts, ends, startsAt, endsAt, cancelled, title } = gathering
  if (starts === null) return null
  const { language, programme } = input
  const t = calendarTextsIn(language)
  const times = startsAt !== null && endsAt !== null ? { startsAt, endsAt } : null
  const event = t('calendarEvent', { programme: programme[language], stop: title[language] })
  return {
    ...common(gathering, input),
    first: starts,
    last: ends ?? starts,
    times,
    summary: cancelled ? t('calendarCancelled', { event }) : event,
    location: locationOf(gathering, language),
    description: descriptionOf(gathering, input),
    free: false,
    cancelled,
    reminders: cancelled ? [] : times ? ['day-before', 'two-hours'] : ['day-before'],
  }
}

const locationOf = (
  { place, address, meetingLink }: Gathering,
  language: Language,
): string | null => {
  if (place && address)
    return address.toLowerCase().includes(place.toLowerCase()) ? address : `${address}, ${place}`
  const somewhere = address ?? place
  if (somewhere || !meetingLink) return somewhere
  return calendarTextsIn(language)('calendarOnline', { link: meetingLink })
}

const descriptionOf = (gathering: Gathering, { language, pageOf }: CalendarInput): string => {
  const t = calendarTextsIn(language)
  const { stop, practical, meetingLink, agenda } = gathering
  const lines = agenda.map(({ time, title, who }) =>
    who
      ? t('calendarAgendaLineWho', { time, title, who })
      : t('calendarAgendaLine', { time, title }),
  )
  return [
    practical,
    meetingLink && t('calendarLink', { link: meetingLink }),
    lines.length > 0 && [t('calendarAgenda'), ...lines].join('\n'),
    t('calendarMore', { page: pageOf(stop) }),
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** The whole day before, for those who travel. */
const journey = (gathering: Gathering, input: CalendarInput): CalendarEvent | null => {
  const { cohort, stop, kind, starts, cancelled, place, title, travelDay } = gathering
  if (!travelDay || starts === null || kind !== 'gathering') return null
  if (isAtHome(gathering, input.municipality) || isOnline(gathering)) return null
  const { language, pageOf } = input
  const t = calendarTextsIn(language)
  const event = place
    ? t('calendarTravel', { stop: title[language], place })
    : t('calendarTravelSomewhere', { stop: title[language] })
  const day = dayBefore(starts)
  return {
    ...common(gathering, input),
    uid: `${cohort}.${stop}.reise@loft`,
    first: day,
    last: day,
    times: null,
    summary: cancelled ? t('calendarCancelled', { event }) : event,
    location: null,
    description: t('calendarMore', { page: pageOf(stop) }),
    free: false,
    cancelled,
    reminders: [],
  }
}

const isAtHome = ({ place, address }: Gathering, municipality: string | null): boolean =>
  municipality !== null && [place, address].some((one) => one && namesPlace(one, municipality))

/** As whole words: who lives in Vik does travel to Ulvik. */
const namesPlace = (text: string, municipality: string): boolean => {
  const inWords = (one: string): string =>
    ` ${one
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .join(' ')} `
  return inWords(text).includes(inWords(municipality))
}

const isOnline = ({ address, meetingLink, place }: Gathering): boolean =>
  address === null && ((place === null && meetingLink !== null) || place === 'Teams')

/** Own time ends on its last day if it has one, else the day before people next meet. */
const deadline = (
  gathering: Gathering,
  later: readonly Gathering[],
  input: CalendarInput,
): CalendarEvent | null => {
  const { cohort, stop, ends, starts, title } = gathering
  const next = later.find((one) => one.starts) ?? null
  const day = ends ?? (next?.starts ? dayBefore(next.starts) : null)
  if (day === null || (starts !== null && day < starts)) return null
  const { language, pageOf } = input
  const t = calendarTextsIn(language)
  const event = t('calendarDeadline', { stop: title[language] })
  const cancelled = gathering.cancelled || (ends === null && next?.cancelled === true)
  const isBeforeNext = next !== null && next.starts !== null && day === dayBefore(next.starts)
  return {
    ...common(gathering, input),
    uid: `${cohort}.${stop}.frist@loft`,
    // Whatever moves it makes it a later version: its own days, or those of what it leads to, which may be another one then.
    sequence: later.reduce((sum, one) => sum + one.sequence, gathering.sequence),
    changedAt: later.reduce((last, one) => latest(last, one.changedAt), gathering.changedAt),
    first: day,
    last: day,
    times: null,
    summary: cancelled ? t('calendarCancelled', { event }) : event,
    location: null,
    description: [
      isBeforeNext && t('calendarDeadlineFor', { next: next.title[language] }),
      t('calendarMore', { page: pageOf(stop) }),
    ]
      .filter(Boolean)
      .join('\n\n'),
    free: true,
    cancelled,
    reminders: cancelled ? [] : ['day-before'],
  }
}

const latest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b)

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00Z`) - 86_400_000).toISOString().slice(0, 10)
