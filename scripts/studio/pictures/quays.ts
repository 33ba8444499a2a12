// One ferry, several quays: whom somebody has to go to.

import { COLOUR, dots, ferry, group, HEIGHT, pier, sound, square } from './chart.ts'
import type { DrawByKind, Moment } from './kinds.ts'
import { shown } from './kinds.ts'
import { mix, seedOf, shore, through } from './shape.ts'
import { fitText, heightOf, write } from './text.ts'

const TOP = 84,
  BOTTOM = 566,
  QUAY = 780,
  NAMES = 986

export function quays(draw: DrawByKind['quays'], moment: Moment): string {
  const seed = seedOf(draw.to.join())
  const low = shore(seed + 50, 20, 3),
    high = shore(seed, 922, 3, 0.7)
  const water = sound({ from: -20, to: HEIGHT + 20, lying: false }, low, high)
  const gap = Math.min(150, (BOTTOM - TOP) / Math.max(draw.to.length - 1, 1) + 1)
  const middle = (TOP + BOTTOM) / 2
  const sailed = shown(1, moment)
  const from = { x: mix(120, 262, sailed), y: middle }
  const name = fitText(draw.from, { size: 42, width: 420, lines: 2 })

  const parts = draw.to.map((label, i) => {
    const y = Math.round(middle + (i - (draw.to.length - 1) / 2) * gap)
    const drawn = shown(i + 2, moment)
    const way = through(
      [
        { x: 372, y: middle },
        { x: QUAY - 14, y },
      ],
      true,
    )
    const land = Math.round(Math.max(high(y - 12), high(y), high(y + 12)))
    const text = fitText(label, { size: 42, width: 1256 - NAMES, lines: gap > 96 ? 2 : 1 })
    return (
      dots(way, drawn) +
      pier(y, QUAY + 24, land + 12, mix(0.3, 1, drawn)) +
      square({ x: QUAY, y }, mix(0.45, 1, drawn)) +
      group(
        drawn,
        write(text, { x: NAMES, y: Math.round(y - heightOf(text) / 2 + text.size * 0.73) }),
      )
    )
  })
  return (
    water +
    parts.join('') +
    ferry(from, 0, 3.5, true) +
    group(
      mix(0, 1, sailed),
      write(name, { x: 168, y: middle + 104, fill: COLOUR.white, weight: 600 }),
    )
  )
}
