export interface Trace {
  add(line: string): void
  /** Of every line so far. */
  hash(): string
  tail(): string[]
}

const kept = 400

export const createTrace = (now: () => number, listen?: (line: string) => void): Trace => {
  let lines: string[] = []
  let [a, b] = [0x811c9dc5, 0x01234567]
  return {
    add: (what) => {
      const line = `${(now() / 1000).toFixed(3).padStart(9)} ${what}`
      // FNV-1a, twice.
      for (let at = 0; at < line.length; at++) {
        a = Math.imul(a ^ line.charCodeAt(at), 0x01000193) >>> 0
        b = Math.imul(b ^ line.charCodeAt(at), 0x01000193) >>> 0
      }
      lines.push(line)
      if (lines.length > 2 * kept) lines = lines.slice(-kept)
      listen?.(line)
    },
    hash: () => a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0'),
    tail: () => lines.slice(-kept),
  }
}
