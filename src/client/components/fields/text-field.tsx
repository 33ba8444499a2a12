import type { FieldOf } from '../../../shared/domain/field.ts'
import { fieldRoot } from '../../../shared/words/roots.ts'
import { type Answering, savingOf } from './answering.ts'
import type { WrittenText } from './bind-text.ts'
import { FieldFoot } from './field-foot.tsx'
import { FieldHint, fieldIds, questionText } from './field-frame.tsx'
import type { FieldProps } from './field-props.ts'
import { WritingArea } from './writing-area.tsx'

/** A text of one's own. */
export const TextField = ({
  field,
  number,
  answering,
  base,
}: FieldProps<FieldOf<'text' | 'longtext'>>) => {
  const ids = fieldIds(base, field)
  const root = fieldRoot(field.id)
  return (
    <div class="field">
      <label class="q" for={ids.input}>
        {questionText(field, number)}
      </label>
      <FieldHint field={field} base={base} />
      <WritingArea
        textKey={root}
        text={rootText(answering, root)}
        id={ids.input}
        describedBy={ids.described}
        oneLine={field.kind === 'text'}
      />
      <FieldFoot field={field} saving={savingOf(answering.document, root)} id={ids.sees} />
    </div>
  )
}

/** A text root of the document as a text to write in. */
export const rootText = ({ document, beforeWrite }: Answering, root: string): WrittenText => ({
  read: () => document.plain.value.texts[root] ?? '',
  write: (value) => {
    beforeWrite()
    document.setText(root, value)
  },
  compose: (composing) => document.compose(root, composing),
  beforeFlush: (read) => document.beforeFlush(read),
})
