import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eraseWords } from '../../../src/server/words/erase.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { createScrubber } from '../../../src/server/words/scrubber.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { day, minute, testStore } from '../test-app.ts'
import { filesWith } from './database-files.ts'
import { createWriter, own, person, worldOf } from './words-world.ts'

const marker = 'HemmelegOrdSomSkalBort'

const setUp = async () => {
  const file = join(temporaryFolder(), 'loft.sqlite')
  const world = await worldOf(await testStore(file))
  const ledger = openLedger(join(temporaryFolder(), 'erased.ndjson'))
  const waiting: { work: () => void; ms: number }[] = []
  const failures: unknown[] = []
  const scrubber = createScrubber({
    ...world,
    ledger,
    timers: {
      setTimeout: (work, ms) => waiting.push({ work, ms }),
      clearTimeout: () => waiting.splice(0),
    },
    failed: (error) => failures.push(error),
  })
  return { world: { ...world, ledger }, file, scrubber, waiting, failures }
}

test('what an erased person wrote leaves the files some time after, once for all who ask', async () => {
  const { world, file, scrubber, waiting } = await setUp()
  const mine = createWriter(world, person, 'mine', own)
  for (let n = 0; n < 20; n++) mine.write(`note-${n}`, `${marker} ${n}`)
  await mine.sync()
  await eraseWords(world, person)
  expect(world.ledger.isUnscrubbed()).toBe(true)

  scrubber.wanted()
  scrubber.wanted()
  expect(waiting.map(({ ms }) => ms)).toEqual([10 * minute])
  waiting.pop()?.work()
  await scrubber.stop()
  expect(await filesWith(world.store, marker, file)).toEqual([])
  expect(world.ledger.isUnscrubbed()).toBe(false)
})

test('nobody gets it done more than once a day', async () => {
  const { world, scrubber, waiting } = await setUp()
  scrubber.wanted()
  waiting.pop()?.work()
  await scrubber.stop()
  world.clock.now += day / 4
  scrubber.wanted()
  expect(waiting.map(({ ms }) => ms)).toEqual([(3 * day) / 4])
})

test('what fails is told, and tried again after an hour until it is done', async () => {
  const { world, scrubber, waiting, failures } = await setUp()
  const { scrub } = world.store
  world.store.scrub = async () => {
    throw new Error('database is locked')
  }
  scrubber.wanted()
  for (const times of [1, 2]) {
    waiting.pop()?.work()
    scrubber.wanted() // meanwhile: no second one
    await expect.poll(() => failures).toHaveLength(times)
    await expect.poll(() => waiting.map(({ ms }) => ms)).toEqual([60 * minute])
    scrubber.wanted()
    expect(waiting).toHaveLength(1)
    world.clock.now += 60 * minute
  }
  expect(failures).toContainEqual(new Error('database is locked'))

  world.store.scrub = scrub
  world.ledger.erased('nokon', world.clock.now)
  waiting.pop()?.work()
  await scrubber.stop()
  expect(world.ledger.isUnscrubbed()).toBe(false)
  expect(failures).toHaveLength(2)
  expect(waiting).toEqual([])
  scrubber.wanted()
  expect(waiting.map(({ ms }) => ms)).toEqual([day])
})

test('what fails while the server stops is left to the next start', async () => {
  const { world, scrubber, waiting, failures } = await setUp()
  world.store.scrub = async () => {
    throw new Error('database is locked')
  }
  scrubber.wanted()
  waiting.pop()?.work()
  await scrubber.stop()
  expect(failures).toHaveLength(1)
  expect(waiting).toEqual([])
})
