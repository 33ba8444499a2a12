// What a script may ask to have drawn. The table in docs/content-packages.md says the same to writers.
export type Side = { title: string; points: string[] }

export type DrawByKind = {
  title: { title: string; sub?: string }
  quays: { from: string; to: string[] }
  crossing: { stops: string[] }
  compare: { left: Side; right: Side }
  bars: { unit?: string; bars: { label: string; value: number }[]; source?: string }
  gap: { up: string; down: string; from: string | number; to: string | number; source?: string }
  layers: { layers: string[] }
  ring: { centre: string; around: string[] }
  list: { title?: string; points: string[] }
  sentence: { text: string }
  place: { drawing: string; caption?: string }
  balance: { left: string; right: string; tilt: 'left' | 'right' | 'even' }
}

export type Kind = keyof DrawByKind
export type Draw = { [K in Kind]: { kind: K } & DrawByKind[K] }[Kind]

/** Parts up to `step` are drawn; part `step` itself is drawn so far as `progress` (0–1) says. */
export type Moment = { step: number; progress: number }

/** How much of part number `part` (from 1) is drawn at this moment, eased: 0–1. */
export function shown(part: number, moment: Moment): number {
  if (part < moment.step) return 1
  return part > moment.step ? 0 : 1 - (1 - moment.progress) ** 2
}

/** The number of steps a drawing has. */
export function stepsOf(draw: Draw): number {
  switch (draw.kind) {
    case 'quays':
      return draw.to.length + 1
    case 'crossing':
      return draw.stops.length
    case 'compare':
      return draw.left.points.length + draw.right.points.length
    case 'bars':
      return draw.bars.length
    case 'layers':
      return draw.layers.length
    case 'ring':
      return draw.around.length
    case 'list':
      return draw.points.length
    default:
      return 1
  }
}

const KINDS: Record<Kind, true> = {
  title: true,
  quays: true,
  crossing: true,
  compare: true,
  bars: true,
  gap: true,
  layers: true,
  ring: true,
  list: true,
  sentence: true,
  place: true,
  balance: true,
}

export function isKind(value: unknown): value is Kind {
  return typeof value === 'string' && Object.hasOwn(KINDS, value)
}
