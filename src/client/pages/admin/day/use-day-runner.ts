import { useEffect, useMemo } from 'preact/hooks'
import { createDayRunner, type DayRunner } from '../../../state/day-runner.ts'
import { useServices } from '../../../state/services.ts'
import { useDayDeps } from '../../day/use-days.ts'

const timers = {
  setTimeout: (run: () => void, ms: number): unknown => setTimeout(run, ms),
  clearTimeout: (timer: unknown): void => clearTimeout(timer as number),
}

/** The day of this gathering, as long as its page is open. */
export const useDayRunner = (cohort: string, stop: string): DayRunner => {
  const deps = useDayDeps()
  const told = useServices().presence.days.value
  const runner = useMemo(
    () => createDayRunner({ ...deps, timers }, { cohort, stop }),
    [deps, cohort, stop],
  )
  useEffect(() => {
    const again = (): void => {
      if (document.visibilityState === 'visible') runner.again()
    }
    window.addEventListener('online', again)
    document.addEventListener('visibilitychange', again)
    return () => {
      window.removeEventListener('online', again)
      document.removeEventListener('visibilitychange', again)
      runner.close()
    }
  }, [runner])
  useEffect(() => {
    const heard = told[stop]
    if (heard) runner.hear(heard)
  }, [runner, told, stop])
  return runner
}
