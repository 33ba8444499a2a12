import type { Field } from '../../../shared/domain/field.ts'
import { local } from '../../i18n/i18n.ts'

/** What an option is called, by its id; of a scale the number, with its meaning at both ends. */
export const optionLabel = (field: Field, id: string): string => {
  if (field.kind === 'scale') {
    const { min, max, low, high } = field.scale
    if (Number(id) === min) return `${id} · ${local(low)}`
    return Number(id) === max ? `${id} · ${local(high)}` : id
  }
  const option = 'options' in field ? field.options.find((one) => one.id === id) : undefined
  return option ? local(option.label) : id
}
