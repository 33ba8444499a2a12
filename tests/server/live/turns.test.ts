import { expect, test } from 'vitest'
import { createTurns } from '../../../src/server/live/turns.ts'

const later = () => new Promise<void>((resolve) => setImmediate(resolve))

test('works of a scope wait for each other, those of another scope do not', async () => {
  const failures: unknown[] = []
  const inTurn = createTurns((error) => failures.push(error))
  const done: string[] = []
  const slow = async (name: string): Promise<void> => {
    await later()
    await later()
    done.push(name)
  }
  const quick = async (name: string): Promise<void> => {
    done.push(name)
  }
  await Promise.all([
    inTurn('a', () => slow('first')),
    inTurn('a', () => Promise.reject(new Error('fails'))),
    inTurn('a', () => quick('second')),
    inTurn('b', () => quick('other')),
  ])
  expect(done).toEqual(['other', 'first', 'second'])
  expect(failures).toEqual([new Error('fails')])
})
