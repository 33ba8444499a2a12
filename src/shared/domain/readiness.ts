import * as v from 'valibot'
import { type SizeClass, sizeClassSchema } from './field.ts'
import { tabletListSchema } from './tablet.ts'
import { idSchema, localTextSchema } from './text.ts'

// What a facilitator is told before a gathering. What a group has done is the group's own fact. Of persons this is told:
//
// 1. Nothing of fewer than five.
// 2. A band, never a count: each band holds two counts at least, so that it says of nobody in particular, all and none included. One
//    person more or less moves it at two edges at most.
// 3. Everybody is counted with the municipality that they belong to, whichever group they have been moved to: a facilitator who
//    moves somebody and looks again sees the same.

/** `few` = fewer than half, `many` = half or more, `most` = all or all but one; with five people `many` goes up to all. */
export const toldCountSchema = v.strictObject({
  /** How many there are. */
  of: v.number(),
  band: v.picklist(['few', 'many', 'most']),
})
export type ToldCount = v.InferOutput<typeof toldCountSchema>

export const readinessSchema = v.strictObject({
  cohort: v.strictObject({ id: v.string(), name: v.string() }),
  stop: v.strictObject({ id: idSchema, title: localTextSchema }),
  /** The share of the required minutes before the stop that counts as ready. */
  readyShare: v.number(),
  /** Group sheets that belong before the stop. */
  sheets: v.array(v.strictObject({ id: v.string(), title: localTextSchema })),
  groups: v.array(
    v.strictObject({
      id: v.string(),
      name: v.string(),
      municipality: v.nullable(v.string()),
      size: v.nullable(sizeClassSchema),
      /** By sheet, in their order. Ms since 1970. */
      sheets: v.array(
        v.strictObject({
          id: v.string(),
          state: v.picklist(['none', 'begun', 'handed-in', 'changed-after', 'unreadable']),
          at: v.nullable(v.number()),
        }),
      ),
      /** People of its municipality who have done enough; null where they are fewer than five, or it has none. */
      ready: v.nullable(toldCountSchema),
      ...tabletListSchema.entries,
      /** Somebody to write to. */
      contacts: v.number(),
    }),
  ),
  /** Of the municipalities with fewer than five, by their size. */
  ready: v.array(v.strictObject({ size: v.nullable(sizeClassSchema), ...toldCountSchema.entries })),
})
export type Readiness = v.InferOutput<typeof readinessSchema>

/** `POST …/reminders` */
export const reminderSchema = v.strictObject({
  groups: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(100)),
  message: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(2000)),
})
export const remindedSchema = v.strictObject({
  /** Mails on their way; 0 where the server sends none. */
  mails: v.number(),
  /** For one's own mail program, where the server sends none. */
  addresses: v.array(v.string()),
  /** Groups of municipalities without a contact person. */
  without: v.array(v.string()),
})
export type Reminded = v.InferOutput<typeof remindedSchema>

export const fewestTold = 5
/** Of the required minutes before the gathering, as in the certificate's rule. */
export const readyShare = 0.8

/** Null below five. */
export const toldOf = (ready: number, of: number): ToldCount | null => {
  if (of < fewestTold) return null
  // With five people "half or more" would be one count alone, if all and all but one were told apart from it.
  if (of > fewestTold && ready >= of - 1) return { of, band: 'most' }
  return { of, band: ready * 2 >= of ? 'many' : 'few' }
}

export interface MunicipalityCount {
  municipality: string
  size: SizeClass | null
  ready: number
  of: number
}

/**
 * Municipalities with five people and more are told of alone. The smaller ones are summed by size class, and where that is still too few,
 * with the other size classes that are; what is then too few is not told at all.
 */
export const toldPersons = (
  municipalities: readonly MunicipalityCount[],
): {
  byMunicipality: Map<string, ToldCount>
  rest: ({ size: SizeClass | null } & ToldCount)[]
} => {
  const byMunicipality = new Map<string, ToldCount>()
  const small = new Map<SizeClass | null, { ready: number; of: number }>()
  const add = (size: SizeClass | null, { ready, of }: { ready: number; of: number }): void => {
    const sum = small.get(size) ?? { ready: 0, of: 0 }
    small.set(size, { ready: sum.ready + ready, of: sum.of + of })
  }
  for (const { municipality, size, ready, of } of municipalities) {
    const told = toldOf(ready, of)
    if (told) byMunicipality.set(municipality, told)
    else add(size, { ready, of })
  }
  for (const [size, sum] of [...small]) {
    if (size === null || sum.of >= fewestTold) continue
    small.delete(size)
    add(null, sum)
  }
  const rest = [...small].flatMap(([size, { ready, of }]) => {
    const told = toldOf(ready, of)
    return told ? [{ size, ...told }] : []
  })
  return { byMunicipality, rest }
}
