import type { Field } from '../../../shared/domain/field.ts'
import type { LocalText } from '../../../shared/domain/text.ts'
import type { Scalar } from '../../../shared/words/plain.ts'

/** A chosen value in words, such as `3 av 5` or `Budsjettet, Nytten for brukaren`; empty if nothing is chosen. */
export const answerText = (
  field: Field,
  value: Scalar,
  inLanguage: (text: LocalText) => string,
): string => {
  if (value === null || value === '') return ''
  const label = (id: string): string => {
    const option = 'options' in field ? field.options.find((one) => one.id === id) : undefined
    return option ? inLanguage(option.label) : id
  }
  if (Array.isArray(value)) {
    return field.kind === 'ranking'
      ? value.map((id, index) => `${index + 1}. ${label(id)}`).join(' ')
      : value.map(label).join(', ')
  }
  if (field.kind === 'scale') return `${value} (${field.scale.min}–${field.scale.max})`
  return label(String(value))
}

export const isSameAnswer = (a: Scalar, b: Scalar): boolean =>
  JSON.stringify(a) === JSON.stringify(b)
