import { useState } from 'preact/hooks'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { SaveFile } from '../device/save-file.tsx'

/** The way out of this device. It sends first, and says so if it could not. */
export const SignOut = () => {
  const { account, me } = useServices()
  const [state, setState] = useState<'idle' | 'busy' | 'unsent'>('idle')
  const t = strings('account')
  const leave = async (force: boolean): Promise<void> => {
    setState('busy')
    if ((await account.signOut(force)) === 'unsent') setState('unsent')
  }
  return (
    <section class="part">
      <h2 class="h-s">{t('signOutTitle')}</h2>
      <div>
        <p>{t(me.anonymous ? 'signOutAnonymous' : 'signOutText')}</p>
        {state === 'unsent' && (
          <div class="note" role="alert">
            <h3>{t('unsentTitle')}</h3>
            <p>{t('unsentText')}</p>
            <div class="row">
              <button type="button" class="btn small" onClick={() => void leave(false)}>
                {t('unsentSend')}
              </button>
              <button type="button" class="btn line small" onClick={() => void leave(true)}>
                {t('unsentLeave')}
              </button>
            </div>
            <SaveFile />
          </div>
        )}
        {state !== 'unsent' && (
          <button
            type="button"
            class="btn line"
            disabled={state === 'busy'}
            onClick={() => void leave(false)}
          >
            {t(state === 'busy' ? 'signingOut' : 'signOut')}
          </button>
        )}
      </div>
    </section>
  )
}
