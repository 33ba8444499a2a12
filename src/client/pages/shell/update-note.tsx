import { useState } from 'preact/hooks'
import { strings } from '../../i18n/i18n.ts'
import { useShell } from '../../state/shell.ts'

/** Offers a new version; it is taken into use when the person says so, and never by itself. */
export const UpdateNote = () => {
  const { update } = useShell()
  const [later, setLater] = useState(false)
  const t = strings('common')
  if (!update.ready.value || later) return null
  return (
    <section class="note plain update" aria-labelledby="update-title">
      <h2 id="update-title" class="h-s">
        {t('updateTitle')}
      </h2>
      <p>{t('updateText')}</p>
      <div class="row">
        <button type="button" class="btn small" onClick={() => void update.use()}>
          {t('updateUse')}
        </button>
        <button type="button" class="btn line small" onClick={() => setLater(true)}>
          {t('updateLater')}
        </button>
      </div>
    </section>
  )
}
