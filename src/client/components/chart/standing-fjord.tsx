import type { ComponentChildren } from 'preact'
import { acrossStanding, type ChartStop, course, islands, type Traveller } from './course.ts'
import { Ferry, FerryGlow } from './ferry.tsx'
import { FjordLane } from './fjord-lane.tsx'
import { FjordWater } from './fjord-water.tsx'
import { bayAt, type Edge, shore } from './shore.ts'
import { StopMark } from './stop-mark.tsx'
import { useMeasure } from './use-measure.ts'

interface Measured {
  width: number
  height: number
  /** Of the water and of its far shore, px from the left: the style sheet decides (`--water`, `--far`). */
  water: number
  far: number
  /** By `data-stop`. */
  y: Record<string, number>
}

/**
 * A list of stops with a standing fjord behind it. Each row carries `data-stop`; its `[data-anchor]`, or else the row,
 * says at which height the stop lies.
 */
export const StandingFjord = (props: {
  label: string
  seed: number
  stops: readonly ChartStop[]
  traveller: Traveller | null
  /** Without a traveller: index of the last stop that the whole line reaches. */
  travelled?: number
  /** The lane goes on beyond the last stop. */
  goesOn?: boolean
  children: ComponentChildren
}) => {
  const { ref, measured } = useMeasure(measureRows)
  return (
    <nav
      class="fjord"
      aria-label={props.label}
      ref={(element) => {
        ref.current = element
      }}
    >
      {measured && <Chart {...props} measured={measured} />}
      {props.children}
    </nav>
  )
}

const measureRows = (element: HTMLElement): Measured => {
  const style = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  const y: Record<string, number> = {}
  for (const row of element.querySelectorAll<HTMLElement>('[data-stop]')) {
    const anchor = row.querySelector<HTMLElement>('[data-anchor]')
    const rect = (anchor ?? row).getBoundingClientRect()
    // A heading of two lines has its stop at the first.
    const height = anchor ? Number.parseFloat(getComputedStyle(anchor).lineHeight) : rect.height
    y[row.dataset.stop ?? ''] = Math.round(rect.top - box.top + height / 2)
  }
  return {
    width: Math.round(box.width),
    height: Math.round(box.height),
    water: Number.parseFloat(style.getPropertyValue('--water')) || 104,
    far: Number.parseFloat(style.getPropertyValue('--far')) || -8,
    y,
  }
}

const Chart = ({
  seed,
  stops,
  traveller,
  travelled = 0,
  goesOn = false,
  measured: { width, height, water, far: farBase, y },
}: Parameters<typeof StandingFjord>[0] & { measured: Measured }) => {
  const known = stops.filter(({ key }) => y[key] !== undefined)
  const onLane = known.filter(({ side }) => !side)
  const across = acrossStanding(
    onLane.map(({ kind }) => kind),
    farBase,
    water,
  )
  const main = onLane.map((stop, index) => ({
    ...stop,
    a: y[stop.key] ?? 0,
    c: across[index] ?? water / 2,
  }))
  const sideArms = known.filter(({ side }) => side).map(({ key }) => y[key] ?? 0)
  const quays = main.filter(({ kind }) => kind === 'gathering')
  const headWidth = 32 + water * 0.22
  const head = { at: -4, depth: -(water - 16 - farBase / 2), width: headWidth }
  const coastline = shore({ seed, base: water, bays: [head] })
  const near = shore({
    seed,
    base: water,
    bays: [head, ...quays.map(({ a }) => bayAt(coastline, a, water * 1.1, 62))],
  })
  const far = shore({
    seed: seed + 50,
    base: farBase,
    bays: [{ at: -4, depth: 46 + water * 0.1, width: 26 + water * 0.24 }],
  })
  const coast = { from: -10, to: height + 12, near, far, lying: false }
  const end = goesOn ? { a: height + 20, c: water * 0.55 } : undefined
  const way = course(main, traveller, { full: water > 150 ? 1.1 : 0.95, travelled, end })

  return (
    <svg class="chart" width={width} height={height} aria-hidden="true">
      <FerryGlow />
      <FjordWater
        coast={coast}
        depths={[11, 25]}
        isles={islands(main, near, far, seed, sideArms)}
      />
      {quays.map(({ key, a, c }) => (
        <Quay key={key} x={c} y={a} end={near(a) + 3} />
      ))}
      <FjordLane course={way} />
      {known.map((stop, index) =>
        stop.side ? (
          <SideArm
            key={stop.key}
            from={main[main.findIndex(({ key }) => key === lastMain(known, index)?.key)]}
            x={water + 8}
            y={y[stop.key] ?? 0}
            state={stop.state}
            near={near}
          />
        ) : null,
      )}
      {way.ferry && (
        <Ferry
          x={way.ferry.at.c}
          y={way.ferry.at.a}
          angle={90 - way.ferry.angle}
          scale={way.ferry.scale}
        />
      )}
      {main.map(({ key, kind, state, r, number, a, c }) => (
        <StopMark key={key} kind={kind} state={state} x={c} y={a} r={r} number={number} />
      ))}
    </svg>
  )
}

const lastMain = (stops: readonly ChartStop[], before: number): ChartStop | undefined =>
  stops.slice(0, before).findLast(({ side }) => !side)

/** From a gathering's stop to the shore. */
const Quay = ({ x, y, end }: { x: number; y: number; end: number }) => {
  const planks = Array.from(
    { length: Math.max(0, Math.floor((end - x - 20) / 9)) },
    (_, index) => `M${x + 22 + index * 9} ${y - 3.5}v7`,
  )
  return (
    <>
      <path class="pier-out" d={`M${x + 10} ${y}H${end.toFixed(1)}`} />
      <path class="pier-in" d={`M${x + 10} ${y}H${(end + 2).toFixed(1)}`} />
      <path class="pier planks" d={planks.join('')} />
    </>
  )
}

/** Deepening leaves the lane to a small stop on the shore. */
const SideArm = ({
  from,
  x,
  y,
  state,
  near,
}: {
  from: { a: number; c: number; r: number } | undefined
  x: number
  y: number
  state: ChartStop['state']
  near: Edge
}) => {
  const to = Math.min(x, near(y) + 2)
  return (
    <>
      {from && (
        <path
          class="lane-left side"
          d={`M${from.c} ${from.a + from.r}C${from.c + 2} ${from.a + from.r + (y - from.a) * 0.4} ${from.c + (to - from.c) * 0.35} ${y} ${to} ${y}`}
        />
      )}
      <StopMark kind="own" state={state} x={to} y={y} r={6} />
    </>
  )
}
