import { Drawing } from '../drawing.tsx'
import { crossingStops } from './crossing-stops.ts'
import { type Peak, profile } from './profile.ts'
import { StopMark } from './stop-mark.tsx'
import { useMeasure } from './use-measure.ts'

export type Vehicle = 'bus' | 'ferry' | 'train'

/** The smaller the vehicle, the smaller its picture. */
const widths = { bus: 140, ferry: 204, train: 216 }

/** Narrower than this it is not laid out yet. */
const narrowest = 120
const height = 190
const horizon = 104
/** A road or rails along the fjord. */
const road = 13
const lane = 150

/** One journey: the mountains, what one travels by, and a lane with the minutes of what is taken along. */
export const Crossing = ({
  vehicle,
  label,
  seed,
  legs,
  spare,
}: {
  vehicle: Vehicle
  /** The picture in words. */
  label: string
  seed: number
  legs: readonly { key: string; minutes: number; label: string }[]
  /** Minutes without an item. */
  spare: number
}) => {
  const { ref, measured: width } = useMeasure((element) => Math.round(element.clientWidth))
  return (
    <figure
      class={`crossing by-${vehicle}`}
      ref={(element) => {
        ref.current = element
      }}
    >
      {width !== null && width > narrowest && (
        <svg class="d" width={width} height={height} role="img" aria-label={label}>
          <Mountains width={width} seed={seed} />
          <Water width={width} top={vehicle === 'ferry' ? horizon : horizon + road} />
          <Lane legs={legs} spare={spare} width={width} />
        </svg>
      )}
      <Drawing name={vehicle} width={widths[vehicle]} />
    </figure>
  )
}

const Mountains = ({ width, seed }: { width: number; seed: number }) => (
  <>
    {(['f1', 'f2'] as const).map((fill, index) => {
      const range = profile({
        seed: seed + 7 * index,
        from: -6,
        to: width + 8,
        foot: horizon,
        peaks: peaksAcross(width, index),
      })
      return (
        <g key={fill}>
          <path class={`n ${fill}`} d={range.area} />
          <path d={range.ridge} />
          <path class="thin soft" d={range.strokes} />
        </g>
      )
    })}
    <path d={`M0 ${horizon}H${width}`} />
  </>
)

/** One mountain for about every 220 px in each range, lower in the middle, where the vehicle is. */
const peaksAcross = (width: number, index: number): Peak[] => {
  const count = Math.max(2, Math.round(width / 220))
  return Array.from({ length: count + 1 }, (_, at) => {
    const share = index === 0 ? (at + 0.45) / (count + 0.4) : at / count
    const middle = 1 - Math.min(1, Math.abs(share - 0.5) * 3)
    const own = 0.8 + 0.05 * ((at * 7 + 3) % 5)
    return {
      x: share * width,
      h: (index === 0 ? 84 : 64) * own * (1 - 0.62 * middle),
      w: index === 0 ? 110 : 96,
    }
  })
}

const Water = ({ width, top }: { width: number; top: number }) => (
  <>
    {top > horizon && <path class="n f0" d={`M0 ${horizon}H${width}V${top}H0z`} />}
    <path class="n w1" d={`M0 ${top}H${width}V${height}H0z`} />
    <path class="n w2" d={`M0 ${wave(width, 128)}V${height}H0z`} />
    <path class="n w3" d={`M0 ${wave(width, 158)}V${height}H0z`} />
    <path d={`M0 ${top}H${width}`} />
  </>
)

const wave = (width: number, y: number): string => {
  const parts = Math.max(2, Math.round(width / 195))
  const step = width / parts
  return `${y}${Array.from({ length: parts }, (_, at) => `q${step / 2} ${at % 2 ? -7 : 7} ${step} 0`).join('')}`
}

const Lane = ({
  legs,
  spare,
  width,
}: Pick<Parameters<typeof Crossing>[0], 'legs' | 'spare'> & { width: number }) => {
  const { quays, stops, labels } = crossingStops(legs, spare, width)
  const [from, to] = quays
  return (
    <>
      <path class="lane-case" d={`M${from} ${lane}H${to}`} />
      <path class="lane-left" d={`M${from} ${lane}H${to}`} />
      <StopMark kind="gathering" state="done" x={from} y={lane} r={9} />
      {stops.map(({ x, r }) => (
        <StopMark key={x} kind="own" state="open" x={x} y={lane} r={r} />
      ))}
      <StopMark kind="gathering" state="open" x={to} y={lane} r={9} />
      {labels.map(({ x, text }) => (
        <text key={x} class="leg-time" x={x} y={lane + 28} text-anchor="middle">
          {text}
        </text>
      ))}
    </>
  )
}
