import * as v from 'valibot'
import { daySchema } from './administration.ts'
import { stopKindSchema } from './programme.ts'
import { lineSchema, localTextSchema, proseSchema } from './text.ts'

// What an administrator says of a stop beyond its days. Times are `hh:mm` in Europe/Oslo, days `yyyy-mm-dd`.

export const mostAgendaEntries = 60
export const mostLecturers = 30

export const timeSchema = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time: hh:mm'))

/** An address of the web that may stand as a link: https alone. */
export const httpsLinkSchema = v.pipe(
  lineSchema(500),
  v.url(),
  v.regex(/^https:\/\/[^\s/?#]/i, 'https only'),
)

export const agendaEntrySchema = v.strictObject({
  time: timeSchema,
  title: lineSchema(200),
  /** Who leads it. */
  who: v.nullable(lineSchema(120)),
})
export type AgendaEntry = v.InferOutput<typeof agendaEntrySchema>

export const lecturerSchema = v.strictObject({
  name: lineSchema(120),
  topic: lineSchema(200),
  about: v.nullable(proseSchema(2000)),
})
export type Lecturer = v.InferOutput<typeof lecturerSchema>

const detailEntries = {
  /** First and last day; own time has no last day, but its own deadline if it has one. */
  starts: v.nullable(daySchema),
  ends: v.nullable(daySchema),
  place: v.nullable(lineSchema(120)),
  /** On the first day. */
  startsAt: v.nullable(timeSchema),
  /** On the last day. */
  endsAt: v.nullable(timeSchema),
  address: v.nullable(lineSchema(300)),
  meetingLink: v.nullable(httpsLinkSchema),
  practical: v.nullable(proseSchema(4000)),
  /** In the order in which it stands: a gathering over two days has each time of day twice. */
  agenda: v.pipe(v.array(agendaEntrySchema), v.maxLength(mostAgendaEntries)),
  /** People travel there the day before. */
  travelDay: v.boolean(),
  cancelled: v.boolean(),
  lecturers: v.pipe(v.array(lecturerSchema), v.maxLength(mostLecturers)),
}

/** One stop of a cohort, as it is for a municipality where that has days of its own. */
export const gatheringSchema = v.strictObject({
  cohort: v.string(),
  stop: v.string(),
  kind: stopKindSchema,
  title: localTextSchema,
  /** The audience that alone meets here: a track's meeting. */
  audience: v.nullable(v.string()),
  /** The days and the place are those of the municipality alone; the cohort's times, address and journey then say nothing. */
  own: v.boolean(),
  drawing: v.nullable(v.string()),
  ...detailEntries,
  /** How often it was changed, as a calendar shows it. */
  sequence: v.number(),
  /** Ms since 1970; null = never. */
  changedAt: v.nullable(v.number()),
})
export type Gathering = v.InferOutput<typeof gatheringSchema>

export const gatheringsSchema = v.strictObject({ gatherings: v.array(gatheringSchema) })
export type Gatherings = v.InferOutput<typeof gatheringsSchema>

/** What is to change; what is left out stays. */
export const gatheringChangeSchema = v.partial(v.strictObject(detailEntries))
export type GatheringChange = v.InferOutput<typeof gatheringChangeSchema>

/** no-first-day = a last day or times without a first day · ends-before-start = days or times in the wrong order. */
export type GatheringFailure = 'not-found' | 'no-first-day' | 'ends-before-start'
