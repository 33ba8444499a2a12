import { beforeEach, describe, expect, test } from 'vitest'
import {
  type BufferedWrite,
  createWriteBuffer,
  type WriteBuffer,
} from '../../../src/client/storage/write-buffer.ts'
import { createManualClock, type ManualClock } from '../manual-clock.ts'

interface Transaction {
  batch: BufferedWrite[]
  complete(): Promise<void>
  abort(): Promise<void>
}

let clock: ManualClock
let transactions: Transaction[]
let buffer: WriteBuffer
let failures: number

beforeEach(() => {
  clock = createManualClock()
  transactions = []
  failures = 0
  buffer = createWriteBuffer({
    clock,
    beforeFlush: () => undefined,
    write: (batch) =>
      new Promise((resolve, reject) => {
        const after = (end: () => void) => {
          end()
          return new Promise<void>((done) => setImmediate(done))
        }
        transactions.push({
          batch,
          complete: () => after(resolve),
          abort: () => after(() => reject(new Error('aborted'))),
        })
      }),
    failed: () => failures++,
    changed: () => undefined,
  })
})

const type = (letter: string): BufferedWrite => {
  const write = { update: new TextEncoder().encode(letter), keys: ['f/a'], writtenAt: clock.now() }
  buffer.add(write)
  return write
}
const typed = (writes: BufferedWrite[] | undefined): string =>
  (writes ?? []).map((write) => new TextDecoder().decode(write.update)).join('')

describe('the buffer', () => {
  test('waits 300 ms after the last key', () => {
    type('a')
    clock.advance(299)
    type('b')
    clock.advance(299)
    expect(transactions).toHaveLength(0)
    clock.advance(1)
    expect(transactions.map(({ batch }) => typed(batch))).toEqual(['ab'])
  })

  test('waits a second at most while somebody types on', () => {
    for (let key = 0; key < 9; key++) {
      type('x')
      clock.advance(100)
    }
    expect(transactions).toHaveLength(0)
    type('y')
    clock.advance(100)
    expect(typed(transactions[0]?.batch)).toBe('xxxxxxxxxy')
  })

  test('begins the transaction in the same task when it is told to', () => {
    type('a')
    void buffer.flush()
    expect(transactions).toHaveLength(1)
  })

  test('is emptied by the completion alone', async () => {
    type('a')
    const flush = buffer.flush()
    expect(typed(buffer.entries())).toBe('a')
    await transactions[0]?.complete()
    await flush
    expect(buffer.entries()).toEqual([])
  })

  test('keeps what is typed during the transaction for the next', async () => {
    type('a')
    void buffer.flush()
    type('b')
    await transactions[0]?.complete()
    expect(typed(buffer.entries())).toBe('b')
    clock.advance(300)
    expect(typed(transactions[1]?.batch)).toBe('b')
  })

  test('begins a second transaction for new words when the page hides during the first', async () => {
    type('a')
    void buffer.flush()
    type('b')
    void buffer.flush()
    expect(transactions.map(({ batch }) => typed(batch))).toEqual(['a', 'ab'])
    await transactions[0]?.complete()
    expect(typed(buffer.entries())).toBe('b')
    await transactions[1]?.complete()
    expect(buffer.entries()).toEqual([])
  })

  test('keeps everything, in order, when the transaction aborts, and tries again by itself', async () => {
    type('a')
    void buffer.flush()
    type('b')
    await transactions[0]?.abort()
    expect(buffer.failing()).toBe(true)
    expect(failures).toBe(1)
    clock.advance(2000)
    expect(typed(transactions.at(-1)?.batch)).toBe('ab')
    await transactions.at(-1)?.complete()
    expect(buffer.failing()).toBe(false)
    expect(buffer.entries()).toEqual([])
  })

  test('waits longer after each failure, half a minute at most', async () => {
    type('a')
    void buffer.flush()
    const waits: number[] = []
    for (let failure = 0; failure < 7; failure++) {
      await transactions.at(-1)?.abort()
      const [wait = 0] = clock.waiting()
      waits.push(wait)
      clock.advance(wait)
    }
    expect(waits).toEqual([2000, 4000, 8000, 16000, 30000, 30000, 30000])
  })

  test('without words begins no transaction', async () => {
    await buffer.flush()
    expect(transactions).toEqual([])
  })
})

test('nothing is stored without what it builds upon: a second transaction holds what the first may fail to store', async () => {
  type('a')
  void buffer.flush()
  type('b')
  void buffer.flush()
  await transactions[0]?.abort()
  expect(buffer.failing()).toBe(true)
  expect(typed(buffer.entries())).toBe('ab')
  await transactions[1]?.complete()
  expect(typed(transactions[1]?.batch)).toBe('ab')
  expect(buffer.entries()).toEqual([])
  expect(buffer.failing()).toBe(false)
  clock.advance(30_000)
  expect(transactions).toHaveLength(2)
})
