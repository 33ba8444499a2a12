import type { FieldOf } from '../../../shared/domain/field.ts'
import { local } from '../../i18n/i18n.ts'
import { choiceIn } from './answering.ts'
import { ClearAnswer } from './clear-answer.tsx'
import { FieldFoot } from './field-foot.tsx'
import { fieldIds, GroupedField } from './field-frame.tsx'
import type { FieldProps } from './field-props.ts'
import { OthersAnswers } from './others-answers.tsx'

export const ScaleField = ({ field, number, answering, base }: FieldProps<FieldOf<'scale'>>) => {
  const { value, saving, choose } = choiceIn(answering, field)
  const { min, max, low, high } = field.scale
  const steps = Array.from({ length: Math.max(0, max - min + 1) }, (_, index) => min + index)
  return (
    <GroupedField field={field} number={number} base={base} kind="scale">
      <div class="sc" style={{ '--steps': Math.min(steps.length, 6) }}>
        {steps.map((step) => (
          <label key={step} class={value === step ? 'on' : undefined}>
            <input
              type="radio"
              name={base}
              value={step}
              checked={value === step}
              onChange={() => choose(step)}
            />
            <span>
              {step}
              {step === min && <span class="sr">, {local(low)}</span>}
              {step === max && <span class="sr">, {local(high)}</span>}
            </span>
          </label>
        ))}
      </div>
      <p class="ends hint" aria-hidden="true">
        <span>{local(low)}</span>
        <span>{local(high)}</span>
      </p>
      <ClearAnswer shown={value !== null} clear={() => choose(null)} />
      <FieldFoot field={field} saving={saving} id={fieldIds(base, field).sees} />
      <OthersAnswers field={field} answering={answering} own={value} />
    </GroupedField>
  )
}
