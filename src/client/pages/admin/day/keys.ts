import { addMinutes, begin, pause, type Running, resume } from '../../../../shared/domain/day.ts'
import type { OutlineActivity } from '../../../../shared/domain/outline.ts'

/** P stops the clock and lets it go on, N is next, + and − a minute: where the focus is within the clock. */
export const runByKey =
  ({
    running,
    now,
    next,
    wish,
  }: {
    running: Running
    now(): number
    next: OutlineActivity | null
    wish(running: Running): void
  }) =>
  (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    const to = wishOf(event.key)
    if (to === null || to === running) return
    event.preventDefault()
    wish(to)

    function wishOf(key: string): Running | null {
      switch (key.toLowerCase()) {
        case 'p':
          return running.endsAt === null ? resume(running, now()) : pause(running, now())
        case 'n':
          return next && begin(next.id, next.minutes, now())
        case '+':
          return addMinutes(running, 1, now())
        case '-':
        case '−':
          return addMinutes(running, -1, now())
        default:
          return null
      }
    }
  }
