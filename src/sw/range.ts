/** The bytes asked for, both ends included. */
export interface ByteRange {
  first: number
  last: number
}

/**
 * Reads a `Range` header for a file of `size` bytes (RFC 9110 §14). Null = serve all of it (no header, several ranges, or
 * not understood); `unsatisfiable` = 416.
 */
export const parseRange = (
  header: string | null,
  size: number,
): ByteRange | 'unsatisfiable' | null => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  if (match[1] === '') {
    const suffix = Number(match[2])
    return suffix === 0 || size === 0
      ? 'unsatisfiable'
      : { first: Math.max(0, size - suffix), last: size - 1 }
  }
  const first = Number(match[1])
  const last = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  if (first >= size) return 'unsatisfiable'
  return last < first ? null : { first, last }
}
