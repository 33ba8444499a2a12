import * as v from 'valibot'
import { sizeClassSchema } from './field.ts'
import { idSchema, lineSchema } from './text.ts'

/** Characters that a part of a card may have. */
export const cardLimits = { title: 120, what: 1500, gives: 800, takes: 800, contact: 80 } as const
/** Cards of one group that are out at a time. */
export const mostCards = 40
/** Cards of a library, the newest: what a device keeps. */
export const mostInLibrary = 400

export const cardReachSchema = v.picklist(['cohort', 'network'])
export type CardReach = v.InferOutput<typeof cardReachSchema>

/** Made by the device, so that a card that is sent again is not a second one. */
export const cardIdSchema = v.pipe(v.string(), v.regex(/^[a-z0-9-]{20,64}$/))

/** Several lines, perhaps none. No NUL: PostgreSQL's text cannot hold it. */
const partSchema = (max: number) =>
  v.pipe(v.string(), v.trim(), v.maxLength(max), v.excludes('\u0000'))

/** What a group tells others of an effort. No names of people: `contact` is a role. */
export const cardSchema = v.strictObject({
  title: lineSchema(cardLimits.title),
  what: v.pipe(partSchema(cardLimits.what), v.nonEmpty()),
  gives: partSchema(cardLimits.gives),
  takes: partSchema(cardLimits.takes),
  contact: partSchema(cardLimits.contact),
  modules: v.pipe(v.array(idSchema), v.maxLength(8)),
})
export type Card = v.InferOutput<typeof cardSchema>

/** `PUT /api/v1/cards/:id`: publishes, and once more with changes. */
export const publishSchema = v.strictObject({
  ...cardSchema.entries,
  group: idSchema,
  reach: cardReachSchema,
  /** The `revision` of what is published and was changed; without it, whatever stands there is replaced. */
  upon: v.optional(v.string()),
})
export type Publishing = v.InferOutput<typeof publishSchema>

export const sharedCardSchema = v.strictObject({
  ...cardSchema.entries,
  id: v.string(),
  reach: cardReachSchema,
  group: v.strictObject({ id: v.string(), name: v.string() }),
  municipality: v.nullable(v.strictObject({ name: v.string(), size: sizeClassSchema })),
  cohort: v.string(),
  /** Ms since 1970. */
  publishedAt: v.number(),
  /** Another one with every change. */
  revision: v.string(),
  mayWithdraw: v.boolean(),
})
export type SharedCard = v.InferOutput<typeof sharedCardSchema>

/** `GET /api/v1/cards`: the newest first. */
export const cardListSchema = v.strictObject({ cards: v.array(sharedCardSchema) })

export interface CardWish {
  search: string
  module: string | null
  size: string | null
  order: 'relevance' | 'newest'
}

/** Cards with every word of the search in them. By relevance, the title counts most; else the newest first. */
export const searchCards = (
  cards: readonly SharedCard[],
  { search, module, size, order }: CardWish,
): SharedCard[] => {
  const wanted = fold(search).split(/\s+/).filter(Boolean)
  return cards
    .filter((card) => module === null || card.modules.includes(module))
    .filter((card) => size === null || card.municipality?.size === size)
    .flatMap((card) => {
      const points = wanted.map((word) => pointsOf(card, word))
      return points.includes(0) ? [] : [{ card, points: points.reduce((a, b) => a + b, 0) }]
    })
    .toSorted(
      (a, b) =>
        (order === 'relevance' ? b.points - a.points : 0) ||
        b.card.publishedAt - a.card.publishedAt ||
        (a.card.id < b.card.id ? -1 : 1),
    )
    .map(({ card }) => card)
}

/** Case and marks do not count, and aa is å: Ålesund is found by aalesund, résumé by resume. */
export const fold = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('å', 'aa')
    .replaceAll('ä', 'æ')
    .replaceAll('ö', 'ø')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')

const pointsOf = (card: SharedCard, word: string): number => {
  const places: readonly (readonly [string, number])[] = [
    [card.title, 8],
    [card.municipality?.name ?? '', 4],
    [card.group.name, 4],
    [card.what, 2],
    [`${card.gives} ${card.takes} ${card.contact}`, 1],
  ]
  return places.reduce((sum, [text, points]) => sum + (fold(text).includes(word) ? points : 0), 0)
}
