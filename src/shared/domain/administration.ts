import * as v from 'valibot'
import { lineSchema, localTextSchema, versionSchema } from './text.ts'

// What an administrator sees and changes of a network: its runs, its cohorts, and what has been done.

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
export const mostSeats = 500
export const longestKeeping = 60

/** A calendar day that there is, `yyyy-mm-dd`. */
export const daySchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/),
  v.check((day) => new Date(`${day}T00:00Z`).toJSON()?.startsWith(day) ?? false, 'no such day'),
)
const nameSchema = lineSchema(120)
const capacitySchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostSeats))
const keepMonthsSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(longestKeeping))
/** Of what stands in an address or a body. */
export const idParam = v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/))

export const runSchema = v.strictObject({
  id: v.string(),
  name: v.string(),
  endsOn: v.nullable(v.string()),
  keepMonths: v.nullable(v.number()),
  /** All that the run has now, anonymous people too. */
  people: count,
  /** When they are erased with what they have written, and how many; null = they stay. */
  erasure: v.nullable(
    v.strictObject({
      day: v.string(),
      people: count,
      soon: v.nullable(v.picklist(['week', 'month'])),
    }),
  ),
})
export type Run = v.InferOutput<typeof runSchema>

export const cohortSchema = v.strictObject({
  id: v.string(),
  name: v.string(),
  run: v.string(),
  programme: v.strictObject({
    id: v.string(),
    /** Null while the package has not been published here. */
    title: v.nullable(localTextSchema),
    version: v.string(),
    /** All that are published, the newest first. */
    versions: v.array(v.string()),
  }),
  capacity: v.number(),
  /** Those who take a seat; what follows counts them. */
  participants: count,
  /** Have come in at least once. */
  arrived: count,
  /** Have an invitation that they have not used yet. */
  invited: count,
  notInvited: count,
  waiting: count,
  next: v.nullable(
    v.strictObject({
      stop: v.string(),
      title: v.nullable(localTextSchema),
      starts: v.string(),
      ends: v.nullable(v.string()),
      place: v.nullable(v.string()),
    }),
  ),
})
export type Cohort = v.InferOutput<typeof cohortSchema>

/** `GET /api/v1/admin/overview`: of a facilitator's network, their cohorts alone. */
export const overviewSchema = v.strictObject({
  network: v.strictObject({ id: v.string(), name: v.string() }),
  runs: v.array(runSchema),
  cohorts: v.array(cohortSchema),
})
export type Overview = v.InferOutput<typeof overviewSchema>

export const madeSchema = v.strictObject({ id: v.string() })

/** `like` = the cohort whose programme it follows, in its newest version. */
export const newCohortSchema = v.strictObject({
  name: nameSchema,
  capacity: capacitySchema,
  run: idParam,
  like: idParam,
})
export type NewCohort = v.InferOutput<typeof newCohortSchema>

export const cohortChangeSchema = v.strictObject({
  name: v.optional(nameSchema),
  capacity: v.optional(capacitySchema),
  run: v.optional(idParam),
  version: v.optional(versionSchema),
})
export type CohortChange = v.InferOutput<typeof cohortChangeSchema>

export const newRunSchema = v.strictObject({
  name: nameSchema,
  endsOn: v.nullable(daySchema),
  keepMonths: v.nullable(keepMonthsSchema),
})
export type NewRun = v.InferOutput<typeof newRunSchema>
export const runChangeSchema = v.partial(newRunSchema)
export type RunChange = v.InferOutput<typeof runChangeSchema>

export const networkChangeSchema = v.strictObject({ name: nameSchema })

export const actSchema = v.strictObject({
  id: v.string(),
  at: v.number(),
  act: v.string(),
  /** Null = whoever runs the server, or the server itself. */
  by: v.nullable(v.string()),
  subject: v.nullable(v.string()),
  detail: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
})
export type Act = v.InferOutput<typeof actSchema>

/** `GET /api/v1/admin/acts`, the newest first. */
export const actsSchema = v.strictObject({
  acts: v.array(actSchema),
  /** Of people, cohorts and what else the acts are about, by id. Whoever was erased has none. */
  names: v.record(v.string(), v.string()),
  /** Give it as `before` to read on; null = no older ones. */
  older: v.nullable(v.string()),
})
export type Acts = v.InferOutput<typeof actsSchema>
