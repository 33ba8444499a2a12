import { expect, test } from 'vitest'
import { cueAt, lastStartedAt, sameMoment } from '../../../../src/client/components/player/cues.ts'

const cue = (start: number, end: number, text: string) => ({ start, end, text })
const plain = [cue(1, 3, 'A'), cue(3, 5, 'B'), cue(8, 10, 'C')]

test('the cue of a moment: from its start, until its end', () => {
  expect([0, 1, 2.9, 3, 5, 7, 8, 10].map((time) => cueAt(plain, time))).toEqual([
    -1, 0, 0, 1, -1, -1, 2, -1,
  ])
  expect(cueAt([], 3)).toBe(-1)
})

test('the spoken line stays in the pause after it', () => {
  expect([0, 6, 99].map((time) => lastStartedAt(plain, time))).toEqual([-1, 1, 2])
})

const described = [
  cue(1, 3, 'A'),
  cue(3.5, 7, 'Ei ferje legg til kai.'),
  cue(7, 9, 'B'),
  cue(12, 14, 'C'),
]

test('the same sentence is found in the described film, and back again', () => {
  expect(sameMoment(4, plain, described, 20)).toBe(8)
  expect(sameMoment(8, described, plain, 15)).toBe(4)
  expect(sameMoment(9, plain, described, 20)).toBe(13)
})

test('in a description the film itself stands still', () => {
  expect(sameMoment(5, described, plain, 15)).toBe(3)
})

test('before the first and after the last sentence time goes on as it is', () => {
  expect(sameMoment(0.5, plain, described, 20)).toBe(0.5)
  expect(sameMoment(12, plain, described, 20)).toBe(16)
  expect(sameMoment(30, plain, described, 20)).toBe(20)
})

test('without sentences in common the position is kept, within the length', () => {
  expect(sameMoment(9, [], described, 20)).toBe(9)
  expect(sameMoment(9, plain, [], 5)).toBe(5)
})
