import type { ComponentChildren } from 'preact'
import type { Field } from '../../../shared/domain/field.ts'
import { local } from '../../i18n/i18n.ts'

/** The ids by which a field's parts point at each other. */
export interface FieldIds {
  input: string
  /** Hint and who sees it. */
  described: string
  sees: string
}

export const fieldIds = (base: string, field: Field): FieldIds => ({
  input: `${base}-input`,
  described: [field.hint && `${base}-hint`, `${base}-sees`].filter(Boolean).join(' '),
  sees: `${base}-sees`,
})

/** The question of a field. `number` is left out where there is only one. */
export const questionText = (field: Field, number: number | null): string =>
  number === null ? local(field.label) : `${number}. ${local(field.label)}`

export const FieldHint = ({ field, base }: { field: Field; base: string }) =>
  field.hint ? (
    <p class="hint" id={`${base}-hint`}>
      {local(field.hint)}
    </p>
  ) : null

/** A field of several controls, with its question as legend. */
export const GroupedField = ({
  field,
  number,
  base,
  kind,
  children,
}: {
  field: Field
  number: number | null
  base: string
  kind: string
  children: ComponentChildren
}) => (
  <fieldset class={`field ${kind}`} aria-describedby={fieldIds(base, field).described}>
    <legend class="q">{questionText(field, number)}</legend>
    <FieldHint field={field} base={base} />
    {children}
  </fieldset>
)
