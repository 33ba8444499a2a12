import { expect, it, vi } from 'vitest'
import { createPaperThreads, type PaperJob } from '../../../src/server/papers/paper-thread.ts'

/** Writes when it is told to. */
const setUp = () => {
  const ends: ((bytes: Uint8Array | Error) => void)[] = []
  let atOnce = 0
  let most = 0
  const threads = createPaperThreads(async () => {
    most = Math.max(most, ++atOnce)
    const ended = await new Promise<Uint8Array | Error>((resolve) => ends.push(resolve))
    atOnce--
    if (ended instanceof Error) throw ended
    return ended
  })
  const ask = () => threads({} as PaperJob)
  const end = async (what: Uint8Array | Error) => {
    await vi.waitFor(() => expect(ends.length).toBeGreaterThan(0))
    ends.shift()?.(what)
  }
  return { ask, end, most: () => most }
}

it('writes one paper at a time, each in its turn, also after one that failed', async () => {
  const { ask, end, most } = setUp()
  const papers = [ask(), ask(), ask()]
  await end(Uint8Array.of(1))
  const failed = expect(papers[1]).rejects.toThrow('broken')
  await end(new Error('broken'))
  await failed
  await end(Uint8Array.of(3))
  expect(await papers[0]).toEqual(Uint8Array.of(1))
  expect(await papers[2]).toEqual(Uint8Array.of(3))
  expect(most()).toBe(1)
})

it('sends whoever comes after twenty others away, and lets the next in when one is done', async () => {
  const { ask, end } = setUp()
  const [first] = Array.from({ length: 20 }, ask)
  expect(await ask()).toBeNull()
  await end(Uint8Array.of(1))
  await first
  let isSentAway = false
  void ask().then((paper) => {
    isSentAway = paper === null
  })
  await end(Uint8Array.of(2))
  await new Promise((resolve) => setImmediate(resolve))
  expect(isSentAway).toBe(false)
})
