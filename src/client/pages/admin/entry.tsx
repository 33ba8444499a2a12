import { useId } from 'preact/hooks'

/** A line to type in, with what it is called and what it means. */
export const Entry = ({
  label,
  hint,
  value,
  change,
  type = 'text',
  ...limits
}: {
  label: string
  hint?: string
  value: string
  change(value: string): void
  type?: 'text' | 'number' | 'date' | 'email' | 'tel'
  required?: boolean
  maxLength?: number
  min?: number | string
  max?: number | string
}) => {
  const id = useId()
  return (
    <div class="entry">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        {...({ ...limits, type } as { type: 'text' })} // one of them, which its types cannot say
        id={id}
        class="area one"
        autocomplete="off"
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={value}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </div>
  )
}

/** One of several. */
export const Selection = ({
  label,
  hint,
  value,
  options,
  change,
}: {
  label: string
  hint?: string
  value: string
  options: readonly { value: string; label: string }[]
  change(value: string): void
}) => {
  const id = useId()
  return (
    <div class="entry">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <select
        id={id}
        class="area one"
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
