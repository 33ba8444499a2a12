import * as v from 'valibot'
import { fieldSchema } from './field.ts'
import { idSchema, localTextSchema } from './text.ts'

export const itemKindSchema = v.picklist([
  'article',
  'video',
  'podcast',
  'animation',
  'interview',
  'task',
])
export type ItemKind = v.InferOutput<typeof itemKindSchema>

export const phaseSchema = v.picklist(['forarbeid', 'samling', 'mellomarbeid', 'etterarbeid'])
export type Phase = v.InferOutput<typeof phaseSchema>
export const phases = phaseSchema.options

const fileName = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9.-]*$/, 'a file name in the same folder'),
)
const filePerLanguage = v.strictObject({ nn: fileName, nb: fileName })

/** item.yaml as an editor writes it. */
export const itemFileSchema = v.strictObject({
  kind: itemKindSchema,
  phase: v.optional(phaseSchema),
  depth: v.optional(v.picklist(['required', 'fordjuping']), 'required'),
  audiences: v.optional(v.pipe(v.array(idSchema), v.minLength(1))),
  abilities: v.optional(v.array(idSchema), []),
  open: v.optional(v.boolean(), false),
  title: localTextSchema,
  summary: localTextSchema,
  minutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(600))),
  media: v.optional(
    v.strictObject({
      file: fileName,
      described: v.optional(fileName),
      captions: filePerLanguage,
      poster: v.optional(fileName),
    }),
  ),
  fields: v.optional(v.array(fieldSchema), []),
})
export type ItemFile = v.InferOutput<typeof itemFileSchema>

export const mediaKinds: readonly ItemKind[] = ['video', 'podcast', 'animation', 'interview']
export const isMediaKind = (kind: ItemKind): boolean => mediaKinds.includes(kind)
