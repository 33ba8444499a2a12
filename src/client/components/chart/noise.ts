export type Noise = (at: number) => number

/** Smooth value noise in -1..1, decided by the seed alone. */
export const noise = (seed: number): Noise => {
  const at = (index: number): number => {
    let hash = Math.imul((index | 0) ^ seed, 0x9e3779b1)
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
    return ((hash ^ (hash >>> 13)) >>> 0) / 2147483648 - 1
  }
  return (t) => {
    const whole = Math.floor(t)
    const rest = t - whole
    const smooth = rest * rest * (3 - 2 * rest)
    return at(whole) * (1 - smooth) + at(whole + 1) * smooth
  }
}

/** The same text always gives the same coast. */
export const seedOf = (text: string): number => {
  let hash = 7
  for (const character of text) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0
  return hash & 0xffff
}
