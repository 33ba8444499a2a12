import { expect, test } from 'vitest'
import { mustGiveWay } from '../../../../src/client/components/player/give-way.ts'

const dock = { top: 813, bottom: 900 }

test('without a field to write in the dock stays', () => {
  expect(mustGiveWay(null, dock, true)).toBe(false)
  expect(mustGiveWay(null, dock, false)).toBe(false)
})

test('on a touch screen it gives way to any field: the keyboard comes from below', () => {
  expect(mustGiveWay({ top: 100, bottom: 200 }, dock, true)).toBe(true)
})

test('with a mouse it gives way only to a field that it would lie over', () => {
  expect(mustGiveWay({ top: 100, bottom: 813 }, dock, false)).toBe(false)
  expect(mustGiveWay({ top: 700, bottom: 830 }, dock, false)).toBe(true)
  expect(mustGiveWay({ top: 100, bottom: 2000 }, dock, false)).toBe(true)
  expect(mustGiveWay({ top: 950, bottom: 1000 }, dock, false)).toBe(false)
})
