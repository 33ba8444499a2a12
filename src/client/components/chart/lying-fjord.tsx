import type { ComponentChildren } from 'preact'
import { type ChartStop, course, islands, spread, type Traveller } from './course.ts'
import { Ferry, FerryGlow } from './ferry.tsx'
import { FjordLane } from './fjord-lane.tsx'
import { FjordWater } from './fjord-water.tsx'
import { type Peak, profile } from './profile.ts'
import { bayAt, shore } from './shore.ts'
import { StopMark } from './stop-mark.tsx'
import { useMeasure } from './use-measure.ts'

const height = 560
const sky = 272
const nearBase = 404
const firstX = 74
/** From the last stop to the edge of the page. */
const lastLabel = 122
const leastLeg = 128
const labelBefore = 34
const labelGap = 6
/** Shallow at the left edge, where the heading's column begins. */
const mouth = { at: -10, depth: -46, width: 90 }

/** A lying fjord with mountains behind it, and a label on the near shore for each stop. */
export const LyingFjord = (props: {
  label: string
  seed: number
  stops: readonly (ChartStop & { weight: number; label: ComponentChildren; current: boolean })[]
  traveller: Traveller | null
}) => {
  const { ref, measured: width } = useMeasure((element) => Math.round(element.clientWidth))
  const x = width
    ? spread(
        props.stops.map(({ weight }) => weight),
        firstX,
        width - lastLabel,
        leastLeg,
      )
    : []
  return (
    <nav
      aria-label={props.label}
      ref={(element) => {
        ref.current = element
      }}
    >
      {width && <Chart {...props} width={width} x={x} />}
      <ol class="labels">
        {props.stops.map(({ key, label, current }, index) => {
          const left = (x[index] ?? 0) - labelBefore
          const right =
            x[index + 1] === undefined ? (width ?? 0) : (x[index + 1] ?? 0) - labelBefore
          return (
            <li
              key={key}
              style={{ left: `${left}px`, width: `${Math.max(0, right - left - labelGap)}px` }}
              aria-current={current ? 'step' : undefined}
            >
              {label}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

const Chart = ({
  seed,
  stops,
  traveller,
  width,
  x,
}: Parameters<typeof LyingFjord>[0] & { width: number; x: readonly number[] }) => {
  const points = stops.map((stop, index) => ({
    ...stop,
    a: x[index] ?? 0,
    c: across[stop.kind][index % 3] ?? 340,
  }))
  const quays = points.filter(({ kind }) => kind === 'gathering')
  const coastline = { seed, base: nearBase, rough: 0.95, bays: [mouth] }
  const bays = quays.map(({ a }) => bayAt(shore(coastline), a, nearBase + 12, 70))
  const near = shore({ ...coastline, bays: [mouth, ...bays] })
  const far = shore({ seed: seed + 21, base: sky, rough: 0.28 })
  const coast = { from: -10, to: width + 12, near, far, lying: true }
  const way = course(points, traveller, { full: 1.05, travelled: 0 })
  return (
    <svg class="chart" width={width} height={height} aria-hidden="true">
      <FerryGlow />
      <Mountains width={width} seed={seed} />
      <FjordWater coast={coast} depths={[13, 30]} isles={islands(points, near, far, seed)} />
      {quays.map(({ key, a, c }) => (
        <g key={key}>
          <path class="pier-out" d={`M${a} ${c + 10}V${(near(a) + 3).toFixed(1)}`} />
          <path class="pier-in" d={`M${a} ${c + 10}V${(near(a) + 5).toFixed(1)}`} />
        </g>
      ))}
      <FjordLane course={way} lying />
      {way.ferry && (
        <Ferry
          x={way.ferry.at.a}
          y={way.ferry.at.c}
          angle={way.ferry.angle}
          scale={way.ferry.scale}
        />
      )}
      {points.map(({ key, kind, state, r, a, c }) => (
        <StopMark key={key} kind={kind} state={state} x={a} y={c} r={r} />
      ))}
    </svg>
  )
}

/** How far out the stops lie: own time swings widest. */
const across = { own: [312, 372, 318], home: [330, 366, 322], gathering: [352, 352, 352] } as const

/** Three ranges, far to near; x as a share of the width. Low at the left, where the heading stands. */
const ranges: { fill: string; strength: number; peaks: Peak[] }[] = [
  {
    fill: '--hill',
    strength: 0.3,
    peaks: [
      { x: 0.365, h: 62, w: 120 },
      { x: 0.548, h: 140, w: 150 },
      { x: 0.726, h: 178, w: 190 },
      { x: 0.93, h: 156, w: 180 },
    ],
  },
  {
    fill: '--hill-2',
    strength: 0.55,
    peaks: [
      { x: 0.035, h: 42, w: 110 },
      { x: 0.255, h: 30, w: 100 },
      { x: 0.475, h: 76, w: 130 },
      { x: 0.64, h: 118, w: 150 },
      { x: 0.83, h: 98, w: 140 },
      { x: 1.02, h: 142, w: 170 },
    ],
  },
  {
    fill: '--land',
    strength: 0.75,
    peaks: [
      { x: -0.01, h: 34, w: 60 },
      { x: 0.125, h: 18, w: 90 },
      { x: 0.565, h: 38, w: 100 },
      { x: 0.755, h: 48, w: 120 },
      { x: 0.915, h: 66, w: 120 },
    ],
  },
]

const Mountains = ({ width, seed }: { width: number; seed: number }) => (
  <>
    {ranges.map(({ fill, strength, peaks }, index) => {
      const drawn = profile({
        seed: seed + 7 * index,
        from: -8,
        to: width + 8,
        foot: sky + 4,
        peaks: peaks.map((peak) => ({ ...peak, x: peak.x * width })),
      })
      return (
        <g key={fill}>
          <path d={drawn.area} style={{ fill: `var(${fill})` }} />
          <path class="shore" style={{ opacity: strength }} d={drawn.ridge} />
          <path class="shore hatch" style={{ opacity: strength / 2 }} d={drawn.strokes} />
        </g>
      )
    })}
  </>
)
