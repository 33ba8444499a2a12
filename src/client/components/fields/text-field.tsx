import type { FieldOf } from '../../../shared/domain/field.ts'
import { fieldRoot } from '../../../shared/words/roots.ts'
import { savingOf } from './answering.ts'
import { FieldFoot } from './field-foot.tsx'
import { FieldHint, fieldIds, questionText } from './field-frame.tsx'
import type { FieldProps } from './field-props.ts'
import { rootText } from './root-text.ts'
import { TextTools } from './text-tools.tsx'
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
      <TextTools
        answering={answering}
        question={questionText(field, null)}
        roots={(one) => one === root}
        written={answering.document.plain.value.texts[root] !== undefined}
      />
    </div>
  )
}
