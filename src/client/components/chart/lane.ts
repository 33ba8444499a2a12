import { type Point, turn } from './point.ts'

export type Curve = readonly [Point, Point, Point, Point]

/** Cubic curves through the points, leaving and meeting each one along the fjord. */
export const lane = (points: readonly Point[]): Curve[] =>
  points.slice(1).map((q, index): Curve => {
    const o = points[index] ?? q
    const handle = (q.a - o.a) * 0.46
    return [o, { a: o.a + handle, c: o.c }, { a: q.a - handle, c: q.c }, q]
  })

const mix = (p: Point, q: Point, t: number): Point => ({
  a: p.a + (q.a - p.a) * t,
  c: p.c + (q.c - p.c) * t,
})

export interface Split {
  done: Curve[]
  left: Curve[]
  at: Point
  /** Degrees from the direction along the fjord. */
  angle: number
}

/** De Casteljau: what is travelled, what is left, and where the ferry lies and points. */
export const split = (curves: readonly Curve[], index: number, t: number): Split | null => {
  const curve = curves[index]
  if (!curve) return null
  const [p0, p1, p2, p3] = curve
  const a = mix(p0, p1, t)
  const b = mix(p1, p2, t)
  const c = mix(p2, p3, t)
  const d = mix(a, b, t)
  const e = mix(b, c, t)
  const at = mix(d, e, t)
  return {
    done: [...curves.slice(0, index), [p0, a, d, at]],
    left: [[at, e, c, p3], ...curves.slice(index + 1)],
    at,
    angle: (Math.atan2(e.c - d.c, e.a - d.a) * 180) / Math.PI,
  }
}

/** Where the lane is across the fjord at this point along it. */
export const acrossAt = (points: readonly Point[], a: number): number => {
  const next = points.findIndex((point) => point.a > a)
  const q = points[next === -1 ? points.length - 1 : next]
  const o = points[next === -1 ? points.length - 1 : next - 1] ?? q
  if (!o || !q) return 0
  const t = q.a === o.a ? 0 : Math.min(1, Math.max(0, (a - o.a) / (q.a - o.a)))
  return o.c + (q.c - o.c) * t * t * (3 - 2 * t)
}

export const path = (curves: readonly Curve[], lying = false): string => {
  const first = curves[0]
  if (!first) return ''
  const point = turn(lying)
  const each = curves.map(
    ([, p, q, r]) => `C${point(p.a, p.c)} ${point(q.a, q.c)} ${point(r.a, r.c)}`,
  )
  return `M${point(first[0].a, first[0].c)}${each.join('')}`
}
