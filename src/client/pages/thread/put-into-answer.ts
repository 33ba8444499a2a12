import type { Field } from '../../../shared/domain/field.ts'
import { fieldRoot } from '../../../shared/words/roots.ts'
import type { Answering } from '../../components/fields/answering.ts'
import { rootText } from '../../components/fields/root-text.ts'

/** Adds a text behind the writer's own, once; null where the open question takes no text. */
export const putIntoAnswer = (
  field: Field | undefined,
  answering: Answering | null,
): ((text: string) => void) | null => {
  if (!field || !answering || (field.kind !== 'text' && field.kind !== 'longtext')) return null
  const own = rootText(answering, fieldRoot(field.id, answering.block))
  const isOneLine = field.kind === 'text'
  return (text) => {
    const before = own.read().trimEnd()
    const added = isOneLine ? text.trim().replaceAll(/\s*\n\s*/g, ' ') : text.trim()
    const between = isOneLine ? ' ' : '\n\n'
    const isThere = `${between}${before}${between}`.includes(`${between}${added}${between}`)
    if (!isThere) own.write(before === '' ? added : `${before}${between}${added}`)
  }
}
