import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type DayState, liveDay, type Running } from '../../../shared/domain/day.ts'
import type { Outline, OutlineActivity } from '../../../shared/domain/outline.ts'
import {
  type DayDeps,
  type DaysSight,
  joined,
  keepDays,
  readDays,
  storedDays,
  storedLocalDay,
} from '../../state/day.ts'
import { useServices } from '../../state/services.ts'

/** Where no connection tells of changes. */
const askEveryMs = 60_000

export const useDayDeps = (): DayDeps => {
  const { server, me } = useServices()
  return useMemo(
    () => ({ ...server, principal: me.principal, clock: () => Date.now() }),
    [server, me.principal],
  )
}

/** What goes on at the gatherings of one's own cohort: from this device, then as it is told and asked for. */
export const useDays = (): DaysSight | null => {
  const deps = useDayDeps()
  const told = useServices().presence.days.value
  const [sight, setSight] = useState<DaysSight | null>(() => storedDays(deps))
  const toldNow = useRef(told)
  toldNow.current = told

  useEffect(() => {
    let gone = false
    const ask = (): void => {
      if (document.visibilityState === 'hidden') return
      const toldBefore = toldNow.current
      void readDays(deps).then((read) => {
        if (!read || gone) return
        // What was told meanwhile may be newer; else the answer is how it is, after a restore of the server too.
        const isNewest = toldNow.current === toldBefore
        setSight((before) => (isNewest ? read : joined(withoutForgotten(before, read), read)))
      })
    }
    ask()
    const timer = setInterval(ask, askEveryMs)
    window.addEventListener('online', ask)
    document.addEventListener('visibilitychange', ask)
    return () => {
      gone = true
      clearInterval(timer)
      window.removeEventListener('online', ask)
      document.removeEventListener('visibilitychange', ask)
    }
  }, [deps])

  useEffect(() => {
    const all = Object.values(told)
    const last = all.at(-1)
    if (!last) return
    setSight((before) => {
      const now = joined(before, { days: all.map(({ day }) => day), ahead: last.ahead })
      keepDays(deps, now)
      return now
    })
  }, [told, deps])
  return sight
}

/** What the server does not speak of any more is over. */
const withoutForgotten = (before: DaysSight | null, read: DaysSight): DaysSight | null =>
  before && {
    ...before,
    days: before.days.filter(({ stop }) => read.days.some((day) => day.stop === stop)),
  }

export interface LiveActivity {
  day: DayState
  activity: OutlineActivity
  ahead: number
}

/** What a group's own device keeps the time of, where they meet at home. As it was when the page was opened. */
export const useLocalActivity = (): {
  running: Running
  activity: OutlineActivity
  ahead: 0
} | null => {
  const { outline } = useServices()
  const deps = useDayDeps()
  const [kept] = useState(() => storedLocalDay(deps))
  const activity = kept && activityOf(outline, kept.stop, kept.running.activity)
  return activity ? { running: kept.running, activity, ahead: 0 } : null
}

/** The activity that goes on now; at this stop, where one is named. */
export const useLiveActivity = (stop?: string): LiveActivity | null => {
  const { me, outline, now } = useServices()
  const sight = useDays()
  if (!sight) return null
  const own = sight.days.filter(
    (day) => day.cohort === me.cohort.id && (stop === undefined || day.stop === stop),
  )
  const day = liveDay(own, now.value + sight.ahead)
  const activity = day && activityOf(outline, day.stop, day.activity)
  return activity ? { day, activity, ahead: sight.ahead } : null
}

const activityOf = (
  { gatherings }: Outline,
  stop: string,
  activity: string | null,
): OutlineActivity | undefined =>
  gatherings?.find((one) => one.stop === stop)?.activities.find(({ id }) => id === activity)
