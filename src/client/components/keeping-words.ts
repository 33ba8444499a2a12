import type { OutlineItem } from '../../shared/domain/outline.ts'
import { formatBytes, formatNumber } from '../i18n/format.ts'
import { local, strings } from '../i18n/i18n.ts'

/** How far film and sound have come onto the device. `bytes` = here, `of` = all of it. */
export type Keeping = {
  bytes: number
  of: number
  /** Of these, as long as they are being fetched; null while it cannot be said. */
  secondsLeft: number | null
} & (
  | {
      kind:
        | 'here'
        | 'no-texts'
        | 'absent'
        | 'queued'
        | 'running'
        | 'paused'
        | 'no-network'
        | 'no-wifi'
    }
  | { kind: 'stopped'; reason: 'full' | 'damaged'; item: OutlineItem }
)

/** Said once when it changes kind. */
export const statusWords = (keeping: Keeping): string => {
  const t = strings('keep')
  switch (keeping.kind) {
    case 'running':
      return t('begun')
    case 'queued':
      return t('queuedHint')
    case 'paused':
      return t('pausedHint')
    case 'no-network':
      return t('noNetwork')
    case 'no-wifi':
      return t('noWifi')
    case 'stopped':
      return keeping.reason === 'full'
        ? t('fullTitle')
        : t('damaged', { title: local(keeping.item.title) })
    case 'no-texts':
      return t('noTexts')
    case 'here':
      return t('title')
    default:
      return ''
  }
}

/** `Om lag 2 minutt att.` */
export const timeLeft = (seconds: number): string =>
  strings('keep')('timeLeft', { time: about(seconds) })

/** `om lag 2 minutt` */
export const about = (seconds: number): string => {
  const t = strings('keep')
  return seconds < 50 ? t('underMinute') : t('aboutMinutes', { count: Math.round(seconds / 60) })
}

type Progress = Pick<Keeping, 'bytes' | 'of'>

export const percentOf = ({ bytes, of }: Progress): number =>
  Math.floor((bytes / Math.max(1, of)) * 100)
/** How far the button is filled. */
export const reach = (progress: Progress) => ({ '--p': `${percentOf(progress)}%` })

/** `1,2 av 3,4 MB`: both in the unit of the whole. */
export const bytesOf = ({ bytes, of }: Progress): string => {
  const unit = of >= 1e9 ? 1e9 : 1e6
  const digits = of / unit < 10 ? 1 : 0
  return strings('keep')('bytesOf', {
    bytes: formatNumber(bytes / unit, digits),
    of: formatBytes(of),
  })
}
