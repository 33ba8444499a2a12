import { useEffect, useState } from 'preact/hooks'
import { strings } from '../../i18n/i18n.ts'
import { useShell } from '../../state/shell.ts'

/** Offers a new version; it is taken into use when the person says so, and never by itself. */
export const UpdateNote = () => {
  const { update, start } = useShell()
  const [later, setLater] = useState<'offered' | 'demanded' | null>(null)
  const t = strings('common')
  const isReady = update.ready.value
  const started = start.value
  const isDemanded =
    started.kind === 'ready' && started.services.words.pending.value.connection === 'outdated'
  useEffect(() => {
    if (isDemanded) void update.check()
  }, [isDemanded, update])
  // The server takes nothing from this version any more: said again after «Seinare», once a visit.
  if (isDemanded ? later === 'demanded' : !isReady || later) return null
  return (
    <section class="note plain update" aria-labelledby="update-title">
      <h2 id="update-title" class="h-s">
        {t(isDemanded ? 'outdatedTitle' : 'updateTitle')}
      </h2>
      <p>{t(isDemanded ? 'outdatedText' : 'updateText')}</p>
      <div class="row">
        <button
          type="button"
          class="btn small"
          onClick={() => void (isReady ? update.use() : update.check())}
        >
          {t(isReady ? 'updateUse' : 'outdatedGet')}
        </button>
        <button
          type="button"
          class="btn line small"
          onClick={() => setLater(isDemanded ? 'demanded' : 'offered')}
        >
          {t('updateLater')}
        </button>
      </div>
    </section>
  )
}
