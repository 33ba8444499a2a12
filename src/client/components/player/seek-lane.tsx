import type { Cue } from '../../../shared/domain/article.ts'
import { formatTime } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import type { Playback } from './playback.ts'

/** The seek bar is the lane and its knob the ferry: a range input with the drawing over it. */
export const SeekLane = ({
  playback,
  chapters,
  flags,
}: {
  playback: Playback
  /** Their starts are in the seconds of the file that plays. */
  chapters: readonly Cue[]
  /** Where notes stand, seconds. */
  flags: readonly number[]
}) => {
  const t = strings('item')
  const time = playback.time.value
  const duration = Math.max(playback.duration.value, 0.1)
  const at = (seconds: number): string =>
    `${(Math.min(1, Math.max(0, seconds / duration)) * 100).toFixed(3)}%`
  const chapter = chapters.findLast(({ start }) => start <= time)?.text
  return (
    <div class="seek">
      <input
        type="range"
        min={0}
        max={duration}
        step={0.1}
        value={time}
        aria-label={t('seek')}
        aria-valuetext={[t('timeOf', { time: spokenTime(time), of: spokenTime(duration) }), chapter]
          .filter(Boolean)
          .join('. ')}
        onInput={(event) => playback.seek(event.currentTarget.valueAsNumber)}
      />
      <svg aria-hidden="true">
        <line class="lane-left" x1={at(time)} y1="24" x2="100%" y2="24" />
        <line class="lane-done" x1="0" y1="24" x2={at(time)} y2="24" />
        {chapters.map(({ start }) => (
          <circle
            key={start}
            class={start <= time ? 'st done' : 'st'}
            cx={at(start)}
            cy="24"
            r="5"
          />
        ))}
        {flags.map((seconds) => (
          <svg key={seconds} x={at(seconds)} y="0" overflow="visible">
            <path class="flag" d="M0 24V5l11 4.5L0 14" />
          </svg>
        ))}
        <svg x={at(time)} y="24" overflow="visible">
          <g transform="scale(.8)">
            <path class="hull" d={hull} />
            <path class="deck" d="M-20-3.600h40M-20 3.600h40" />
          </g>
        </svg>
      </svg>
    </div>
  )
}

const hull =
  'M-28 0C-26-6.5-19-10.5-11-10.5H11C19-10.5 26-6.5 28 0 26 6.5 19 10.5 11 10.5H-11C-19 10.5-26 6.5-28 0z'

/** `3 minutt 12 sekund` */
const spokenTime = (seconds: number): string => {
  const t = strings('item')
  const whole = Math.floor(seconds)
  return whole < 3600
    ? t('minutesAndSeconds', { minutes: Math.floor(whole / 60), seconds: whole % 60 })
    : formatTime(seconds)
}
