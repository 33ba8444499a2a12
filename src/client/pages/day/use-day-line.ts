import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useServices } from '../../state/services.ts'

type DayLine = ComponentType<{ here?: string }>

/** What goes on at a gathering now. Loaded behind the page, and only where there may be something, as on the day of one. */
export const useDayLine = (isThatDay = false): DayLine | null => {
  const { presence, server, me } = useServices()
  const [shown, show] = useState<DayLine | null>(null)
  const mayBe =
    isThatDay ||
    Object.keys(presence.days.value).length > 0 ||
    // `dayKey` and `localKey` of state/day.ts, which comes later.
    ['day', 'local-day'].some((kind) => server.storage?.getItem(`loft-${kind}:${me.principal}`))
  useEffect(() => {
    if (!mayBe) return
    import('./open-day-line.ts')
      .then(({ openDayLine }) => openDayLine())
      .then((line) => show(() => line))
      .catch(() => {}) // its file cannot be had now
  }, [mayBe])
  return shown
}
