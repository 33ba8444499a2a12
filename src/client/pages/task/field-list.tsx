import type { Field } from '../../../shared/domain/field.ts'
import { fieldsForSize } from '../../../shared/domain/fields-for-size.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import type { Me } from '../../../shared/domain/person.ts'
import { questionText } from '../../components/fields/field-frame.tsx'
import { FieldView } from '../../components/fields/field-view.tsx'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { BringAnswer } from '../thread/bring-answer.tsx'
import type { Answers } from './use-answers.ts'

/** The fields that somebody in this municipality meets. */
export const fieldsFor = (item: OutlineItem, me: Me): Field[] =>
  fieldsForSize(item.fields, me.municipality?.size ?? null)

/** One field, answered where it belongs; or why it cannot be answered here. */
export const AnsweredField = ({
  item,
  field,
  number,
  answers,
}: {
  item: OutlineItem
  field: Field
  number: number | null
  answers: Answers
}) => {
  const answering = field.sees === 'group' ? answers.group : answers.personal
  if (answering) {
    // Keyed by block: another writer at the same tablet gets an empty field.
    return (
      <>
        <FieldView
          key={`${field.id}/${answering.block ?? ''}`}
          field={field}
          number={number}
          answering={answering}
        />
        {isBringable(field) && <BringAnswer item={item} field={field} answering={answering} />}
      </>
    )
  }
  if (answers.status !== 'ready') return null
  const t = strings('task')
  return (
    <div class="field">
      <p class="q">{questionText(field, number)}</p>
      <p class="note plain">{t(field.sees === 'group' ? 'noGroup' : 'ownDevice')}</p>
    </div>
  )
}

/** A text of the person's own; what is only summed is nobody's to bring. */
const isBringable = ({ kind, sees }: Field): boolean =>
  (kind === 'text' || kind === 'longtext') && (sees === 'me' || sees === 'facilitator')

/** All fields of an item under each other. */
export const FieldList = ({
  item,
  fields,
  answers,
}: {
  item: OutlineItem
  fields: readonly Field[]
  answers: Answers
}) => (
  <>
    <AnswersTrouble answers={answers} />
    {fields.map((field, index) => (
      <AnsweredField
        key={field.id}
        item={item}
        field={field}
        number={fields.length > 1 ? index + 1 : null}
        answers={answers}
      />
    ))}
  </>
)

/** Said when the words on this device could not be opened. */
export const AnswersTrouble = ({ answers }: { answers: Answers }) => {
  const t = strings('task')
  if (answers.status !== 'failed') return null
  return (
    <div class="note err" role="alert">
      <div class="row">
        <Icon name="warn" />
        <div>
          <p class="note-h">{t('cannotOpen')}</p>
          <p class="s2">{t('cannotOpenText')}</p>
          <button type="button" class="btn line small" onClick={answers.retry}>
            {strings('common')('tryAgain')}
          </button>
        </div>
      </div>
    </div>
  )
}
