import { expect, test } from 'vitest'
import { type Batch, type LiveUpdate, whatToTell } from '../../../src/server/live/what-to-tell.ts'
import { inlineBytes } from '../../../src/shared/protocol/event-frames.ts'

const update = (seq: number, device = 'theirs', bytes = 10): LiveUpdate => ({
  seq,
  doc: 'g:a/plan',
  device,
  bytes: new Uint8Array(bytes).fill(seq),
})
const batch = (from: number, updates: LiveUpdate[], epoch = 1): Batch => ({
  scope: 'g:a',
  epoch,
  from,
  head: from + updates.length,
  updates,
})
const at = (cursor: number, epoch = 1) => ({ epoch, cursor })
const tell = (cursor: number, news: Batch, epoch = 1) => whatToTell('mine', at(cursor, epoch), news)
const seqs = (told: ReturnType<typeof whatToTell>) => told.news?.items.map((item) => item.seq)

test('somebody who is just before the words gets them', () => {
  const told = tell(4, batch(4, [update(5), update(6)]))
  expect(told).toMatchObject({ at: at(6), news: { from: 4 } })
  expect(seqs(told)).toEqual([5, 6])
})

test('what is known already is not told again', () => {
  expect(tell(6, batch(4, [update(5), update(6)]))).toEqual({ at: at(6), news: null })
  expect(seqs(tell(5, batch(4, [update(5), update(6)])))).toEqual([6])
})

test('somebody further behind, or of another epoch, is told to ask', () => {
  expect(tell(3, batch(4, [update(5)]))).toEqual({ at: at(5), news: { from: 3, items: [] } })
  expect(tell(9, batch(4, [update(5)], 2))).toEqual({ at: at(5, 2), news: { from: 9, items: [] } })
})

test('own words do not come back, and move the position', () => {
  expect(tell(4, batch(4, [update(5, 'mine')]))).toEqual({ at: at(5), news: null })
  // The device has moved its cursor over its own words at their acknowledgement.
  const told = tell(4, batch(4, [update(5, 'mine'), update(6), update(8)]))
  expect(told).toMatchObject({ news: { from: 5 } })
  expect(seqs(told)).toEqual([6, 8])
})

test('own words after those of others may be ones that the device has lost: it is told to ask', () => {
  const hint = { at: at(7), news: { from: 4, items: [] } }
  expect(tell(4, batch(4, [update(5), update(6, 'mine'), update(7)]))).toEqual(hint)
  expect(tell(4, batch(4, [update(5), update(6), update(7, 'mine')]))).toEqual(hint)
})

test('words of 8 KiB come along, larger ones are fetched', () => {
  const half = inlineBytes / 2
  expect(seqs(tell(4, batch(4, [update(5, 'theirs', half), update(6, 'theirs', half)])))).toEqual([
    5, 6,
  ])
  const larger = batch(4, [update(5, 'theirs', half), update(6, 'theirs', half + 1)])
  expect(tell(4, larger)).toEqual({ at: at(6), news: { from: 4, items: [] } })
  expect(tell(4, batch(4, [{ ...update(5), bytes: null }])).news?.items).toEqual([])
  // One's own do not count.
  expect(seqs(tell(4, batch(4, [update(5, 'mine', inlineBytes), update(6)])))).toEqual([6])
})
