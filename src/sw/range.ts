/** The bytes asked for, both ends included. */
export interface ByteRange {
  first: number
  last: number
}

/**
 * Reads a `Range` header for a file of `size` bytes (RFC 9110 §14). Null = serve all of it (no header, another unit, several
 * ranges); `unsatisfiable` = 416, also for what cannot be read, as the server answers.
 */
export const parseRange = (
  header: string | null,
  size: number,
): ByteRange | 'unsatisfiable' | null => {
  const ranges = /^ *bytes=(.*)$/.exec(header ?? '')?.[1]
  if (ranges === undefined || ranges.includes(',')) return null
  const match = /^ *(\d*)-(\d*) *$/.exec(ranges)
  if (!match || (match[1] === '' && match[2] === '')) return 'unsatisfiable'
  if (match[1] === '') {
    const suffix = Number(match[2])
    return suffix === 0 || size === 0
      ? 'unsatisfiable'
      : { first: Math.max(0, size - suffix), last: size - 1 }
  }
  const first = Number(match[1])
  const last = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  return first > last ? 'unsatisfiable' : { first, last }
}
