import { effect, signal } from '@preact/signals'
import { expect, test } from 'vitest'
import {
  bindText,
  type TextElement,
  type WrittenText,
} from '../../../../src/client/components/fields/bind-text.ts'

const fakeElement = (value = ''): TextElement => ({
  value,
  selectionStart: value.length,
  selectionEnd: value.length,
  selectionDirection: 'none',
  scrollTop: 0,
  setSelectionRange(start, end) {
    this.selectionStart = start
    this.selectionEnd = end
  },
})

const start = (stored: string, text: Partial<WrittenText> = {}, focused = true) => {
  const element = fakeElement(stored)
  const store = signal(stored)
  const written: WrittenText = {
    read: () => store.value,
    write: (value) => {
      store.value = value.toWellFormed()
    },
    ...text,
  }
  const binding = bindText(
    element,
    () => written,
    () => focused,
  )
  effect(() => binding.show(written.read()))
  const type = (value: string): void => {
    element.value = value
    element.selectionStart = value.length
    element.selectionEnd = value.length
    binding.write()
  }
  return { element, store, binding, type }
}

test('what is typed is stored at once', () => {
  const { store, type } = start('')
  type('Vi må')
  expect(store.value).toBe('Vi må')
})

test('the first key in a new block stays, though the label of the block is written before it', () => {
  const store = signal({ text: '', label: '' })
  const { element, type } = start('', {
    read: () => store.value.text,
    write: (value) => {
      store.value = { ...store.value, label: 'HR-leiar' } // shows the old text to everybody who follows
      store.value = { ...store.value, text: value }
    },
  })
  type('D')
  expect(element.value).toBe('D')
  expect(element.selectionStart).toBe(1)
  expect(store.value).toEqual({ text: 'D', label: 'HR-leiar' })
})

test('a change from another device is shown, and the caret stays in its word', () => {
  const { element, store } = start('hei du')
  element.setSelectionRange(4, 4, 'none')
  store.value = 'Å, hei du'
  expect(element.value).toBe('Å, hei du')
  expect(element.selectionStart).toBe(7)
})

test('an unfocused field shows a change without touching the selection', () => {
  const { element, store } = start('hei', {}, false)
  element.setSelectionRange = () => {
    throw new Error('Safari would move the focus')
  }
  store.value = 'hei, du'
  expect(element.value).toBe('hei, du')
})

test('a change from another device waits until a word is composed', () => {
  const told: boolean[] = []
  const { element, store, binding, type } = start('a', { compose: (on) => told.push(on) })
  binding.compose(true)
  type('ab')
  store.value = 'ab og meir'
  expect(element.value).toBe('ab')
  element.value = 'ab'
  binding.compose(false)
  expect(told).toEqual([true, false])
  expect(store.value).toBe('ab')
})

test('what is composed is stored before the composing ends', () => {
  const { element, store, binding } = start('')
  binding.compose(true)
  element.value = 'ferdig'
  binding.compose(false)
  expect(store.value).toBe('ferdig')
})

test('half an emoji does not start a tug of war between field and store', () => {
  const { element, store, type } = start('')
  type('\uD83D')
  expect(store.value).toBe('\uFFFD')
  expect(element.value).toBe('\uD83D')
})
