import { spliceBetween } from '../../../shared/words/text-splice.ts'
import { caretAfter } from './caret.ts'
import type { HistoryStep } from './undo-keys.ts'

/** One text that a person writes, wherever it is kept. */
export interface WrittenText {
  /** Reads signals, so that a remote change is shown. */
  read(): string
  write(value: string): void
  /** While true, remote changes wait: replacing the text under an input method breaks the word. */
  compose?(composing: boolean): void
  /** Asks for the text before it is stored, for input that no event told of; returns what ends that. */
  beforeFlush?(read: () => void): () => void
  /** Undo and redo in place of the browser's own, which knows nothing of remote changes. */
  step?(step: HistoryStep): void
}

/** What of a textarea is used. */
export interface TextElement {
  value: string
  selectionStart: number
  selectionEnd: number
  selectionDirection: 'forward' | 'backward' | 'none'
  scrollTop: number
  setSelectionRange(start: number, end: number, direction: 'forward' | 'backward' | 'none'): void
}

export interface TextBinding {
  /** Shows what is stored, unless somebody is in the middle of a word. */
  show(stored: string): void
  /** Writes what the element holds, composing or not. */
  write(): void
  compose(composing: boolean): void
}

/** Keeps a textarea and a text alike. The element is the truth while it is written in. */
export const bindText = (
  element: TextElement,
  text: () => WrittenText,
  isFocused: () => boolean,
): TextBinding => {
  let composing = false
  // A write may change other things first (whose block it is, a row's place), which shows the old text once more.
  let writing = false

  const show = (stored: string): void => {
    if (composing || writing || element.value.toWellFormed() === stored) return
    const splice = spliceBetween(element.value, stored)
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = element
    element.value = stored
    // Safari moves the focus to a field whose selection is set.
    if (!splice || !isFocused()) return
    element.setSelectionRange(
      caretAfter(selectionStart, splice),
      caretAfter(selectionEnd, splice),
      selectionDirection,
    )
    element.scrollTop = scrollTop
  }
  const write = (): void => {
    if (element.value.toWellFormed() === text().read()) return
    writing = true
    try {
      text().write(element.value)
    } finally {
      writing = false
    }
  }
  return {
    show,
    write,
    compose: (now) => {
      if (composing === now) return
      if (!now) write()
      composing = now
      text().compose?.(now)
      if (!now) show(text().read())
    },
  }
}
