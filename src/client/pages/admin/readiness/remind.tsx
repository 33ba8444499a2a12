import { useId, useState } from 'preact/hooks'
import {
  type Readiness,
  type Reminded,
  remindedSchema,
} from '../../../../shared/domain/readiness.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { sayFailure } from '../failure.tsx'

/** A message to the contact persons of the chosen groups' municipalities. */
export const Remind = ({
  cohort,
  stop,
  groups,
  chosen,
  lagging,
  chooseLagging,
}: {
  cohort: string
  stop: string
  groups: Readiness['groups']
  chosen: readonly string[]
  /** Groups that have not begun on something. */
  lagging: readonly string[]
  chooseLagging(): void
}) => {
  const t = strings('adminReadiness')
  const ask = useAsk()
  const id = useId()
  const [message, setMessage] = useState('')
  const [state, setState] = useState<'idle' | 'busy' | Asked<Reminded>>('idle')
  const isReady = chosen.length > 0 && message.trim() !== '' && state !== 'busy'
  const nameOf = (group: string): string => groups.find((one) => one.id === group)?.name ?? ''

  const send = async (): Promise<void> => {
    if (!isReady) return
    setState('busy')
    const asked = await ask(paths.reminders(cohort, stop), {
      method: 'POST',
      body: { groups: chosen, message },
      answer: remindedSchema,
    })
    setState(asked)
    if (asked.ok && asked.value.mails > 0) setMessage('')
  }
  return (
    <section class="remind" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('remind')}</h2>
      <p class="hint">{t('remindHint')}</p>
      {lagging.length > 0 && (
        <button type="button" class="btn line small" onClick={chooseLagging}>
          {t('chooseLagging', { count: lagging.length })}
        </button>
      )}
      <p>
        {chosen.length === 0
          ? t('chosenNone')
          : t('chosen', { groups: chosen.map(nameOf).join(', ') })}
      </p>
      <label for={id}>{t('message')}</label>
      <textarea
        id={id}
        class="area"
        rows={5}
        maxLength={2000}
        value={message}
        onInput={(event) => setMessage(event.currentTarget.value)}
      />
      <button type="button" class="btn" aria-disabled={!isReady} onClick={() => void send()}>
        <Icon name="mail" />
        {t('send')}
      </button>
      <div role="status">
        {typeof state === 'object' && !state.ok && <p class="note err">{sayFailure(state)}</p>}
        {typeof state === 'object' && state.ok && (
          <div class="note">
            {state.value.mails > 0 && <p>{t('sent', { count: state.value.mails })}</p>}
            {state.value.addresses.length > 0 && (
              <>
                <p>{t('noMail')}</p>
                <p class="written">{state.value.addresses.join('; ')}</p>
              </>
            )}
            {state.value.without.length > 0 && (
              <p>{t('without', { groups: state.value.without.map(nameOf).join(', ') })}</p>
            )}
          </div>
        )}
      </div>
    </section>
  )
}
