import * as v from 'valibot'
import { fieldSchema } from './field.ts'
import { itemKindSchema, phaseSchema } from './item.ts'
import {
  abilitySchema,
  audienceSchema,
  certificateRuleSchema,
  frameworkFileSchema,
  meetingSchema,
  stopSchema,
} from './programme.ts'
import { idSchema, localTextSchema, sha256Schema, versionSchema } from './text.ts'

/** One file of film or sound, addressed by its content. */
export const mediaFileSchema = v.strictObject({
  sha256: sha256Schema,
  size: v.number(), // bytes
  type: v.picklist(['video/mp4', 'audio/mp4']),
  seconds: v.number(),
})
export type MediaFile = v.InferOutput<typeof mediaFileSchema>

export const outlineItemSchema = v.strictObject({
  /** `<package>.<module or track>.<item>`, qualified by the package that first defined it. */
  id: v.string(),
  /** `<module or track>/<item>`, the item's address in the page. */
  path: v.string(),
  kind: itemKindSchema,
  phase: v.nullable(phaseSchema),
  stop: v.nullable(idSchema),
  depth: v.picklist(['required', 'fordjuping']),
  audiences: v.array(idSchema),
  abilities: v.array(idSchema),
  open: v.boolean(),
  title: localTextSchema,
  summary: localTextSchema,
  minutes: v.number(),
  media: v.nullable(
    v.strictObject({
      file: mediaFileSchema,
      described: v.nullable(mediaFileSchema),
      poster: v.nullable(v.string()), // checked SVG
    }),
  ),
  fields: v.array(fieldSchema),
  /** Hash of the item's text in each language. */
  text: v.strictObject({ nn: sha256Schema, nb: sha256Schema }),
})
export type OutlineItem = v.InferOutput<typeof outlineItemSchema>

export const outlineModuleSchema = v.strictObject({
  id: idSchema,
  title: localTextSchema,
  summary: localTextSchema,
  abilities: v.array(idSchema),
  phases: v.array(v.strictObject({ phase: phaseSchema, stop: idSchema, text: localTextSchema })),
  items: v.array(outlineItemSchema),
})
export type OutlineModule = v.InferOutput<typeof outlineModuleSchema>

export const outlineTrackSchema = v.strictObject({
  id: idSchema,
  title: localTextSchema,
  summary: localTextSchema,
  audience: idSchema,
  maxMinutes: v.number(),
  items: v.array(outlineItemSchema),
  meeting: meetingSchema,
})
export type OutlineTrack = v.InferOutput<typeof outlineTrackSchema>

/** What is done at a gathering, in order. `guide` = hash of the facilitator's guide in each language, a text like an item's. */
export const outlineActivitySchema = v.strictObject({
  id: idSchema,
  minutes: v.number(),
  title: localTextSchema,
  /** For those who take part. */
  text: localTextSchema,
  /** Path of the sheet or the vote that is opened. */
  item: v.nullable(v.string()),
  guide: v.strictObject({ nn: sha256Schema, nb: sha256Schema }),
})
export type OutlineActivity = v.InferOutput<typeof outlineActivitySchema>
export const outlineGatheringSchema = v.strictObject({
  stop: idSchema,
  activities: v.array(outlineActivitySchema),
})
export type OutlineGathering = v.InferOutput<typeof outlineGatheringSchema>

/** A published version of a programme: everything but the running texts and the media. Immutable. */
export const outlineSchema = v.strictObject({
  id: idSchema,
  version: versionSchema,
  title: localTextSchema,
  summary: localTextSchema,
  audiences: v.array(audienceSchema),
  stops: v.array(stopSchema),
  modules: v.array(outlineModuleSchema),
  tracks: v.array(outlineTrackSchema),
  framework: v.strictObject({
    ...frameworkFileSchema.entries,
    abilities: v.array(abilitySchema),
  }),
  /** By stop; not in versions of before there were activities. */
  gatherings: v.optional(v.array(outlineGatheringSchema)),
  /** Not in versions of before there were certificates. */
  certificate: v.optional(certificateRuleSchema),
})
export type Outline = v.InferOutput<typeof outlineSchema>
