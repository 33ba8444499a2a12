import { afterEach, expect, test, vi } from 'vitest'
import { bindText } from '../../../../src/client/components/fields/bind-text.ts'
import { stepVisibly } from '../../../../src/client/components/fields/step-visibly.ts'

afterEach(() => vi.unstubAllGlobals())

/** A textarea in which somebody writes, as far as it is used. */
const focusedArea = (value: string) => {
  const area = Object.assign(new EventTarget(), {
    value,
    selectionStart: value.length,
    selectionEnd: value.length,
    selectionDirection: 'none' as const,
    scrollTop: 0,
    setSelectionRange: () => undefined,
    focus: () => undefined,
  })
  vi.stubGlobal('document', { querySelectorAll: () => [area], activeElement: area })
  return area
}

test('a step in the middle of a composed word is shown, and takes the word back too', () => {
  const area = focusedArea('Hei på. ')
  let stored = 'Hei på. '
  const binding = bindText(
    area,
    () => ({
      read: () => stored,
      write: (value) => {
        stored = value
      },
    }),
    () => true,
  )
  area.addEventListener('compositionend', () => binding.compose(false))
  binding.compose(true)
  area.value = 'Hei på. deg'
  stepVisibly(() => {
    expect(stored).toBe('Hei på. deg')
    stored = 'Hei på. '
    binding.show(stored)
  })
  expect(area.value).toBe('Hei på. ')
})
