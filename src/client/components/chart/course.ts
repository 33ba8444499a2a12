import type { LineState } from '../../../shared/domain/line.ts'
import type { StopKind } from '../../../shared/domain/programme.ts'
import { acrossAt, type Curve, lane, type Split, split } from './lane.ts'
import { noise } from './noise.ts'
import type { Point } from './point.ts'
import type { Edge } from './shore.ts'

/** A stop as the chart draws it. */
export interface ChartStop {
  /** `data-stop` of its row. */
  key: string
  kind: StopKind
  state: LineState
  r: number
  number?: number | undefined
  /** Deepening: a side arm to the shore, not on the lane. */
  side?: boolean
}

export interface Traveller {
  /** Index of the stop behind the ferry, -1 before the first. */
  after: number
  /** 0.25–0.75 */
  share: number
  /** The whole lane is travelled. */
  arrived?: boolean
}

const rhythm = [0.56, 0.37, 0.63, 0.71, 0.52, 0.38]

/**
 * Across a standing fjord: a fixed rhythm, gatherings outermost so that their quay is short; after each of them the
 * rhythm begins again on the far side.
 */
export const acrossStanding = (
  kinds: readonly StopKind[],
  far: number,
  water: number,
): number[] => {
  const from = Math.max(0, far)
  let beat = 0
  return kinds.map((kind) => {
    const share = kind === 'gathering' ? 0.64 : (rhythm[beat % rhythm.length] ?? 0.5)
    beat = kind === 'gathering' ? 1 : beat + 1
    return from + share * (water - from)
  })
}

/**
 * Along a lying fjord: spread by the minutes of each leg, but no leg shorter than its label needs.
 * `weights` has one number for each stop; the last one does not count.
 */
export const spread = (
  weights: readonly number[],
  from: number,
  to: number,
  least: number,
): number[] => {
  const legs = weights.slice(0, -1)
  const all = legs.reduce((sum, weight) => sum + weight, 0)
  const shortest = Math.min(least, (to - from) / Math.max(1, legs.length))
  const spare = to - from - shortest * legs.length
  let at = from
  return [
    from,
    ...legs.map((weight) => {
      at += shortest + spare * (all > 0 ? weight / all : 1 / legs.length)
      return at
    }),
  ]
}

const ferryHalf = 28
const ferryGap = 4
/** Room for the wake, where there is any. */
const wake = 16

export interface Course {
  done: Curve[]
  left: Curve[]
  all: Curve[]
  ferry: { at: Point; angle: number; scale: number } | null
}

/** The lane, what of it is travelled, and the ferry, which never covers a stop: in a short leg it is drawn smaller. */
export const course = (
  points: readonly (Point & { r: number })[],
  traveller: Traveller | null,
  options: { full: number; travelled: number; end?: Point | undefined },
): Course => {
  const all = lane(options.end ? [...points, options.end] : points)
  if (!traveller) {
    const cut = Math.max(0, options.travelled)
    return { all, done: all.slice(0, cut), left: all.slice(cut), ferry: null }
  }
  const behind = points[traveller.after]
  const before = points[traveller.after + 1]
  if (!before) return { all, done: all, left: [], ferry: null }
  if (!behind) {
    const a = before.a - before.r - ferryHalf * options.full - ferryGap
    return {
      all,
      done: [],
      left: all,
      ferry: { at: { a, c: before.c }, angle: 0, scale: options.full },
    }
  }
  // Measured along the fjord: the lane leaves and meets each stop that way, so that the real distance is never less.
  const length = before.a - behind.a
  const clearOf = ({ r }: { r: number }): number => r * 1.2 + ferryGap // a house is taller than its radius
  const room = length - clearOf(behind) - clearOf(before)
  const scale = Math.max(0.4, Math.min(options.full, room / (2 * ferryHalf)))
  const reach = ferryHalf * scale
  const least = (clearOf(behind) + reach) / length
  const most = 1 - (clearOf(before) + reach) / length
  const astern = Math.max(least + wake / length, traveller.share)
  const share = least > most ? (least + most) / 2 : Math.max(least, Math.min(most, astern))
  const parts = splitAt(all, traveller.after, share)
  if (!parts) return { all, done: [], left: all, ferry: null }
  return {
    all,
    done: traveller.arrived ? all : parts.done,
    left: traveller.arrived ? [] : parts.left,
    ferry: { at: parts.at, angle: parts.angle, scale },
  }
}

/** Splits where the curve has come this share of the way along; a Bézier's own t runs unevenly. */
const splitAt = (curves: readonly Curve[], index: number, share: number): Split | null => {
  const curve = curves[index]
  if (!curve) return null
  const [from, , , to] = curve
  const wanted = from.a + (to.a - from.a) * share
  let low = 0
  let high = 1
  for (let i = 0; i < 20; i++) {
    const middle = (low + high) / 2
    if ((split(curves, index, middle)?.at.a ?? wanted) < wanted) low = middle
    else high = middle
  }
  return split(curves, index, (low + high) / 2)
}

/** Islands where there is room between lane and shore, at most one in each leg, none at the side arms (`avoid`). */
export const islands = (
  points: readonly Point[],
  near: Edge,
  far: Edge,
  seed: number,
  avoid: readonly number[] = [],
): { a: number; c: number; size: number; seed: number }[] => {
  const n = noise(seed + 99)
  return points.slice(1).flatMap((q, index) => {
    const o = points[index] ?? q
    if (q.a - o.a < 74) return []
    const a = o.a + (q.a - o.a) * (0.5 + 0.12 * n(index * 3.7))
    if (avoid.some((taken) => Math.abs(taken - a) < 60)) return []
    const on = acrossAt(points, a)
    const size = 5.5 + 1.5 * (n(index * 2.3 + 5) + 1)
    const reach = size * 1.5 + 4
    // The widest of the two waters beside the lane, measured where it is narrowest.
    const ends = [a - reach, a, a + reach]
    const shoreNear = Math.min(...ends.map((at) => near(at)))
    const shoreFar = Math.max(...ends.map((at) => far(at)), 0)
    const [from, to] =
      shoreNear - on > on - shoreFar ? [on + 16, shoreNear - 5] : [shoreFar + 5, on - 16]
    if (to - from < 2 * reach) return []
    return [{ a, c: (from + to) / 2, size, seed: seed + index }]
  })
}
