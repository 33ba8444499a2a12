/** A few choices beside each other, one of them chosen. */
export const Choice = <T extends string>({
  legend,
  name,
  options,
  value,
  choose,
}: {
  legend: string
  name: string
  options: readonly { value: T; label: string; lang?: string }[]
  value: T
  choose(value: T): void
}) => (
  <fieldset class="part">
    <legend class="h-s">{legend}</legend>
    <div class="choice">
      {options.map((option) => (
        <label key={option.value} lang={option.lang}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => choose(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  </fieldset>
)
