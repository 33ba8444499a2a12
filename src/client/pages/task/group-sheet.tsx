import { useEffect, useRef, useState } from 'preact/hooks'
import type { Field } from '../../../shared/domain/field.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import { ItemMeta } from '../item/item-meta.tsx'
import { ItemTextView } from '../item/item-text.tsx'
import type { Section } from '../item/travel.ts'
import type { ItemTextState } from '../item/use-item-text.ts'
import { isAnswered } from './answered.ts'
import { AnsweredField, AnswersTrouble } from './field-list.tsx'
import { GroupSteps } from './group-steps.tsx'
import { LeftGroup } from './left-group.tsx'
import { TaskFoot } from './task-foot.tsx'
import type { Answers } from './use-answers.ts'
import { WhoWrites } from './who-writes.tsx'

/** A group's worksheet: the steps as a lane, one question at a time, and who writes. */
export const GroupSheet = ({
  item,
  fields,
  answers,
  text,
  section,
}: {
  item: OutlineItem
  fields: readonly Field[]
  answers: Answers
  text: ItemTextState
  section: Section | null
}) => {
  const t = strings('task')
  const [step, setStep] = useState(0)
  const field = fields[step]
  const isLast = step >= fields.length - 1
  const question = useFocusOnChange(step)
  const steps = fields.map((one) => ({
    id: one.id,
    label: local(one.label),
    done: isAnswered(
      one,
      answers.group?.document.plain.value,
      answers.personal?.document.plain.value,
    ),
  }))

  return (
    <main id="content" class="sheet-g">
      <div class="steps-g">
        <h1>{local(item.title)}</h1>
        <ItemMeta item={item} section={section} />
        <GroupSteps steps={steps} current={step} choose={setStep} />
      </div>
      <div class="side-g">
        <WhoWrites item={item} answers={answers} />
      </div>
      <div class="q-g" ref={question} tabIndex={-1}>
        {step === 0 && (
          <div class="art task-text">
            <ItemTextView state={text} lede={false} />
          </div>
        )}
        <LeftGroup />
        <AnswersTrouble answers={answers} />
        {field && (
          <AnsweredField
            key={field.id}
            field={field}
            number={fields.length > 1 ? step + 1 : null}
            answers={answers}
          />
        )}
        <div class="row step-buttons">
          {step > 0 && (
            <button type="button" class="btn line" onClick={() => setStep(step - 1)}>
              <Icon name="back" />
              {t('previousStep')}
            </button>
          )}
          <span class="gap" />
          {!isLast && (
            <button type="button" class="btn" onClick={() => setStep(step + 1)}>
              {t('nextStep')}
              <Icon name="next" />
            </button>
          )}
        </div>
      </div>
      <div class="foot-g">
        <TaskFoot item={item} group={answers.group} />
      </div>
    </main>
  )
}

/** Moves the focus to the new question, not to it when the page opens. */
const useFocusOnChange = (step: number) => {
  const element = useRef<HTMLDivElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    element.current?.focus({ preventScroll: true })
    element.current?.scrollIntoView({ block: 'start' })
  }, [step])
  return element
}
