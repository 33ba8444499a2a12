import * as v from 'valibot'
import { meSchema } from './person.ts'
import { idSchema } from './text.ts'

/** For so long after its time is over, words that a tablet has not sent are taken. ms */
export const takenAfterwardsMs = 14 * 24 * 60 * 60 * 1000

/** All that a tablet needs to know, and the server's signature (table-link.ts). */
const linkSchema = v.pipe(v.string(), v.nonEmpty(), v.maxLength(4000), v.regex(/^[\w.-]+$/))
const tokenSchema = v.pipe(v.string(), v.nonEmpty(), v.maxLength(2000), v.regex(/^[\w.-]+$/))

/** `POST …/groups/:group/table`. `fresh` = links made before let nobody in any more, and their tablets are ended. */
export const tableWishSchema = v.strictObject({
  stop: v.nullable(idSchema),
  fresh: v.optional(v.boolean(), false),
})
export const tableLinkSchema = v.strictObject({
  link: linkSchema,
  /** Short, for typing; needs a network, and lives until `codeUntil`. */
  code: v.string(),
  codeUntil: v.number(),
  /** Until then the tablets that join are members of the group, ms since 1970. */
  expiresAt: v.number(),
})
export type TableLink = v.InferOutput<typeof tableLinkSchema>

export const tableCodeSchema = v.strictObject({
  code: v.pipe(v.string(), v.nonEmpty(), v.maxLength(100)),
})
export const tableCodeAnswerSchema = v.strictObject({ link: linkSchema })

/** `POST /api/v1/tablets`: the same secret is the same tablet, however often it is sent. */
export const joinTableSchema = v.strictObject({
  token: tokenSchema,
  secret: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
})

/** How the server sees the tablet that asks. `isOver` = it reads nothing more, and its words are taken for a while. */
export const tabletSightSchema = v.strictObject({
  expiresAt: v.nullable(v.number()),
  isOver: v.boolean(),
})
export type TabletSight = v.InferOutput<typeof tabletSightSchema>
export const joinedSchema = v.strictObject({ me: meSchema, sight: tabletSightSchema })

/** What a tablet tells of itself: documents with words that are not sent; null = it cannot say. */
export const tabletStateSchema = v.strictObject({
  unsent: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))),
})

export const tabletListSchema = v.strictObject({
  tablets: v.array(
    v.strictObject({
      id: idSchema,
      /** Browser and system, such as `Chrome, Android`; empty if they are not known. */
      label: v.string(),
      stop: v.nullable(idSchema),
      joinedAt: v.number(),
      /** When it last told of itself, and how much was not sent then. */
      seenAt: v.number(),
      unsent: v.number(),
      isOver: v.boolean(),
    }),
  ),
})
export type TabletList = v.InferOutput<typeof tabletListSchema>
