import { useState } from 'preact/hooks'
import { formatClock } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'

/** A code that lets another device in. */
export const OtherDevice = () => {
  const { account, me } = useServices()
  const [shown, setShown] = useState<{ code: string; expiresAt: number } | 'failed' | null>(null)
  const t = strings('account')
  const ask = async (): Promise<void> => setShown((await account.deviceCode()) ?? 'failed')
  return (
    <>
      <h3>{t('otherDeviceTitle')}</h3>
      <p>{t(me.anonymous ? 'otherDeviceAnonymous' : 'otherDeviceText')}</p>
      <div role="status">
        {shown === 'failed' && <p class="note err">{t('otherDeviceFailed')}</p>}
        {shown !== null && shown !== 'failed' && (
          <>
            <p class="device-code" translate={false}>
              {shown.code}
            </p>
            <p class="hint">
              {t('otherDeviceHow', {
                address: `${location.host}${links.signIn}`,
                clock: formatClock(shown.expiresAt),
              })}
            </p>
          </>
        )}
      </div>
      <button type="button" class="btn line" onClick={() => void ask()}>
        {t(shown === null ? 'otherDeviceShow' : 'otherDeviceAgain')}
      </button>
    </>
  )
}
