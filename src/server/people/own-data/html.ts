/** Markup that is escaped already. */
export interface Html {
  readonly html: string
}

/** A template in which everything but `Html` is escaped. */
export const html = (
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[] | null)[]
): Html => ({
  html: parts.reduce((whole, part, index) => whole + part + asMarkup(values[index] ?? null), ''),
})

const asMarkup = (value: string | number | Html | readonly Html[] | null): string => {
  if (value === null) return ''
  if (typeof value === 'object')
    return 'html' in value ? value.html : value.map((one) => one.html).join('')
  return escaped(String(value))
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
