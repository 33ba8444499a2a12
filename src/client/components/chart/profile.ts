import { noise } from './noise.ts'

export interface Peak {
  x: number
  /** Height and half width. */
  h: number
  w: number
}

export interface Profile {
  ridge: string
  area: string
  strokes: string
}

const step = 4
const hatch = 9
const round = (n: number): number => Math.round(n * 10) / 10

/**
 * A coastal profile as in the old sailing directions (Den norske los): one ridge, with strokes down the lee side of
 * each slope. The ridge is the highest of the peaks plus noise.
 */
export const profile = (options: {
  seed: number
  from: number
  to: number
  foot: number
  peaks: readonly Peak[]
}): Profile => {
  const { seed, from, to, foot, peaks } = options
  const n = noise(seed)
  const high = (x: number): number => {
    const slope = Math.max(
      0,
      ...peaks.map(({ x: at, h, w }) => {
        const d = (x - at) / w
        return h * Math.max(0, 1 - Math.abs(d)) ** (d < 0 ? 1.22 : 0.94) // steep lee side, as above a fjord
      }),
    )
    if (slope <= 0) return 0
    const rough = 7 * n(x / 26) + 4 * n(x / 9 + 50) + 1.6 * n(x / 4 + 9)
    return Math.max(0, slope + Math.min(1, slope / 30) * rough)
  }
  const ridge: string[] = []
  for (let x = from; x <= to; x += step) ridge.push(`${round(x)} ${round(foot - high(x))}`)
  const strokes: string[] = []
  for (let x = from + hatch; x < to - hatch; x += hatch * (0.75 + (0.35 * (n(x / 3) + 1)) / 2)) {
    const h = high(x)
    const falls = high(x - 7) - high(x + 7)
    if (h < 16 || falls < 2.2) continue
    const length = Math.min(h * 0.66, 10 + falls * 1.9 + 8 * (n(x) + 1))
    const y = foot - h + 5
    if (y + length >= foot - 3) continue
    const [dx, dy] = [round(length * 0.42), round(length)]
    strokes.push(
      `M${round(x)} ${round(y)}q${round(length * 0.14)} ${round(length * 0.5)} ${dx} ${dy}`,
    )
  }
  return {
    ridge: `M${ridge.join('L')}`,
    area: `M${round(from)} ${foot}L${ridge.join('L')}L${round(to)} ${foot}Z`,
    strokes: strokes.join(''),
  }
}
