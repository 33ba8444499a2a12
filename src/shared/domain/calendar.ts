import * as v from 'valibot'

/** When one's secret address was made, ms since 1970; null = there is none. The address itself is told once. */
export const calendarSchema = v.strictObject({ madeAt: v.nullable(v.number()) })
export type Calendar = v.InferOutput<typeof calendarSchema>

/** The whole address for calendar programs, such as `https://loft.example/api/v1/calendar/….ics`. */
export const madeCalendarSchema = v.strictObject({ address: v.string() })
export type MadeCalendar = v.InferOutput<typeof madeCalendarSchema>

export const icalendarType = 'text/calendar'
