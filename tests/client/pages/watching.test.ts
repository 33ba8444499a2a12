import { expect, test } from 'vitest'
import { readPreferences } from '../../../src/client/pages/item/player-preferences.ts'
import { stamped, stampsIn } from '../../../src/client/pages/item/stamps.ts'
import { createWatch, resumeAt } from '../../../src/client/pages/item/watching.ts'

const watch = (length: number) => {
  const played: number[] = []
  let seen = 0
  const made = createWatch(
    {
      played: (seconds) => played.push(seconds),
      seen: () => {
        seen++
      },
    },
    length,
  )
  return { ...made, played, seen: () => seen }
}

test('while a film plays its position is written at most every 15 seconds', () => {
  const film = watch(200)
  for (let second = 0; second <= 40; second++) film.at(second, 1000 + second)
  expect(film.played).toEqual([0, 15, 30])
})

test('a stop writes at once, and the same place only once', () => {
  const film = watch(200)
  film.at(0, 0)
  film.stopped(7, 7)
  film.stopped(7, 8)
  expect(film.played).toEqual([0, 7])
})

test('a film counts as seen once, at 95 per cent', () => {
  const film = watch(100)
  film.at(94.9, 1)
  expect(film.seen()).toBe(0)
  film.at(95, 2)
  film.at(96, 3)
  expect(film.seen()).toBe(1)
})

test('a film without a known length is never seen by itself', () => {
  const film = watch(0)
  film.at(10, 1)
  expect(film.seen()).toBe(0)
})

test('a film begins where it was left, but not at its end or its first seconds', () => {
  expect(resumeAt(60, 200)).toBe(60)
  expect(resumeAt(199, 200)).toBe(0)
  expect(resumeAt(2, 200)).toBe(0)
  expect(resumeAt(null, 200)).toBe(0)
})

test('times at the beginning of lines are flags on the lane', () => {
  expect(stampsIn('1.20 Ta opp fredag\nikkje 2.00 her\n0.05 først\n59.59 for seint', 300)).toEqual([
    5, 80,
  ])
  expect(stampsIn('1.02.03 lang film', 9000)).toEqual([3723])
})

test('a stamp begins a new line, and takes the place of one that nothing was written at', () => {
  expect(stamped('', 72)).toBe('1.12 ')
  expect(stamped('0.05 først\n', 72)).toBe('0.05 først\n1.12 ')
  expect(stamped('0.05 først\n1.10 ', 72)).toBe('0.05 først\n1.12 ')
  expect(stamped('1.10 ', 72)).toBe('1.12 ')
  expect(stamped('møte kl. 9.30', 72)).toBe('møte kl. 9.30\n1.12 ')
})

test('captions are on until somebody turns them off, and broken preferences are forgotten', () => {
  expect(readPreferences(null)).toEqual({ captions: true, described: false, speed: 1 })
  expect(readPreferences('{"captions":false,"speed":1.25}')).toMatchObject({
    captions: false,
    speed: 1.25,
  })
  expect(readPreferences('{"speed":40}').speed).toBe(1)
  expect(readPreferences('not json').captions).toBe(true)
})
