import type { ComponentChildren } from 'preact'
import { minuteMs } from '../../shared/domain/day.ts'
import { formatMinutes } from '../i18n/format.ts'
import { strings } from '../i18n/i18n.ts'

/** What goes on at the gathering now, in one line. `left` in ms, null = no time runs. */
export const DayNow = ({
  title,
  left,
  paused,
  said,
  children,
}: {
  title: string
  left: number | null
  paused: boolean
  /** For who does not see it, told once when it changes. */
  said: string
  /** A way to what is to be done. */
  children?: ComponentChildren
}) => {
  const t = strings('day')
  return (
    <section class={`day-now${urgency(left)}`} aria-label={t('nowLabel')}>
      <p class="day-now-what">
        <span class="day-now-kick">{t('now')}</span> <b>{title}</b>
      </p>
      {left !== null && (
        <p class="day-now-left">{paused ? t('stands', { left: sayLeft(left) }) : sayLeft(left)}</p>
      )}
      {children}
      <p class="sr" role="status">
        {said}
      </p>
    </section>
  )
}

/** `12 min att`, in the last minute `40 s att`. */
export const sayLeft = (left: number): string => {
  const t = strings('day')
  if (left <= 0) return t('over')
  if (left > minuteMs) return t('left', { time: formatMinutes(Math.ceil(left / minuteMs)) })
  return t('secondsLeft', { seconds: Math.ceil(left / 1000) })
}

/** A class beside the words, which say it too. */
export const urgency = (left: number | null): string => {
  if (left === null || left > 5 * minuteMs) return ''
  return left <= 0 ? ' is-over' : ' is-soon'
}
