import { strings } from '../../i18n/i18n.ts'
import type { Asked } from '../../state/admin-api.ts'
import type { Answered } from './use-asked.ts'

type Failed = Extract<Asked<unknown>, { ok: false }>

/** What went wrong, in words. */
export const sayFailure = ({ error }: Failed): string => {
  const t = strings('admin')
  switch (error) {
    case 'unreachable':
    case 'busy':
    case 'server-error':
      return t('failureUnreachable')
    case 'not-signed-in':
      return t('failureSignedOut')
    case 'too-many':
      return t('failureTooMany')
    case 'over-capacity':
      return t('failureOverCapacity')
    case 'no-such-version':
      return t('failureVersion')
    case 'not-found':
      return t('failureNotFound')
    default:
      return t('failureOther')
  }
}

/** Instead of what could not be had: why, and a way to try again. Nothing while it is on its way. */
export const Missing = <A,>({ asked, again }: Answered<A>) => {
  if (asked === null) return <p class="mute late">{strings('admin')('loading')}</p>
  if (asked.ok) return null
  return (
    <div class="note" role="alert">
      <p>{sayFailure(asked)}</p>
      <button type="button" class="btn line small" onClick={() => void again()}>
        {strings('common')('tryAgain')}
      </button>
    </div>
  )
}

/** What became of a form: stored, or why not. */
export const Outcome = ({ result }: { result: Asked<unknown> | null }) => (
  <div role="status" class="outcome">
    {result?.ok === true && <p class="state sent">{strings('admin')('stored')}</p>}
    {result?.ok === false && <p class="note err">{sayFailure(result)}</p>}
  </div>
)
