/** The one source of chance in a world: the same seed gives the same numbers for ever. */
export interface Chance {
  /** From 0 up to 1. */
  real(): number
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number
  between(least: number, most: number): number
  /** True so many times in a hundred. */
  percent(percent: number): boolean
  pick<T>(list: readonly T[]): T
  /** A value by its weight; those of weight 0 are never taken. */
  weighted<T>(entries: readonly (readonly [T, number])[]): T
  /** A source of its own, so that one part's use of chance does not move another's. */
  fork(): Chance
}

export const createChance = (seed: number): Chance => {
  const real = sfc32(seed)
  const below = (limit: number): number => Math.floor(real() * limit)
  const chance: Chance = {
    real,
    below,
    between: (least, most) => least + below(most - least + 1),
    percent: (percent) => real() * 100 < percent,
    pick: (list) => {
      const picked = list[below(list.length)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
    weighted: (entries) => {
      let at = real() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of entries) {
        at -= weight
        if (at < 0) return value
      }
      throw new Error('nothing to pick from')
    },
    fork: () => createChance(below(2 ** 31)),
  }
  return chance
}

/** Chris Doty-Humphrey's Small Fast Counter, https://pracrand.sourceforge.net; 12 rounds spread a small seed. */
const sfc32 = (seed: number): (() => number) => {
  let a = seed >>> 0
  let b = Math.floor(seed / 2 ** 32) >>> 0
  let c = 0x9e3779b9
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round++) next()
  return next
}
