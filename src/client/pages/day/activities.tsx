import { useState } from 'preact/hooks'
import { begin, minuteMs, nothing, type Running } from '../../../shared/domain/day.ts'
import type { OutlineActivity } from '../../../shared/domain/outline.ts'
import { DayClock } from '../../components/day-clock.tsx'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { formatMinutes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { keepLocalDay, storedLocalDay } from '../../state/day.ts'
import { useServices } from '../../state/services.ts'
import { ClockButtons, nextOf } from './clock-buttons.tsx'
import { DayLine } from './day-line.tsx'
import { Guide, useGuides } from './guide.tsx'
import { OpenItem } from './open-item.tsx'
import { useDayDeps, useLiveActivity } from './use-days.ts'
import { useLeft } from './use-time.ts'

/** What is done at a stop. Where a group meets at home without a facilitator, its own device keeps the time. */
export const Activities = ({ stop }: { stop: string }) => {
  const { outline } = useServices()
  const activities = outline.gatherings?.find((one) => one.stop === stop)?.activities
  const isHome = outline.stops.find(({ id }) => id === stop)?.kind === 'home'
  const live = useLiveActivity(stop)
  if (!activities) return null
  return isHome && !live ? (
    <HomeDay stop={stop} activities={activities} />
  ) : (
    <section class="day-activities">
      <Heading activities={activities} />
      {live && <DayLine />}
      <ActivityList
        activities={activities}
        current={live?.activity.id ?? null}
        withGuide={isHome}
      />
    </section>
  )
}

const Heading = ({ activities }: { activities: readonly OutlineActivity[] }) => {
  const t = strings('day')
  const minutes = activities.reduce((sum, one) => sum + one.minutes, 0)
  return (
    <>
      <h2>{t('activities')}</h2>
      <p class="mute">
        {t('activitiesAll', { count: activities.length, time: formatMinutes(minutes) })}
      </p>
    </>
  )
}

const HomeDay = ({
  stop,
  activities,
}: {
  stop: string
  activities: readonly OutlineActivity[]
}) => {
  const deps = useDayDeps()
  const [running, setRunning] = useState<Running>(() => {
    const kept = storedLocalDay(deps)
    return kept?.stop === stop ? kept.running : nothing
  })
  const change = (to: Running): void => {
    setRunning(to)
    keepLocalDay(deps, stop, to)
  }
  const box = useKeptFocus<HTMLElement>()
  const { left, said, paused } = useLeft(running, 0)
  const current = activities.find(({ id }) => id === running.activity)
  const next = nextOf(activities, current?.id ?? null)
  const t = strings('day')
  return (
    <section class="day-activities" ref={box}>
      <Heading activities={activities} />
      <p>{t('homeLede')}</p>
      {current ? (
        <DayClock
          title={local(current.title)}
          left={left}
          whole={current.minutes * minuteMs}
          paused={paused}
          said={said}
        >
          <p class="mute">
            {next
              ? t('upNext', { title: local(next.title), time: formatMinutes(next.minutes) })
              : t('last')}
          </p>
          {current.item && <OpenItem path={current.item} />}
          <ClockButtons running={running} now={Date.now} next={next} change={change} />
        </DayClock>
      ) : (
        next && (
          <p>
            <button
              type="button"
              class="btn lamp"
              onClick={() => change(begin(next.id, next.minutes, Date.now()))}
            >
              {t('start', { title: local(next.title) })}
            </button>
          </p>
        )
      )}
      <ActivityList
        activities={activities}
        current={current?.id ?? null}
        withGuide
        start={({ id, minutes }) => change(begin(id, minutes, Date.now()))}
      />
    </section>
  )
}

const none: readonly OutlineActivity[] = []

const ActivityList = ({
  activities,
  current,
  withGuide,
  start,
}: {
  activities: readonly OutlineActivity[]
  current: string | null
  withGuide: boolean
  start?(activity: OutlineActivity): void
}) => {
  const guides = useGuides(withGuide ? activities : none)
  const t = strings('day')
  return (
    <ol class="activities">
      {activities.map((activity) => {
        const { id, title, text, minutes, item } = activity
        return (
          <li key={id} aria-current={id === current ? 'step' : undefined}>
            <h3>
              {id === current && <span class="day-now-kick">{t('isNow')}</span>}
              {local(title)}
            </h3>
            <p class="mute num">{formatMinutes(minutes)}</p>
            <p>{local(text)}</p>
            <div class="activity-ways">
              {item && <OpenItem path={item} quiet />}
              {start && id !== current && (
                <button
                  type="button"
                  class="txt-btn"
                  aria-label={t('start', { title: local(title) })}
                  onClick={() => start(activity)}
                >
                  {t('startThis')}
                </button>
              )}
            </div>
            {withGuide && (
              <details open={id === current}>
                <summary>{t('guide')}</summary>
                <Guide text={guides.get(id)} />
              </details>
            )}
          </li>
        )
      })}
    </ol>
  )
}
