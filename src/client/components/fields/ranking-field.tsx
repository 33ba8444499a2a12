import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { FieldOf } from '../../../shared/domain/field.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { Icon } from '../icon.tsx'
import { choiceIn } from './answering.ts'
import { ClearAnswer } from './clear-answer.tsx'
import { FieldFoot } from './field-foot.tsx'
import { fieldIds, GroupedField } from './field-frame.tsx'
import type { FieldProps } from './field-props.ts'
import { OthersAnswers } from './others-answers.tsx'
import { movedBy, rankedIds } from './ranking.ts'

/** Options in an order of one's own, moved by buttons: keyboard, touch and mouse alike. */
export const RankingField = ({
  field,
  number,
  answering,
  base,
}: FieldProps<FieldOf<'ranking'>>) => {
  const t = strings('task')
  const { value, saving, choose } = choiceIn(answering, field)
  const ids = rankedIds(
    value,
    field.options.map(({ id }) => id),
  )
  const labelOf = (id: string): string => {
    const option = field.options.find((one) => one.id === id)
    return option ? local(option.label) : id
  }
  const [said, say] = useState('')
  const pressed = useRef<HTMLButtonElement | null>(null)
  // The browser drops the focus from a node that is moved.
  useLayoutEffect(() => {
    pressed.current?.focus()
    pressed.current = null
  })
  const move = (id: string, step: -1 | 1, button: HTMLButtonElement): void => {
    const next = movedBy(ids, id, step)
    const place = next.indexOf(id) + 1
    pressed.current = button
    say(t('nowNumber', { label: labelOf(id), number: place, count: next.length }))
    if (ids.indexOf(id) + 1 !== place) choose(next)
  }

  return (
    <GroupedField field={field} number={number} base={base} kind="ranking">
      <ol class={value === null ? 'ranks untouched' : 'ranks'}>
        {ids.map((id, index) => (
          <li key={id}>
            <b class="num" aria-hidden="true">
              {index + 1}
            </b>
            <span>{labelOf(id)}</span>
            {([-1, 1] as const).map((step) => {
              const stuck = ids[index + step] === undefined
              return (
                <button
                  key={step}
                  type="button"
                  class="icon-btn"
                  aria-disabled={stuck}
                  aria-label={t(step < 0 ? 'moveUp' : 'moveDown', { label: labelOf(id) })}
                  onClick={(event) => move(id, step, event.currentTarget)}
                >
                  <span class={step < 0 ? 'turned' : undefined}>
                    <Icon name="downc" />
                  </span>
                </button>
              )
            })}
          </li>
        ))}
      </ol>
      <p class="sr" role="status">
        {said}
      </p>
      {value === null && (
        <p class="untouched-note">
          <span class="hint">{t('rankingUntouched')}</span>
          <button
            type="button"
            class="btn line small"
            onClick={(event) => {
              event.currentTarget.closest('fieldset')?.querySelector('button')?.focus()
              choose(ids)
            }}
          >
            {t('useThisOrder')}
          </button>
        </p>
      )}
      <ClearAnswer shown={value !== null} clear={() => choose(null)} />
      <FieldFoot field={field} saving={saving} id={fieldIds(base, field).sees} />
      <OthersAnswers field={field} answering={answering} own={value} />
    </GroupedField>
  )
}
