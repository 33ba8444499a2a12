import type { Clock } from '../../src/client/storage/clock.ts'

export interface ManualClock extends Clock {
  /** Moves the time on and runs what falls due, in order. */
  advance(ms: number): void
  /** Somebody sets the device's clock; timers go on as before. */
  setBack(ms: number): void
  /** Milliseconds until each timer that waits. */
  waiting(): number[]
}

export const createManualClock = (start = Date.UTC(2026, 10, 14, 9)): ManualClock => {
  let now = start
  let next = 0
  let behind = 0
  const timers = new Map<number, { at: number; run: () => void }>()
  return {
    now: () => now - behind,
    setBack: (ms) => {
      behind += ms
    },
    setTimeout: (run, ms) => {
      timers.set(++next, { at: now + ms, run })
      return next
    },
    clearTimeout: (timer) => {
      timers.delete(timer as number)
    },
    advance: (ms) => {
      const end = now + ms
      for (;;) {
        const due = [...timers].filter(([, timer]) => timer.at <= end)
        const [first] = due.sort(([a, x], [b, y]) => x.at - y.at || a - b)
        if (first === undefined) break
        timers.delete(first[0])
        now = first[1].at
        first[1].run()
      }
      now = end
    },
    waiting: () => [...timers.values()].map((timer) => timer.at - now),
  }
}
