import { useState } from 'preact/hooks'
import { paths } from '../../../shared/protocol/paths.ts'
import { language, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'

/** The address of the open episodes, for whoever wants to hear them in an app of their own. */
export const OwnApp = () => {
  const { outline } = useServices()
  const t = strings('item')
  const [copied, setCopied] = useState(false)
  const address = location.origin + paths.feed(outline.id, language.value)
  const copy = async (): Promise<void> => {
    // Refused or missing: the address stands there, and can be marked by hand.
    await navigator.clipboard?.writeText(address).then(
      () => setCopied(true),
      () => undefined,
    )
  }
  return (
    <section class="own-app" aria-labelledby="own-app">
      <h2 id="own-app" class="h-s">
        {t('ownApp')}
      </h2>
      <p class="hint">{t('ownAppText')}</p>
      <p class="s2">
        <a href={address} target="_blank" rel="noreferrer">
          {address.replace(/^https?:\/\//, '')}
        </a>
      </p>
      <button type="button" class="btn line small" onClick={() => void copy()}>
        {t('copyFeed')}
      </button>
      <p class="hint" role="status">
        {copied && t('feedCopied')}
      </p>
    </section>
  )
}
