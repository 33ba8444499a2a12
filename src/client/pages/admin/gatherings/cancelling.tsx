import { useState } from 'preact/hooks'
import type { Gathering } from '../../../../shared/domain/gathering.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { local, strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { sayFailure } from '../failure.tsx'

/** Calls a gathering off after a question, and back again. What stands in the form is not touched. */
export const Cancelling = ({
  gathering,
  again,
}: {
  gathering: Gathering
  again(): Promise<void>
}) => {
  const t = strings('adminGatherings')
  const ask = useAsk()
  const [isAsking, setAsking] = useState(false)
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const title = local(gathering.title)
  const set = async (cancelled: boolean): Promise<void> => {
    const path = paths.gathering(gathering.cohort, gathering.stop)
    const asked = await ask(path, { method: 'PATCH', body: { cancelled } })
    setFailed(asked.ok ? null : asked)
    if (!asked.ok) return
    setAsking(false)
    await again()
  }
  return (
    <section class="admin-form cancelling">
      <h2>{t('cancelTitle')}</h2>
      <div role="status">
        {gathering.cancelled && <p class="note wait">{t('isCancelled', { title })}</p>}
      </div>
      {failed?.ok === false && (
        <p class="note err" role="alert">
          {sayFailure(failed)}
        </p>
      )}
      {gathering.cancelled ? (
        <button type="button" class="btn line" onClick={() => void set(false)}>
          {t('holdAnyway', { title })}
        </button>
      ) : isAsking ? (
        <>
          <p>{t('cancelSure', { title })}</p>
          <div class="row">
            <button type="button" class="btn" onClick={() => void set(true)}>
              {t('cancelYes')}
            </button>
            <button type="button" class="btn line" onClick={() => setAsking(false)}>
              {strings('admin')('cancel')}
            </button>
          </div>
        </>
      ) : (
        <>
          <p>{t('cancelText')}</p>
          <button type="button" class="btn line" onClick={() => setAsking(true)}>
            {t('cancelIt', { title })}
          </button>
        </>
      )}
    </section>
  )
}
