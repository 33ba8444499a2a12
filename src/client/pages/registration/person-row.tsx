import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { Audience } from '../../../shared/domain/programme.ts'
import { serviceAreas } from '../../../shared/domain/service-area.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { sayMistake } from './registration-words.ts'
import type { Mistakes, Row, RowField } from './rows.ts'

/** One person: what they are called, their address, whom they belong to. */
export const PersonRow = ({
  row,
  number,
  audiences,
  mistakes,
  isHeld,
  change,
  goDown,
  remove,
}: {
  row: Row
  number: number
  audiences: readonly Audience[]
  mistakes: Mistakes
  /** It is on its way, and must not change. */
  isHeld: boolean
  change(field: RowField, value: string): void
  goDown(field: RowField): void
  /** Null where it is the only one. */
  remove: (() => void) | null
}) => {
  const t = strings('registration')
  const areas = strings('serviceAreas')
  const line = (field: 'name' | 'email') => ({
    name: `${field}-${row.key}`,
    value: row[field],
    class: 'area one',
    readOnly: isHeld,
    autocomplete: 'off' as const,
    onInput: (event: { currentTarget: HTMLInputElement }) =>
      change(field, event.currentTarget.value),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.isComposing) return
      event.preventDefault()
      goDown(field)
    },
  })
  const choice = (field: 'audience' | 'serviceArea') => ({
    name: `${field}-${row.key}`,
    value: row[field],
    class: 'area one',
    disabled: isHeld,
    onChange: (event: { currentTarget: HTMLSelectElement }) =>
      change(field, event.currentTarget.value),
  })
  return (
    <fieldset class="person-row">
      <legend>{t('person', { number })}</legend>
      <Field label={t('name')} mistake={mistakes.name}>
        {(props) => <input {...line('name')} {...props} type="text" maxLength={120} />}
      </Field>
      <Field label={t('email')} mistake={mistakes.email}>
        {(props) => (
          <input
            {...line('email')}
            {...props}
            type="email"
            inputMode="email"
            autocapitalize="none"
            spellcheck={false}
            maxLength={254}
          />
        )}
      </Field>
      <Field label={t('audience')} mistake={mistakes.audience}>
        {(props) => (
          <select {...choice('audience')} {...props}>
            <option value="">{t('choose')}</option>
            {audiences.map(({ id, title }) => (
              <option key={id} value={id}>
                {local(title)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('serviceArea')} mistake={undefined}>
        {(props) => (
          <select {...choice('serviceArea')} {...props}>
            <option value="">{t('noArea')}</option>
            {serviceAreas.map((area) => (
              <option key={area} value={area}>
                {areas(area)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {remove && (
        <button
          type="button"
          class="txt-btn"
          aria-label={t('removePerson', { number })}
          onClick={remove}
        >
          {t('remove')}
        </button>
      )}
    </fieldset>
  )
}

const Field = ({
  label,
  mistake,
  children,
}: {
  label: string
  mistake: Mistakes[RowField]
  children(props: {
    id: string
    'aria-invalid': boolean
    'aria-describedby': string | undefined
  }): ComponentChildren
}) => {
  const id = useId()
  return (
    <div class="person-field">
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-invalid': mistake !== undefined,
        'aria-describedby': mistake ? `${id}-mistake` : undefined,
      })}
      {mistake && (
        <p class="mistake" id={`${id}-mistake`}>
          {sayMistake(mistake)}
        </p>
      )}
    </div>
  )
}
