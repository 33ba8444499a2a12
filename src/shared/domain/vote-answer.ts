import * as v from 'valibot'
import { sumCountSchema } from './sums.ts'
import { idSchema } from './text.ts'

export const toldVoteSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('counts'),
    persons: v.number(),
    counts: v.array(sumCountSchema),
  }),
  v.strictObject({
    kind: v.literal('ranking'),
    persons: v.number(),
    /** The most points first. */
    topics: v.array(v.strictObject({ id: v.string(), points: v.number() })),
  }),
  v.strictObject({
    kind: v.literal('words'),
    persons: v.number(),
    /** The most writers first. */
    words: v.array(v.strictObject({ word: v.string(), writers: v.number() })),
  }),
])
export type ToldVote = v.InferOutput<typeof toldVoteSchema>

const fieldsSchema = v.array(
  v.strictObject({
    field: idSchema,
    /** Null = too few, or not counted yet. */
    told: v.nullable(toldVoteSchema),
  }),
)

/** `GET /api/v1/votes/:item`: what everybody who takes part is told. */
export const voteResultSchema = v.strictObject({ closed: v.boolean(), fields: fieldsSchema })
export type VoteResult = v.InferOutput<typeof voteResultSchema>

/** `GET /api/v1/admin/cohorts/:id/votes/:item`: with how many have answered, and how many have not. Null below five people. */
export const voteSightSchema = v.strictObject({
  ...voteResultSchema.entries,
  turnout: v.nullable(v.strictObject({ answers: v.number(), missing: v.number() })),
})
export type VoteSight = v.InferOutput<typeof voteSightSchema>

export const voteClosingSchema = v.strictObject({ closed: v.boolean() })
