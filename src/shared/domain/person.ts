import * as v from 'valibot'
import { sizeClassSchema } from './field.ts'
import { outlineSchema } from './outline.ts'
import { idSchema, sha256Schema } from './text.ts'

export const roleSchema = v.picklist([
  'participant',
  'group-tablet',
  'facilitator',
  'administrator',
  'editor',
])
export type Role = v.InferOutput<typeof roleSchema>

/** When and where a stop is, for one cohort. Dates are local calendar days, `yyyy-mm-dd`. */
export const cohortStopSchema = v.strictObject({
  stop: idSchema,
  starts: v.nullable(v.string()),
  ends: v.nullable(v.string()),
  place: v.nullable(v.string()),
  /** Name of a drawing that belongs to the place, such as `forde`. */
  drawing: v.nullable(v.string()),
})
export type CohortStop = v.InferOutput<typeof cohortStopSchema>

/** `GET /api/v1/me`: who is signed in, and where this person's words belong. */
export const meSchema = v.strictObject({
  /** Owner of the device's database: a person's or a group tablet's id. */
  principal: idSchema,
  /** A role and a place, such as "Kommunedirektør, Stord". */
  name: v.string(),
  role: roleSchema,
  /** All of theirs, the first one among them. */
  roles: v.optional(v.array(roleSchema)),
  audience: v.nullable(idSchema),
  /** Those besides the first one: in a small municipality one leads both HR and IT. */
  moreAudiences: v.optional(v.array(idSchema)),
  municipality: v.nullable(
    v.strictObject({ number: v.string(), name: v.string(), size: sizeClassSchema }),
  ),
  /** Scope of the person's own words; a group's tablet has none. */
  personScope: v.nullable(v.string()),
  /** Those of leaders first. */
  groups: v.array(
    v.strictObject({
      scope: v.string(),
      name: v.string(),
      /** Absent = leadership. */
      kind: v.optional(v.picklist(['leadership', 'service-area'])),
      /** The gathering that it is for. */
      stop: v.optional(v.nullable(idSchema)),
    }),
  ),
  run: idSchema,
  cohort: v.strictObject({
    id: v.optional(idSchema),
    name: v.string(),
    stops: v.array(cohortStopSchema),
  }),
  network: v.optional(v.string()),
  /** Came by a link that anybody in the municipality has: once signed out on every device, they come back as somebody else. */
  anonymous: v.optional(v.boolean()),
  /** The audience that this person meets as its resource person, and in which municipality. */
  resourceFor: v.optional(
    v.nullable(v.strictObject({ municipality: v.string(), audience: idSchema })),
  ),
})
export type Me = v.InferOutput<typeof meSchema>

/** `GET /api/v1/programme`: the outline with its own hash as ETag. */
export const programmeAnswerSchema = v.strictObject({ hash: sha256Schema, outline: outlineSchema })
export type ProgrammeAnswer = v.InferOutput<typeof programmeAnswerSchema>
