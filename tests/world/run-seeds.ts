import type { Town } from './sqlite-town.ts'
import type { Trouble } from './weather.ts'
import { runWorld, type WorldResult, type WorldSettings } from './world.ts'

export interface Tally {
  seeds: number
  failed: number[]
  events: number
  requests: number
  markers: number
  excused: number
}

export interface Run {
  town: Town
  seeds: Iterable<number>
  theme?: readonly Trouble[]
  /** Called with each result; false ends the run. */
  each?: (result: WorldResult) => boolean
}

/** So many seeds have one on the production database of the device, over fake-indexeddb. */
const realEvery = 50

/** One world in a town that is left empty again. */
export const runSeed = async (
  town: Town,
  seed: number,
  more: Partial<WorldSettings> = {},
): Promise<WorldResult> => {
  const real = seed % realEvery === 0 ? await realDisks() : {}
  const { store, settle, tagOf } = town
  const result = await runWorld({ seed, store, settle, tag: tagOf(seed), ...real, ...more })
  await town.clear()
  return result
}

/** Loaded when it is needed: Dexie and fake-indexeddb take longer to load than ten worlds to run. */
const realDisks = async (): Promise<Pick<WorldSettings, 'createDisk' | 'idle'>> => {
  const { createRealDisks } = await import('./real-disks.ts')
  return createRealDisks()
}

export const runSeeds = async ({ town, seeds, theme = [], each }: Run): Promise<Tally> => {
  const tally: Tally = { seeds: 0, failed: [], events: 0, requests: 0, markers: 0, excused: 0 }
  for (const seed of seeds) {
    const result = await runSeed(town, seed, { theme })
    tally.seeds++
    if (result.failure !== null) tally.failed.push(seed)
    for (const figure of ['events', 'requests', 'markers', 'excused'] as const)
      tally[figure] += result.figures[figure]
    if (each?.(result) === false) break
  }
  return tally
}

export function* seedsFrom(first: number, count: number, step = 1): Generator<number> {
  for (let seed = first; seed < first + count; seed += step) yield seed
}

/** What somebody needs who meets a red seed. */
export const report = ({ seed, failure, trace }: WorldResult): string =>
  [
    ...trace.slice(-40),
    `seed ${seed} is red: ${failure}`,
    `run it alone:  npm run world -- --seed ${seed}`,
  ].join('\n')

export const sumOf = (tallies: readonly Tally[]): Tally =>
  tallies.reduce((sum, one) => ({
    seeds: sum.seeds + one.seeds,
    failed: [...sum.failed, ...one.failed],
    events: sum.events + one.events,
    requests: sum.requests + one.requests,
    markers: sum.markers + one.markers,
    excused: sum.excused + one.excused,
  }))
