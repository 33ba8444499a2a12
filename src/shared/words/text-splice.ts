/** Replaces `remove` code units at `at` by `insert`. All three lie on code-point boundaries. */
export interface Splice {
  at: number
  remove: number
  insert: string
}

/**
 * The one splice that turns `before` into `after`; null if they are equal. Both must be well formed. Never cuts a surrogate
 * pair: two emoji often share a half, and half an emoji reaches the server as U+FFFD.
 */
export const spliceBetween = (before: string, after: string): Splice | null => {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)

  let start = 0
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  if (cutsPair(before, start) || cutsPair(after, start)) start--

  let end = 0
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++
  if (cutsPair(before, before.length - end) || cutsPair(after, after.length - end)) end--

  return {
    at: start,
    remove: before.length - end - start,
    insert: after.slice(start, after.length - end),
  }
}

/** Pieces of at most `size` code units that cut no surrogate pair; their sum is the text. `size` is 2 or more. */
export const piecesOf = (text: string, size: number): string[] => {
  const pieces: string[] = []
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + size, text.length)
    if (cutsPair(text, end)) end--
    pieces.push(text.slice(start, end))
    start = end
  }
  return pieces
}

/** Whether `at` lies between the two halves of a surrogate pair. */
export const cutsPair = (text: string, at: number): boolean =>
  at > 0 && at < text.length && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at))

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff
