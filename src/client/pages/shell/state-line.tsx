import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../../components/icon.tsx'
import { StateLine, type StateTone } from '../../components/state-line.tsx'
import { formatMoment } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { type DownloadQueue, useServices } from '../../state/services.ts'
import type { Pending } from '../../state/words.ts'
import { links } from '../links.ts'

/** What has become of everything that is written on this device. */
export const WordsState = ({ calm }: { calm?: ComponentChildren }) => {
  const { words, media } = useServices()
  const pending = words.pending.value
  const queue = media.queue.value
  const said = sayPending(pending)
  const instead = queue.kind === 'idle' ? calm : <Downloading queue={queue} />
  if (instead && (!said || said.tone === 'sent')) return <>{instead}</>
  if (!said) return null
  return <StateLine {...said} href={isSignedOut(pending) ? links.signIn : links.device} />
}

/** Whoever leaves the page stops it; so it is said on every page. */
const Downloading = ({ queue: { kind, bytes, of } }: { queue: DownloadQueue }) => {
  const t = strings('home')
  const percent = Math.floor((bytes / Math.max(1, of)) * 100)
  return (
    <a class="state saved" href={links.device}>
      <Icon name="down" small />
      <span>{kind === 'running' ? t('downloading', { percent }) : t('downloadWaits')}</span>
    </a>
  )
}

/** The session ended: what is written stays here until somebody signs in. */
const isSignedOut = ({ connection, failed, saving }: Pending): boolean =>
  connection === 'signed-out' && !failed && !saving

/** Null when there is nothing to say: no word written, or nothing known of any. */
const sayPending = (pending: Pending): { tone: StateTone; icon: IconName; text: string } | null => {
  const t = strings('words')
  const { documents: count, oldest } = pending
  if (pending.failed) return { tone: 'bad', icon: 'warn', text: t('failed') }
  if (pending.saving) return { tone: 'saving', icon: 'saving', text: t('saving') }
  if (isSignedOut(pending)) return { tone: 'unsent', icon: 'unsent', text: t('signedOutTitle') }
  if (pending.connection === 'outdated') {
    return { tone: 'unsent', icon: 'unsent', text: strings('common')('outdatedTitle') }
  }
  if (count > 0) {
    const clock = oldest === null ? null : formatMoment(oldest)
    const one = clock ? t('unsentOneSince', { clock }) : t('unsentOne')
    const many = clock ? t('unsentManySince', { count, clock }) : t('unsentMany', { count })
    return { tone: 'unsent', icon: 'unsent', text: count === 1 ? one : many }
  }
  if (pending.held > 0) return { tone: 'unsent', icon: 'lock', text: t('held') }
  if (pending.sentAt !== null) return { tone: 'sent', icon: 'sent2', text: t('allSent') }
  if (pending.connection === 'offline') {
    return { tone: 'saved', icon: 'offline', text: strings('common')('offlineTitle') }
  }
  return null
}
