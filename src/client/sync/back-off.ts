export const firstBackOffMs = 1000
export const longestBackOffMs = 5 * 60_000

/**
 * Waiting time before attempt `failures + 1`, with full jitter: a whole programme that comes back online at the same minute
 * is spread over it. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const backOffMs = (failures: number, random: () => number): number =>
  random() * Math.min(longestBackOffMs, firstBackOffMs * 2 ** Math.min(failures, 20))
