// Shores, contours, mountains and lanes as path data. Pure: the same seed gives the same coast.
// Shapes are made in (along, across) and turned at the end, so one shore serves a lying and a standing sound.

export type Point = { x: number; y: number }
export type Curve = [Point, Point, Point, Point]
/** Position across the sound at a place along it; `detail` 0–1 smooths (deep contours have less). */
export type Shore = (along: number, detail?: number) => number

export const round = (n: number): number => Math.round(n * 10) / 10
export const mix = (a: number, b: number, t: number): number => a + (b - a) * t

/** Smooth value noise in -1..1. */
export function noise(seed: number): (t: number) => number {
  const at = (i: number): number => {
    let h = Math.imul((i | 0) ^ seed, 0x9e3779b1)
    h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
    return ((h ^ (h >>> 13)) >>> 0) / 2147483648 - 1
  }
  return (t) => {
    const i = Math.floor(t),
      f = t - i,
      s = f * f * (3 - 2 * f)
    return at(i) * (1 - s) + at(i + 1) * s
  }
}

/** The seed of a drawing: the same words give the same coast. */
export function seedOf(text: string): number {
  let h = 7
  for (const char of text) h = (Math.imul(h, 31) + (char.codePointAt(0) ?? 0)) | 0
  return Math.abs(h) % 9973
}

/** `grain` is the scale of the coast: 4 as seen from a film, 1 as on a page. */
export function shore(
  seed: number,
  base: number | ((along: number) => number),
  grain: number,
  rough = 1,
): Shore {
  const n = noise(seed)
  const line = typeof base === 'number' ? () => base : base
  return (along, detail = 1) => {
    const a = along / grain
    return (
      line(along) +
      grain *
        rough *
        (6 * n(a / 95) +
          4.5 * detail * n(a / 31 + 40) +
          2.4 * detail * n(a / 10 + 90) +
          1 * detail * n(a / 4 + 7))
    )
  }
}

export type Bounds = { from: number; to: number; lying: boolean; step?: number }

/** The water between two shores, moved inwards by `inset`. */
export function area(
  { from, to, lying, step = 12 }: Bounds,
  low: Shore,
  high: Shore,
  inset = 0,
): string {
  const detail = inset ? Math.max(0, 1 - inset / 130) : 1
  const there: string[] = [],
    back: string[] = []
  for (let t = from; t <= to; t += step) {
    let a = low(t, detail) + inset,
      b = high(t, detail) - inset
    if (b < a) a = b = (a + b) / 2
    there.push(place(t, b, lying))
    back.unshift(place(t, a, lying))
  }
  return `M${there.join('L')}L${back.join('L')}Z`
}

export function edge({ from, to, lying, step = 12 }: Bounds, line: Shore, inset = 0): string {
  const detail = inset ? Math.max(0, 1 - Math.abs(inset) / 130) : 1
  const points: string[] = []
  for (let t = from; t <= to; t += step) points.push(place(t, line(t, detail) - inset, lying))
  return `M${points.join('L')}`
}

/** A closed, slightly ragged ring: an islet, or the shallow water around it. */
export function ring(seed: number, centre: Point, rx: number, ry: number, rough = 0.075): string {
  const n = noise(seed)
  const count = 80
  const points = Array.from({ length: count }, (_, i) => {
    const w = (i / count) * Math.PI * 2
    // Taken round a circle in the noise, so that the ring closes without a seam.
    const k =
      1 +
      rough *
        (n(20 + 3 * Math.cos(w)) +
          n(60 + 3 * Math.sin(w)) +
          0.25 * n(200 + 7 * Math.cos(w) + 5 * Math.sin(w)))
    // A squarish ellipse has room for words.
    const c = Math.cos(w),
      s = Math.sin(w),
      q = (Math.abs(c) ** 3 + Math.abs(s) ** 3) ** (-1 / 3)
    return `${round(centre.x + c * q * rx * k)} ${round(centre.y + s * q * ry * k)}`
  })
  return `M${points.join('L')}Z`
}

export type Peak = { x: number; h: number; w: number }

/** A coastal profile: a ridge, with strokes down the lee side of each slope. */
export function profile(
  seed: number,
  from: number,
  to: number,
  foot: number,
  peaks: Peak[],
): { ridge: string; area: string; strokes: string } {
  const n = noise(seed),
    hatch = 22,
    step = 9
  const high = (x: number): number => {
    const slope = Math.max(
      0,
      ...peaks.map((k) => {
        const d = (x - k.x) / k.w
        return k.h * Math.max(0, 1 - Math.abs(d)) ** (d < 0 ? 1.22 : 0.94)
      }),
    )
    return slope <= 0
      ? 0
      : Math.max(
          0,
          slope +
            Math.min(1, slope / 60) * (15 * n(x / 60) + 9 * n(x / 21 + 50) + 4 * n(x / 9 + 9)),
        )
  }
  const ridge: string[] = [],
    strokes: string[] = []
  for (let x = from; x <= to; x += step) ridge.push(`${round(x)} ${round(foot - high(x))}`)
  for (let x = from + hatch; x < to - hatch; x += hatch * (0.8 + 0.2 * (n(x / 7) + 1))) {
    const h = high(x),
      falls = high(x - 15) - high(x + 15)
    if (h < 34 || falls < 6) continue
    const length = Math.min(h * 0.66, 22 + falls * 1.9 + 18 * (n(x) + 1))
    const y = foot - h + 12
    if (y + length < foot - 6)
      strokes.push(
        `M${round(x)} ${round(y)}q${round(length * 0.14)} ${round(length * 0.5)} ${round(length * 0.42)} ${round(length)}`,
      )
  }
  return {
    ridge: `M${ridge.join('L')}`,
    area: `M${from} ${foot}L${ridge.join('L')}L${to} ${foot}Z`,
    strokes: strokes.join(''),
  }
}

/** Curves through the points, leaving and meeting each one along the sound. */
export function through(points: Point[], lying: boolean): Curve[] {
  return points.slice(1).map((q, i) => {
    const p = points[i] ?? q,
      kx = lying ? (q.x - p.x) * 0.46 : 0,
      ky = lying ? 0 : (q.y - p.y) * 0.46
    return [p, { x: p.x + kx, y: p.y + ky }, { x: q.x - kx, y: q.y - ky }, q]
  })
}

/** De Casteljau: the curve up to t, the rest, and the place and heading (degrees) at t. */
export function cut(
  [a, b, c, d]: Curve,
  t: number,
): { done: Curve; left: Curve; at: Point; angle: number } {
  const between = (p: Point, q: Point): Point => ({ x: mix(p.x, q.x, t), y: mix(p.y, q.y, t) })
  const ab = between(a, b),
    bc = between(b, c),
    cd = between(c, d),
    abc = between(ab, bc),
    bcd = between(bc, cd),
    at = between(abc, bcd)
  const ahead =
    Math.hypot(bcd.x - abc.x, bcd.y - abc.y) > 0.01 ? ([abc, bcd] as const) : ([a, d] as const)
  const angle = (Math.atan2(ahead[1].y - ahead[0].y, ahead[1].x - ahead[0].x) * 180) / Math.PI
  return { done: [a, ab, abc, at], left: [at, bcd, cd, d], at, angle }
}

export function pathOf(curves: Curve[]): string {
  const [first] = curves
  if (!first) return ''
  const p = (q: Point): string => `${round(q.x)} ${round(q.y)}`
  return `M${p(first[0])}${curves.map((c) => `C${p(c[1])} ${p(c[2])} ${p(c[3])}`).join('')}`
}

function place(along: number, across: number, lying: boolean): string {
  return lying ? `${round(along)} ${round(across)}` : `${round(across)} ${round(along)}`
}
