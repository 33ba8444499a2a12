import type { Clock } from '../../src/client/storage/clock.ts'

/** Everything that happens, in the order of its time; what falls due at the same time in the order in which it was asked for. */
export interface VirtualTime {
  now(): number
  /** Returns what takes it back. */
  at(ms: number, run: () => void): () => void
  after(ms: number, run: () => void): () => void
  /** Runs the next event; false if there is none, or none until `end`. */
  step(end: number): boolean
  /** A clock for one page: its timers die with the page, and what it calls now is as wrong as the device's clock, by so many ms. */
  pageClock(isAlive: () => boolean, wrong: () => number): Clock
}

interface Event {
  at: number
  order: number
  run: () => void
  isOff: boolean
}

export const createVirtualTime = (start: number): VirtualTime => {
  let now = start
  let order = 0
  const heap: Event[] = []

  const at = (ms: number, run: () => void): (() => void) => {
    const event = { at: Math.max(ms, now), order: order++, run, isOff: false }
    push(heap, event)
    return () => {
      event.isOff = true
    }
  }
  const after = (ms: number, run: () => void): (() => void) => at(now + Math.max(ms, 0), run)

  return {
    now: () => now,
    at,
    after,
    step: (end) => {
      for (;;) {
        const event = heap[0]
        if (event === undefined || event.at > end) return false
        pop(heap)
        if (event.isOff) continue
        now = event.at
        event.run()
        return true
      }
    },
    pageClock: (isAlive, wrong) => ({
      now: () => Math.floor(now) + wrong(),
      setTimeout: (run, ms) =>
        after(ms, () => {
          if (isAlive()) run()
        }),
      clearTimeout: (timer) => (timer as (() => void) | null)?.(),
    }),
  }
}

const isBefore = (a: Event, b: Event): boolean =>
  a.at - b.at < 0 || (a.at === b.at && a.order < b.order)

const push = (heap: Event[], event: Event): void => {
  let index = heap.push(event) - 1
  while (index > 0) {
    const above = (index - 1) >> 1
    const parent = heap[above] as Event
    if (!isBefore(event, parent)) break
    heap[index] = parent
    index = above
  }
  heap[index] = event
}

const pop = (heap: Event[]): void => {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let index = 0
  for (;;) {
    let child = index * 2 + 1
    if (child >= heap.length) break
    const right = heap[child + 1]
    if (right && isBefore(right, heap[child] as Event)) child++
    if (!isBefore(heap[child] as Event, last)) break
    heap[index] = heap[child] as Event
    index = child
  }
  heap[index] = last
}
