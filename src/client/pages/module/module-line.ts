import type { Phase } from '../../../shared/domain/item.ts'
import type { Line, LineItem, LineState, LineStop } from '../../../shared/domain/line.ts'
import type { OutlineModule } from '../../../shared/domain/outline.ts'
import type { LocalText } from '../../../shared/domain/text.ts'
import type { ChartStop, Traveller } from '../../components/chart/course.ts'
import { isLeft } from '../home/kept.ts'

/** One phase of a module: where it belongs on the line, and what this person meets there. */
export interface ModulePhase {
  phase: Phase
  text: LocalText
  stop: LineStop
  /** The phase's own state: the stop's, but own time is done when this module's part of it is. */
  state: LineState
  items: LineItem[]
  /** Required minutes left in own time. */
  left: number
  total: number
}

export const modulePhases = (module: OutlineModule, line: Line): ModulePhase[] =>
  module.phases.flatMap(({ phase, stop: id, text }) => {
    const stop = line.stops.find((one) => one.id === id)
    if (!stop) return []
    const own = new Set(module.items.filter((item) => item.phase === phase).map((item) => item.id))
    const items = stop.items.filter(({ item }) => own.has(item.id))
    const counts = stop.total > 0
    const required = items.filter(({ item }) => item.depth === 'required')
    const sum = (of: (item: LineItem) => number): number =>
      counts ? required.reduce((total, item) => total + of(item), 0) : 0
    return [
      {
        phase,
        text,
        stop,
        state: phaseState(stop, required),
        items,
        left: sum(({ left }) => left),
        total: sum(({ item }) => item.minutes),
      },
    ]
  })

const phaseState = (stop: LineStop, required: readonly LineItem[]): LineState => {
  if (stop.kind !== 'own') return stop.state
  if (required.length > 0 && !required.some(isLeft)) return 'done'
  if (stop.opens !== null) return 'later'
  return required.some(({ state, begun }) => begun || state === 'done') ? 'begun' : 'open'
}

/** Later phases are told in words; their items are shown when they open. */
export const shownItems = ({ state, items }: ModulePhase): LineItem[] =>
  state === 'later' ? [] : items

export const phaseKey = ({ phase }: ModulePhase): string => `phase-${phase}`

/** The phases and their items as the chart draws them. */
export const moduleStops = (phases: readonly ModulePhase[]): ChartStop[] =>
  phases.flatMap((phase): ChartStop[] => [
    {
      key: phaseKey(phase),
      kind: phase.stop.kind,
      state: phase.state === 'next' && phase.items.length > 0 ? 'open' : phase.state,
      r: phase.stop.kind === 'own' ? 13 : 14,
    },
    ...shownItems(phase).map(({ item, state }): ChartStop => {
      const side = item.depth === 'fordjuping'
      return {
        key: item.id,
        kind: 'own',
        state,
        r: side ? 6 : state === 'next' ? 12 : state === 'done' ? 9 : 8,
        side,
      }
    }),
  ])

/** The ferry is in this module only when the next thing is; else the line is whole as far as all is done. */
export const moduleTraveller = (
  stops: readonly ChartStop[],
  line: Line,
): { traveller: Traveller | null; travelled: number } => {
  const main = stops.filter(({ side }) => !side)
  const at = main.findIndex(({ state, r }) => state === 'next' && r === 12)
  const next = line.next?.item
  if (at > 0 && next) {
    const share = next.begun ? 1 - next.left / next.item.minutes : 0.5
    return {
      traveller: {
        after: next.begun ? at : at - 1,
        share: Math.min(0.75, Math.max(0.25, share)),
      },
      travelled: at,
    }
  }
  const last = main.findLastIndex(({ state }) => state === 'done')
  return { traveller: null, travelled: Math.max(0, last) }
}
