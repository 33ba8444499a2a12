import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { percentOf } from '../../components/keeping-words.ts'
import { formatBytes } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { mediaSize } from '../home/kept.ts'
import { bytesHere, keepStateOf } from './keeping.ts'

/** Where one film or sound is, in a few words with its size. */
export const StateMark = ({ item }: { item: OutlineItem }) => {
  const { media, content } = useServices()
  const t = strings('keep')
  const states = media.states.value
  const state = keepStateOf(item, states)
  const size = formatBytes(mediaSize(item))
  switch (state.kind) {
    case 'kept':
      if (!content.has(item)) return <span>{t('noTextsRow', { size })}</span>
      return (
        <span class="mark">
          <Icon name="kept" small />
          {t('kept', { size })}
        </span>
      )
    case 'absent': {
      const here = bytesHere(item, states)
      if (here === 0) return <span>{t('absent', { size })}</span>
      return <span>{t('watched', { size: formatBytes(here) })}</span>
    }
    case 'waiting':
      return <span class="num">{t('queuedAt', { size })}</span>
    case 'loading':
      return <span class="num">{t('loadingRow', { percent: percentOf(state), size })}</span>
    case 'paused':
      return <span class="num">{t('pausedRow', { percent: percentOf(state), size })}</span>
    case 'stopped':
      return state.reason === 'network' ? (
        <span>{t('networkRow', { size })}</span>
      ) : (
        <span class="mark bad">
          <Icon name="warn" small />
          {t(state.reason === 'full' ? 'fullRow' : 'damagedRow', { size })}
        </span>
      )
  }
}
