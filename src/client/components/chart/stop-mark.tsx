import type { LineState } from '../../../shared/domain/line.ts'
import type { StopKind } from '../../../shared/domain/programme.ts'

const round = (n: number): number => Math.round(n * 10) / 10

/** Kind by shape (own = round, gathering = square, home = house), state by filling. */
export const StopMark = (props: {
  kind: StopKind
  state: LineState
  x: number
  y: number
  r: number
  /** Shown inside while the stop is not done. */
  number?: number | undefined
}) => {
  const { kind, state, x, y, r, number } = props
  const k = r / 13
  const shape = `st ${state}`
  return (
    <>
      {kind === 'gathering' && (
        <rect
          class={shape}
          x={round(x - r)}
          y={round(y - r)}
          width={2 * r}
          height={2 * r}
          rx="2.5"
        />
      )}
      {kind === 'home' && (
        <path
          class={shape}
          d={`M${round(x - r)} ${round(y - r * 0.12)}L${round(x)} ${round(y - r * 1.15)}L${round(x + r)} ${round(y - r * 0.12)}V${round(y + r)}H${round(x - r)}Z`}
        />
      )}
      {kind === 'own' && <circle class={shape} cx={round(x)} cy={round(y)} r={r} />}
      {state === 'done' && (
        <path
          class="st-tick"
          style={{ strokeWidth: round(1.5 + k) }}
          d={`M${round(x - 5.5 * k)} ${round(y + 0.5 * k)}l${round(3.8 * k)} ${round(4 * k)} ${round(7 * k)} ${round(-8.4 * k)}`}
        />
      )}
      {state === 'begun' && number === undefined && (
        <circle class="st-dot" cx={round(x)} cy={round(y)} r={round(r * 0.42)} />
      )}
      {number !== undefined && state !== 'done' && (
        <text class={`st-number ${state}`} x={round(x)} y={round(y + 7)} text-anchor="middle">
          {number}
        </text>
      )}
    </>
  )
}
