import * as v from 'valibot'
import { fieldSchema } from './field.ts'
import { itemKindSchema, phaseSchema } from './item.ts'
import {
  abilitySchema,
  audienceSchema,
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
})
export type Outline = v.InferOutput<typeof outlineSchema>
