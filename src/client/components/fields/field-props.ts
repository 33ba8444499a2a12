import type { Field } from '../../../shared/domain/field.ts'
import type { Answering } from './answering.ts'

export interface FieldProps<F extends Field = Field> {
  field: F
  /** Shown before the question; null where the field stands alone. */
  number: number | null
  answering: Answering
  /** Ids in the page begin with this. */
  base: string
}
