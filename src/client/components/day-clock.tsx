import type { ComponentChildren } from 'preact'
import { formatTime } from '../i18n/format.ts'
import { strings } from '../i18n/i18n.ts'
import { sayLeft, urgency } from './day-now.tsx'

/** The time as large as the room needs it, above the lane that it travels. `left` and `whole` in ms. */
export const DayClock = ({
  title,
  left,
  whole,
  paused,
  said,
  children,
}: {
  title: string
  left: number | null
  /** What the activity was given by the programme. */
  whole: number
  paused: boolean
  said: string
  children?: ComponentChildren
}) => {
  const t = strings('day')
  return (
    <div class={`day-clock${urgency(left)}`}>
      <p class="day-clock-title">{title}</p>
      {left !== null && (
        <>
          <p class="day-digits" aria-hidden="true" style={{ '--width': widthOf(digits(left)) }}>
            {digits(left)}
          </p>
          <p class="day-clock-words">
            {left < 0 ? t('overBy', { time: formatTime(-left / 1000) }) : sayLeft(left)}
            {paused && <span> · {t('paused')}</span>}
          </p>
          <TimeLane share={whole > 0 ? 1 - left / whole : 1} />
        </>
      )}
      {children}
      <p class="sr" role="status">
        {said}
      </p>
    </div>
  )
}

/** `12.30`; beyond the end `−2.10`. */
const digits = (left: number): string =>
  left < 0 ? `−${formatTime(-left / 1000)}` : formatTime(Math.ceil(left / 1000))

/** In em, with room to spare: on a wall the digits are as large as the wall is wide. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (sign === '.' ? 0.32 : 0.64), 0)

/** What is travelled is whole, what is left is dotted, and the ferry lies between. */
const TimeLane = ({ share }: { share: number }) => {
  const at = `${Math.min(1, Math.max(0, share)) * 100}%`
  return (
    <div class="time-lane" aria-hidden="true">
      <span class="time-lane-done" style={{ width: at }} />
      <span class="time-lane-ferry" style={{ left: at }} />
    </div>
  )
}
