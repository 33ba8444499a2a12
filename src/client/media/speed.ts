/** How fast bytes come, smoothed: the remaining time must not jump with every piece. */
export interface Speed {
  /** `bytes` have come since the last time, at `now` (ms). */
  add(bytes: number, now: number): void
  /** Null until enough is measured, or while nothing comes. */
  secondsFor(bytes: number): number | null
  /** Bytes a second; null until enough is measured. */
  rate(): number | null
  reset(): void
}

/** Older measurements count half as much after each of these. */
const halfLifeMs = 8000
const atLeastMs = 1500

export const createSpeed = (): Speed => {
  let last: number | null = null
  let weightedBytes = 0
  let weightedMs = 0
  const rate = (): number | null =>
    weightedMs < atLeastMs || weightedBytes <= 0 ? null : (weightedBytes / weightedMs) * 1000
  return {
    add: (bytes, now) => {
      if (last === null) {
        last = now
        return // how long these took is not known
      }
      const ms = Math.max(0, now - last)
      const fade = 0.5 ** (ms / halfLifeMs)
      weightedBytes = weightedBytes * fade + bytes
      weightedMs = weightedMs * fade + ms
      last = now
    },
    secondsFor: (bytes) => {
      const bytesASecond = rate()
      return bytesASecond === null ? null : Math.ceil(bytes / bytesASecond)
    },
    rate,
    reset: () => {
      last = null
      weightedBytes = 0
      weightedMs = 0
    },
  }
}
