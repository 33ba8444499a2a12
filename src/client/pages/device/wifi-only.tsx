import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'

/** Whether downloads wait for wifi; where the browser does not tell, what to do instead. */
export const WifiOnly = ({ canTell }: { canTell: boolean }) => {
  const { media } = useServices()
  const t = strings('device')
  if (!canTell) {
    return (
      <section class="sett">
        <h2>{t('wifiOnly')}</h2>
        <p class="mute">{t('wifiUnknown')}</p>
      </section>
    )
  }
  return (
    <section class="sett">
      <label class="sw">
        <span>
          <b>{t('wifiOnly')}</b>
          <span class="hint">{t('wifiOnlyHint')}</span>
        </span>
        <input
          type="checkbox"
          role="switch"
          checked={media.wifiOnly.value}
          aria-checked={media.wifiOnly.value}
          onChange={(event) => media.setWifiOnly(event.currentTarget.checked)}
        />
        <i aria-hidden="true" />
      </label>
    </section>
  )
}
