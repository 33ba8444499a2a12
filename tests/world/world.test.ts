import './quick-random.ts'
import { expect, test } from 'vitest'
import { makeDatabase, openStore } from '../server/store/postgres-database.ts'
import { createPostgresTown } from './postgres-town.ts'
import { report, runSeed, runSeeds, seedsFrom } from './run-seeds.ts'
import { createSqliteTown, type Town } from './sqlite-town.ts'
import type { WorldResult } from './world.ts'

// A short walk; `npm run world` is the long one, and the step `world` of `npm test` the one between.

const inTown = async <T>(opening: Promise<Town>, work: (town: Town) => Promise<T>): Promise<T> => {
  const town = await opening
  try {
    return await work(town)
  } finally {
    await town.close()
  }
}

/** As many seeds as fit; the red ones with what is needed to look at them. */
const redSeeds = async (town: Town, first: number, ms: number): Promise<string[]> => {
  const end = performance.now() + ms
  const red: string[] = []
  const each = (result: WorldResult): boolean => {
    if (result.failure !== null) red.push(report(result))
    return performance.now() < end
  }
  const { seeds } = await runSeeds({ town, seeds: seedsFrom(first, 10_000), each })
  expect(seeds).toBeGreaterThan(0)
  return red
}

test('no word is lost in any of the first seeds, the server on SQLite', async () => {
  expect(await inTown(createSqliteTown(), (town) => redSeeds(town, 1, 5000))).toEqual([])
})

test('no word is lost in any of the first seeds, the server on PostgreSQL', async () => {
  const town = makeDatabase().then((url) => createPostgresTown(openStore(url)))
  expect(await inTown(town, (there) => redSeeds(there, 1, 5000))).toEqual([])
})

test('the same seed gives the same trace', async () => {
  await inTown(createSqliteTown(), async (town) => {
    for (const seed of [7, 8, 9]) {
      const [first, second] = [await runSeed(town, seed), await runSeed(town, seed)]
      expect(second.trace).toEqual(first.trace)
      expect(second.hash).toBe(first.hash)
      expect(first.figures.events).toBeGreaterThan(20)
    }
  })
})

test('a seed in the production database of a device is as good as one in memory', async () => {
  await inTown(createSqliteTown(), async (town) => {
    for (const seed of [50, 100, 150]) {
      const result = await runSeed(town, seed)
      expect(result.failure === null ? null : report(result)).toBeNull()
    }
  })
})
