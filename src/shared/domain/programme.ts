import * as v from 'valibot'
import { phaseSchema } from './item.ts'
import { idSchema, languageSchema, localTextSchema, versionSchema } from './text.ts'

/** own = own time (round), gathering = common gathering (square), home = in the own municipality (house). */
export const stopKindSchema = v.picklist(['own', 'gathering', 'home'])
export type StopKind = v.InferOutput<typeof stopKindSchema>

const minutes = v.pipe(v.number(), v.integer(), v.minValue(1))

export const stopSchema = v.strictObject({
  id: idSchema,
  kind: stopKindSchema,
  title: localTextSchema,
  summary: v.optional(localTextSchema),
  /** The stop's own time; items at a stop with minutes lie inside them and add nothing. */
  minutes: v.optional(minutes),
})
export type Stop = v.InferOutput<typeof stopSchema>

export const audienceSchema = v.strictObject({
  id: idSchema,
  number: v.pipe(v.number(), v.integer()),
  title: localTextSchema,
})
export type Audience = v.InferOutput<typeof audienceSchema>

export const budgetSchema = v.strictObject({
  audiences: v.pipe(v.array(idSchema), v.minLength(1)),
  minHours: v.number(),
  maxHours: v.number(),
})

/** When somebody has taken part in enough of the programme for its certificate. */
export const certificateRuleSchema = v.strictObject({
  /** Of the minutes of the required items that they meet. */
  requiredShare: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1)),
  /** Stops whose last day is to be over; those that they do not meet count for nothing. */
  passed: v.optional(v.array(idSchema), []),
})
export type CertificateRule = v.InferOutput<typeof certificateRuleSchema>

/** programme.yaml */
export const programmeFileSchema = v.strictObject({
  id: idSchema,
  version: versionSchema,
  extends: v.optional(v.strictObject({ id: idSchema, version: versionSchema })),
  languages: v.pipe(v.array(languageSchema), v.minLength(1)),
  title: localTextSchema,
  summary: localTextSchema,
  audiences: v.pipe(v.array(audienceSchema), v.minLength(1)),
  budget: v.array(budgetSchema),
  stops: v.pipe(v.array(stopSchema), v.minLength(1)),
  modules: v.array(idSchema),
  tracks: v.optional(v.array(idSchema), []),
  /** Without it the programme has no certificate. */
  certificate: v.optional(certificateRuleSchema),
})
export type ProgrammeFile = v.InferOutput<typeof programmeFileSchema>

const phaseEntry = v.strictObject({ stop: idSchema, text: localTextSchema })

/** module.yaml */
export const moduleFileSchema = v.strictObject({
  title: localTextSchema,
  summary: localTextSchema,
  abilities: v.array(idSchema),
  phases: v.record(phaseSchema, phaseEntry),
  items: v.pipe(v.array(idSchema), v.minLength(1)),
})
export type ModuleFile = v.InferOutput<typeof moduleFileSchema>

export const meetingSchema = v.strictObject({
  title: localTextSchema,
  text: localTextSchema,
  minutes,
  questions: v.array(localTextSchema),
  /** How the time may be used, for whoever leads the meeting. */
  outline: v.optional(
    v.array(v.strictObject({ minutes, title: localTextSchema, text: localTextSchema })),
  ),
})

/** track.yaml: a line of its own for one audience. */
export const trackFileSchema = v.strictObject({
  title: localTextSchema,
  summary: localTextSchema,
  audience: idSchema,
  maxMinutes: minutes,
  items: v.pipe(v.array(idSchema), v.minLength(1)),
  meeting: meetingSchema,
})
export type TrackFile = v.InferOutput<typeof trackFileSchema>

/** framework.yaml */
export const abilitySchema = v.strictObject({
  id: idSchema,
  area: idSchema,
  kind: v.picklist(['evne', 'leiarevne']),
  title: localTextSchema,
  term: v.optional(v.string()),
  text: localTextSchema,
})
export type Ability = v.InferOutput<typeof abilitySchema>
export const termSchema = v.strictObject({
  id: idSchema,
  title: localTextSchema,
  term: v.optional(v.string()),
  text: localTextSchema,
})
export type Term = v.InferOutput<typeof termSchema>
export const frameworkFileSchema = v.strictObject({
  version: v.string(),
  areas: v.array(v.strictObject({ id: idSchema, title: localTextSchema })),
  abilities: v.array(abilitySchema),
  generations: v.array(
    v.strictObject({
      id: idSchema,
      number: v.pipe(v.number(), v.integer()),
      title: localTextSchema,
      text: localTextSchema,
    }),
  ),
  glossary: v.array(termSchema),
})
export type Framework = v.InferOutput<typeof frameworkFileSchema>
