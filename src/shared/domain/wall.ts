import * as v from 'valibot'
import { localTextSchema } from './text.ts'

const writtenSchema = v.strictObject({
  /** Null = nobody knows who. */
  writer: v.nullable(
    v.strictObject({ label: v.string(), role: v.nullable(v.string()), at: v.number() }),
  ),
  text: v.string(),
})
/** As paper.ts makes it. */
export const wallAnswerSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('texts'),
    agreed: v.array(writtenSchema),
    texts: v.array(writtenSchema),
  }),
  v.strictObject({
    kind: v.literal('choices'),
    ordered: v.boolean(),
    choices: v.array(
      v.strictObject({ writer: writtenSchema.entries.writer, chosen: v.array(v.string()) }),
    ),
  }),
  v.strictObject({
    kind: v.literal('table'),
    columns: v.array(v.string()),
    rows: v.array(v.array(v.array(writtenSchema))),
  }),
])

/** `GET /api/v1/admin/cohorts/:id/wall?item=…`: sheets that groups have handed in, side by side. */
export const wallSchema = v.strictObject({
  cohort: v.strictObject({ id: v.string(), name: v.string() }),
  item: v.strictObject({ id: v.string(), title: localTextSchema }),
  /** All group sheets of the programme that somebody of the cohort may hand in. */
  items: v.array(v.strictObject({ id: v.string(), title: localTextSchema, handedIn: v.number() })),
  questions: v.array(v.string()),
  groups: v.array(
    v.strictObject({
      id: v.string(),
      name: v.string(),
      /** Ms since 1970; null = not handed in. */
      handedInAt: v.nullable(v.number()),
      /** What it has handed in cannot be shown. */
      isUnreadable: v.boolean(),
      /** By question, in their order; none where it is not handed in. */
      answers: v.array(wallAnswerSchema),
    }),
  ),
})
export type Wall = v.InferOutput<typeof wallSchema>
export type WallAnswer = v.InferOutput<typeof wallAnswerSchema>
