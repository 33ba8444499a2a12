/** Enough to tell two texts apart, not to withstand anybody: FNV-1a over code units, twice. */
export const fingerprint = (text: string): string =>
  `${text.length}-${fnv1a(text, 0x811c9dc5)}-${fnv1a(text, 0x01234567)}`

const fnv1a = (text: string, seed: number): string => {
  let hash = seed
  for (let at = 0; at < text.length; at++)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  return hash.toString(36)
}
