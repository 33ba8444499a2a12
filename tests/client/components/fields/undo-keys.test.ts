import { expect, test } from 'vitest'
import {
  type PressedKeys,
  stepOfInput,
  stepOfKeys,
} from '../../../../src/client/components/fields/undo-keys.ts'

const pressed = (key: string, held: Partial<PressedKeys> = {}): PressedKeys => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  isComposing: false,
  ...held,
})

test.each([
  ['Ctrl+Z', pressed('z', { ctrlKey: true }), 'undo'],
  ['Cmd+Z', pressed('z', { metaKey: true }), 'undo'],
  ['Ctrl+Shift+Z', pressed('Z', { ctrlKey: true, shiftKey: true }), 'redo'],
  ['Cmd+Shift+Z', pressed('Z', { metaKey: true, shiftKey: true }), 'redo'],
  ['Ctrl+Y', pressed('y', { ctrlKey: true }), 'redo'],
  ['Ctrl+Z with caps lock', pressed('Z', { ctrlKey: true }), 'undo'],
  ['Z alone', pressed('z'), null],
  ['Cmd+Y, which opens the history of Safari', pressed('y', { metaKey: true }), null],
  ['AltGr+Z', pressed('z', { ctrlKey: true, altKey: true }), null],
  [
    'Ctrl+Z in the middle of a composed word',
    pressed('z', { ctrlKey: true, isComposing: true }),
    null,
  ],
  ['Ctrl+A', pressed('a', { ctrlKey: true }), null],
])('%s', (_, keys, expected) => {
  expect(stepOfKeys(keys)).toBe(expected)
})

test('undo from the menu, a shaken telephone or three fingers', () => {
  expect(stepOfInput('historyUndo')).toBe('undo')
  expect(stepOfInput('historyRedo')).toBe('redo')
  expect(stepOfInput('insertText')).toBeNull()
})
