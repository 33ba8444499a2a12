import { type ReadonlySignal, signal } from '@preact/signals'

/** The time, ms since 1970, moved on every half minute and when the page is seen again. */
export const createClock = (now: () => number): ReadonlySignal<number> => {
  const time = signal(now())
  const tick = (): void => {
    time.value = now()
  }
  setInterval(tick, 30_000)
  document.addEventListener('visibilitychange', tick)
  return time
}
