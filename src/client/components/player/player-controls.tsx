import { formatNumber, formatTime } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { Icon } from '../icon.tsx'
import { type Playback, speeds } from './playback.ts'
import { skipSeconds } from './shortcuts.ts'

/** A setting that is on or off; null where the film does not have it. */
export interface Switch {
  on: boolean
  toggle(): void
}

export const PlayerControls = ({
  playback,
  speed,
  chooseSpeed,
  captions,
  described,
  pictureInPicture,
  fullScreen,
}: {
  playback: Playback
  speed: number
  chooseSpeed(speed: number): void
  captions: Switch | null
  described: Switch | null
  pictureInPicture: Switch | null
  fullScreen: (() => void) | null
}) => {
  const t = strings('item')
  return (
    <div class="row controls">
      <PlayButton playback={playback} />
      <BackButton playback={playback} />
      <button
        type="button"
        class="icon-btn"
        aria-label={t('forward10')}
        aria-keyshortcuts="l"
        onClick={() => playback.skip(skipSeconds)}
      >
        <Icon name="f10" />
      </button>
      <Time playback={playback} />
      <span class="gap" />
      {playback.muted.value && (
        <button type="button" class="txt-btn" aria-keyshortcuts="m" onClick={playback.mute}>
          {t('unmute')}
        </button>
      )}
      <select
        class="txt-btn num speed"
        aria-label={t('speed')}
        aria-keyshortcuts="< >"
        value={speed}
        onChange={(event) => chooseSpeed(Number(event.currentTarget.value))}
      >
        {speeds.map((one) => (
          <option key={one} value={one}>
            {`${formatNumber(one, 2)}×`}
          </option>
        ))}
      </select>
      {captions && (
        <button
          type="button"
          class="txt-btn"
          aria-pressed={captions.on}
          aria-keyshortcuts="c"
          onClick={captions.toggle}
        >
          <Icon name="cc" />
          {t('captions')}
        </button>
      )}
      {described && (
        <button
          type="button"
          class="txt-btn"
          aria-pressed={described.on}
          onClick={described.toggle}
        >
          <Icon name="ad" />
          {t('described')}
        </button>
      )}
      {pictureInPicture && (
        <button
          type="button"
          class="icon-btn pip"
          aria-label={t('pictureInPicture')}
          aria-pressed={pictureInPicture.on}
          onClick={pictureInPicture.toggle}
        >
          <Icon name="pip" />
        </button>
      )}
      {fullScreen && (
        <button
          type="button"
          class="icon-btn"
          aria-label={t('fullScreen')}
          aria-keyshortcuts="f"
          onClick={fullScreen}
        >
          <Icon name="full" />
        </button>
      )}
    </div>
  )
}

export const PlayButton = ({ playback }: { playback: Playback }) => {
  const playing = playback.playing.value
  return (
    <button
      type="button"
      class="icon-btn big"
      aria-label={strings('item')(playing ? 'pause' : 'play')}
      aria-keyshortcuts="k"
      onClick={playback.toggle}
    >
      <Icon name={playing ? 'pause' : 'play'} />
    </button>
  )
}

export const BackButton = ({ playback }: { playback: Playback }) => (
  <button
    type="button"
    class="icon-btn"
    aria-label={strings('item')('back10')}
    aria-keyshortcuts="j"
    onClick={() => playback.skip(-skipSeconds)}
  >
    <Icon name="b10" />
  </button>
)

/** Apart, since it changes with every second. */
export const Time = ({ playback }: { playback: Playback }) => (
  <span class="time num">
    {formatTime(playback.time.value)}{' '}
    <span class="mute">{strings('item')('of', { time: formatTime(playback.duration.value) })}</span>
  </span>
)
