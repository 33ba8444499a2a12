import { effect } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { bindText, type TextBinding, type WrittenText } from './bind-text.ts'

type Bound = Record<
  'onInput' | 'onBlur' | 'onCompositionStart' | 'onCompositionEnd',
  () => void
> & {
  ref: RefObject<HTMLTextAreaElement | null>
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
    return () => {
      stopShowing()
      stopReading?.()
      bound.compose(false)
    }
  }, [key])

  return {
    ref,
    onInput: () => {
      if (ref.current) grow(ref.current)
      binding.current?.write()
    },
    onBlur: () => binding.current?.write(),
    onCompositionStart: () => binding.current?.compose(true),
    onCompositionEnd: () => binding.current?.compose(false),
  }
}

/** Only where the browser cannot do it by `field-sizing: content`. */
const grow = (element: HTMLTextAreaElement): void => {
  if (CSS.supports('field-sizing', 'content')) return
  element.style.height = 'auto'
  element.style.height = `${element.scrollHeight + 3}px`
}
