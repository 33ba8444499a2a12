// What goes on at a gathering now: one activity and its time. Moments are ms since 1970 by the clock of whoever keeps the day:
// the server's for a cohort, the device's own where a group meets at home.
import * as v from 'valibot'
import { agendaEntrySchema } from './gathering.ts'
import { outlineActivitySchema } from './outline.ts'
import { idSchema, localTextSchema } from './text.ts'

export const minuteMs = 60_000
/** A day that nobody has touched for so long is over, whatever stands there. */
export const forgottenMs = 12 * 60 * minuteMs
/** No activity is given more time. */
export const longestMs = 12 * 60 * minuteMs

const moment = v.pipe(v.number(), v.integer(), v.minValue(0))
const runningEntries = {
  /** Null = none. */
  activity: v.nullable(idSchema),
  /** When its time is over; null = no time runs. */
  endsAt: v.nullable(moment),
  /** Not null = the time stands still, with so much left. */
  leftMs: v.nullable(v.pipe(moment, v.maxValue(longestMs))),
}

export const runningSchema = v.strictObject(runningEntries)
export type Running = v.InferOutput<typeof runningSchema>

export const dayStateSchema = v.strictObject({
  cohort: v.string(),
  stop: v.string(),
  ...runningEntries,
  /** Rises with every change; 0 = nobody has begun. */
  revision: v.number(),
  changedAt: v.number(),
})
export type DayState = v.InferOutput<typeof dayStateSchema>

/** The whole state as it is to be, upon the one that was seen: sent twice it is the same. */
export const dayChangeSchema = v.pipe(
  v.strictObject({ ...runningEntries, revision: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  v.check(
    ({ activity, endsAt, leftMs }) =>
      (endsAt === null || leftMs === null) && (activity !== null || (endsAt ?? leftMs) === null),
    'a time runs or stands still, and belongs to an activity',
  ),
)
export type DayChange = v.InferOutput<typeof dayChangeSchema>

/** `now` = the server's clock, so that a device's own does not matter. */
export const daysAnswerSchema = v.strictObject({
  now: v.number(),
  days: v.array(dayStateSchema),
})
export type DaysAnswer = v.InferOutput<typeof daysAnswerSchema>

/** `taken` false = somebody else was first: `day` is theirs. */
export const dayTakenSchema = v.strictObject({
  now: v.number(),
  day: dayStateSchema,
  taken: v.boolean(),
})
export type DayTaken = v.InferOutput<typeof dayTakenSchema>

/** All that a facilitator needs of the day, with and without a network. */
export const dayPlanSchema = v.strictObject({
  now: v.number(),
  day: dayStateSchema,
  cohort: v.strictObject({ id: v.string(), name: v.string() }),
  title: localTextSchema,
  kind: v.picklist(['gathering', 'home']),
  starts: v.nullable(v.string()),
  ends: v.nullable(v.string()),
  place: v.nullable(v.string()),
  /** The cohort's own agenda, with its meals and breaks. */
  agenda: v.array(agendaEntrySchema),
  activities: v.array(outlineActivitySchema),
})
export type DayPlan = v.InferOutput<typeof dayPlanSchema>

export const dayNotBegun = (cohort: string, stop: string): DayState => ({
  cohort,
  stop,
  ...nothing,
  revision: 0,
  changedAt: 0,
})

export const nothing: Running = { activity: null, endsAt: null, leftMs: null }

export const isLive = (day: DayState, now: number): boolean =>
  day.activity !== null && now - day.changedAt < forgottenMs

/** The one that was touched last. */
export const liveDay = (days: readonly DayState[], now: number): DayState | null =>
  days.filter((day) => isLive(day, now)).toSorted((a, b) => b.changedAt - a.changedAt)[0] ?? null

/** Ms until the time is over, less than 0 when it is; null = none runs. */
export const leftOf = ({ endsAt, leftMs }: Running, now: number): number | null =>
  leftMs ?? (endsAt === null ? null : endsAt - now)

export const begin = (activity: string, minutes: number, now: number): Running => ({
  activity,
  endsAt: now + minutes * minuteMs,
  leftMs: null,
})

export const pause = (running: Running, now: number): Running =>
  running.endsAt === null
    ? running
    : { ...running, endsAt: null, leftMs: bounded(running.endsAt - now) }

export const resume = (running: Running, now: number): Running =>
  running.leftMs === null ? running : { ...running, endsAt: now + running.leftMs, leftMs: null }

/** More time, or less. Of a time that is over, all that is added is left. */
export const addMinutes = (running: Running, minutes: number, now: number): Running => {
  const left = leftOf(running, now)
  if (left === null) return running
  const more = bounded(Math.max(0, left) + minutes * minuteMs)
  return running.endsAt === null ? { ...running, leftMs: more } : { ...running, endsAt: now + more }
}

export const isSame = (one: Running, other: Running): boolean =>
  one.activity === other.activity && one.endsAt === other.endsAt && one.leftMs === other.leftMs

/** Minutes before the end at which those who work are told. */
export const warnings = [5, 1, 0] as const
export type Warning = (typeof warnings)[number]

/** The warning that lies between two moments, the latest one; null = none. A time that was changed meanwhile gives none. */
export const warningBetween = (before: number | null, after: number | null): Warning | null => {
  if (before === null || after === null || after >= before) return null
  return (
    warnings.findLast((minutes) => before > minutes * minuteMs && after <= minutes * minuteMs) ??
    null
  )
}

const bounded = (ms: number): number => Math.min(longestMs, Math.max(0, ms))
