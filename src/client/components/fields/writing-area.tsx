import type { TargetedKeyboardEvent } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { currentLanguageTag } from '../../i18n/format.ts'
import type { WrittenText } from './bind-text.ts'
import { useWrittenText } from './use-written-text.ts'

/** A plain textarea that grows with its text. One line = the Enter key makes no new one. */
export const WritingArea = ({
  textKey,
  text,
  id,
  label,
  describedBy,
  placeholder,
  oneLine,
  focusAtStart,
  onFocus,
}: {
  textKey: string
  text: WrittenText
  id?: string
  /** Where no <label> points at `id`. */
  label?: string
  describedBy?: string
  placeholder?: string
  oneLine?: boolean
  focusAtStart?: boolean
  onFocus?: () => void
}) => {
  const { takeKeys, ...bound } = useWrittenText(textKey, text)
  const { ref } = bound
  useLayoutEffect(() => {
    if (focusAtStart) ref.current?.focus()
  }, [focusAtStart, ref])
  return (
    <textarea
      {...bound}
      class={oneLine ? 'area one' : 'area'}
      id={id}
      rows={oneLine ? 1 : 3}
      dir="auto"
      lang={currentLanguageTag()}
      aria-label={label}
      aria-describedby={describedBy}
      placeholder={placeholder}
      onFocus={onFocus}
      onKeyDown={(event) => {
        if (!takeKeys(event) && oneLine) stopNewLine(event)
      }}
    />
  )
}

const stopNewLine = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
  if (event.key === 'Enter' && !event.isComposing) event.preventDefault()
}
