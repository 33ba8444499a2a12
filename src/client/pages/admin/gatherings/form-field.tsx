import { useId } from 'preact/hooks'
import { strings } from '../../../i18n/i18n.ts'
import type { Wrong } from './gathering-draft.ts'

/** A field with its mistake below it. */
export const FormField = ({
  label,
  hint,
  wrong,
  value,
  change,
  type = 'text',
  rows,
  maxLength,
}: {
  label: string
  hint?: string
  wrong?: Wrong | undefined
  value: string
  change(value: string): void
  type?: 'text' | 'date' | 'time' | 'url'
  /** More than one line. */
  rows?: number
  maxLength?: number
}) => {
  const id = useId()
  const t = strings('adminGatherings')
  const told = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ')
  const common = {
    id,
    maxLength,
    value,
    autocomplete: 'off',
    'aria-describedby': told || undefined,
    'aria-invalid': wrong ? ('true' as const) : undefined,
  }
  return (
    <div class={type === 'time' ? 'entry clock' : 'entry'}>
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {rows ? (
        <textarea
          {...common}
          class="area"
          rows={rows}
          onInput={(event) => change(event.currentTarget.value)}
        />
      ) : (
        <input
          {...({ ...common, type } as { type: 'text' })} // one of them, which its types cannot say
          class="area one"
          onInput={(event) => change(event.currentTarget.value)}
        />
      )}
      {wrong && (
        <p class="mistake" id={`${id}-wrong`}>
          {t(`wrong_${wrong}`)}
        </p>
      )}
    </div>
  )
}
