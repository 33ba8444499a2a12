import { DayNow } from '../../components/day-now.tsx'
import { local } from '../../i18n/i18n.ts'
import { OpenItem } from './open-item.tsx'
import { useLiveActivity, useLocalActivity } from './use-days.ts'
import { useLeft } from './use-time.ts'

/** What goes on at the gathering now, and its time; nothing where nothing does. `here` = the path of the page's own item. */
export const DayLine = ({ here }: { here?: string }) => {
  const live = useLiveActivity()
  const own = useLocalActivity()
  const shown = live ? { ...live, running: live.day } : own
  const { left, said, paused } = useLeft(shown?.running ?? null, shown?.ahead ?? 0)
  if (!shown) return null
  const { title, item } = shown.activity
  return (
    <DayNow title={local(title)} left={left} paused={paused} said={said}>
      {item !== null && item !== here && <OpenItem path={item} />}
    </DayNow>
  )
}
