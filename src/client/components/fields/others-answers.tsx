import type { Field } from '../../../shared/domain/field.ts'
import { answersOf } from '../../../shared/words/blocks.ts'
import type { Scalar } from '../../../shared/words/plain.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { answerText, isSameAnswer } from './answer-text.ts'
import type { Answering } from './answering.ts'
import { Seal, writerName } from './seal.tsx'

/** What the others in the group have chosen, where it differs from the writer's own choice. */
export const OthersAnswers = ({
  field,
  answering,
  own,
}: {
  field: Field
  answering: Answering
  own: Scalar
}) => {
  const t = strings('task')
  if (answering.block === undefined) return null
  const others = answersOf(answering.document.plain.value, field.id).filter(
    ({ block, value }) => block !== answering.block && !isEmptyAnswer(value),
  )
  if (others.length === 0) return null
  const differing = others.filter(({ value }) => !isSameAnswer(value, own))
  const same = others.length - differing.length
  return (
    <div class="others">
      <p class="hint">
        {differing.length > 0
          ? t('othersDiffer')
          : t(same === 1 ? 'otherAgrees' : 'othersAgree', { count: same })}
      </p>
      <ul>
        {differing.map(({ block, label, value }, index) => {
          return (
            <li key={block}>
              <Seal writer={label} index={index} />
              <span>
                <b>{writerName(label)}</b> {answerText(field, value, local)}
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const isEmptyAnswer = (value: Scalar): boolean => Array.isArray(value) && value.length === 0
