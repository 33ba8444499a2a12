import type { FieldOf } from '../../../shared/domain/field.ts'
import { local } from '../../i18n/i18n.ts'
import { choiceIn } from './answering.ts'
import { ClearAnswer } from './clear-answer.tsx'
import { FieldFoot } from './field-foot.tsx'
import { fieldIds, GroupedField } from './field-frame.tsx'
import type { FieldProps } from './field-props.ts'
import { OthersAnswers } from './others-answers.tsx'
import { isTicked, toggled } from './ranking.ts'

/** One of the options, or several of them. */
export const ChoiceField = ({
  field,
  number,
  answering,
  base,
}: FieldProps<FieldOf<'single' | 'multiple' | 'checklist'>>) => {
  const { value, saving, choose } = choiceIn(answering, field)
  const one = field.kind === 'single'
  return (
    <GroupedField field={field} number={number} base={base} kind="choice-field">
      <ul class="choices">
        {field.options.map(({ id, label }) => {
          const chosen = one ? value === id : isTicked(value, id)
          return (
            <li key={id}>
              <label class={chosen ? 'on' : undefined}>
                <input
                  type={one ? 'radio' : 'checkbox'}
                  name={base}
                  value={id}
                  checked={chosen}
                  onChange={() => choose(one ? id : toggled(value, id))}
                />
                <span>{local(label)}</span>
              </label>
            </li>
          )
        })}
      </ul>
      <ClearAnswer shown={one && value !== null} clear={() => choose(null)} />
      <FieldFoot field={field} saving={saving} id={fieldIds(base, field).sees} />
      <OthersAnswers field={field} answering={answering} own={value} />
    </GroupedField>
  )
}
