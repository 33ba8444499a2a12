import type { Field } from '../../../shared/domain/field.ts'
import type { PlainDocument } from '../../../shared/words/plain.ts'

/** Whether anybody has written or chosen something in a field. */
export const isAnswered = (
  field: Field,
  group: PlainDocument | undefined,
  personal: PlainDocument | undefined,
): boolean => {
  const plain = field.sees === 'group' ? group : personal
  if (!plain) return false
  const root = `f/${field.id}`
  const isOf = (name: string, whole: string): boolean =>
    name === whole || name.startsWith(`${whole}/`)
  return (
    Object.entries(plain.texts).some(([name, text]) => isOf(name, root) && text !== '') ||
    (field.kind !== 'table' &&
      Object.entries(plain.scalars).some(
        ([key, value]) => isOf(key, field.id) && value !== null && String(value) !== '',
      ))
  )
}
