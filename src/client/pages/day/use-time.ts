import { useEffect, useRef, useState } from 'preact/hooks'
import { leftOf, type Running, warningBetween } from '../../../shared/domain/day.ts'
import { strings } from '../../i18n/i18n.ts'

/** The device's clock, anew each second while `isRunning`. */
export const useSecond = (isRunning: boolean): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const look = (): void => setNow(Date.now())
    look()
    if (!isRunning) return
    const timer = setInterval(look, 1000)
    // A hidden page's timers rest.
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [isRunning])
  return now
}

/**
 * What is left of the time, and what is said of it to who does not see it: once at five minutes, at one, and at the end. `ahead` as in
 * state/day.ts.
 */
export const useLeft = (running: Running | null, ahead: number) => {
  const second = useSecond(running?.endsAt != null)
  // A change is shown at once, and not at the next second.
  const now = Math.max(second, Date.now()) + ahead
  const left = running ? leftOf(running, now) : null
  const before = useRef<{ key: string; left: number | null }>({ key: '', left: null })
  const [said, setSaid] = useState('')
  const key = `${running?.activity} ${running?.endsAt} ${running?.leftMs}`
  useEffect(() => {
    const last = before.current.key === key ? before.current.left : null
    before.current = { key, left }
    const warning = warningBetween(last, left)
    if (warning !== null) setSaid(strings('day')(`warning_${warning}`))
    else if (last === null) setSaid('')
  }, [key, left])
  return { now, left, said, paused: running?.leftMs != null }
}
