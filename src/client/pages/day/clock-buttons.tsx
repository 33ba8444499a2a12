import {
  addMinutes,
  begin,
  nothing,
  pause,
  type Running,
  resume,
} from '../../../shared/domain/day.ts'
import type { OutlineActivity } from '../../../shared/domain/outline.ts'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { local, strings } from '../../i18n/i18n.ts'

const steps = [-5, -1, 1, 5] as const

/** What may be done with the time that runs, and what comes next. */
export const ClockButtons = ({
  running,
  now,
  next,
  change,
}: {
  running: Running
  /** By the clock by which the time is meant. */
  now(): number
  next: OutlineActivity | null
  change(running: Running): void
}) => {
  const t = strings('day')
  const box = useKeptFocus<HTMLDivElement>()
  const isTimed = running.endsAt !== null || running.leftMs !== null
  return (
    <div class="clock-buttons" ref={box} tabIndex={-1} data-first>
      {isTimed && (
        <>
          <div class="clock-steps">
            {steps.map((minutes) => (
              <button
                key={minutes}
                type="button"
                class="btn line"
                aria-label={t(minutes < 0 ? 'less' : 'more', { minutes: Math.abs(minutes) })}
                onClick={() => change(addMinutes(running, minutes, now()))}
              >
                {minutes < 0 ? `−${-minutes}` : `+${minutes}`}
              </button>
            ))}
          </div>
          <button
            type="button"
            class="btn line"
            onClick={() =>
              change(running.endsAt === null ? resume(running, now()) : pause(running, now()))
            }
          >
            {t(running.endsAt === null ? 'resume' : 'pause')}
          </button>
        </>
      )}
      {next ? (
        <button
          type="button"
          class="btn lamp"
          onClick={() => change(begin(next.id, next.minutes, now()))}
        >
          {t('next', { title: local(next.title) })}
        </button>
      ) : (
        <button type="button" class="btn" onClick={() => change(nothing)}>
          {t('endDay')}
        </button>
      )}
    </div>
  )
}

/** The activity after this one; the first where none goes on. */
export const nextOf = (
  activities: readonly OutlineActivity[],
  id: string | null,
): OutlineActivity | null => activities[activities.findIndex((one) => one.id === id) + 1] ?? null
