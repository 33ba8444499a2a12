// The sea chart that all pictures share: land, water with contours, lanes, stops, quays and the ferry.
import {
  area,
  type Bounds,
  type Curve,
  cut,
  edge,
  type Point,
  pathOf,
  ring,
  round,
  type Shore,
} from './shape.ts'

export const WIDTH = 1280
export const HEIGHT = 720

export const COLOUR = {
  land: '#0a2730',
  hill: '#0c303a',
  shallow: '#0f4552',
  middle: '#0d3e4a',
  deep: '#0b3742',
  line: '#9ad3db',
  white: '#eaf2f1',
  soft: '#a9cfd5',
  lamp: '#f6b73c',
  ink: '#06181d',
} as const

/** A whole picture. Without `font` it names Inter and leaves it to the reader's device. */
export function picture(inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="Inter, system-ui, sans-serif"><path fill="${COLOUR.land}" d="M0 0h${WIDTH}v${HEIGHT}H0z"/>${inside}</svg>`
}

/** Open sea over the whole picture. */
export const sea = (): string => fill(COLOUR.deep, `M0 0h${WIDTH}v${HEIGHT}H0z`)

/** The water between two shores, in three depths. A shore outside the picture is simply not seen. */
export function sound(
  bounds: Bounds,
  low: Shore,
  high: Shore,
  insets: [number, number] = [40, 100],
): string {
  const [first, second] = insets
  return (
    fill(COLOUR.shallow, area(bounds, low, high)) +
    fill(COLOUR.middle, area(bounds, low, high, first)) +
    fill(COLOUR.deep, area(bounds, low, high, second)) +
    [low, high]
      .map((line, i) => {
        const side = i === 0 ? -1 : 1
        return (
          contour(edge(bounds, line, side * first)) +
          contour(edge(bounds, line, side * second)) +
          shoreLine(edge(bounds, line))
        )
      })
      .join('')
  )
}

export function islet(seed: number, centre: Point, rx: number, ry: number): string {
  return shallows(seed, centre, rx, ry) + skerry(seed, centre, rx, ry)
}

/** The shallow water round an islet; lanes are drawn upon it, and the islet itself upon them. */
export function shallows(seed: number, centre: Point, rx: number, ry: number): string {
  return (
    fill(COLOUR.middle, ring(seed, centre, rx + 32, ry + 30)) +
    `<path fill="${COLOUR.shallow}" stroke="${COLOUR.line}" stroke-opacity=".35" stroke-width="2" d="${ring(seed, centre, rx + 14, ry + 13)}"/>`
  )
}

export function skerry(seed: number, centre: Point, rx: number, ry: number): string {
  return `<path fill="${COLOUR.land}" stroke="${COLOUR.line}" stroke-width="4" stroke-linejoin="round" d="${ring(seed, centre, rx, ry)}"/>`
}

/** The part of a lane that is left: dots. `share` (0–1) lets it grow. */
export function dots(curves: Curve[], share = 1): string {
  return lane(curves, share, `stroke-width="8" stroke-dasharray=".1 20"`)
}

/** The part of a lane that is travelled: a whole line. */
export function wake(curves: Curve[], share = 1): string {
  return lane(curves, share, `stroke-width="7"`)
}

/** Square = a quay or a gathering. */
export function square({ x, y }: Point, opacity = 1, size = 19, done = false): string {
  return `<rect x="${round(x - size)}" y="${round(y - size)}" width="${2 * size}" height="${2 * size}" rx="5" fill="${done ? COLOUR.white : COLOUR.land}" stroke="${COLOUR.white}" stroke-width="7"${fade(opacity)}/>`
}

/** Round = a stop on the way. */
export function stop({ x, y }: Point, done: boolean, opacity = 1, radius = 15): string {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="${done ? COLOUR.white : COLOUR.land}" stroke="${COLOUR.white}" stroke-width="6"${fade(opacity)}/>`
}

/** A pier from x to x2 with its cross beams. */
export function pier(y: number, x: number, x2: number, opacity = 1): string {
  const beams = Array.from(
    { length: Math.max(0, Math.floor((x2 - x - 12) / 32)) },
    (_, i) => `M${round(x + 20 + i * 32)} ${y - 10}v20`,
  ).join('')
  return `<path fill="none" stroke="${COLOUR.white}" stroke-width="5" stroke-linecap="round" d="M${round(x)} ${y}H${round(x2)}${beams}"${fade(opacity)}/>`
}

/** The double-ended ferry from above: the one warm thing in every picture. */
export function ferry(
  { x, y }: Point,
  angle: number,
  scale: number,
  wakes = true,
  opacity = 1,
): string {
  const waves = wakes
    ? `<path fill="none" stroke="${COLOUR.line}" stroke-width="1.4" stroke-linecap="round" opacity=".7" d="M-31-5q-9-4-20-6M-31 5q-9 4-20 6M-33 0h-9"/>`
    : ''
  return (
    `<g transform="translate(${round(x)} ${round(y)}) rotate(${round(angle)}) scale(${scale})"${fade(opacity)}>${waves}` +
    `<path fill="${COLOUR.lamp}" stroke="${COLOUR.ink}" stroke-width="1.8" stroke-linejoin="round" d="M-28 0C-26-6.5-19-10.5-11-10.500H11C19-10.5 26-6.5 28 0 26 6.5 19 10.5 11 10.500H-11C-19 10.5-26 6.5-28 0z"/>` +
    `<g fill="${COLOUR.lamp}" stroke="${COLOUR.ink}" stroke-width="1.4" stroke-linecap="round"><path d="M-20-3.600h40M-20 3.600h40M-20-3.600v7.200M20-3.600v7.2"/><rect x="-6" y="-7.6" width="12" height="15.2" rx="2"/></g></g>`
  )
}

export const fill = (colour: string, d: string): string => `<path fill="${colour}" d="${d}"/>`
export const shoreLine = (d: string): string => stroke(d, COLOUR.line, 4, 0.85)
export const contour = (d: string): string => stroke(d, COLOUR.line, 2, 0.3)

export function stroke(d: string, colour: string, width: number, opacity = 1): string {
  return `<path fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" d="${d}"${fade(opacity)}/>`
}

export function group(opacity: number, inside: string): string {
  return opacity >= 1 ? inside : opacity <= 0 ? '' : `<g${fade(opacity)}>${inside}</g>`
}

/** Where a journey of several curves has come to at `share` (0–1) of all of them. */
export function travelled(
  curves: Curve[],
  share: number,
): { done: Curve[]; left: Curve[]; at: Point; angle: number } {
  const all = Math.min(Math.max(share, 0), 1) * curves.length
  const index = Math.min(Math.floor(all), curves.length - 1)
  const curve = curves[index]
  if (!curve) return { done: [], left: [], at: { x: 0, y: 0 }, angle: 0 }
  const { done, left, at, angle } = cut(curve, all - index)
  return {
    done: [...curves.slice(0, index), done],
    left: [left, ...curves.slice(index + 1)],
    at,
    angle,
  }
}

function lane(curves: Curve[], share: number, style: string): string {
  if (share <= 0 || curves.length === 0) return ''
  const d = pathOf(share >= 1 ? curves : travelled(curves, share).done)
  return `<path fill="none" stroke="${COLOUR.white}" stroke-linecap="round" ${style} d="${d}"/>`
}

function fade(opacity: number): string {
  return opacity >= 1 ? '' : ` opacity="${opacity.toFixed(2)}"`
}
