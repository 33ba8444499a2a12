import * as v from 'valibot'
import { idSchema, localTextSchema } from './text.ts'

/** Size class of a municipality by inhabitants: S below 5,000, M 5,000–19,999, L 20,000 and more. */
export const sizeClassSchema = v.picklist(['S', 'M', 'L'])
export type SizeClass = v.InferOutput<typeof sizeClassSchema>

/** Who sees an answer. A `group` answer is written together; the others belong to the person. */
export const seesSchema = v.picklist(['me', 'group', 'facilitator', 'aggregate'])
export type Sees = v.InferOutput<typeof seesSchema>

/** Group documents keep the writers of their blocks, the handing in and what is brought beside the fields' values, under these names. */
const reservedIds = ['block', 'handed-in', 'brought']

const common = {
  id: v.pipe(
    idSchema,
    v.check(
      (id) => !reservedIds.includes(id),
      `id: a field can not be called ${reservedIds.join(' or ')}`,
    ),
  ),
  sees: seesSchema,
  label: localTextSchema,
  hint: v.optional(localTextSchema),
  sizes: v.optional(v.pipe(v.array(sizeClassSchema), v.minLength(1))),
}
const options = v.pipe(
  v.array(v.strictObject({ id: idSchema, label: localTextSchema })),
  v.minLength(2),
)

export const fieldSchema = v.variant('kind', [
  v.strictObject({ ...common, kind: v.literal('text') }),
  v.strictObject({ ...common, kind: v.literal('longtext') }),
  /** A few words, parted by commas or lines: a word cloud is made of many people's. */
  v.strictObject({ ...common, kind: v.literal('words') }),
  v.strictObject({ ...common, kind: v.literal('single'), options }),
  v.strictObject({ ...common, kind: v.literal('multiple'), options }),
  v.strictObject({ ...common, kind: v.literal('ranking'), options }),
  v.strictObject({ ...common, kind: v.literal('checklist'), options }),
  v.strictObject({
    ...common,
    kind: v.literal('scale'),
    scale: v.strictObject({
      min: v.pipe(v.number(), v.integer()),
      max: v.pipe(v.number(), v.integer()),
      low: localTextSchema,
      high: localTextSchema,
    }),
  }),
  v.strictObject({
    ...common,
    kind: v.literal('table'),
    columns: v.pipe(
      v.array(v.strictObject({ id: idSchema, label: localTextSchema })),
      v.minLength(1),
    ),
    rows: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20))),
    /**
     * The group's action plan (tiltaksplan); its first column says what is to be done. `deadline` = the column in which deadlines were
     * typed before there were dates: shown where it holds something.
     */
    plan: v.optional(v.strictObject({ deadline: v.optional(idSchema) })),
    /** A table of efforts that may go into the plan: the plan's column by each of its own that has one there. */
    efforts: v.optional(v.record(idSchema, idSchema)),
  }),
])
export type Field = v.InferOutput<typeof fieldSchema>
export type FieldOf<K extends Field['kind']> = Extract<Field, { kind: K }>
