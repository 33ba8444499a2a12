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
  fullScreen,
}: {
  playback: Playback
  speed: number
  chooseSpeed(speed: number): void
  captions: Switch | null
  described: Switch | null
  fullScreen: (() => void) | null
}) => {
  const t = strings('item')
  const playing = playback.playing.value
  return (
    <div class="row controls">
      <button
        type="button"
        class="icon-btn big"
        aria-label={t(playing ? 'pause' : 'play')}
        aria-keyshortcuts="k"
        onClick={playback.toggle}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        class="icon-btn"
        aria-label={t('back10')}
        onClick={() => playback.skip(-skipSeconds)}
      >
        <Icon name="b10" />
      </button>
      <button
        type="button"
        class="icon-btn"
        aria-label={t('forward10')}
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

/** Apart, since it changes with every second. */
const Time = ({ playback }: { playback: Playback }) => (
  <span class="time num">
    {formatTime(playback.time.value)}{' '}
    <span class="mute">{strings('item')('of', { time: formatTime(playback.duration.value) })}</span>
  </span>
)
