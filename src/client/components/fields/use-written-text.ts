import { effect } from '@preact/signals'
import type { RefObject, TargetedKeyboardEvent } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { bindText, type TextBinding, type WrittenText } from './bind-text.ts'
import { stepVisibly } from './step-visibly.ts'
import { type HistoryStep, stepOfInput, stepOfKeys } from './undo-keys.ts'

type Bound = Record<
  'onInput' | 'onBlur' | 'onCompositionStart' | 'onCompositionEnd',
  () => void
> & {
  ref: RefObject<HTMLTextAreaElement | null>
  /** True if the keys were undo or redo, which are then done. */
  takeKeys(event: TargetedKeyboardEvent<HTMLTextAreaElement>): boolean
}

/** Binds a textarea. A re-render never touches it; another `key` is another text. */
export const useWrittenText = (key: string, text: WrittenText): Bound => {
  const ref = useRef<HTMLTextAreaElement>(null)
  const binding = useRef<TextBinding | null>(null)
  const latest = useRef(text)
  latest.current = text

  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const bound = bindText(
      element,
      () => latest.current,
      () => element.ownerDocument.activeElement === element,
    )
    binding.current = bound
    const stopShowing = effect(() => {
      bound.show(latest.current.read())
      grow(element)
    })
    const stopReading = latest.current.beforeFlush?.(bound.write)
    const stopStepping = onHistoryInput(element, (step) => take(step))
    return () => {
      stopStepping()
      stopShowing()
      stopReading?.()
      bound.compose(false)
    }
  }, [key])

  /** False where the text has no history of its own. */
  const take = (step: HistoryStep): boolean => {
    const { step: run } = latest.current
    if (!run) return false
    binding.current?.write()
    stepVisibly(() => run(step))
    return true
  }

  return {
    ref,
    takeKeys: (event) => {
      const step = stepOfKeys(event)
      if (step === null || !take(step)) return false
      event.preventDefault()
      return true
    },
    onInput: () => {
      if (ref.current) grow(ref.current)
      binding.current?.write()
    },
    onBlur: () => binding.current?.write(),
    onCompositionStart: () => binding.current?.compose(true),
    onCompositionEnd: () => binding.current?.compose(false),
  }
}

/** Preact has no property for this event that types its cancelling. */
const onHistoryInput = (
  element: HTMLTextAreaElement,
  take: (step: HistoryStep) => boolean,
): (() => void) => {
  const listener = (event: InputEvent): void => {
    const step = stepOfInput(event.inputType)
    if (step !== null && take(step)) event.preventDefault()
  }
  element.addEventListener('beforeinput', listener)
  return () => element.removeEventListener('beforeinput', listener)
}

/** Only where the browser cannot do it by `field-sizing: content`. */
const grow = (element: HTMLTextAreaElement): void => {
  if (CSS.supports('field-sizing', 'content')) return
  element.style.height = 'auto'
  element.style.height = `${element.scrollHeight + 3}px`
}
