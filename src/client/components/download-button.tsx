import type { ComponentChildren } from 'preact'
import type { OutlineItem } from '../../shared/domain/outline.ts'
import { formatBytes } from '../i18n/format.ts'
import { local, strings } from '../i18n/i18n.ts'
import { Icon, type IconName } from './icon.tsx'
import { about, bytesOf, type Keeping, reach, statusWords, timeLeft } from './keeping-words.ts'
import { Kept } from './kept.tsx'
import { useKeptFocus } from './use-kept-focus.ts'

export interface DownloadWords {
  /** On the button that begins it. */
  keep(size: string): string
  hint: string
  kept(size: string): string
}

export interface DownloadActions {
  keep(): void
  pause(): void
  resume(): void
  cancel(): void
  remove(): void
  /** Gives up waiting for wifi. */
  useMobile(): void
}

interface DownloadProps {
  keeping: Keeping
  words: DownloadWords
  actions: DownloadActions
  /** Bytes a second, as measured here; null = not yet. */
  rate: number | null
  isOffline: boolean
  /** Where room can be made. */
  roomAddress: string
}

/** Brings film or sound to the device. The size is told before, the way in figures, what went wrong in words. */
export const DownloadButton = (props: DownloadProps) => {
  const { keeping } = props
  const box = useKeptFocus()
  return (
    <div class="dl-box" ref={box} tabIndex={-1}>
      <State key={keeping.kind} {...props} />
      {/* Said once when it changes kind; the figures change in silence. */}
      <p class="sr" role="status">
        {statusWords(keeping)}
      </p>
    </div>
  )
}

const State = (props: DownloadProps) => {
  const { keeping, words, actions, isOffline } = props
  const t = strings('keep')
  const { kind, bytes, of } = keeping
  const stoppedAt =
    bytes > 0
      ? t('stoppedAt', { size: formatBytes(bytes) })
      : t('tryAgain', { size: formatBytes(of) })
  switch (kind) {
    case 'absent':
      return bytes >= of ? (
        <>
          <Begin
            icon="kept"
            text={t('keepWatched', { size: formatBytes(of) })}
            act={actions.keep}
          />
          <p class="hint">{t('watchedHint')}</p>
        </>
      ) : (
        <>
          <Begin icon="down" text={words.keep(formatBytes(of - bytes))} act={actions.keep} />
          <p class="hint">
            {bytes > 0 && `${t('someHere', { size: formatBytes(bytes) })} `}
            {isOffline ? t('offlineHint') : (expected(props) ?? words.hint)}
          </p>
        </>
      )
    case 'running':
      return (
        <>
          <button
            type="button"
            class="btn line dl"
            style={reach(keeping)}
            aria-label={t('pauseAt', { progress: bytesOf(keeping) })}
            onClick={actions.pause}
          >
            <Icon name="pause" />
            <span class="num">{bytesOf(keeping)}</span>
          </button>
          <p class="hint">
            {keeping.secondsLeft !== null && (
              <>
                <span class="num">{timeLeft(keeping.secondsLeft)}</span>{' '}
              </>
            )}
            {t('keepOpen')}
          </p>
          <Ways cancel={actions.cancel} />
        </>
      )
    case 'queued':
      return (
        <>
          <Waiting keeping={keeping} text={t('queuedAt', { size: formatBytes(of - bytes) })} />
          <p class="hint">{t('queuedHint')}</p>
          <Ways cancel={actions.cancel} />
        </>
      )
    case 'no-wifi':
      return (
        <>
          <Waiting keeping={keeping} text={t('waitingAt', { progress: bytesOf(keeping) })} />
          <p class="hint">{t('noWifi')}</p>
          <Ways cancel={actions.cancel}>
            <button type="button" class="txt-btn" onClick={actions.useMobile}>
              <Icon name="down" small />
              {t('useMobile', { size: formatBytes(of - bytes) })}
            </button>
          </Ways>
        </>
      )
    case 'no-network':
      return (
        <>
          <Begin icon="warn" text={stoppedAt} act={actions.keep} keeping={keeping} />
          <p class="hint">{t('noNetwork')}</p>
          <Ways cancel={actions.cancel} />
        </>
      )
    case 'paused':
      return (
        <>
          <Begin
            icon="down"
            text={t('resume', { progress: bytesOf(keeping) })}
            act={actions.resume}
            keeping={keeping}
          />
          <p class="hint">{t('pausedHint')}</p>
          <Ways cancel={actions.cancel} />
        </>
      )
    case 'stopped':
      return (
        <>
          <Begin icon="warn" text={stoppedAt} act={actions.keep} keeping={keeping} />
          {keeping.reason === 'full' ? (
            <Full item={keeping.item} roomAddress={props.roomAddress} />
          ) : (
            <p class="hint bad">{t('damaged', { title: local(keeping.item.title) })}</p>
          )}
          <Ways cancel={actions.cancel} />
        </>
      )
    case 'no-texts':
      return (
        <>
          <Begin icon="down" text={t('keepTexts')} act={actions.keep} />
          <p class="hint">{t('noTexts')}</p>
        </>
      )
    case 'here':
      return <Kept text={words.kept(formatBytes(of))} remove={actions.remove} />
  }
}

const Begin = ({
  icon,
  text,
  act,
  keeping,
}: {
  icon: IconName
  text: string
  act(): void
  keeping?: Keeping
}) => (
  <button
    type="button"
    class="btn line dl"
    style={keeping ? reach(keeping) : undefined}
    onClick={act}
  >
    <Icon name={icon} />
    <span class="num">{text}</span>
  </button>
)

/** As wide as the button, but there is nothing to press. */
const Waiting = ({ keeping, text }: { keeping: Keeping; text: string }) => (
  <p class="btn line dl busy" style={reach(keeping)}>
    <Icon name="down" />
    <span class="num">{text}</span>
  </p>
)

const Ways = ({ cancel, children }: { cancel(): void; children?: ComponentChildren }) => (
  <div class="row dl-ways">
    {children}
    <button type="button" class="txt-btn" onClick={cancel}>
      <Icon name="x" small />
      {strings('keep')('cancel')}
    </button>
  </div>
)

const Full = ({ item, roomAddress }: { item: OutlineItem; roomAddress: string }) => {
  const t = strings('keep')
  return (
    <div class="note err">
      <h3>{t('fullTitle')}</h3>
      <p>{t('fullText', { title: local(item.title), size: formatBytes(sizeOf(item)) })}</p>
      <a class="btn line small" href={roomAddress}>
        {t('makeRoom')}
      </a>
    </div>
  )
}

const sizeOf = ({ media }: OutlineItem): number =>
  (media?.file.size ?? 0) + (media?.described?.size ?? 0)

/** `Om lag 2 minutt om nettet er som sist.`, or null when no speed has been measured. */
const expected = ({ keeping, rate }: DownloadProps): string | null =>
  rate === null
    ? null
    : strings('keep')('likeLastTime', { time: about((keeping.of - keeping.bytes) / rate) })
