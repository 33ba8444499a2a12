import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import {
  bytesOf,
  type Keeping,
  percentOf,
  reach,
  timeLeft,
} from '../../components/keeping-words.ts'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { formatBytes } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { isKept } from '../home/kept.ts'
import { keepingOf } from '../keeping/keeping.ts'
import { links } from '../links.ts'
import { Ready } from './ready.tsx'
import { useCheck } from './use-check.ts'

/** Brings the whole bag to the device, says how far it has come, and whether it is ready for the tunnel. */
export const PackBox = ({ items }: { items: readonly OutlineItem[] }) => {
  const { media } = useServices()
  const packing = keepingOf(items, media.states.value, media.queue.value)
  const isHere = packing.kind === 'here'
  const { checked, again } = useCheck(items, isHere)
  const said = statusWords(packing)
  const box = useKeptFocus()
  return (
    <div class="pack-box" ref={box} tabIndex={-1}>
      {isHere ? (
        <Ready items={items} checked={checked} again={again} />
      ) : (
        <Fetching key={packing.kind} items={items} packing={packing} />
      )}
      {/* Said once when it changes kind; the figures change in silence. */}
      <p class="sr" role="status">
        {said}
      </p>
    </div>
  )
}

const statusWords = (packing: Keeping): string => {
  const t = strings('journey')
  switch (packing.kind) {
    case 'queued':
    case 'running':
      return t('packingBegun')
    case 'paused':
      return t('pausedHint')
    case 'no-network':
      return t('noNetwork')
    case 'no-wifi':
      return t('noWifi')
    case 'stopped':
      return t(`stopped_${packing.reason}`)
    default:
      return ''
  }
}

const Fetching = ({ items, packing }: { items: readonly OutlineItem[]; packing: Keeping }) => {
  const services = useServices()
  const { media, words } = services
  const t = strings('journey')
  const keep = (): void => media.keep(items)
  const cancel = (
    <button type="button" class="txt-btn" onClick={() => media.cancel(items)}>
      <Icon name="x" small />
      {t('cancel')}
    </button>
  )
  switch (packing.kind) {
    case 'queued':
    case 'running':
      return (
        <>
          <Progress packing={packing} text={t('packing', { progress: bytesOf(packing) })} />
          <p class="hint">
            {packing.secondsLeft !== null && (
              <>
                <span class="num">{timeLeft(packing.secondsLeft)}</span>{' '}
              </>
            )}
            {t('packingHint')}
          </p>
          <div class="row pack-ways">
            <button type="button" class="txt-btn" onClick={() => media.pause()}>
              <Icon name="pause" small />
              {t('pause')}
            </button>
            {cancel}
          </div>
        </>
      )
    case 'no-network':
    case 'no-wifi':
      return (
        <>
          <Progress packing={packing} text={t('waitingAt', { progress: bytesOf(packing) })} />
          <p class="hint">{t(packing.kind === 'no-wifi' ? 'noWifi' : 'noNetwork')}</p>
          <div class="row pack-ways">
            {packing.kind === 'no-wifi' ? (
              <button type="button" class="txt-btn" onClick={() => media.setWifiOnly(false)}>
                <Icon name="down" small />
                {t('useMobile', { size: formatBytes(packing.of - packing.bytes) })}
              </button>
            ) : (
              <button type="button" class="txt-btn" onClick={keep}>
                <Icon name="down" small />
                {t('tryNow')}
              </button>
            )}
            {cancel}
          </div>
        </>
      )
    case 'paused':
      return (
        <>
          <button type="button" class="btn full dl" style={reach(packing)} onClick={media.resume}>
            <Icon name="down" />
            <span class="num">{t('resume', { progress: bytesOf(packing) })}</span>
          </button>
          <p class="hint">{t('pausedHint')}</p>
          <div class="row pack-ways">{cancel}</div>
        </>
      )
    case 'stopped':
      return (
        <>
          <button type="button" class="btn full" onClick={keep}>
            <Icon name="warn" />
            {t('tryAgain', { size: formatBytes(packing.of - packing.bytes) })}
          </button>
          <p class="hint">{t(`stopped_${packing.reason}`)}</p>
          {packing.reason === 'full' && (
            <p>
              <a class="btn line" href={links.device}>
                {t('makeRoom')}
              </a>
            </p>
          )}
        </>
      )
    default:
      return (
        <>
          <button type="button" class="btn full" onClick={keep}>
            <Icon name="down" />
            {t('pack', { size: formatBytes(packing.of - packing.bytes) })}
          </button>
          <p class="hint">
            {words.pending.value.connection === 'offline'
              ? t('offline', {
                  here: items.filter((item) => isKept(services, item)).length,
                  of: items.length,
                })
              : t('packHint')}
          </p>
        </>
      )
  }
}

const Progress = ({ packing, text }: { packing: Keeping; text: string }) => (
  <div
    class="btn full dl busy"
    style={reach(packing)}
    role="progressbar"
    aria-label={strings('journey')('progressLabel')}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={percentOf(packing)}
    aria-valuetext={text}
  >
    <Icon name="down" />
    <span class="num">{text}</span>
  </div>
)
