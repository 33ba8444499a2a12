import { expect, test } from 'vitest'
import { nextSpeed } from '../../../../src/client/components/player/playback.ts'
import { actionOfKey } from '../../../../src/client/components/player/shortcuts.ts'

test('space belongs to a focused button, k to the player', () => {
  expect(actionOfKey(' ', false, 'button')).toBeNull()
  expect(actionOfKey(' ', false, 'other')).toEqual({ kind: 'toggle' })
  expect(actionOfKey(' ', false, 'slider')).toEqual({ kind: 'toggle' })
  expect(actionOfKey('K', true, 'button')).toEqual({ kind: 'toggle' })
  expect(actionOfKey('Tab', false, 'other')).toBeNull()
})

test('arrows and j and l go ten seconds, with shift a chapter', () => {
  expect(actionOfKey('ArrowLeft', false, 'other')).toEqual({ kind: 'skip', seconds: -10 })
  expect(actionOfKey('l', false, 'button')).toEqual({ kind: 'skip', seconds: 10 })
  expect(actionOfKey('j', false, 'button')).toEqual({ kind: 'skip', seconds: -10 })
  expect(actionOfKey('ArrowRight', true, 'button')).toEqual({ kind: 'chapter', by: 1 })
  expect(actionOfKey('ArrowLeft', true, 'slider')).toEqual({ kind: 'chapter', by: -1 })
})

test('a slider keeps Home and End; its other steps are made large enough to notice', () => {
  expect(actionOfKey('ArrowUp', false, 'slider')).toEqual({ kind: 'skip', seconds: 10 })
  expect(actionOfKey('PageDown', false, 'slider')).toEqual({ kind: 'chapter', by: -1 })
  expect(actionOfKey('Home', false, 'slider')).toBeNull()
  expect(actionOfKey('End', false, 'slider')).toBeNull()
  // Elsewhere they scroll the page.
  expect(actionOfKey('ArrowUp', false, 'button')).toBeNull()
  expect(actionOfKey('PageDown', false, 'other')).toBeNull()
})

test('a list of choices keeps the keys that choose in it', () => {
  for (const key of ['ArrowLeft', 'ArrowDown', ' ', '1', 'PageUp']) {
    expect(actionOfKey(key, false, 'choice')).toBeNull()
  }
  expect(actionOfKey('k', false, 'choice')).toEqual({ kind: 'toggle' })
})

test('digits go to tenths of the whole', () => {
  expect(actionOfKey('0', false, 'other')).toEqual({ kind: 'share', share: 0 })
  expect(actionOfKey('7', false, 'button')).toEqual({ kind: 'share', share: 0.7 })
})

test('< and > go one step slower and faster, and stop at the ends', () => {
  expect(actionOfKey('>', true, 'other')).toEqual({ kind: 'speed', by: 1 })
  expect(actionOfKey('<', false, 'other')).toEqual({ kind: 'speed', by: -1 })
  expect([nextSpeed(1, 1), nextSpeed(1, -1)]).toEqual([1.25, 0.75])
  expect([nextSpeed(2, 1), nextSpeed(0.75, -1)]).toEqual([2, 0.75])
})
