import type { LineItem } from '../../../shared/domain/line.ts'
import { Icon } from '../../components/icon.tsx'
import { kindIcon, kindName } from '../../components/item-kind.ts'
import { bytesOf, percentOf } from '../../components/keeping-words.ts'
import { KeptMark } from '../../components/kept-mark.tsx'
import { formatBytes, formatMinutes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { type KeepState, useServices } from '../../state/services.ts'
import { isKept, mediaSize } from '../home/kept.ts'
import { keepStateOf } from '../keeping/keeping.ts'
import { links } from '../links.ts'

/** One thing in the bag: what it is, how long it takes, and how far it has come onto the device. */
export const PackRow = ({ entry: { item, begun, left } }: { entry: LineItem }) => {
  const services = useServices()
  const t = strings('journey')
  const state = keepStateOf(item, services.media.states.value)
  const coming = item.media !== null && 'of' in state && state.bytes > 0 ? state : null
  const time = formatMinutes(left)
  return (
    <li>
      <a class="item pk" href={links.item(item.path)}>
        <Icon name={kindIcon(item)} />
        <b>{local(item.title)}</b>
        <Figure state={state} kept={isKept(services, item)} hasMedia={item.media !== null} />
        <span class="meta">
          <span>
            {kindName(item)}, {left < item.minutes ? t('leftOf', { time }) : time}
          </span>
          {begun && left === item.minutes && <span>{strings('home')('begun')}</span>}
          {item.depth === 'fordjuping' && <span>{t('deepening')}</span>}
          {item.media && (
            <span class="num">{coming ? bytesOf(coming) : formatBytes(mediaSize(item))}</span>
          )}
        </span>
        {coming && (
          <span class="bar" aria-hidden="true">
            <i style={{ width: `${percentOf(coming)}%` }} />
          </span>
        )}
      </a>
    </li>
  )
}

const Figure = ({
  state,
  kept,
  hasMedia,
}: {
  state: KeepState
  kept: boolean
  hasMedia: boolean
}) => {
  const t = strings('journey')
  if (kept) return <KeptMark kept size={0} />
  if (!hasMedia || state.kind === 'kept') {
    return <span class="mute s2">{t('textComes')}</span>
  }
  switch (state.kind) {
    case 'loading':
    case 'paused':
      return <span class="mute s2 num">{t('percent', { percent: percentOf(state) })}</span>
    case 'waiting':
      return <span class="mute s2">{t('waiting')}</span>
    case 'stopped':
      return state.reason === 'network' ? (
        <span class="mute s2">{t('waiting')}</span>
      ) : (
        <span class="mark off">
          <Icon name="warn" small />
          {t('stoppedRow')}
        </span>
      )
    default:
      return <span />
  }
}
