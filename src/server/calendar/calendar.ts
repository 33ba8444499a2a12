/// <reference lib="esnext.temporal" />
import ical, {
  escape as escaped,
  ICalAlarmType,
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { type CalendarEvent, type CalendarInput, eventsOf } from './events.ts'
import { osloRules, timeZone } from './oslo.ts'

export interface NamedCalendar extends CalendarInput {
  /** Such as "Kull 1". */
  cohort: string
}

/** An event that nobody has changed yet; a fixed day, so that the same calendar is the same bytes. */
const neverChanged = Date.UTC(2026, 0, 1)
const hour = 60 * 60
const remindAt = Temporal.PlainTime.from('09:00')

/** A person's whole calendar as iCalendar (RFC 5545). The same input gives the same bytes. */
export const calendarOf = (input: NamedCalendar): string => {
  const { programme, language, cohort } = input
  const calendar = emptyCalendar(`${programme[language]} – ${cohort}`)
  for (const event of eventsOf(input)) addEvent(calendar, event)
  return `${calendar.toString()}\r\n`
}

/** One stop with its journey or deadline, to be opened in a calendar program; null if it has no day. */
export const stopCalendarOf = (input: NamedCalendar, stop: string): string | null => {
  const of = input.gatherings.find((one) => one.stop === stop)
  if (!of) return null
  const { programme, language } = input
  const calendar = emptyCalendar(`${programme[language]}: ${of.title[language]}`)
  const events = eventsOf(input).filter(({ uid }) => isOfStop(uid, of.cohort, stop))
  for (const event of events) addEvent(calendar, event)
  return events.length > 0 ? `${calendar.toString()}\r\n` : null
}

// Ids of stops hold no full stop.
const isOfStop = (uid: string, cohort: string, stop: string): boolean =>
  [`${cohort}.${stop}@`, `${cohort}.${stop}.`].some((start) => uid.startsWith(start))

const emptyCalendar = (name: string): ICalCalendar =>
  ical({
    prodId: '//Løft//Kalender//NN',
    method: ICalCalendarMethod.PUBLISH,
    // The library escapes everything but this.
    name: escaped(name, false),
    ttl: hour,
    // Without a name: with one, the library writes the UTC times of DTSTAMP and LAST-MODIFIED in local time.
    timezone: { name: null, generator: () => osloRules },
  })

const addEvent = (calendar: ICalCalendar, event: CalendarEvent): void => {
  const { uid, sequence, summary, description, location, page, cancelled, free } = event
  const changedAt = new Date(event.changedAt ?? neverChanged)
  const added = calendar.createEvent({
    id: uid,
    sequence,
    stamp: changedAt,
    lastModified: changedAt,
    ...timesOf(event),
    summary,
    description,
    location,
    url: page,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: free ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  })
  for (const reminder of event.reminders) {
    const trigger = reminder === 'two-hours' ? 2 * hour : secondsFromDayBefore(event)
    added.createAlarm({ type: ICalAlarmType.display, trigger, description: summary })
  }
}

// Temporal, since of a Date the library reads the clock of the machine that the server runs on.
const timesOf = ({ first, last, times }: CalendarEvent) => {
  const from = Temporal.PlainDate.from(first)
  const to = Temporal.PlainDate.from(last)
  if (!times) return { allDay: true, start: from, end: to.add({ days: 1 }) }
  return {
    timezone: timeZone,
    start: from.toPlainDateTime(times.startsAt),
    end: to.toPlainDateTime(times.endsAt),
  }
}

/**
 * By the clock on the wall, as RFC 5545 counts days: `-P1DT3H` before noon is nine o'clock the day before, on the night when the clock
 * changes too.
 */
const secondsFromDayBefore = ({ first, times }: CalendarEvent): number => {
  const day = Temporal.PlainDate.from(first)
  const reminder = day.subtract({ days: 1 }).toPlainDateTime(remindAt)
  return reminder.until(day.toPlainDateTime(times?.startsAt)).total('seconds')
}
