import { noise } from './noise.ts'
import { turn } from './point.ts'

/** Where the shore is across the fjord; deeper contours have less `detail` (0–1). */
export type Edge = (along: number, detail?: number) => number

export interface Bay {
  at: number
  depth: number
  width: number
}

/** One shore: a base line with slow, middle and small noise, and bays (a gathering has a bay). */
export const shore = (options: {
  seed: number
  base: number
  rough?: number
  bays?: readonly Bay[]
}): Edge => {
  const { seed, base, rough = 1, bays = [] } = options
  const n = noise(seed)
  return (a, detail = 1) => {
    const fine = 6 * n(a / 31 + 40) + 3 * n(a / 10 + 90) + 1.2 * n(a / 4 + 7)
    const bay = bays.reduce(
      (sum, { at, depth, width }) => sum + depth * Math.exp(-(((a - at) / width) ** 2)),
      0,
    )
    return base + rough * (11 * n(a / 95) + detail * fine) + bay
  }
}

/** A bay that brings the shore to exactly `across` at a quay. */
export const bayAt = (edge: Edge, at: number, across: number, width: number): Bay => ({
  at,
  depth: across - edge(at),
  width,
})

export interface Coast {
  from: number
  to: number
  near: Edge
  far: Edge
  lying: boolean
}

const step = 5
const detailAt = (inset: number): number => Math.max(0, 1 - Math.abs(inset) / 34)

/** Closed area between two shores, moved inwards by `inset`. */
export const water = ({ from, to, near, far, lying }: Coast, inset = 0): string => {
  const point = turn(lying)
  const out: string[] = []
  const back: string[] = []
  for (let a = from; a <= to; a += step) {
    let low = far(a, detailAt(inset)) + inset
    let high = near(a, detailAt(inset)) - inset
    if (high < low) {
      low = (low + high) / 2
      high = low
    }
    out.push(point(a, high))
    back.unshift(point(a, low))
  }
  return `M${out.join('L')}L${back.join('L')}Z`
}

/** One shore as an open line; drawn only where there is water between it and the other. */
export const shoreLine = (
  { from, to, near, far, lying }: Coast,
  which: 'near' | 'far',
  inset = 0,
): string => {
  const point = turn(lying)
  const detail = detailAt(inset)
  const out: string[] = []
  for (let a = from; a <= to; a += step) {
    if (near(a, detail) - far(a, detail) <= 2 * inset) continue
    out.push(point(a, which === 'near' ? near(a, detail) - inset : far(a, detail) + inset))
  }
  return out.length === 0 ? '' : `M${out.join('L')}`
}

/** A small island with one ring of shallow water round it. */
export const islet = (
  { a, c, size, seed }: { a: number; c: number; size: number; seed: number },
  lying: boolean,
): { land: string; shallow: string } => {
  const n = noise(seed)
  const point = turn(lying)
  const ring = (radius: number): string => {
    const out: string[] = []
    for (let i = 0; i < 22; i++) {
      const angle = (i / 22) * Math.PI * 2
      const r = radius * (1 + 0.28 * n(i * 0.9) * (i < 20 ? 1 : 0.4))
      out.push(point(a + Math.cos(angle) * r * 1.5, c + Math.sin(angle) * r))
    }
    return `M${out.join('L')}Z`
  }
  return { land: ring(size), shallow: ring(size + 4) }
}
