import { useId } from 'preact/hooks'

/** Several of some, in the order in which they were chosen. */
export const Ticks = ({
  legend,
  hint,
  options,
  chosen,
  choose,
}: {
  legend: string
  hint?: string
  options: readonly { value: string; label: string }[]
  chosen: readonly string[]
  choose(chosen: string[]): void
}) => {
  const id = useId()
  return (
    <fieldset class="ticks" aria-describedby={hint ? id : undefined}>
      <legend>{legend}</legend>
      {hint && (
        <p class="hint" id={id}>
          {hint}
        </p>
      )}
      {options.map(({ value, label }) => (
        <label key={value} class="tick">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              choose(
                event.currentTarget.checked
                  ? [...chosen, value]
                  : chosen.filter((one) => one !== value),
              )
            }
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
