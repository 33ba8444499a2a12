import { Icon, type IconName } from '../../components/icon.tsx'
import { formatMoment } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { Pending } from '../../state/words.ts'
import { links } from '../links.ts'

/** All that is written on this device and not sent, and what will become of it. The top line tells screen readers. */
export const PendingState = () => {
  const { words } = useServices()
  const t = strings('task')
  const pending = words.pending.value
  const said = sayPending(pending)
  return (
    <div class="pending">
      {said && (
        <p class={`state ${said.tone}`}>
          <Icon name={said.icon} />
          <span>{said.text}</span>
        </p>
      )}
      {pending.connection === 'offline' && <p class="hint">{t('offlineHint')}</p>}
      {pending.connection === 'outdated' && <p class="hint">{strings('common')('outdatedText')}</p>}
      {pending.connection === 'signed-out' && (
        <p class="hint">
          {t('signedOutText')} <a href={links.signIn}>{t('signIn')}</a>
        </p>
      )}
    </div>
  )
}

const sayPending = ({
  documents: count,
  oldest,
  saving,
  failed,
  sentAt,
}: Pending): { tone: string; icon: IconName; text: string } | null => {
  const t = strings('words')
  if (failed) return { tone: 'bad', icon: 'warn', text: t('failed') }
  if (saving) return { tone: 'saving', icon: 'saving', text: t('saving') }
  if (count > 0) {
    const clock = oldest === null ? null : formatMoment(oldest)
    const one = clock ? t('unsentOneSince', { clock }) : t('unsentOne')
    const many = clock ? t('unsentManySince', { count, clock }) : t('unsentMany', { count })
    return { tone: 'unsent', icon: 'unsent', text: count === 1 ? one : many }
  }
  return sentAt === null
    ? null
    : { tone: 'sent', icon: 'sent2', text: t('sent', { clock: formatMoment(sentAt) }) }
}
