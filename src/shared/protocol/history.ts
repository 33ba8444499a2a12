import * as v from 'valibot'

/** The page's request asks again from the last `seq` while `more`. */
export const historyBudget = 1024 * 1024

/**
 * `GET /api/v1/history?doc=<scope>/<task>&after=<seq>`: every update of a document that the server has accepted after this
 * number (0 = from the beginning), in the order of acceptance, cut at about `historyBudget` bytes. Applied one after the
 * other to an empty document they show each earlier version. A document that is missing or forbidden is answered 404.
 */
export const historyAnswerSchema = v.object({
  changes: v.array(
    v.object({
      seq: v.number(),
      /** ms since 1970: when it was written, by the writer's clock, but never later than it came to the server. */
      at: v.number(),
      /** The writer's name; null if the writer has been erased. */
      author: v.nullable(v.string()),
      /** Written by who asks. */
      own: v.boolean(),
      /** V1, base64. */
      update: v.string(),
    }),
  ),
  /** There is more after the last one here. */
  more: v.boolean(),
})
export type HistoryAnswer = v.InferOutput<typeof historyAnswerSchema>

/**
 * `GET /api/v1/held?after=<place>`: what the signed-in person has written for groups after losing the right to write there, oldest
 * first, cut at about `historyBudget` bytes. Nobody else reads it.
 */
export const heldAnswerSchema = v.object({
  held: v.array(
    v.object({
      scope: v.string(),
      doc: v.string(),
      /** ms since 1970, by the writer's clock. */
      writtenAt: v.number(),
      /** V1, base64. */
      update: v.string(),
    }),
  ),
  /** The place of the last one here, if there is more after it. */
  next: v.nullable(v.string()),
})
export type HeldAnswer = v.InferOutput<typeof heldAnswerSchema>
