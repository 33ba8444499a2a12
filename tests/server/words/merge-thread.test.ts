import { expect, onTestFinished, test } from 'vitest'
import { createMergeThreads } from '../../../src/server/words/merge-thread.ts'
import { mergingHere } from '../../../src/server/words/merging.ts'
import { digestOf } from '../../../src/shared/words/compare.ts'
import { mostClients } from '../../../src/shared/words/count-clients.ts'
import { createDocument, onLocalUpdate, writeText } from '../../../src/shared/words/document.ts'
import { crowd } from '../../shared/words/crowd.ts'
import { apart, rivals } from '../../shared/words/rivals.ts'

const patient = 60_000
const impatient = 50
/** A minute of merging, and more. */
const endless = rivals(12_000)

const open = (settings: { limitMs: number; memoryMb?: number }) => {
  const told: number[][] = []
  const threads = createMergeThreads({
    ...settings,
    tooMuch: (updates, bytes) => told.push([updates, bytes]),
  })
  onTestFinished(() => threads.close())
  return { threads, told }
}

/** What somebody typed, key by key. */
const typed = (text: string): Uint8Array[] => {
  const document = createDocument()
  const updates: Uint8Array[] = []
  onLocalUpdate(document, (update) => updates.push(update))
  for (let length = 1; length <= text.length; length++)
    writeText(document, 'f/visjon', text.slice(0, length))
  document.destroy()
  return updates
}
const digestOfUpdates = (updates: Uint8Array[]) => {
  const document = createDocument(updates)
  const digest = digestOf(document)
  document.destroy()
  return digest
}

test('another thread says what this one would', async () => {
  const { threads, told } = open({ limitMs: patient })
  const updates = typed('ferja går kvart tjuande minutt')
  const [first = new Uint8Array(), ...rest] = updates
  const unreadable = [...updates, Uint8Array.of(9, 9, 9)]
  const many = [crowd(1, mostClients), crowd(mostClients + 1, 1)]
  for (const list of [updates, [first], rest, unreadable, many, []]) {
    expect(await threads.merge(list)).toEqual(await mergingHere.merge(list))
    expect(await threads.read(list)).toEqual(await mergingHere.read(list))
    for (const theirs of [digestOfUpdates([first]), digestOfUpdates(updates)]) {
      const [there, here] = [threads, mergingHere].map((one) => one.compare(list, theirs))
      expect(structuredClone(await there)).toEqual(structuredClone(await here))
    }
  }
  const noVector = { stateVector: Uint8Array.of(255), hash: new Uint8Array(32) }
  expect(await threads.compare(updates, noVector)).toMatchObject({ kind: 'no-vector' })
  expect(told).toEqual([])
})

test('bytes that take too long are given up, told of once, and after a second time not tried again', async () => {
  const { threads, told } = open({ limitMs: impatient })
  expect(await threads.merge([endless])).toEqual({ kind: 'busy' })
  const theirs = digestOfUpdates([])
  expect(await threads.compare([endless], theirs)).toEqual({ kind: 'busy' })
  expect(await threads.merge([endless])).toEqual({ kind: 'unfit' })
  expect(await threads.compare([endless], theirs)).toEqual({ kind: 'unfit' })
  expect(told).toEqual([[1, endless.length]])
})

test('this thread goes on meanwhile, and the work behind it is done', async () => {
  const { threads } = open({ limitMs: 2000 })
  const updates = typed('etter ho')
  let turns = 0
  const slow = threads.merge([endless])
  const next = threads.merge(updates)
  const compared = threads.compare(updates, digestOfUpdates(updates))
  const done = slow.then(() => true)
  while (!(await Promise.race([done, new Promise((turn) => setImmediate(turn))]))) turns++
  expect(turns).toBeGreaterThan(100)
  expect(await next).toEqual(await mergingHere.merge(updates))
  expect(await compared).toEqual({ kind: 'same' })
})

test('bytes that ask for too much memory end their thread alone', async () => {
  const { threads, told } = open({ limitMs: patient, memoryMb: 16 })
  const greedy = [apart(100_000)]
  expect(await threads.merge(greedy)).toEqual({ kind: 'busy' })
  expect(told).toEqual([[1, greedy[0]?.length]])
  const updates = typed('framleis her')
  expect(await threads.merge(updates)).toEqual(await mergingHere.merge(updates))
})

test('closed, it gives up what is under way and begins nothing', async () => {
  const { threads, told } = open({ limitMs: patient })
  const underWay = [threads.merge([endless]), threads.merge(typed('bak')), threads.merge([endless])]
  await threads.close()
  expect(await Promise.all(underWay)).toEqual(Array(3).fill({ kind: 'busy' }))
  expect(await threads.merge(typed('seinare'))).toEqual({ kind: 'busy' })
  expect(told).toEqual([])
})

test('who comes behind too many others is told to come back', async () => {
  const { threads, told } = open({ limitMs: patient })
  const all = Array.from({ length: 60 }, () => threads.merge([endless]))
  expect(await all[59]).toEqual({ kind: 'busy' })
  expect(told).toEqual([])
  await threads.close()
  await Promise.all(all)
})
