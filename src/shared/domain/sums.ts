import * as v from 'valibot'
import { idSchema } from './text.ts'

/**
 * How many chose one option, a scale's number as text. All and nobody are never told: `atLeast` and `atMost` are one person
 * off either.
 */
export const sumCountSchema = v.strictObject({
  id: v.string(),
  count: v.number(),
  bound: v.nullable(v.picklist(['atLeast', 'atMost'])),
})
export type SumCount = v.InferOutput<typeof sumCountSchema>

/**
 * What a field's answers come to. `persons` = at least so many, in steps; null = fewer than the first step, too few to hide one, or
 * not counted yet.
 */
export const fieldSumSchema = v.strictObject({
  item: v.string(),
  field: idSchema,
  told: v.nullable(
    v.strictObject({
      persons: v.number(),
      counts: v.array(sumCountSchema),
      countedAt: v.number(), // ms since 1970
    }),
  ),
})
export type FieldSum = v.InferOutput<typeof fieldSumSchema>

/** `GET /api/v1/sums`: every field of the track whose answers are summed, in its order. */
export const sumsAnswerSchema = v.strictObject({
  municipality: v.string(),
  audience: idSchema,
  sums: v.array(fieldSumSchema),
})
export type SumsAnswer = v.InferOutput<typeof sumsAnswerSchema>
