import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Field } from '../../../shared/domain/field.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import { useDayLine } from '../day/use-day-line.ts'
import { ItemMeta } from '../item/item-meta.tsx'
import { ItemTextView } from '../item/item-text.tsx'
import type { Section } from '../item/travel.ts'
import type { ItemTextState } from '../item/use-item-text.ts'
import { putIntoAnswer } from '../thread/put-into-answer.ts'
import { Thread } from '../thread/thread.tsx'
import { isAnswered } from './answered.ts'
import { AnsweredField, AnswersTrouble } from './field-list.tsx'
import { GroupSteps } from './group-steps.tsx'
import { isLargeType, rememberLargeType } from './large-type.ts'
import { LeftGroup } from './left-group.tsx'
import { TaskFoot } from './task-foot.tsx'
import type { Answers } from './use-answers.ts'
import { useGroup } from './use-group.ts'
import { WhichGroup } from './which-group.tsx'
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
  const DayLine = useDayLine()
  const { group } = useGroup(item)
  const [step, setStep] = useState(0)
  const field = fields[step]
  const isLast = step >= fields.length - 1
  const question = useFocusOnChange(step)
  const [isLarge, setLarge] = useState(isLargeType)
  const [used, setUsed] = useState<string | null>(null)
  const put = putIntoAnswer(field, answers.group)
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
    <main id="content" class={isLarge ? 'sheet-g large' : 'sheet-g'}>
      <div class="steps-g">
        <h1>{local(item.title)}</h1>
        <ItemMeta item={item} section={section} />
        {DayLine && <DayLine here={item.path} />}
        <WhichGroup item={item} />
        <GroupSteps steps={steps} current={step} choose={setStep} />
      </div>
      <div class="side-g">
        <WhoWrites item={item} answers={answers} />
        <button
          type="button"
          class="btn line small large-type"
          aria-pressed={isLarge}
          onClick={() => {
            rememberLargeType(!isLarge)
            setLarge(!isLarge)
          }}
        >
          {isLarge && <Icon name="sent" small />}
          {t('largeType')}
        </button>
      </div>
      <div class="q-g" ref={question} tabIndex={-1}>
        {step === 0 && (
          <div class="art task-text">
            <ItemTextView state={text} lede={false} />
          </div>
        )}
        <LeftGroup item={item} />
        <AnswersTrouble answers={answers} />
        {field && (
          <AnsweredField
            key={field.id}
            item={item}
            field={field}
            number={fields.length > 1 ? step + 1 : null}
            answers={answers}
          />
        )}
        <div role="status">
          {used !== null && used === field?.id && <p class="hint">{t('usedInAnswer')}</p>}
        </div>
        {group && (
          <Thread
            item={item}
            group={group}
            use={
              put &&
              ((text) => {
                put(text)
                setUsed(field?.id ?? null)
              })
            }
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
        <TaskFoot item={item} group={answers.group} of={group} />
      </div>
    </main>
  )
}

/** Moves the focus to the new question as it comes, for later it would be taken from who already writes; not when the page opens. */
const useFocusOnChange = (step: number) => {
  const element = useRef<HTMLDivElement>(null)
  const shown = useRef(step)
  useLayoutEffect(() => {
    if (shown.current === step) return
    shown.current = step
    element.current?.focus({ preventScroll: true })
    element.current?.scrollIntoView({ block: 'start' })
  }, [step])
  return element
}
