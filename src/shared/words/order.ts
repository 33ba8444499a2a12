const digits = '0123456789abcdefghijklmnopqrstuvwxyz'

/**
 * A key that sorts between two others (null = the beginning, the end), so that moving a row writes one scalar. Midpoint
 * of the keys read as fractions in base 36, from https://observablehq.com/@dgreensp/implementing-fractional-indexing.
 * Equal keys, which two offline devices may have made, give a key just after them.
 */
export const orderBetween = (before: string | null, after: string | null): string => {
  const low = (before ?? '').replace(/0+$/, '')
  const high = after === null ? null : after.replace(/0+$/, '')
  return high !== null && low >= high ? low + middle : midpoint(low, high)
}

const middle = 'i'

const midpoint = (low: string, high: string | null): string => {
  if (high !== null) {
    // 1. What both begin with, the key begins with.
    let same = 0
    while ((low[same] ?? '0') === high[same]) same++
    if (same > 0) return high.slice(0, same) + midpoint(low.slice(same), high.slice(same))
  }
  // 2. Room between the first digits: the one in the middle.
  const from = low === '' ? 0 : digits.indexOf(low.charAt(0))
  const to = high === null ? digits.length : digits.indexOf(high.charAt(0))
  if (to - from > 1) return digits.charAt(Math.round((from + to) / 2))
  // 3. Neighbours: the upper one's first digit alone if more follows, else one digit more after the lower one.
  if (high !== null && high.length > 1) return high.charAt(0)
  return digits.charAt(from) + midpoint(low.slice(1), null)
}
