import { formatMoment } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { Pending } from '../../state/words.ts'
import { SaveFile } from './save-file.tsx'

/** How much is not sent, how old it is, and what can be done about it. */
export const UnsentWords = () => {
  const { words } = useServices()
  const pending = words.pending.value
  const t = strings('device')
  return (
    <>
      {(pending.documents > 0 || pending.failed) && <Waiting pending={pending} />}
      {pending.held > 0 && (
        <section class="note unsent-n">
          <h2 class="h-s">{t('heldTitle')}</h2>
          <p>{t('heldText', { count: pending.held })}</p>
        </section>
      )}
    </>
  )
}

const Waiting = ({ pending }: { pending: Pending }) => {
  const { words } = useServices()
  const t = strings('device')
  return (
    <section class="note unsent-n">
      <h2 class="h-s">
        {pending.documents === 0
          ? t('notStored')
          : pending.documents === 1
            ? t('unsentOne')
            : t('unsentMany', { documents: pending.documents })}
      </h2>
      <p>
        {pending.oldest === null ? '' : t('oldest', { clock: formatMoment(pending.oldest) })}{' '}
        {pending.connection === 'outdated' ? strings('common')('outdatedText') : t('goesByItself')}
      </p>
      {pending.refused > 0 && <p>{t('refused', { count: pending.refused })}</p>}
      <div class="unsent-ways">
        <button type="button" class="btn line small" onClick={() => void words.syncNow()}>
          {t('sendNow')}
        </button>
        <SaveFile />
      </div>
    </section>
  )
}
