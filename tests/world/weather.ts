import type { Fault } from './memory-transaction.ts'
import { type Mishap, mishaps } from './network.ts'
import type { Chance } from './random.ts'

/**
 * How bad a world is. Each knows some of all faults, and some of them often: if all were there a little, two that matter
 * together would seldom meet.
 */
export interface Weather {
  mishap(): Mishap
  diskFault(): Fault | null
  /** ms. */
  diskLatency(): number
  /** Bytes of updates in one answer. */
  budget(): number
  /** Something else happens while the server is at work. */
  rushes(): boolean
  /** What people and machines do, and how often: 0 = never in this world. */
  readonly weights: Readonly<Record<Trouble, number>>
  readonly acts: number
  /** From now on nothing goes wrong. */
  calm(): void
  isCalm(): boolean
}

const troubles = {
  crowd: [25, 1], // everybody has two devices, and all write in the same texts
  kill: [60, 4],
  crash: [50, 2],
  evict: [25, 1.5],
  drop: [40, 3],
  fullStorage: [20, 2],
  setClock: [25, 2],
  endSession: [50, 2],
  signOut: [35, 2],
  nodeDies: [50, 3],
  restore: [35, 2],
  compact: [60, 6],
  membership: [35, 3],
} as const
export type Trouble = keyof typeof troubles

export const isTrouble = (name: string): name is Trouble => name in troubles

/** What is in the theme is there in any case, and often. */
export const createWeather = (chance: Chance, theme: readonly Trouble[] = []): Weather => {
  const mishapPercent = chance.pick([0, 10, 30, 60])
  const kinds = mishaps.filter(() => chance.percent(60))
  const faultPercent = chance.percent(50) ? chance.pick([2, 8, 20]) : 0
  const faults = (['abort', 'quota', 'refuse', 'hang'] as const).filter(() => chance.percent(60))
  const latencyPercent = chance.percent(60) ? chance.pick([20, 70]) : 0
  const rushPercent = chance.pick([0, 10, 40])
  const budget = chance.pick([100, 500, 2 ** 20, 2 ** 20])
  const weights = Object.fromEntries(
    Object.entries(troubles).map(([name, [percent, weight]]) => {
      const isThere = chance.percent(percent)
      return [name, theme.includes(name as Trouble) ? 3 * weight : isThere ? weight : 0]
    }),
  ) as Record<Trouble, number>
  const acts = chance.between(15, 80)
  let calm = false
  const happens = (percent: number): boolean => !calm && chance.percent(percent)

  return {
    mishap: () => (kinds.length > 0 && happens(mishapPercent) ? chance.weighted(kinds) : 'none'),
    diskFault: () => (faults.length > 0 && happens(faultPercent) ? chance.pick(faults) : null),
    diskLatency: () => {
      if (!happens(latencyPercent)) return 0
      return chance.percent(90) ? chance.between(1, 60) : chance.between(60, 4000)
    },
    budget: () => budget,
    rushes: () => rushPercent > 0 && happens(rushPercent),
    weights,
    acts,
    calm: () => {
      calm = true
    },
    isCalm: () => calm,
  }
}
